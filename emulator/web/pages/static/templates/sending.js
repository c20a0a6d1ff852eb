// Sending a template to a person: its parameters, and the call of the Graph API that does it.

import { asCurl } from "../acts/lines.js";
import { fill, h } from "../dom.js";
import { VERSION } from "../examples.js";
import { phone } from "../format.js";
import { code, dialog, field, select, toast } from "../parts.js";
import { component, examples, variables } from "./draft.js";

const MEDIA = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" };
const CATALOGUE = "194836987003835";
/** The id of a catalogue: the emulator has none, and takes any. */
const LINKS = { IMAGE: "https://example.com/picture.png", VIDEO: "https://example.com/film.mp4", DOCUMENT: "https://example.com/paper.pdf" };

/** The parameters that a send of a template fills in: each with its label and example, and where it goes. */
function parameters(template) {
  if (template.category === "AUTHENTICATION") return [{ label: "Code", value: "123456", into: [{ type: "body" }, { type: "button", sub_type: "url", index: "0" }], as: words }];
  const cards = component(template, "CAROUSEL")?.cards ?? [];
  return [
    ...parametersOf(template, template),
    ...cards.flatMap((card, at) => parametersOf(template, card).map((each) => ({ ...each, label: `Card ${at + 1}: ${each.label}`, card: at }))),
  ];
}

/** The parameters of the components of a template, or of one of its cards. */
function parametersOf(template, holder) {
  const found = [];
  const isNamed = template.parameter_format === "NAMED";
  const texts = (part, type) => {
    const given = examples(template, part);
    for (const name of variables(part?.text)) found.push({ label: `${type[0].toUpperCase()}${type.slice(1)} {{${name}}}`, value: String(given.get(name) ?? ""), into: { type }, as: (text) => ({ type: "text", ...(isNamed ? { parameter_name: name } : {}), text }) });
  };
  const head = component(holder, "HEADER");
  if (head?.format === "TEXT") texts(head, "header");
  else if (MEDIA[head?.format]) found.push({ label: `Link of the ${MEDIA[head.format]}`, value: LINKS[head.format], into: { type: "header" }, as: (link) => ({ type: MEDIA[head.format], [MEDIA[head.format]]: { link } }) });
  else if (head?.format === "LOCATION") found.push({ label: "Name of the place", value: "Our shop", into: { type: "header" }, as: (name) => ({ type: "location", location: { latitude: "37.483", longitude: "-122.149", name, address: "1 Hacker Way" } }) });
  else if (head?.format === "PRODUCT") found.push({ label: "Id of the product", value: "sku-1", into: { type: "header" }, as: (id) => ({ type: "product", product: { product_retailer_id: id, catalog_id: CATALOGUE } }) });
  texts(component(holder, "BODY"), "body");
  (component(holder, "BUTTONS")?.buttons ?? []).forEach((each, at) => {
    const row = ofButton(each);
    if (row) found.push({ ...row, into: { type: "button", sub_type: row.kind, index: String(at) } });
  });
  return found;
}

/** What a button takes in a send, by its type; `null` for nothing. */
function ofButton(each) {
  if (each.type === "URL" && variables(each.url).length) return { kind: "url", label: `End of the link “${each.text}”`, value: String(each.example?.[0] ?? "1").replace(each.url.replace(/\{\{.*$/, ""), ""), as: words };
  if (each.type === "COPY_CODE") return { kind: "copy_code", label: "Code to copy", value: String([each.example].flat()[0] ?? "SAVE20"), as: (coupon) => ({ type: "coupon_code", coupon_code: coupon }) };
  if (each.type === "FLOW") return { kind: "flow", label: "Token of the flow", value: "unused", as: (token) => ({ type: "action", action: { flow_token: token } }) };
  if (each.type === "CATALOG") return { kind: "catalog", label: "Product whose picture is shown", value: "sku-1", as: (id) => ({ type: "action", action: { thumbnail_product_retailer_id: id } }) };
  if (each.type === "MPM") return { kind: "mpm", label: "Products, with commas between", value: "sku-1, sku-2", as: (ids) => products(ids.split(",").map((id) => id.trim()).filter(Boolean)) };
  return null;
}

const words = (text) => ({ type: "text", text });
const products = (ids) => ({ type: "action", action: { thumbnail_product_retailer_id: ids[0], sections: [{ title: "Products", product_items: ids.map((id) => ({ product_retailer_id: id })) }] } });

/** The components of a send: parameters that go to the same place stand in one; a code goes to two. */
function gathered(filled) {
  const components = new Map();
  for (const { into: places, as, value } of filled) {
    for (const into of [places].flat()) {
      const key = JSON.stringify(into);
      if (!components.has(key)) components.set(key, { ...into, parameters: [] });
      components.get(key).parameters.push(as(value));
    }
  }
  return [...components.values()];
}

/** The body of the send: what `POST /{phone_number_id}/messages` takes. */
function message(template, to, filled) {
  const cards = component(template, "CAROUSEL")?.cards ?? [];
  const components = [
    ...gathered(filled.filter(({ card }) => card === undefined)),
    ...(cards.length ? [{ type: "carousel", cards: cards.map((_, at) => ({ card_index: at, components: gathered(filled.filter(({ card }) => card === at)) })) }] : []),
  ];
  return {
    messaging_product: "whatsapp",
    to,
    type: "template",
    template: { name: template.name, language: { code: template.language }, ...(components.length ? { components } : {}) },
  };
}

/** Ask for a person and the parameters, show the call, and make it. */
export function sendTo(template, ctx) {
  const { api, facts } = ctx;
  const { identity, people } = facts.get();
  const person = select([...people.values()].slice(0, 200).map(({ wa_id: id, name }) => [id, `${name} ${phone(id)}`]), { autofocus: true });
  const from = select(identity.numbers.map((each) => [each.phone_number_id, each.display_phone_number]));
  const filled = parameters(template);
  const inputs = filled.map((each) => h("input", { value: each.value, autocomplete: "off", on: { input: ({ target }) => ((each.value = target.value), show()) } }));
  const call = h("div", {});
  const path = () => `/${VERSION}/${from.value}/messages`;
  const body = () => message(template, person.value, filled);
  function show() {
    fill(call, code(asCurl("POST", location.origin + path(), body(), identity.access_token), "The call as curl"));
  }
  for (const each of [person, from]) each.addEventListener("change", show);
  show();
  dialog(`Send ${template.name}`, () => [h("div.template-pair", {}, field("To", person), field("From", from)), inputs.map((each, at) => field(filled[at].label, each)), call], {
    wide: true,
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Send",
        kind: "primary",
        act: async () => {
          await api.graph("POST", path(), body(), { access: identity.access_token, about: { template: template.name, language: template.language } });
          toast(`Accepted: see the phone of ${people.get(person.value)?.name ?? person.value}`);
        },
      },
    ],
  });
}
