// The form of a template: its fields, kept in step with the draft that stands beside it as JSON.

import { button, fill, h } from "../dom.js";
import { field, select } from "../parts.js";
import { component, examples, variables, withComponent, withText } from "./draft.js";

const CATEGORIES = ["UTILITY", "MARKETING", "AUTHENTICATION"];
const FORMATS = [["", "none"], ["TEXT", "text"], ["IMAGE", "image"], ["VIDEO", "video"], ["DOCUMENT", "document"], ["LOCATION", "location"]];
const BUTTONS = {
  QUICK_REPLY: { text: "Quick reply", begins: { text: "Yes" }, fields: [["text", "Label"]] },
  URL: { text: "Link", begins: { text: "Open", url: "https://example.com/" }, fields: [["text", "Label"], ["url", "URL"]] },
  PHONE_NUMBER: { text: "Call", begins: { text: "Call us", phone_number: "+15550783881" }, fields: [["text", "Label"], ["phone_number", "Number"]] },
  COPY_CODE: { text: "Copy a code", begins: { example: "SAVE20" }, fields: [["example", "Example of the code"]] },
};

/**
 * The form of a draft.
 *
 * @param {{get: () => Object, change: (draft: Object) => void}} held The draft; `change` is called with a new one.
 * @param {{isEdit: boolean}} options An edit keeps name and language.
 * @returns {{element: HTMLElement, draw: Function, blame: Function}} `draw()` shows the draft as it is now, and
 *   `blame(names)` marks the fields that a complaint is about.
 */
