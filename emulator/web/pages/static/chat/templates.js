// Templates as a phone shows them: from their definition alone, or filled by the message that uses one.

import { h, icon } from "../dom.js";
import { words } from "./words.js";

const ICONS = { URL: "link", PHONE_NUMBER: "call", QUICK_REPLY: "reply", COPY_CODE: "copy", OTP: "copy", FLOW: "list", CATALOG: "business", MPM: "business", VOICE_CALL: "call", SPM: "business" };
const KINDS = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document", LOCATION: "location" };

/** The component of a type in a template's definition. */
export const component = (template, type) => template?.components?.find((each) => each.type?.toUpperCase() === type);

/** Find what fills a component of a sent template, by its type. */
const sent = (content, type) => content?.components?.find((each) => each.type?.toLowerCase() === type);

/** Put parameters, as a message has them, into the text of a component. */
export function filled(text = "", parameters = []) {
  let at = 0;
  const named = new Map(parameters.map((each) => [each.parameter_name ?? String((at += 1)), each]));
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => {
    const each = named.get(name);
    return each ? (each.text ?? each.currency?.fallback_value ?? each.date_time?.fallback_value ?? whole) : whole;
  });
}

/** Put the examples of a component into its text, for a preview. */
export function exampled({ text = "", example = {} }) {
  const values = example.body_text?.[0] ?? example.header_text ?? [];
  const named = example.body_text_named_params ?? example.header_text_named_params ?? [];
  return filled(text, named.length ? named.map((each) => ({ parameter_name: each.param_name, text: each.example })) : values.map((each) => ({ text: String(each) })));
}

/**
 * The contents of the bubble of a template message.
 *
 * @param {Object} message As the control API shows it, or `null` for a preview with the examples.
 * @param {Object} [template] Its definition, as the control API lists it; without one the body alone is shown.
 * @param {Object} tools What the bubble gives: `files`, `tap(label)` or nothing for what cannot be tapped.
 */
export function templateContents(message, template, { files, tap, place } = {}) {
  const content = message?.template;
  const head = component(template, "HEADER");
  const body = component(template, "BODY");
  const foot = component(template, "FOOTER");
  const cards = component(template, "CAROUSEL")?.cards ?? [];
  const sentCards = sent(content, "carousel")?.cards ?? [];
  const text = content ? (message.text && typeof message.text === "string" ? message.text : filled(body?.text, sent(content, "body")?.parameters)) : exampled(body ?? {});
  return [
    head && header(head, sent(content, "header")?.parameters ?? [], { files, place, isPreview: !content }),
    text && h("div.words", {}, words(text)),
    foot && h("div.foot", {}, foot.text),
    buttonsOf(component(template, "BUTTONS")?.buttons ?? (content ? (message.buttons ?? []).map((label) => ({ type: "QUICK_REPLY", text: label })) : []), tap),
    cards.length > 0 && h("div.carousel", { role: "group", "aria-label": "Cards", tabindex: "0" }, cards.map((card, at) => carouselCard(card, sentCards.find((each) => each.card_index === at) ?? sentCards[at], { files, tap, place, isPreview: !content }))),
  ];
}

function carouselCard(card, filling, tools) {
  const head = component(card, "HEADER");
  const body = component(card, "BODY");
  return h(
    "div.carousel-card",
    {},
    head && header(head, sent(filling, "header")?.parameters ?? [], tools),
    body && h("div.words", {}, words(filling ? filled(body.text, sent(filling, "body")?.parameters) : exampled(body))),
    buttonsOf(component(card, "BUTTONS")?.buttons ?? [], tools.tap),
  );
}

function header(head, parameters, { files, place, isPreview }) {
  if (head.format === "TEXT") return h("div.head", {}, isPreview ? exampled(head) : filled(head.text, parameters));
  const kind = KINDS[head.format] ?? "document";
  const given = parameters.find((each) => each[kind])?.[kind];
  if (kind === "location") return given && place ? place(given) : h("div.file-card", {}, icon("pin"), "A location");
  return given && files ? files.of(kind, given) : h(`div.file.is-${kind}`, {}, h("div.file-card", {}, icon(kind === "image" ? "image" : "file"), `${kind[0].toUpperCase()}${kind.slice(1)} of the header`));
}

/** The buttons under a bubble; `tap(label)` is called for those that a person taps, others are shown. */
export function buttonsOf(buttons, tap) {
  if (!buttons.length) return null;
  return h(
    "div.taps",
    {},
    buttons.map((each) => {
      const label = each.text ?? each.title ?? (each.type === "COPY_CODE" ? "Copy code" : String(each.type ?? ""));
      const act = tap && (each.type === undefined || each.type === "QUICK_REPLY") ? () => tap(label) : null;
      return h("button.tap", { type: "button", disabled: !act, title: each.url ?? each.phone_number ?? null, on: act ? { click: act } : {} }, icon(ICONS[each.type] ?? "reply", "small"), label);
    }),
  );
}
