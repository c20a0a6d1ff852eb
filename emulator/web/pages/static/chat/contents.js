// The table of kinds of message: what stands in the bubble of each.

import { button, h, icon } from "../dom.js";
import { words } from "./words.js";
import { buttonsOf, templateContents } from "./templates.js";

/**
 * By the type of a message, a function of the message and the tools of the bubble that makes its contents.
 *
 * A new kind is a row; a kind that has none is shown by its text. The tools: `files`, `template(content)`, and
 * for what has reached the person `tap(label)`, `openList(message)`, `openFlow(message)`, `answerCall(response)`.
 */
const CONTENTS = {
  text: ({ text }) => [h("div.words", {}, words(text.body))],
  image: (message, tools) => file("image", message, tools),
  video: (message, tools) => file("video", message, tools),
  audio: (message, tools) => file("audio", message, tools),
  sticker: (message, tools) => file("sticker", message, tools),
  document: (message, tools) => file("document", message, tools),
  location: ({ location }) => [place(location)],
  contacts: ({ contacts }) => [h("div.cards", {}, contacts.map(contact))],
  order: ({ order }) => [order.text && h("div.words", {}, words(order.text)), basket(order)],
  button: ({ button: tapped }) => [h("div.words", {}, tapped.text)],
  interactive: (message, tools) => (message.direction === "inbound" ? reply(message) : question(message, tools)),
  template: (message, tools) => templateContents(message, tools.template(message.template), tools),
  revoked: ({ text }) => [h("div.words.muted", {}, text)],
  system: ({ system }) => [h("div.words.muted", {}, system.body)],
  unsupported: () => [h("div.words.muted", {}, "A message that the API does not show")],
  request_welcome: () => [h("div.words.muted", {}, "opened the chat")],
};

/** The nodes that stand in the bubble of a message. */
export function contentsOf(message, tools) {
  const make = CONTENTS[message.type];
  try {
    if (make) return make(message, tools);
  } catch {
    // content of a shape of its own: its text says what it is
  }
  return [h("div.words", {}, typeof message.text === "string" ? message.text : message.type)];
}

function file(kind, message, { files }) {
  const content = message[kind];
  return [files.of(kind, content), content.caption && h("div.words", {}, words(content.caption))];
}

/** A map tile of our own: what a place is called and where it is, on a plain grid. */
function place({ latitude, longitude, name, address }) {
  return h(
    "figure.place",
    {},
    h("div.tile", { "aria-hidden": "true" }, icon("pin")),
    h("figcaption", {}, name && h("strong", {}, name), address && h("span", {}, address), h("small.number", {}, `${latitude}, ${longitude}`)),
  );
}

function contact({ name, phones = [], emails = [], org }) {
  return h(
    "div.contact",
    {},
    icon("person"),
    h(
      "div.grow",
      {},
      h("strong", {}, name?.formatted_name ?? "Contact"),
      [org?.company, ...phones.map((each) => each.phone ?? each.wa_id), ...emails.map((each) => each.email)].filter(Boolean).map((line) => h("small", {}, line)),
    ),
  );
}

function basket({ product_items: items = [] }) {
  return h("ul.basket", {}, items.map((each) => h("li.row.spread", {}, h("span", {}, `${each.quantity} × ${each.product_retailer_id}`), h("span.number", {}, `${each.item_price} ${each.currency}`))));
}

function reply({ interactive, text }) {
  const { description } = interactive.list_reply ?? {};
  if (interactive.type === "nfm_reply") {
    const answers = interactive.nfm_reply?.response_json;
    return [h("div.words", {}, interactive.nfm_reply?.body ?? "Sent"), answers && h("code.answers", {}, typeof answers === "string" ? answers : JSON.stringify(answers))];
  }
  return [h("div.words", {}, typeof text === "string" ? text : interactive.type), description && h("div.foot", {}, description)];
}

/** How each type of interactive message ends: what can be done with it. */
const ENDS = {
  button: ({ interactive }, tools) => buttonsOf(interactive.action.buttons.map(({ reply: each }) => ({ text: each.title })), tools),
  list: (message, { openList }) => opener(message.interactive.action.button, "list", openList && (() => openList(message))),
  flow: (message, { openFlow }) => opener(message.interactive.action.parameters?.flow_cta ?? "Open", "list", openFlow && (() => openFlow(message))),
  cta_url: ({ interactive: { action } }) => buttonsOf([{ type: "URL", text: action.parameters.display_text, url: action.parameters.url }]),
  location_request_message: (message, { sendLocation }) => opener("Send location", "pin", sendLocation && (() => sendLocation(message))),
  call_permission_request: (message, { answerCall }) =>
    h("div.taps", {}, ["accept", "reject"].map((response) => h("button.tap", { type: "button", disabled: !answerCall, on: answerCall ? { click: () => answerCall(response, message) } : {} }, icon(response === "accept" ? "call" : "block", "small"), response === "accept" ? "Allow calls" : "Do not allow"))),
  voice_call: ({ interactive: { action } }) => buttonsOf([{ type: "VOICE_CALL", text: action.parameters?.display_text ?? "Call now" }]),
  catalog_message: () => buttonsOf([{ type: "CATALOG", text: "View catalog" }]),
  product: () => buttonsOf([{ type: "SPM", text: "View" }]),
  product_list: () => buttonsOf([{ type: "MPM", text: "View items" }]),
  carousel: ({ interactive: { action } }, tools) => h("div.carousel", { role: "group", "aria-label": "Cards", tabindex: "0" }, action.cards.map((card) => h("div.carousel-card", {}, framed(card, tools), cardButtons(card.action ?? {}, tools)))),
};

/** The buttons of a card: quick replies, or the link that it opens. */
function cardButtons({ buttons, parameters }, tools) {
  if (!buttons) return parameters && buttonsOf([{ type: "URL", text: parameters.display_text, url: parameters.url }]);
  return buttonsOf(buttons.map((each) => ({ type: each.type?.toUpperCase() === "QUICK_REPLY" ? "QUICK_REPLY" : undefined, text: each.quick_reply?.title ?? each.reply?.title ?? each.type })), tools);
}

function opener(text, drawing, act) {
  return h("div.taps", {}, button(text, act ?? (() => {}), { icon: drawing, kind: "tap", disabled: !act }));
}

function question(message, tools) {
  const end = ENDS[message.interactive.type];
  return [...framed(message.interactive, tools), end ? end(message, tools) : buttonsOf((message.buttons ?? []).map((text) => ({ text })), tools)];
}

/** Header, body and footer of what is interactive. */
function framed({ header, body, footer }, { files }) {
  const media = header && ["image", "video", "document"].find((kind) => header[kind]);
  return [
    media ? files.of(media, header[media]) : header?.text && h("div.head", {}, header.text),
    body && h("div.words", {}, words(body.text)),
    footer && h("div.foot", {}, footer.text),
  ];
}
