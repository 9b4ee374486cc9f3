/* Elements made by hand, for the forms that are drawn in the browser. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});

  // attributes that are null, undefined or false are left out; "onclick" and its like are listeners
  ekasih.make = function (tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "class") {
        node.className = value;
      } else if (name.startsWith("on")) {
        node.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  };

  // Leads to a page of the app without loading the whole app again, as the app's own links do.
  ekasih.visit = function (event, href) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) {
      return;
    }
    event.preventDefault();
    ekasih.go(href);
  };
})();
