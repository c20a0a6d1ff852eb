// Fields for values of the control API, made from their JSON schemas, and what stands in them as JSON.

import { h } from "./dom.js";
import { field, select } from "./parts.js";

let lists = 0;

/**
 * Make a labelled field for one value.
 *
 * @param {string} name
 * @param {Object} schema Its JSON schema: an `enum`, a number, a text, an instant, or any JSON.
 * @param {Object} [more] `label` and `hint` as `field` has them, `needed`; `known`: values to choose from while
 *   typing, texts or pairs of a value and a label.
 * @returns {{element: HTMLElement, read: () => any}} `read` gives `undefined` where nothing was filled in, and
 *   raises an error with a sentence for what is no number or no JSON.
 */
export function valueField(name, schema, { label = name, hint, known = [], needed = false } = {}) {
  const input = inputFor(schema, needed);
  const element = field(label, input, hint);
  if (known.length) {
    const list = h("datalist", { id: `known-${(lists += 1)}` }, known.map((each) => (Array.isArray(each) ? h("option", { value: each[0], label: each[1] }) : h("option", { value: each }))));
    input.setAttribute("list", list.id);
    element.append(list);
  }
  return { element, read: () => read(name, schema, input.value.trim()) };
}

function inputFor({ enum: words, type, format }, needed) {
  if (words) return select([["", "–"], ...words.map((word) => [word, word])]);
  if (Array.isArray(type) || type === "object") return h("textarea.input", { spellcheck: "false", rows: 3, placeholder: '{"name": "value"}', required: needed });
  return h("input", { autocomplete: "off", spellcheck: "false", required: needed, inputmode: type === "number" ? "decimal" : null, placeholder: format === "date-time" ? "2026-11-03T10:00:00Z" : null });
}

function read(name, { enum: words, type }, value) {
  if (value === "") return undefined;
  if (!words && type === "number") return numberOf(name, value);
  return !words && (Array.isArray(type) || type === "object") ? jsonOf(name, value) : value;
}

/** Read a text as a number; raises an error that names what it is for. */
export function numberOf(name, value) {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) throw new Error(`${name} is a number; got “${value}”.`);
  return number;
}

/** Read a text as JSON; raises an error that names what it is for. */
export function jsonOf(name, value) {
  try {
    return JSON.parse(value);
  } catch (problem) {
    throw new Error(`${name} is no JSON: ${problem.message}`);
  }
}
