// What the tests do with whatsapp-api-js, whose `ponyfill.fetch` leads to the emulator.

import { WhatsAppAPI } from "whatsapp-api-js";
import * as parts from "whatsapp-api-js/messages";
import { ClientMessage } from "whatsapp-api-js/types";

import { carryOut, each, rerouted } from "./task.mjs";

const client = ({ url, token, secret }) =>
  new WhatsAppAPI({ token, appSecret: secret, v: "v24.0", ponyfill: { fetch: rerouted(url) } });

const fern = new parts.Button("fern", "Fern");
const cactus = new parts.Button("cactus", "Cactus");
const green = new parts.ProductSection("Green", new parts.Product("fern"));
const asking = (question, action, header) =>
  new parts.Interactive(action, new parts.Body(question), header && new parts.Header(header));
const catalog = "194836987003835";

// Each row makes one kind of message: `shelf` is a file server, `hello` a message to us.
const MESSAGES = {
  text: () => new parts.Text("See https://example.com", true),
  template: () =>
    new parts.Template(
      "order_shipped",
      "en_US",
      new parts.BodyComponent(new parts.BodyParameter("Sheena"), new parts.BodyParameter("860198")),
      new parts.SkipButtonComponent(),
      new parts.URLComponent("860198"),
    ),
  image: ({ shelf }) => new parts.Image(`${shelf}/fern.png`, false, "A fern"),
  video: ({ shelf }) => new parts.Video(`${shelf}/water.mp4`, false, "How to water it"),
  audio: ({ shelf }) => new parts.Audio(`${shelf}/birds.mp3`),
  voice: ({ shelf }) => new parts.Audio(`${shelf}/note.ogg`, false, true),
  document: ({ shelf }) => new parts.Document(`${shelf}/prices.pdf`, false, "All prices", "prices.pdf"),
  sticker: ({ shelf }) => new parts.Sticker(`${shelf}/cactus.webp`),
  location: () => new parts.Location(-122.1473, 37.4847, "The shop", "1 Hacker Way"),
  contacts: () =>
    new parts.Contacts([
      new parts.Name("Pablo Morales", "Pablo"),
      new parts.Phone("+1 650 555 4321", "CELL", "16505554321"),
      new parts.Email("pablo@example.com", "WORK"),
      new parts.Url("https://example.com/pablo"),
      new parts.Address("United States", "US", "California", "Menlo Park"),
      new parts.Organization("Lucky Shrub", "Nursery", "Gardener"),
      new parts.Birthday("1999", "01", "23"),
    ]),
  reaction: ({ hello }) => new parts.Reaction(hello, "🌵"),
  removal: ({ hello }) => new parts.Reaction(hello),
  buttons: ({ question }) => asking(question, new parts.ActionButtons(fern, cactus), "Plants"),
  "buttons: under a picture": ({ question, shelf }) =>
    asking(question, new parts.ActionButtons(fern), new parts.Image(`${shelf}/fern.png`)),
  list: ({ question }) =>
    asking(
      question,
      new parts.ActionList(
        "Choose",
        new parts.ListSection("Green", new parts.Row("fern", "Fern", "Likes shade")),
        new parts.ListSection("Prickly", new parts.Row("cactus", "Cactus")),
      ),
      "Plants",
    ),
  cta_url: ({ question }) => asking(question, new parts.ActionCTA("Open the shop", "https://example.com/shop")),
  flow: ({ question }) =>
    asking(question, new parts.ActionNavigateFlow("unused", "1500000000000001", "Choose", "PLANTS")),
  "flow: with an endpoint": ({ question }) =>
    asking(question, new parts.ActionDataExchangeFlow("unused", "1500000000000001", "Choose")),
  product: ({ question }) =>
    asking(question, new parts.ActionProduct(new parts.CatalogProduct("fern", catalog))),
  product_list: ({ question }) => asking(question, new parts.ActionProductList(catalog, green), "Plants"),
  catalog_message: ({ question }) => asking(question, new parts.ActionCatalog(new parts.Product("fern"))),
  location_request: ({ question }) => asking(question, new parts.ActionLocation()),
  call_permission: ({ question }) => asking(question, new parts.ActionCallPermission()),
  contact_request: ({ question }) => asking(question, new parts.ActionContactRequest()),
};

