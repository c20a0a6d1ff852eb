// Buttons in the form of a template: a row of the table for each kind, with the fields that it has.

import { button, fill, h } from "../../dom.js";
import { field, select } from "../../parts.js";
import { variables } from "../draft.js";
import { input } from "./text.js";

const LABEL = { member: "text", label: "Label" };
/** By its type, what a button is called, what a new one begins with, and its fields; `options` are values to choose from. */
export const BUTTONS = {
  QUICK_REPLY: { title: "Quick reply", begins: { text: "Yes" }, fields: [LABEL] },
  URL: { title: "Link", begins: { text: "Open", url: "https://example.com/" }, fields: [LABEL, { member: "url", label: "URL" }] },
  PHONE_NUMBER: { title: "Call", begins: { text: "Call us", phone_number: "+15550783881" }, fields: [LABEL, { member: "phone_number", label: "Number" }] },
  COPY_CODE: { title: "Copy a code", begins: { example: "SAVE20" }, fields: [{ member: "example", label: "Example of the code" }] },
  FLOW: {
    title: "Flow",
    begins: { text: "Book", flow_id: "1234567890", flow_action: "NAVIGATE", navigate_screen: "START" },
    fields: [LABEL, { member: "flow_id", label: "Id of the Flow" }, { member: "flow_action", label: "Action", options: ["NAVIGATE", "DATA_EXCHANGE"] }, { member: "navigate_screen", label: "First screen" }],
  },
  CATALOG: { title: "Catalogue", begins: { text: "View catalog" }, fields: [LABEL] },
  MPM: { title: "Products", begins: { text: "View items" }, fields: [LABEL] },
  SPM: { title: "One product", begins: { text: "View" }, fields: [LABEL] },
  VOICE_CALL: { title: "WhatsApp call", begins: { text: "Call now" }, fields: [LABEL, { member: "ttl_minutes", label: "Works for, in minutes", isNumber: true }] },
  REQUEST_CONTACT_INFO: { title: "Ask for contact info", begins: {}, fields: [] },
};

/** A new button of a type. */
export const begun = (type) => ({ type, ...BUTTONS[type].begins });

/** The choice of a type, and a button that adds one of it. */
export function adding(types, add) {
  const kinds = select(types.map((type) => [type, BUTTONS[type].title]), { "aria-label": "Kind of the button to add" });
  return h("div.row", {}, kinds, button("Add a button", () => add(kinds.value), { icon: "plus", kind: "small" }));
}

/**
 * The fields of one button of a template or of a card.
 *
 * @param {Object} each The button.
 * @param {number} at Its place, from 0.
 * @param {(changed: Object) => void} change Called with members that are other ones now; `undefined` leaves one out.
 * @param {(() => void)|null} remove What its button to remove it does; without one it has none.
 */
export function buttonFields(each, at, change, remove) {
  const known = BUTTONS[each?.type];
  const example = each?.type === "URL" && field("Example of the whole URL", input((value) => change({ example: [value] }), { value: String(each.example?.[0] ?? "") }));
  if (example) example.hidden = !variables(each.url).length;

  /** An address with a variable has an example, and no other one has. */
  function put(members) {
    if (example && "url" in members) example.hidden = !variables(members.url).length;
    change(example?.hidden && "url" in members ? { ...members, example: undefined } : members);
  }

  return h(
    "fieldset.template-button",
    {},
    h("legend", {}, `${at + 1}. ${known?.title ?? each?.type ?? "button"}`),
    known ? known.fields.map((one) => field(one.label, valueOf(one, each, put))) : h("p.muted.small-text", {}, "The JSON beside has what it is."),
    example,
    remove && button("Remove", remove, { icon: "trash", kind: "small", "aria-label": `Remove button ${at + 1}` }),
  );
}

function valueOf({ member, options, isNumber }, each, change) {
  const value = String(each[member] ?? "");
  if (options) {
    const chosen = select(options, { value, on: { change: () => change({ [member]: chosen.value }) } });
    return chosen;
  }
  return input((text) => change({ [member]: isNumber ? (text === "" ? undefined : Number(text)) : text }), { value, inputmode: isNumber ? "numeric" : null });
}

/** A button with some members changed; those that are `undefined` are left out. */
export const changed = (each, members) => Object.fromEntries(Object.entries({ ...each, ...members }).filter(([, value]) => value !== undefined));

/**
 * The buttons of a template.
 *
 * @param {{get: () => Object[], change: (all: Object[]) => void}} held
 * @returns {{elements: HTMLElement[], draw: () => void}}
 */
export function buttonList({ get, change }) {
  const place = h("div.stack", {});

  function add(type) {
    change([...get(), begun(type)]);
    draw();
    [...place.querySelectorAll("input")].at(-1)?.focus();
  }

  function draw() {
    fill(place, get().map((each, at) => buttonFields(each, at, (members) => change(get().with(at, changed(get()[at], members))), () => {
      change(get().toSpliced(at, 1));
      draw();
    })));
  }

  return { elements: [h("h3", {}, "Buttons"), place, adding(Object.keys(BUTTONS), add)], draw };
}
