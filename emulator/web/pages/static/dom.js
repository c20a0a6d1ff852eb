// Elements of the page. Text becomes text: nothing here, and nothing else on the page, makes markup of a string.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 *
 * @param {string} what Its tag, with classes behind dots: `"button.button.primary"`.
 * @param {Object} [props] `on: {click: f}` listens, `data: {id: 1}` sets data attributes, `style: {"--share": 0.5}`
 *   custom properties; `value`, `checked`, `disabled`, `hidden` and other properties are set as such, every other
 *   name is an attribute. What is `null`, `undefined` or `false` is left out.
 * @param {...(Node|string|number|null|false|Array)} children Texts become text nodes; `null` and `false` nothing.
 */
export function h(what, props = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  set(made, props);
  add(made, children);
  return made;
}

const PROPERTIES = new Set([
  "checked", "disabled", "hidden", "indeterminate", "max", "multiple", "open", "readOnly", "required", "selected",
  "value",
]);

/** Set properties of an element as `h` does; `class` adds classes. */
export function set(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name === "on") for (const [event, f] of Object.entries(value)) element.addEventListener(event, f);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name === "class") element.classList.add(...value.split(" ").filter(Boolean));
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/** Append children to an element as `h` does. */
export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Put these children into an element in place of what it has. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** An icon of `templates/icons.svg` by its name. It says nothing to a screen reader: a word has to stand by it. */
export function icon(name, size = "") {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", `icon ${size}`.trim());
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  drawn.append(use);
  return drawn;
}

/** A button with a text, and perhaps an icon before it; without a text its `label` is read aloud and shown. */
export function button(text, act, { icon: drawing, kind = "", label, ...props } = {}) {
  const bare = text ? "" : ".square";
  return h(
    `button.button${kind && `.${kind.replaceAll(" ", ".")}`}${bare}`,
    { type: "button", "aria-label": text ? null : label, title: label, ...props, on: { click: act, ...props.on } },
    drawing && icon(drawing),
    text,
  );
}

/** A short fact: `tone` is `good`, `bad`, `warning`, `info` or nothing. */
export function chip(text, tone = "", props = {}) {
  return h(`span.chip${tone && `.is-${tone}`}`, props, text);
}

/** A line of facts: pairs of a name and a value (a text or a node); pairs without a value are left out. */
export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "");
  return h("dl.facts", {}, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** How each child looked when it was made. */
const marks = new WeakMap();

/**
 * Bring the children of an element in line with a list, and touch only those that changed.
 *
 * Each entry has a `key`, and a `mark`: whatever decides how it looks. `make(entry)` makes its element. A
 * child with the same key and mark stays as it is, with its focus and what is open in it.
 */
export function reconcile(parent, entries, make) {
  const present = new Map();
  for (const child of parent.children) present.set(child.dataset.key, child);
  let before = parent.firstElementChild;
  for (const entry of entries) {
    const key = String(entry.key);
    let child = present.get(key);
    present.delete(key);
    if (!child || marks.get(child) !== entry.mark) {
      const made = make(entry);
      made.dataset.key = key;
      marks.set(made, entry.mark);
      if (child) {
        if (before === child) before = child.nextElementSibling;
        const held = child.contains(document.activeElement);
        child.replaceWith(made);
        if (held) (made.querySelector("button, a, input, [tabindex]") ?? made).focus?.({ preventScroll: true });
      }
      child = made;
    }
    if (child === before) before = before.nextElementSibling;
    else parent.insertBefore(child, before);
  }
  for (const child of present.values()) child.remove();
}
