// The text of a header or a body in the form of a template, with an example for each of its variables.

import { fill, h } from "../../dom.js";
import { field } from "../../parts.js";
import { examples, variables, withText } from "../draft.js";

/** An input that calls `change` with what is written in it; with `rows` it has several lines. */
export const input = (change, props = {}) => h(props.rows ? "textarea" : "input", { autocomplete: "off", ...props, on: { input: ({ target }) => change(target.value) } });

/**
 * Make the fields of a text.
 *
 * @param {string} label
 * @param {{draft: () => Object, get: () => Object, change: (part: Object) => void}} part The draft, and the component or the
 *   part of a card that has the text; `change` is called with another one.
 * @param {Object} [props] `rows`, how many lines; `hint`, what stands below.
 * @returns {{elements: HTMLElement[], draw: () => void}}
 */
export function textFields(label, { draft, get, change }, { rows, hint } = {}) {
  const text = input((value) => {
    change(withText(draft(), get(), value, new Map(examples(draft(), get()))));
    drawExamples();
  }, { rows });
  const place = h("div.template-examples", {});

  function drawExamples() {
    const names = variables(get()?.text);
    if (place.dataset.names === names.join() && place.childElementCount === names.length) return;
    place.dataset.names = names.join();
    const given = examples(draft(), get() ?? {});
    fill(place, names.map((name) => field(`Example of {{${name}}}`, input((value) => {
      const now = get();
      change(withText(draft(), now, now.text, new Map([...examples(draft(), now), [name, value]])));
    }, { value: String(given.get(name) ?? "") }))));
  }

  return {
    elements: [field(label, text, hint), place],
    draw() {
      text.value = get()?.text ?? "";
      delete place.dataset.names;
      drawExamples();
    },
  };
}
