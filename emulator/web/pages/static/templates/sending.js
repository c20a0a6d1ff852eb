// Sending a template to a person: its parameters, and the call of the Graph API that does it.

import { asCurl } from "../acts/lines.js";
import { fill, h } from "../dom.js";
import { phone } from "../format.js";
import { code, dialog, field, select, toast } from "../parts.js";
import { VERSION } from "./acts.js";
import { component, examples, variables } from "./draft.js";

const MEDIA = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" };
const LINKS = { IMAGE: "https://example.com/picture.png", VIDEO: "https://example.com/film.mp4", DOCUMENT: "https://example.com/paper.pdf" };

/** The parameters that a send of a template fills in: each with its label and example, and where it goes. */
function parameters(template) {
  const found = [];
  const isNamed = template.parameter_format === "NAMED";
  const texts = (part, type) => {
    const given = examples(template, part);
    for (const name of variables(part?.text)) found.push({ label: `${type[0].toUpperCase()}${type.slice(1)} {{${name}}}`, value: String(given.get(name) ?? ""), into: { type }, as: (text) => ({ type: "text", ...(isNamed ? { parameter_name: name } : {}), text }) });
  };
  const head = component(template, "HEADER");
  if (head?.format === "TEXT") texts(head, "header");
  else if (MEDIA[head?.format]) found.push({ label: `Link of the ${MEDIA[head.format]}`, value: LINKS[head.format], into: { type: "header" }, as: (link) => ({ type: MEDIA[head.format], [MEDIA[head.format]]: { link } }) });
  else if (head?.format === "LOCATION") found.push({ label: "Name of the place", value: "Our shop", into: { type: "header" }, as: (name) => ({ type: "location", location: { latitude: "37.483", longitude: "-122.149", name, address: "1 Hacker Way" } }) });
  texts(component(template, "BODY"), "body");
  (component(template, "BUTTONS")?.buttons ?? []).forEach((each, at) => {
    const index = String(at);
    const isCode = each.type === "OTP" || (template.category === "AUTHENTICATION" && each.type === "URL");
    if (isCode) found.push({ label: "Code", value: "123456", into: { type: "button", sub_type: "url", index }, as: (text) => ({ type: "text", text }) });
    else if (each.type === "URL" && variables(each.url).length) found.push({ label: `End of the link “${each.text}”`, value: String(each.example?.[0] ?? "1").replace(each.url.replace(/\{\{.*$/, ""), ""), into: { type: "button", sub_type: "url", index }, as: (text) => ({ type: "text", text }) });
    else if (each.type === "COPY_CODE") found.push({ label: "Code to copy", value: String([each.example].flat()[0] ?? "SAVE20"), into: { type: "button", sub_type: "copy_code", index }, as: (coupon) => ({ type: "coupon_code", coupon_code: coupon }) });
    else if (each.type === "FLOW") found.push({ label: "Token of the flow", value: "unused", into: { type: "button", sub_type: "flow", index }, as: (token) => ({ type: "action", action: { flow_token: token } }) });
  });
  return found;
}

/** The body of the send: what `POST /{phone_number_id}/messages` takes. */
function message(template, to, filled) {
  const components = new Map();
  for (const { into, as, value } of filled) {
    const key = JSON.stringify(into);
    if (!components.has(key)) components.set(key, { ...into, parameters: [] });
    components.get(key).parameters.push(as(value));
  }
  return {
    messaging_product: "whatsapp",
    to,
    type: "template",
    template: { name: template.name, language: { code: template.language }, ...(components.size ? { components: [...components.values()] } : {}) },
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
