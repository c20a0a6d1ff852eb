// The windows of a person with every business number, and each limit of what they are sent.

import { chip, facts, h } from "../dom.js";
import { duration, instant } from "../format.js";
import { dialog } from "../parts.js";
import { windowState } from "./person.js";

/** Show them in a dialog: of the person `waId` with all `numbers`, limits with the number `numberId`, as they stand `now`. */
export async function showLimits({ api, waId, name, numbers, numberId, now }) {
  const [{ windows }, { limits: all }] = await Promise.all([api.get("/windows", { wa_id: waId }), api.get("/limits", { wa_id: waId, phone_number_id: numberId })]);
  dialog(`Windows and limits: ${name}`, () => [
    windows.length ? windows.map((each) => windowOf(each, numbers, now)) : h("p.muted", {}, "They have not written to a number yet: only templates reach them."),
    h("h3", {}, "Limits"),
    h("ul.stack", {}, all.map((each) => limitOf(each, now))),
  ]);
}

function windowOf({ phone_number_id: number, last_inbound_at: last, closes_at: closes, free_entry_point: entry, ...window }, numbers, now) {
  const { text, tone } = windowState({ ...window, closes_at: closes, free_entry_point: entry }, now);
  return h("section.stack", {}, h("h3", {}, numbers.find(({ phone_number_id: id }) => id === number)?.display_phone_number ?? number), facts([
    ["Window", chip(text, tone)],
    ["They last wrote", instant(last)],
    ["Closes", instant(closes)],
    ["Clicked an ad", entry && instant(entry.clicked_at)],
    ["To be answered by", entry && !entry.opened_at && instant(entry.answer_by)],
    ["Free until", entry?.closes_at && instant(entry.closes_at)],
  ]));
}

function limitOf({ name, scope, used, most, left, frees_up_at: frees }, now) {
  return h(
    "li",
    {},
    h("div.row.spread", {}, h("span", {}, `${name.replaceAll("_", " ")} (${scope})`), h("span.number", {}, left === null ? `${used} used, no end` : `${used} of ${most}`)),
    most > 0 && h("div.bar", { class: left === 0 ? "is-bad" : "", style: { "--share": Math.min(1, used / most) } }, h("i", {})),
    frees && h("small.muted", {}, `frees up in ${duration((Date.parse(frees) - now) / 1000)}`),
  );
}
