/* Saving what Plotly has drawn as a picture, and the texts that it is given. */
(() => {
  "use strict";

  /** Returns a text that Plotly, which reads some tags and fills in `%{…}`, shows as it is. */
  const plain = (text) =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replaceAll("%{", "%&#123;");

  /** Returns a text in lines, `most` at most, of so many pixels in a font of CSS; what has no room ends in an ellipsis. */
  const fitted = (text, font, width, most) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const letters = [...text.trim()];
    const lines = [];
    while (letters.length && lines.length < most) {
      const end = lines.length + 1 === most ? "…" : "";
      let length = letters.length;
      const line = () => letters.slice(0, length).join("").trimEnd() + (length < letters.length ? end : "");
      while (length > 1 && pen.measureText(line()).width > width) length -= 1;
      const space = letters.lastIndexOf(" ", length);
      if (!end && length < letters.length && space > 0) length = space;
      lines.push(line());
      letters.splice(0, length);
      while (letters[0] === " ") letters.shift();
    }
    return lines;
  };

  const download = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // Some browsers ask where to save it, and read it only then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const painted = async (svg, width, height) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await image.decode();
    const paper = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
    return new Promise((done) => paper.toBlob(done, "image/png"));
  };

  /**
   * Saves a figure whose layout has a width and a height under a name that ends in .svg or .png. The PNG is made from the
   * SVG here: Plotly's own way to it leads over an address (blob:) that the page's policy does not allow for images.
   */
  const save = async (figure, name) => {
    const { width, height } = figure.layout;
    const svg = await window.Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
    const plainSvg = () => new Blob([svg], { type: "image/svg+xml" });
    download(name.endsWith(".svg") ? plainSvg() : await painted(svg, width, height), name);
  };

  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "picture") detail.give({ fitted, plain, save });
  });
})();
