// The business numbers: status, quality, throughput, display name, who may be written to.

import { button, chip, h } from "../dom.js";
import { attempt, check, dialog, field, select } from "../parts.js";
import { chosenBy, line } from "./choices.js";

const QUALITY = { GREEN: "good", YELLOW: "warning", RED: "bad" };
const PATH = "/numbers/{id}";

export const numbers = {
  title: "Numbers",
  load: (api) => api.get("/numbers").then(({ numbers: all }) => all),
  draw: (all, about) => h("div.grid.number-cards", {}, all.map((each) => number(each, about))),
};

function number(each, { api, words, refresh }) {
  const { phone_number_id: id, kind } = each;
  const change = (member) => (value) =>
    api.patch(`/numbers/${id}`, { [member]: value }).then((answer) => {
      refresh();
      return answer;
    });
  const pick = (name, member) => line(name, chosenBy(`${name} of ${each.display_phone_number}`, words("patch", PATH, member), each[member], change(member)));
  const coexists = h("input", { type: "checkbox", checked: each.on_business_app, on: { change: () => attempt(() => change("on_business_app")(coexists.checked)) } });
  return h(
    "article.card.stack",
    { "aria-label": each.display_phone_number },
    h("div.row", {}, h("h3.grow.number", {}, each.display_phone_number), kind === "test" && chip("test number", "info"), chip(`quality ${each.quality_rating}`, QUALITY[each.quality_rating])),
    h("p.muted.small-text", {}, each.verified_name, " · id ", h("code", {}, id)),
    h(
      "div.fact-lines",
      {},
      pick("Status", "status"),
      pick("Quality", "quality_rating"),
      pick("Throughput", "throughput"),
      pick("Display name", "name_status"),
      line("WhatsApp Business app", check("on a phone, too", coexists)),
      kind === "test" && line("May write to", each.allowed.length ? `${each.allowed.length} of 5 people` : "nobody yet"),
    ),
    h(
      "div.row",
      {},
      button("Decide the name …", () => decide(each, api, words, refresh), { kind: "small", "aria-label": `Decide the display name of ${each.display_phone_number}` }),
      kind === "test" && button("Allow-list …", () => allow(each, api, refresh), { kind: "small", "aria-label": `Change the allow-list of ${each.display_phone_number}` }),
    ),
  );
}

function decide(each, api, words, refresh) {
  const path = `${PATH}/name-review`;
  const decision = select(words("post", path, "decision"), { autofocus: true });
  const reason = select([["", "–"], ...words("post", path, "reason").map((word) => [word, word])]);
  dialog(`The display name ${each.verified_name}`, () => [h("p", {}, "As the platform's reviewer: of the name that was requested, or else of the present one."), field("Decision", decision), field("Reason", reason, "Of a rejection.")], {
    acts: [
      { text: "Cancel", act: () => {} },
      { text: "Decide", kind: "primary", act: () => api.post(`/numbers/${each.phone_number_id}/name-review`, { decision: decision.value, ...(reason.value ? { reason: reason.value } : {}) }).then(refresh) },
    ],
  });
}

function allow(each, api, refresh) {
  const people = h("textarea", { rows: 5, value: each.allowed.join("\n"), autofocus: true });
  dialog(`Whom ${each.display_phone_number} may write to`, () => [field("People", people, "Their numbers, one a line, at most five; others are refused with 131030.")], {
    acts: [
      { text: "Cancel", act: () => {} },
      { text: "Set", kind: "primary", act: () => api.put(`/numbers/${each.phone_number_id}/allowed`, { people: people.value.split("\n").map((one) => one.trim()).filter(Boolean) }).then(refresh) },
    ],
  });
}
