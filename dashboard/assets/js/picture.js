/* Pictures in points of what the server draws in lines. */
(function () {
  "use strict";
  const make = (...all) => window.ekasih.make(...all);

  /* The picture in points is made of the one in lines, twice as fine. */
  async function asPoints(href, called) {
    const drawn = new Image();
    let named = called;
    if (href.startsWith("data:")) {
      drawn.src = href;
    } else {
      const answer = await fetch(href, { credentials: "same-origin" });
      if (!answer.ok) {
        throw new Error(`picture: ${answer.status}`);
      }
      named = (/filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "") || [])[1];
      drawn.src = URL.createObjectURL(await answer.blob());
    }
    await drawn.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawn.naturalWidth * 2;
    canvas.height = drawn.naturalHeight * 2;
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(drawn.src);
    const points = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const link = make("a", { href: URL.createObjectURL(points), download: (named || "ekasih.svg").replace(/svg$/, "png") });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('[data-ek-picture="png"], [data-ek-map-file="png"]');
    if (link) {
      event.preventDefault();
      asPoints(link.href, link.getAttribute("download")).catch(() => window.location.assign(link.href));
    }
  });
})();
