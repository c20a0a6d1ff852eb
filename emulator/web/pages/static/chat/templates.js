// Templates as a phone shows them: filled in by the message that uses one, or with their examples.

import { h, icon } from "../dom.js";
import { instant } from "../format.js";
import { words } from "./words.js";

const ICONS = { URL: "link", PHONE_NUMBER: "call", QUICK_REPLY: "reply", COPY_CODE: "copy", OTP: "copy", FLOW: "list", CATALOG: "business", MPM: "business", VOICE_CALL: "call", SPM: "business" };
const LABELS = { COPY_CODE: "Copy offer code", REQUEST_CONTACT_INFO: "Share Contact Info", OTP: "Copy code" };
/** What the platform writes on buttons that have no label of their own. */
const DRAWINGS = { IMAGE: "image", VIDEO: "play", DOCUMENT: "file", LOCATION: "pin", PRODUCT: "business", GIF: "image" };

/** The component of a type in the definition of a template or of a card. */
const component = (definition, type) => definition?.components?.find((each) => each.type?.toUpperCase() === type);

/** Put the examples of a text into it. */
function exampled({ text = "", example = {} }) {
  const given = example.body_text?.[0] ?? example.header_text ?? [];
  const named = new Map((example.body_text_named_params ?? example.header_text_named_params ?? []).map((each) => [each.param_name, each.example]));
  const order = [];
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => {
    if (!order.includes(name)) order.push(name);
    return String(named.get(name) ?? given[order.indexOf(name)] ?? whole);
  });
}

/** What a definition looks like with its examples, in the form in which a message has what it looks like. */
function previewed(definition) {
  const head = component(definition, "HEADER");
  return {
    header: head && (head.format === "TEXT" ? exampled(head) : ""),
    body: exampled(component(definition, "BODY") ?? {}),
    footer: component(definition, "FOOTER")?.text,
    buttons: component(definition, "BUTTONS")?.buttons ?? [],
    offer: component(definition, "LIMITED_TIME_OFFER")?.limited_time_offer,
    cards: (component(definition, "CAROUSEL")?.cards ?? []).map(previewed),
  };
}

/** A template with its examples, as a preview shows it. */
export const templatePreview = (definition) => drawn(previewed(definition), definition);

/**
 * The contents of the bubble of a template message.
 *
 * @param {Object} message As the control API shows it.
 * @param {Object|null} definition The template it was made of, if there still is one: it says of what format the header is.
 * @param {Object} tools `tap(label)` and `openFlow(message)`, or nothing for what cannot be tapped.
 */
export function templateContents(message, definition, { tap, openFlow } = {}) {
  return drawn(message.template.rendered ?? { body: message.text, buttons: [], cards: [] }, definition, { tap, openFlow: openFlow && (() => openFlow(message)) });
}

function drawn({ header, body, footer, buttons, offer, cards }, definition, acts) {
  const cardsDefined = component(definition, "CAROUSEL")?.cards ?? [];
  return [
    heading(header, component(definition, "HEADER")?.format),
    offer && h("div.head", {}, offer.text, offer.expires_at_ms && h("div.muted.small-text", {}, `until ${instant(offer.expires_at_ms)}`)),
    body && h("div.words", {}, words(body)),
    footer && h("div.foot", {}, footer),
    buttonsOf(buttons, acts),
    cards?.length > 0 && h("div.carousel", { role: "group", "aria-label": "Cards", tabindex: "0" }, cards.map((card, at) => h("div.carousel-card", {}, drawn(card, cardsDefined[at] ?? cardsDefined[0], acts)))),
  ];
}

/** A header: a text, or a sign for what stands in its place, which a message names in brackets: `[image]`. */
function heading(header, format = "TEXT") {
  if (header === null || header === undefined) return null;
  if (format === "TEXT") return h("div.head", {}, header);
  const name = header.replace(/^\[|\]$/g, "") || format.toLowerCase();
  return h(`div.file.is-${format.toLowerCase()}`, {}, h("div.file-card", {}, icon(DRAWINGS[format] ?? "file"), `${name[0].toUpperCase()}${name.slice(1)} of the header`));
}

/**
 * The buttons under a bubble: quick replies and Flows are tapped where `acts` has `tap(label)` and `openFlow()`, all others
 * are shown.
 */
export function buttonsOf(buttons, { tap, openFlow } = {}) {
  if (!buttons.length) return null;
  return h(
    "div.taps",
    {},
    buttons.map((each) => {
      const label = each.text || each.title || (LABELS[each.type] ?? String(each.type ?? ""));
      const act = each.type === "FLOW" ? openFlow : tap && (each.type === undefined || each.type === "QUICK_REPLY") ? () => tap(label) : null;
      return h("button.tap", { type: "button", disabled: !act, title: each.url ?? each.phone_number ?? null, on: act ? { click: act } : {} }, icon(ICONS[each.type] ?? "reply", "small"), label);
    }),
  );
}
