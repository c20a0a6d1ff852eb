// What the tests do with @kapso/whatsapp-cloud-api, which takes a base URL.

import { GraphApiError, WhatsAppClient, buildTemplateSendPayload } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";

import { carryOut, each } from "./task.mjs";

const client = ({ url, token }) => new WhatsAppClient({ accessToken: token, baseUrl: url });

const catalogId = "194836987003835";
const fern = { id: "fern", title: "Fern" };
const cactus = { id: "cactus", title: "Cactus" };

const orderShipped = buildTemplateSendPayload({
  name: "order_shipped",
  language: "en_US",
  body: [
    { type: "text", text: "Sheena" },
    { type: "text", text: "860198" },
  ],
  buttons: [{ type: "button", subType: "url", index: 1, parameters: [{ type: "text", text: "860198" }] }],
});

const pablo = {
  name: { formattedName: "Pablo Morales", firstName: "Pablo" },
  phones: [{ phone: "+1 650 555 4321", type: "CELL", waId: "16505554321" }],
  org: { company: "Lucky Shrub" },
};

const card = (shelf, cardIndex, action) => ({
  cardIndex,
  header: { type: "image", image: { link: `${shelf}/fern.png` } },
  bodyText: "A plant",
  action,
});
const shop = { displayText: "Open the shop", url: "https://example.com/shop" };

// Each row sends one kind: `to` names sender and recipient, `shelf` is a file server, `hello` a message to us.
const SENDS = {
  text: (messages, { to, hello }) =>
    messages.sendText({ ...to, body: "See https://example.com", previewUrl: true, contextMessageId: hello }),
  template: (messages, { to }) => messages.sendTemplate({ ...to, template: orderShipped }),
  image: (messages, { to, shelf }) =>
    messages.sendImage({ ...to, image: { link: `${shelf}/fern.png`, caption: "A fern" } }),
  video: (messages, { to, shelf }) =>
    messages.sendVideo({ ...to, video: { link: `${shelf}/water.mp4`, caption: "How to water it" } }),
  audio: (messages, { to, shelf }) => messages.sendAudio({ ...to, audio: { link: `${shelf}/birds.mp3` } }),
  voice: (messages, { to, shelf }) =>
    messages.sendAudio({ ...to, audio: { link: `${shelf}/note.ogg`, voice: true } }),
  document: (messages, { to, shelf }) =>
    messages.sendDocument({ ...to, document: { link: `${shelf}/prices.pdf`, filename: "prices.pdf" } }),
  sticker: (messages, { to, shelf }) =>
    messages.sendSticker({ ...to, sticker: { link: `${shelf}/cactus.webp` } }),
  location: (messages, { to }) =>
    messages.sendLocation({
      ...to,
      location: { latitude: 37.4847, longitude: -122.1473, name: "The shop", address: "1 Hacker Way" },
    }),
  contacts: (messages, { to }) => messages.sendContacts({ ...to, contacts: [pablo] }),
  reaction: (messages, { to, hello }) =>
    messages.sendReaction({ ...to, reaction: { messageId: hello, emoji: "🌵" } }),
  removal: (messages, { to, hello }) =>
    messages.sendReaction({ ...to, reaction: { messageId: hello, emoji: "" } }),
  buttons: (messages, { to, question }) =>
    messages.sendInteractiveButtons({
      ...to,
      header: { type: "text", text: "Plants" },
      bodyText: question,
      footerText: "Lucky Shrub",
      buttons: [fern, cactus],
    }),
  "buttons: under a picture": (messages, { to, shelf, question }) =>
    messages.sendInteractiveButtons({
      ...to,
      header: { type: "image", image: { link: `${shelf}/fern.png` } },
      bodyText: question,
      buttons: [fern],
    }),
  list: (messages, { to, question }) =>
    messages.sendInteractiveList({
      ...to,
      bodyText: question,
      buttonText: "Choose",
      sections: [
        { title: "Green", rows: [{ ...fern, description: "Likes shade" }] },
        { title: "Prickly", rows: [cactus] },
      ],
    }),
  cta_url: (messages, { to, question }) =>
    messages.sendInteractiveCtaUrl({ ...to, bodyText: question, parameters: shop }),
  flow: (messages, { to, question }) =>
    messages.sendInteractiveFlow({
      ...to,
      bodyText: question,
      parameters: {
        flowId: "1500000000000001",
        flowCta: "Choose",
        flowToken: "unused",
        flowAction: "navigate",
        flowActionPayload: { screen: "PLANTS" },
      },
    }),
  product: (messages, { to, question }) =>
    messages.sendInteractiveProduct({ ...to, bodyText: question, catalogId, productRetailerId: "fern" }),
  product_list: (messages, { to, question }) =>
    messages.sendInteractiveProductList({
      ...to,
      header: { type: "text", text: "Plants" },
      bodyText: question,
      catalogId,
      sections: [{ title: "Green", productItems: [{ productRetailerId: "fern" }] }],
    }),
  catalog_message: (messages, { to, question }) =>
    messages.sendInteractiveCatalogMessage({
      ...to,
      bodyText: question,
      parameters: { thumbnailProductRetailerId: "fern" },
    }),
  carousel: (messages, { to, shelf, question }) =>
    messages.sendInteractiveCarousel({
      ...to,
      bodyText: question,
      cards: [card(shelf, 0, shop), card(shelf, 1, shop)],
    }),
  "carousel: with replies": (messages, { to, shelf, question }) =>
    messages.sendInteractiveCarousel({
      ...to,
      bodyText: question,
      cards: [card(shelf, 0, { buttons: [fern] }), card(shelf, 1, { buttons: [cactus] })],
    }),
  address: (messages, { to, question }) =>
    messages.sendInteractiveAddress({ ...to, bodyText: question, parameters: { country: "IN" } }),
  location_request: (messages, { to, question }) =>
    messages.sendInteractiveRaw({
      ...to,
      interactive: {
        type: "location_request_message",
        body: { text: question },
        action: { name: "send_location" },
      },
    }),
};

