// What a setting is changed with, by the JSON schema of its values.

import { button, fill, h } from "../dom.js";
import { jsonOf, numberOf } from "../inputs.js";
import { check, select } from "../parts.js";

/**
 * Make what a setting is changed with.
 *
 * @param {string} name
 * @param {Object} schema The JSON schema of its values.
 * @param {(read: () => any) => void} change Called when somebody wants another value; `read` gives it, and raises
 *   an error with a sentence for what cannot be.
 * @returns {{element: HTMLElement, show: (value: any) => void, set: (value: any) => void}} `show` shows the
 *   value that holds, `set` asks for another.
 */
export function control(name, schema, change) {
  return { ...madeFor(name, schema, change), set: (value) => change(() => value) };
}

function madeFor(name, schema, change) {
  if (schema.enum) return words(name, schema.enum, change);
  if (schema.type === "boolean") return flag(name, change);
  if (schema.type === "array") return several(name, schema.items.enum, change);
  if (schema.type !== "object") return line(name, schema, change);
  return schema.properties ? members(name, schema.properties, change) : json(name, change);
}

function words(name, all, change) {
  const element = select(all, { "aria-label": name });
  element.addEventListener("change", () => change(() => element.value));
  return { element, show: (value) => { element.value = value; } };
}

function flag(name, change) {
  const box = h("input", { type: "checkbox", "aria-label": name });
  box.addEventListener("change", () => change(() => box.checked));
  return { element: check("on", box), show: (value) => { box.checked = value; } };
}

function several(name, all, change) {
  const boxes = all.map((word) => h("input", { type: "checkbox", value: word }));
  const element = h("fieldset.setting-words", {}, h("legend.visually-hidden", {}, name), boxes.map((box) => check(box.value, box)));
  element.addEventListener("change", () => change(() => boxes.filter(({ checked }) => checked).map(({ value }) => value)));
  return { element, show: (value) => { for (const box of boxes) box.checked = value.includes(box.value); } };
}

/** A number, or one of the words that stand for none. */
function line(name, { type }, change) {
  const takesWords = Array.isArray(type);
  const input = h("input.input", { "aria-label": name, inputmode: takesWords ? null : "decimal", autocomplete: "off", spellcheck: "false" });
  input.addEventListener("change", () => change(() => valueOf(name, input.value.trim(), takesWords)));
  return { element: input, show: (value) => { input.value = String(value); } };
}

const valueOf = (name, text, takesWords) => (takesWords && !/^-?\d+(\.\d+)?$/.test(text) ? text : numberOf(name, text));

/** An object of which each member has a name that is known: a line for each. */
function members(name, properties, change) {
  let held = {};
  const lines = Object.entries(properties).map(([each, schema]) => {
    const input = h("input.input", { "aria-label": `${name}: ${each}`, autocomplete: "off", spellcheck: "false", title: schema.description });
    input.addEventListener("change", () => change(() => ({ ...held, [each]: valueOf(each, input.value.trim(), true) })));
    return { each, input };
  });
  return {
    element: h("details.narrowed", {}, h("summary", {}, `${lines.length} of them`), h("div.setting-members", {}, lines.map(({ each, input }) => h("label.setting-member", {}, h("code", {}, each), input)))),
    show: (value) => {
      held = value;
      for (const { each, input } of lines) input.value = String(value[each] ?? "");
    },
  };
}

function json(name, change) {
  const area = h("textarea.input", { "aria-label": name, spellcheck: "false", rows: 2 });
  const element = h("div.stack", {});
  fill(element, area, h("div.row", {}, button("Set", () => change(() => jsonOf(name, area.value)), { kind: "small", "aria-label": `Set ${name}` })));
  return { element, show: (value) => { area.value = JSON.stringify(value); } };
}
