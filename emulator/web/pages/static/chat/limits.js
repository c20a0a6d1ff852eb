// The windows of a person with every business number, and each limit of what they are sent.

import { chip, facts, h } from "../dom.js";
import { duration, instant } from "../format.js";
import { dialog } from "../parts.js";
import { windowState } from "./person.js";

/** Show them in a dialog: of the person `waId` with all `numbers`, limits with the number `numberId`, as they stand `now`. */
export async function showLimits({ api, waId, name, numbers, numberId, now }) {
  const [{ windows }, { limits: all }] = await Promise.all([api.get("/windows", { wa_id: waId }), api.get("/limits", { wa_id: waId, phone_number_id: numberId })]);
  dialog(`Windows and limits: ${name}`, () => [
    windows.length === 0 ? h("p.muted", {}, "They have not written to a number yet: only templates reach them.") : windows.map((each) => h("section.stack", {}, h("h3", {}, numbers.find(({ phone_number_id: id }) => id === each.phone_number_id)?.display_phone_number ?? each.phone_number_id), facts([
      ["Window", chip(windowState(each, now).text, windowState(each, now).tone)],
      ["They last wrote", instant(each.last_inbound_at)],
      ["Closes", instant(each.closes_at)],
      ["Clicked an ad", each.free_entry_point && instant(each.free_entry_point.clicked_at)],
      ["To be answered by", each.free_entry_point && !each.free_entry_point.opened_at && instant(each.free_entry_point.answer_by)],
      ["Free until", each.free_entry_point?.closes_at && instant(each.free_entry_point.closes_at)],
    ]))),
    h("h3", {}, "Limits"),
    h("ul.stack", {}, all.map((each) => h("li", {}, h("div.row.spread", {}, h("span", {}, `${each.name.replaceAll("_", " ")} (${each.scope})`), h("span.number", {}, each.left === null ? `${each.used} used, no end` : `${each.used} of ${each.most}`)), each.most > 0 && h("div.bar", { class: each.left === 0 ? "is-bad" : "", style: { "--share": Math.min(1, each.used / each.most) } }, h("i", {})), each.frees_up_at && h("small.muted", {}, `frees up in ${duration((Date.parse(each.frees_up_at) - now) / 1000)}`)))),
  ]);
}
