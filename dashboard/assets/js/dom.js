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

  const SPELT = { className: "class", tabIndex: "tabindex", htmlFor: "for", colSpan: "colspan" };

  // Elements of components as the server describes them, those of plain HTML alone: what is drawn so waits for nothing.
  ekasih.built = function (part) {
    if (part === null || part === undefined) {
      return [];
    }
    if (Array.isArray(part)) {
      return part.flatMap(ekasih.built);
    }
    if (typeof part !== "object") {
      return [String(part)];
    }
    const { children, style, ...rest } = part.props;
    const attributes = Object.fromEntries(Object.entries(rest).map(([name, value]) => [SPELT[name] || name, value]));
    const node = ekasih.make(part.type.toLowerCase(), attributes, ekasih.built(children));
    for (const [name, value] of Object.entries(style || {})) {
      if (name.startsWith("--")) {
        node.style.setProperty(name, value);
      } else {
        node.style[name] = value;
      }
    }
    return [node];
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