const isSent = (name) => name.startsWith("Action") || parts[name].prototype instanceof ClientMessage;

await carryOut({
  offers() {
    const written = Object.values(MESSAGES).map(String).join() + String(asking);
    const unused = Object.keys(parts).filter((name) => isSent(name) && !written.includes(`parts.${name}(`));
    return { rows: Object.keys(MESSAGES), unused: unused.sort() };
  },

  send: (task) =>
    each(task.rows, MESSAGES, async (message) => {
      const answer = await client(task).sendMessage(task.phoneNumberId, task.person, message(task));
      return answer.messages?.[0].id ?? answer;
    }),

  async converse(task) {
    const wa = client(task);
    const sent = [];
    wa.on.sent = ({ id, type }) => sent.push({ id, type });
    const read = await wa.markAsRead(task.phoneNumberId, task.hello, "text");
    const welcome = new parts.Text("Welcome!");
    const answer = await wa.sendMessage(task.phoneNumberId, task.person, welcome, task.hello, "answer");
    const byId = await wa.sendMessage(task.phoneNumberId, { bsuid: task.userId }, new parts.Text("By your id"));
    const many = await Promise.all(wa.broadcastMessage(task.phoneNumberId, [task.person, task.other], welcome));
    return { read, answer, byId, many, sent };
  },

  async refusals(task) {
    const wa = client(task);
    const stranger = client({ ...task, token: "nobody's" });
    const template = (name) => new parts.Template(name, "en_US");
    return {
      "no template": await wa.sendMessage(task.phoneNumberId, task.person, template("no_such_template")),
      "no parameters": await wa.sendMessage(task.phoneNumberId, task.person, template("order_shipped")),
      "no message": await wa.markAsRead(task.phoneNumberId, "wamid.nobody"),
      "no token": await stranger.sendMessage(task.phoneNumberId, task.person, new parts.Text("hello")),
    };
  },

  async receive(task) {
    const wa = client(task);
    const heard = [];
    wa.on.message = ({ from, name, phoneID, message }) => heard.push({ from, name, phoneID, message });
    wa.on.status = ({ phone, status, id, pricing, error, biz_opaque_callback_data: data }) =>
      heard.push({ phone, status, id, category: pricing?.category, error: error?.code, data });
    for (const { body, signature } of task.deliveries) await wa.post(JSON.parse(body), body, signature);

    const { body, signature } = task.deliveries[0];
    const forged = await wa.post(JSON.parse(body), `${body} `, signature).catch((error) => error);
    return { heard, forged: { name: forged.constructor.name, status: forged.httpStatus } };
  },

  async parse(task) {
    const wa = client(task);
    let heard = [];
    wa.on.message = ({ message }) => heard.push(message.type);
    wa.on.status = ({ status }) => heard.push(status);
    const results = {};
    for (const { name, body, signature } of task.deliveries) {
      heard = [];
      await wa.post(JSON.parse(body), body, signature).catch(() => undefined);
      results[name] = heard.join(", ") || "nothing";
    }
    return results;
  },

  async media(task) {
    const wa = client(task);
    const results = {};
    for (const { name, type, content } of task.files) {
      const form = new FormData();
      form.set("file", new Blob([Buffer.from(content, "base64")], { type }), name);
      const { id } = await wa.uploadMedia(task.phoneNumberId, form);
      const found = await wa.retrieveMedia(id);
      const response = await wa.fetchMedia(found.url);
      const downloaded = Buffer.from(await response.arrayBuffer()).toString("base64");
      const deleted = await wa.deleteMedia(id);
      results[name] = { id, found, content: downloaded, deleted, gone: await wa.retrieveMedia(id) };
    }
    return results;
  },
});