async function refusal(promise) {
  try {
    return { answered: await promise };
  } catch (error) {
    if (!(error instanceof GraphApiError)) throw error;
    const { httpStatus, code, errorSubcode, details, category, retry, fbtraceId } = error;
    return { httpStatus, code, errorSubcode, details, category, retry: retry.action, traced: !!fbtraceId };
  }
}

await carryOut({
  offers() {
    const written = Object.values(SENDS).map(String).join();
    const { messages } = new WhatsAppClient({ accessToken: "-" });
    const offered = Object.getOwnPropertyNames(Object.getPrototypeOf(messages));
    const unused = offered.filter((name) => name.startsWith("send") && !written.includes(`.${name}(`));
    return { rows: Object.keys(SENDS), unused };
  },

  send: (task) =>
    each(task.rows, SENDS, async (send) => {
      const result = await refusal(send(client(task).messages, task));
      return result.answered?.messages[0].id ?? result;
    }),

  async converse(task) {
    const { messages } = client(task);
    const read = await messages.markRead({
      ...task.to,
      messageId: task.hello,
      typingIndicator: { type: "text" },
    });
    const answer = await messages.sendText({ ...task.to, body: "Welcome!", bizOpaqueCallbackData: "answer" });
    return { read, answer };
  },

  async templates(task) {
    const { templates } = client(task);
    const { businessAccountId } = task;
    const created = await templates.create({
      businessAccountId,
      name: "order_ready",
      language: "en_US",
      category: "UTILITY",
      parameterFormat: "NAMED",
      components: [
        {
          type: "BODY",
          text: "Hello {{first_name}}, your order is ready and waits for you.",
          example: { bodyTextNamedParams: [{ paramName: "first_name", example: "Sheena" }] },
        },
      ],
    });
    const pending = await templates.list({ businessAccountId, status: "PENDING", name: "order_ready" });
    const first = await templates.list({ businessAccountId, limit: 5 });
    const second = await templates.list({ businessAccountId, limit: 5, after: first.paging.cursors.after });
    const deleted = await templates.delete({ businessAccountId, name: "order_ready" });
    const left = await templates.list({ businessAccountId, name: "order_ready" });
    return { created, pending, pages: [first, second], deleted, left };
  },

  async refusals(task) {
    const { messages } = client(task);
    const template = (name) => ({ ...task.to, template: { name, language: { code: "en_US" } } });
    return {
      "no template": await refusal(messages.sendTemplate(template("no_such_template"))),
      "no parameters": await refusal(messages.sendTemplate(template("order_shipped"))),
      paused: await refusal(messages.sendTemplate(template("weekly_news"))),
      "no message": await refusal(messages.markRead({ ...task.to, messageId: "wamid.nobody" })),
      "no token": await refusal(
        client({ ...task, token: "nobody's" }).messages.sendText({ ...task.to, body: "hello" }),
      ),
    };
  },

  receive: ({ secret, deliveries }) =>
    deliveries.map(({ body, signature }) => ({
      signed: verifySignature({ appSecret: secret, rawBody: body, signatureHeader: signature }),
      forged: verifySignature({ appSecret: secret, rawBody: `${body} `, signatureHeader: signature }),
      ...normalizeWebhook(JSON.parse(body)),
    })),

  parse({ deliveries }) {
    const lists = ["messages", "statuses", "calls"];
    const read = ({ body }) => {
      const found = normalizeWebhook(JSON.parse(body));
      return lists.filter((name) => found[name]?.length).join(", ") || "nothing";
    };
    return Object.fromEntries(deliveries.map((each) => [each.name, read(each)]));
  },

  async media(task) {
    const { media } = client(task);
    const { phoneNumberId } = task.to;
    const results = {};
    for (const { name, type, content } of task.files) {
      const file = new Blob([Buffer.from(content, "base64")], { type });
      const { id } = await media.upload({ phoneNumberId, type, file, fileName: name });
      const found = await media.get({ mediaId: id });
      const bytes = await media.download({ mediaId: id, auth: "always" });
      const deleted = await media.delete({ mediaId: id });
      const gone = await refusal(media.get({ mediaId: id }));
      results[name] = { id, found, content: Buffer.from(bytes).toString("base64"), deleted, gone };
    }
    return results;
  },
});
