// Which words the control API takes for a fact: as its OpenAPI document says, which is read once.

import { h } from "../dom.js";
import { attempt, select } from "../parts.js";

let reading = null;

/** Read the words that a route takes for the members of its body: `(method, path, member) → [word]`. */
export async function choices(api) {
  reading ??= api.get("/_emulator/openapi.json").catch((problem) => {
    reading = null;
    throw problem;
  });
  const { paths } = await reading;
  return (method, path, member) => {
    const { properties } = paths[`/_emulator/sandboxes/{s}${path}`][method].requestBody.content["application/json"].schema;
    const schema = properties[member];
    return schema.enum ?? schema.items.enum;
  };
}

/** A choice that carries out an act when another word is chosen, and shows the old one when that is refused. */
export function chosenBy(label, words, value, act) {
  const known = words.includes(value) ? words : [value ?? "", ...words];
  const made = select(known.map((word) => [word ?? "", word || "–"]), { value: value ?? "", "aria-label": label });
  made.classList.add("small-select");
  made.addEventListener("change", async () => {
    const answer = await attempt(() => act(made.value), `${label} is ${made.value} now`);
    if (answer === undefined) made.value = value ?? "";
  });
  return made;
}

/** A name and what stands beside it, in one line of a card. */
export const line = (name, value) => h("div.fact-line", {}, h("span.muted", {}, name), h("span.fact-value", {}, value));
