document.dispatchEvent(new CustomEvent("dateline:figures",{detail:{}}));
