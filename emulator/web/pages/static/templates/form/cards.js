// A carousel in the form of a template: cards that are alike, each with a picture, words and buttons of its own.

import { button, fill, h } from "../../dom.js";
import { field, select } from "../../parts.js";
import { component, withComponent } from "../draft.js";
import { adding, begun, buttonFields, changed } from "./buttons.js";
import { input, textFields } from "./text.js";

const FORMATS = [["IMAGE", "an image"], ["VIDEO", "a video"], ["PRODUCT", "a product"]];
const MOST = 10;
const LEAST = 2;
const BUTTONS = { IMAGE: ["QUICK_REPLY", "URL", "PHONE_NUMBER"], VIDEO: ["QUICK_REPLY", "URL", "PHONE_NUMBER"], PRODUCT: ["SPM", "URL"] };
/** By the format of the cards, the buttons that they may have. */

const header = (format, handle = "4::aW1hZ2U=") => (format === "PRODUCT" ? { type: "HEADER", format } : { type: "HEADER", format, example: { header_handle: [handle] } });

/** The component of a new carousel. */
export function begunCarousel() {
  const card = (text) => ({ components: [header("IMAGE"), { type: "BODY", text }, { type: "BUTTONS", buttons: [begun("QUICK_REPLY")] }] });
  return { type: "CAROUSEL", cards: [card("The first card says what it shows."), card("The second card says what it shows.")] };
}

/**
 * The cards of a template. All have the same header, the same parts and the same buttons, as the platform wants it: what is
 * added to one is added to all.
 *
 * @param {{get: () => Object, change: (draft: Object) => void}} held The draft.
 * @returns {{elements: HTMLElement[], draw: () => void}}
 */
export function cardList(held) {
  const cards = () => component(held.get(), "CAROUSEL")?.cards ?? [];
  const change = (all) => held.change(withComponent(held.get(), "CAROUSEL", { ...component(held.get(), "CAROUSEL"), type: "CAROUSEL", cards: all }));
  const buttonsOf = (card) => component(card, "BUTTONS")?.buttons ?? [];
  const rebutton = (card, all) => withComponent(card, "BUTTONS", { type: "BUTTONS", buttons: all });
  const formatOf = () => component(cards()[0] ?? {}, "HEADER")?.format ?? "IMAGE";
  const place = h("div.stack", {});
  const format = select(FORMATS, { on: { change: () => reformat(format.value) } });
  const adder = h("div.row", {});

  function reformat(chosen) {
    change(cards().map((card) => {
      const made = withComponent(card, "HEADER", header(chosen, component(card, "HEADER")?.example?.header_handle?.[0]));
      const kept = buttonsOf(made).filter(({ type }) => BUTTONS[chosen].includes(type));
      return rebutton(made, kept.length ? kept : [begun(BUTTONS[chosen][0])]);
    }));
    draw();
  }

  function eachCard(make) {
    change(cards().map(make));
    draw();
  }

  function fieldsOf(card, at) {
    const put = (made) => change(cards().with(at, made));
    const words = textFields("Body of the card", { draft: held.get, get: () => component(cards()[at], "BODY") ?? { type: "BODY" }, change: (part) => put(withComponent(cards()[at], "BODY", part.text ? part : null)) }, { rows: 2 });
    words.draw();
    const head = component(card, "HEADER");
    return h(
      "fieldset.template-button.template-card",
      {},
      h("legend", {}, `Card ${at + 1}`),
      head?.format !== "PRODUCT" && field("Example: handle of an upload", input((value) => put(withComponent(cards()[at], "HEADER", header(head?.format ?? "IMAGE", value))), { value: head?.example?.header_handle?.[0] ?? "", spellcheck: "false" })),
      words.elements,
      buttonsOf(card).map((each, place_) => buttonFields(each, place_, (members) => put(rebutton(cards()[at], buttonsOf(cards()[at]).with(place_, changed(buttonsOf(cards()[at])[place_], members)))), at === 0 && buttonsOf(card).length > 1 ? () => eachCard((one) => rebutton(one, buttonsOf(one).toSpliced(place_, 1))) : null)),
      cards().length > LEAST && button("Remove the card", () => {
        change(cards().toSpliced(at, 1));
        draw();
      }, { icon: "trash", kind: "small", "aria-label": `Remove card ${at + 1}` }),
    );
  }

  function draw() {
    format.value = formatOf();
    fill(place, cards().map(fieldsOf));
    fill(
      adder,
      cards().length < MOST && button("Add a card", () => {
        change([...cards(), structuredClone(cards().at(-1) ?? begunCarousel().cards[0])]);
        draw();
      }, { icon: "plus", kind: "small" }),
      adding(BUTTONS[formatOf()] ?? BUTTONS.IMAGE, (type) => eachCard((card) => rebutton(card, [...buttonsOf(card), begun(type)]))),
    );
  }

  return { elements: [h("h3", {}, "Cards"), field("Header of each card", format), place, adder], draw };
}
