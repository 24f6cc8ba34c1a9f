/* How a page is shown inside of another: told before it is drawn, so that nothing jumps. */
(() => {
  "use strict";

  const root = document.documentElement;
  const embedded = new URLSearchParams(location.search).has("embed");

  /** Lets the links lead out of the frame, where there is room for what they open. */
  function leadOut() {
    for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) {
      link.target = "_blank";
      link.relList.add("noopener");
    }
  }

  if (window.parent !== window) root.setAttribute("data-framed", "");
  if (embedded) {
    root.setAttribute("data-embed", "");
    document.addEventListener("DOMContentLoaded", leadOut);
  }
})();
