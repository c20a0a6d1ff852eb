// The form that arms a fault: what goes wrong, where, on which occasions, and how often.

import { asCurl, asPytest } from "../acts/lines.js";
import { button, fill, h } from "../dom.js";
import { phone } from "../format.js";
import { numberOf, valueField } from "../inputs.js";
import { check, code, field, select, sentence, tabs } from "../parts.js";

const GROUPS = [
  { title: "Calls and messages", has: ({ when }) => !when.includes("webhook") },
  { title: "Webhooks", has: ({ when }) => when.includes("webhook") },
];
const HOW_LATE = { by: 3600 };
/** What is filled in for a parameter that has no default and of which a usual value is known. */

/**
 * Make the form.
 *
 * @param {Object} ctx That of the view.
 * @param {Object} words The vocabulary, as `GET /_emulator/fault-kinds` has it.
 * @param {(fault: Object) => void} armed Called with each fault that was armed.
 */
export function faultForm({ api, facts, sandbox }, words, armed) {
  const kinds = new Map(words.kinds.map((each) => [each.kind, each]));
  const places = new Map(words.places.map((each) => [each.when, each.text]));
  const chosen = h("select.input", {}, GROUPS.map(({ title, has }) => h("optgroup", { label: title }, words.kinds.filter(has).map(({ kind }) => h("option", { value: kind }, kind)))));
  chosen.value = "error";
  const about = h("div.stack.fault-about", {});
  const place = select([]);
  const placeField = field("Where it strikes", place);
  const told = h("div.grid.fields", {});
  const asked = h("div.grid.fields", {});
  const times = h("input", { inputmode: "numeric", value: "1" });
  const always = h("input", { type: "checkbox" });
  const every = h("input", { inputmode: "numeric", placeholder: "1" });
  const probability = h("input", { inputmode: "decimal", placeholder: "1" });
  const lines = h("div", {});
  const complaint = h("p.complaint", { role: "alert", hidden: true });
  let parameters = [];
  let conditions = [];

  const known = {
    to: () => [...facts.get().people.values()].map(({ wa_id: id, name }) => [id, `${name} ${phone(id)}`]),
    phone_number_id: () => facts.get().identity.numbers.map((each) => [each.phone_number_id, each.display_phone_number]),
    edge: () => ["messages", "message_templates", "media", "any"],
    code: () => words.errors.filter(({ when }) => when.includes(place.value)).map((each) => [each.code, `${each.code} ${each.title}`]),
  };
  const listed = (name) => known[name]?.() ?? [];

  function kindChosen() {
    const kind = kinds.get(chosen.value);
    fill(about, h("p", {}, h("strong", {}, "What happens: "), sentence(kind.text)), h("p.muted", {}, h("strong", {}, "Which bug it shows: "), sentence(kind.shows)));
    fill(place, kind.when.map((when) => h("option", { value: when }, when)));
    placeField.hidden = kind.when.length < 2;
    placeChosen();
  }

  function placeChosen() {
    const kind = kinds.get(chosen.value);
    placeField.querySelector("small")?.remove();
    placeField.append(h("small", {}, sentence(places.get(place.value))));
    parameters = words.parameters
      .filter(({ name }) => kind.parameters.includes(name))
      .filter(({ name }) => name !== "effect" || kind.effects.length > 1)
      .toSorted((one, other) => (other.name === kind.needed) - (one.name === kind.needed))
      .map(({ name, text, schema }) => ({ name, ...valueField(name, schema, { hint: sentence(text), known: listed(name), needed: name === kind.needed }) }));
    conditions = words.conditions.filter(({ when }) => when.includes(place.value)).map(({ name, text, schema }) => ({ name, ...valueField(name, schema, { hint: sentence(text), known: listed(name) }) }));
    fill(told, parameters.map(({ element }) => element));
    const late = parameters.find(({ name }) => name in HOW_LATE);
    if (late) late.element.querySelector("input").value = HOW_LATE[late.name];
    told.hidden = !parameters.length;
    fill(asked, conditions.map(({ element }) => element));
    shown();
  }

  /** What is asked for, as the body of the call. */
  function body() {
    const made = { kind: chosen.value, when: place.value };
    for (const { name, read } of [...parameters, ...conditions]) {
      const value = read();
      if (value !== undefined) made[name] = value;
    }
    if (always.checked) made.times = null;
    else if (times.value.trim() !== "1") made.times = numberOf("times", times.value.trim());
    if (every.value.trim()) made.every = numberOf("every", every.value.trim());
    if (probability.value.trim()) made.probability = numberOf("probability", probability.value.trim());
    return made;
  }

  function shown() {
    let made;
    try {
      made = body();
    } catch {
      return; // it is said when it is armed
    }
    const mark = JSON.stringify(made);
    if (lines.dataset.mark === mark) return;
    lines.dataset.mark = mark;
    const tab = [...lines.querySelectorAll("[role=tab]")].findIndex((each) => each.ariaSelected === "true");
    const address = api.address("/faults");
    fill(lines, tabs("This fault in other words", [
      { title: "curl", show: () => code(asCurl("POST", location.origin + address, made), "The fault as a call") },
      { title: "pytest", show: () => code(asPytest("POST", address, made), "The fault in a test") },
    ], Math.max(tab, 0)));
  }

  async function arm(event) {
    event.preventDefault();
    complaint.hidden = true;
    try {
      armed(await api.post("/faults", body()));
    } catch (problem) {
      complaint.textContent = problem.message;
      complaint.hidden = false;
    }
  }

  chosen.addEventListener("change", kindChosen);
  place.addEventListener("change", placeChosen);
  always.addEventListener("change", () => {
    times.disabled = always.checked;
  });
  const form = h(
    "form.pane-body",
    { on: { submit: arm, input: shown, change: shown }, "aria-label": "Arm a fault", data: { sandbox } },
    h("div.grid.fields", {}, field("What goes wrong", chosen), placeField),
    about,
    told,
    h("details.narrowed", {}, h("summary", {}, "Only on some occasions"), h("p.muted.small-text", {}, "It strikes where all of this holds; what is left empty may be anything."), asked),
    h("fieldset.how-often", {}, h("legend", {}, "How often"), h("div.grid.fields", {}, field("Times", times), field("Of so many that fit, the last", every), field("With a chance of", probability, "Above 0 and up to 1, drawn from the seed.")), check("Until it is removed", always)),
    complaint,
    h("div.row", {}, button("Arm it", null, { icon: "bolt", kind: "primary", type: "submit" })),
    lines,
  );
  kindChosen();
  return form;
}
