/* Copies a text that is told once: the button names the element that holds it, and says when it is done. */
(function () {
  "use strict";

  function chosen(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-ek-copy]");
    const node = button && document.getElementById(button.dataset.ekCopy);
    if (!node) {
      return;
    }
    chosen(node); // where the browser does not let us copy, the keys do
    const copied = navigator.clipboard ? navigator.clipboard.writeText(node.textContent) : Promise.reject(new Error("copy"));
    copied.then(() => (button.textContent = button.dataset.ekCopied)).catch(() => {});
  });
})();