export function form(held, { isEdit }) {
  const input = (change, props = {}) => h(props.rows ? "textarea" : "input", { autocomplete: "off", ...props, on: { input: ({ target }) => change(target.value) } });
  const set = (name) => (value) => held.change({ ...held.get(), [name]: value });
  const name = input(set("name"), { spellcheck: "false", disabled: isEdit });
  const language = input(set("language"), { spellcheck: "false", disabled: isEdit });
  const category = select(CATEGORIES, { on: { change: () => set("category")(category.value) } });
  const format = select(FORMATS, { on: { change: () => header(format.value) } });
  const head = input((text) => retext("HEADER", text));
  const handle = input((value) => held.change(withComponent(held.get(), "HEADER", { type: "HEADER", format: format.value, example: { header_handle: [value] } })), { spellcheck: "false" });
  const body = input((text) => retext("BODY", text), { rows: 4 });
  const foot = input((text) => held.change(withComponent(held.get(), "FOOTER", text ? { ...component(held.get(), "FOOTER"), type: "FOOTER", text } : null)));
  const headFields = h("div.stack", {});
  const bodyFields = h("div.template-examples", {});
  const buttons = h("div.stack", {});
  const fields = { name: field("Name", name, "Lower case letters, digits and underscores."), language: field("Language", language), category: field("Category", category) };
  const headText = field("Header", head);
  const headExamples = h("div.template-examples", {});
  const headHandle = field("Example: handle of an upload", handle, "The h that an upload by POST /{app_id}/uploads ended with.");
  const kinds = select(Object.entries(BUTTONS).map(([type, { text }]) => [type, text]), { "aria-label": "Kind of the button to add" });
  const element = h(
    "form.stack.template-form",
    { "aria-label": "Form of the template", on: { submit: (event) => event.preventDefault() } },
    fields.name,
    h("div.template-pair", {}, fields.language, fields.category),
    field("Header is", format),
    headFields,
    field("Body", body, "{{1}} or {{name}} is a variable; *bold*, _italic_, ~struck~."),
    bodyFields,
    field("Footer", foot),
    h("h3", {}, "Buttons"),
    buttons,
    h("div.row", {}, kinds, button("Add a button", () => add(kinds.value), { icon: "plus", kind: "small" })),
  );

  function retext(type, text) {
    const draft = held.get();
    const part = component(draft, type) ?? { type, ...(type === "HEADER" ? { format: "TEXT" } : {}) };
    const given = new Map(examples(draft, part));
    held.change(withComponent(draft, type, withText(draft, part, text, given)));
    drawExamples();
  }

  function header(chosen) {
    const made = { "": null, TEXT: { type: "HEADER", format: "TEXT", text: "" }, LOCATION: { type: "HEADER", format: "LOCATION" } };
    held.change(withComponent(held.get(), "HEADER", chosen in made ? made[chosen] : { type: "HEADER", format: chosen, example: { header_handle: [""] } }));
    draw();
  }

  function listed() {
    const found = component(held.get(), "BUTTONS")?.buttons;
    return Array.isArray(found) ? found : [];
  }

  function rebutton(all) {
    held.change(withComponent(held.get(), "BUTTONS", all.length ? { ...component(held.get(), "BUTTONS"), type: "BUTTONS", buttons: all } : null));
  }

  function add(type) {
    rebutton([...listed(), { type, ...BUTTONS[type].begins }]);
    drawButtons();
    [...buttons.querySelectorAll("input")].at(-1)?.focus();
  }

  function drawButtons() {
    fill(
      buttons,
      listed().map((each, at) => {
        const known = BUTTONS[each?.type];
        const change = (name) => (value) => rebutton(listed().with(at, { ...listed()[at], [name]: value }));
        return h(
          "fieldset.template-button",
          {},
          h("legend", {}, `${at + 1}. ${known?.text ?? each?.type ?? "button"}`),
          known ? known.fields.map(([name, label]) => field(label, input(change(name), { value: String(each[name] ?? "") }))) : h("p.muted.small-text", {}, "The JSON beside has what it is."),
          known === BUTTONS.URL && variables(each.url).length > 0 && field("Example of the whole URL", input((value) => rebutton(listed().with(at, { ...listed()[at], example: [value] })), { value: String(each.example?.[0] ?? "") })),
          button("Remove", () => {
            rebutton(listed().toSpliced(at, 1));
            drawButtons();
          }, { icon: "trash", kind: "small", "aria-label": `Remove button ${at + 1}` }),
        );
      }),
    );
  }

  function drawExamples() {
    for (const [type, place] of [["HEADER", headExamples], ["BODY", bodyFields]]) {
      const draft = held.get();
      const part = component(draft, type);
      const names = variables(part?.text);
      if (place.dataset.names === names.join() && place.childElementCount === names.length) continue;
      place.dataset.names = names.join();
      const given = examples(draft, part ?? {});
      fill(
        place,
        names.map((each) =>
          field(
            `Example of {{${each}}}`,
            input((value) => {
              const now = component(held.get(), type);
              held.change(withComponent(held.get(), type, withText(held.get(), now, now.text, new Map([...examples(held.get(), now), [each, value]]))));
            }, { value: String(given.get(each) ?? "") }),
          ),
        ),
      );
    }
  }

  function draw() {
    const draft = held.get();
    const part = component(draft, "HEADER");
    name.value = draft.name ?? "";
    language.value = draft.language ?? "";
    category.value = draft.category ?? "UTILITY";
    format.value = part ? part.format ?? "TEXT" : "";
    head.value = part?.text ?? "";
    handle.value = part?.example?.header_handle?.[0] ?? "";
    fill(headFields, !part || part.format === "LOCATION" ? null : part.format === "TEXT" ? [headText, headExamples] : headHandle);
    body.value = component(draft, "BODY")?.text ?? "";
    foot.value = component(draft, "FOOTER")?.text ?? "";
    for (const place of [headExamples, bodyFields]) delete place.dataset.names;
    drawExamples();
    drawButtons();
  }

  function blame(names) {
    for (const [each, made] of Object.entries(fields)) made.querySelector(".input").setAttribute("aria-invalid", String(names.includes(each)));
  }

  draw();
  return { element, draw, blame };
}
