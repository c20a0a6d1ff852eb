// The form of a template: its fields, kept in step with the draft that stands beside it as JSON.

import { fill, h } from "../dom.js";
import { field, select } from "../parts.js";
import { BEGUN, component, withComponent } from "./draft.js";
import { buttonList } from "./form/buttons.js";
import { begunCarousel, cardList } from "./form/cards.js";
import { begunCode, codeFields } from "./form/code.js";
import { input, textFields } from "./form/text.js";

const CATEGORIES = ["UTILITY", "MARKETING", "AUTHENTICATION"];
const CODE = "AUTHENTICATION";
const SHAPES = [["text", "text and buttons"], ["carousel", "a carousel of cards"], ["code", "a one-time code"]];
const FORMATS = [["", "none"], ["TEXT", "text"], ["IMAGE", "image"], ["VIDEO", "video"], ["DOCUMENT", "document"], ["LOCATION", "location"], ["PRODUCT", "product"]];
const BARE = new Set(["LOCATION", "PRODUCT"]);
/** Formats of a header that have nothing beside. */

/** Which of the shapes a draft has. */
const shapeOf = (draft) => (draft.category === CODE ? "code" : component(draft, "CAROUSEL") ? "carousel" : "text");

/**
 * The form of a draft.
 *
 * @param {{get: () => Object, change: (draft: Object) => void}} held The draft; `change` is called with a new one.
 * @param {{isEdit: boolean}} options An edit keeps name and language.
 * @returns {{element: HTMLElement, draw: Function, blame: Function}} `draw()` shows the draft as it is now, and
 *   `blame(names)` marks the fields that a complaint is about.
 */
export function form(held, { isEdit }) {
  const set = (name) => (value) => held.change({ ...held.get(), [name]: value });
  const part = (type) => component(held.get(), type);
  const put = (type) => (made) => held.change(withComponent(held.get(), type, made));
  const name = input(set("name"), { spellcheck: "false", disabled: isEdit });
  const language = input(set("language"), { spellcheck: "false", disabled: isEdit });
  const category = select(CATEGORIES, { on: { change: () => recategorize(category.value) } });
  const shape = select(SHAPES, { on: { change: () => reshape(shape.value) } });
  const format = select(FORMATS, { on: { change: () => header(format.value) } });
  const handle = input((value) => put("HEADER")({ type: "HEADER", format: format.value, example: { header_handle: [value] } }), { spellcheck: "false" });
  const foot = input((text) => put("FOOTER")(text ? { ...part("FOOTER"), type: "FOOTER", text } : null));
  const fields = { name: field("Name", name, "Lower case letters, digits and underscores."), language: field("Language", language), category: field("Category", category) };
  const headText = textFields("Header", { draft: held.get, get: () => part("HEADER") ?? { type: "HEADER", format: "TEXT" }, change: put("HEADER") });
  const bodyText = textFields("Body", { draft: held.get, get: () => part("BODY") ?? { type: "BODY" }, change: put("BODY") }, { rows: 4, hint: "{{1}} or {{name}} is a variable; *bold*, _italic_, ~struck~." });
  const headHandle = field("Example: handle of an upload", handle, "The h that an upload by POST /{app_id}/uploads ended with.");
  const headFields = h("div.stack", {});
  const listed = () => part("BUTTONS")?.buttons;
  const buttons = buttonList({
    get: () => (Array.isArray(listed()) ? listed() : []),
    change: (all) => put("BUTTONS")(all.length ? { ...part("BUTTONS"), type: "BUTTONS", buttons: all } : null),
  });
  const cards = cardList(held);
  const code = codeFields(held);
  /** By shape, what stands in the form of it, and what shows the draft in that. */
  const shapes = {
    text: { elements: [field("Header format", format), headFields, bodyText.elements, field("Footer", foot), buttons.elements], draws: [drawHeader, bodyText.draw, () => (foot.value = part("FOOTER")?.text ?? ""), buttons.draw] },
    carousel: { elements: [bodyText.elements, cards.elements], draws: [bodyText.draw, cards.draw] },
    code: { elements: code.elements, draws: [code.draw] },
  };
  const place = h("div.stack", {});
  const element = h("form.stack.template-form", { "aria-label": "Form of the template", on: { submit: (event) => event.preventDefault() } }, fields.name, h("div.template-pair", {}, fields.language, fields.category), field("Layout", shape), place);

  function recategorize(chosen) {
    if ((chosen === CODE) === (held.get().category === CODE)) set("category")(chosen);
    else reshape(chosen === CODE ? "code" : "text", chosen);
    draw();
  }

  /** Give the template another shape; what the new one does not have goes. */
  function reshape(chosen, wanted) {
    const draft = held.get();
    const body = part("BODY")?.text ? part("BODY") : BEGUN.components[0];
    const components = { text: () => [body], carousel: () => [body, begunCarousel()], code: begunCode }[chosen]();
    const kept = draft.category === CODE ? BEGUN.category : draft.category;
    held.change({ ...draft, category: chosen === "code" ? CODE : chosen === "carousel" ? "MARKETING" : wanted ?? kept, components });
    draw();
  }

  function header(chosen) {
    const bare = BARE.has(chosen) ? { type: "HEADER", format: chosen } : null;
    const made = { "": null, TEXT: { type: "HEADER", format: "TEXT", text: "" } };
    put("HEADER")(bare ?? (chosen in made ? made[chosen] : { type: "HEADER", format: chosen, example: { header_handle: [""] } }));
    draw();
  }

  function drawHeader() {
    const head = part("HEADER");
    format.value = head ? head.format ?? "TEXT" : "";
    handle.value = head?.example?.header_handle?.[0] ?? "";
    fill(headFields, !head || BARE.has(head.format) ? null : head.format === "TEXT" ? headText.elements : headHandle);
    headText.draw();
  }

  function draw() {
    const draft = held.get();
    name.value = draft.name ?? "";
    language.value = draft.language ?? "";
    category.value = draft.category ?? BEGUN.category;
    shape.value = shapeOf(draft);
    if (place.dataset.shape !== shape.value) {
      place.dataset.shape = shape.value;
      fill(place, shapes[shape.value].elements);
    }
    for (const each of shapes[shape.value].draws) each();
  }

  function blame(names) {
    for (const [each, made] of Object.entries(fields)) made.querySelector(".input").setAttribute("aria-invalid", String(names.includes(each)));
  }

  draw();
  return { element, draw, blame };
}
