// Limits: what is used of each, what is left, when it frees up, and its policy.

import { chip, h } from "../dom.js";
import { count, instant, phone } from "../format.js";
import { chosenBy } from "./choices.js";

const POLICIES = ["on", "always", "off"];

export const limits = {
  title: "Limits",
  load: (api) => api.get("/limits").then(({ limits: all }) => all),
  draw(all, { api, facts, refresh }) {
    const { identity } = facts.get();
    const names = new Map(identity.numbers.map((each) => [each.phone_number_id, each.display_phone_number]));
    const set = (name) => async (policy) => {
      const answer = await api.patch("/settings", { limits: { ...identity.settings.limits, [name]: /^\d+$/.test(policy) ? Number(policy) : policy } });
      refresh();
      return answer;
    };
    const drawn = new Set();
    return [
      h("p.muted.small-text", {}, h("strong", {}, "on"), " holds while the clock runs, ", h("strong", {}, "always"), " in a frozen instant, too, ", h("strong", {}, "off"), " never."),
      h(
        "ul.limits",
        { "aria-label": "Limits" },
        all.map((each) => {
          const first = !drawn.has(each.name);
          drawn.add(each.name);
          return limit(each, names, first && chosenBy(`Policy of ${each.name}`, POLICIES, String(each.policy), set(each.name)));
        }),
      ),
    ];
  },
};

function limit({ name, scope, subject, most, used, frees_up_at: frees, policy }, names, choice) {
  const share = most ? Math.min(1, used / most) : 0;
  const tone = policy === "off" ? "" : share >= 1 ? ".is-bad" : share >= 0.8 ? ".is-warning" : "";
  return h(
    "li.limit",
    {},
    h("div.limit-name", {}, h("strong", {}, name.replaceAll("_", " ")), h("span.muted.small-text", {}, ` ${scope} ${names.get(subject) ?? (scope === "person" ? phone(subject) : subject)}`)),
    h("div.limit-used.number", {}, most === null ? `${count(used)}, without end` : `${count(used)} of ${count(most)}`, share >= 1 && policy !== "off" && chip("used up", "bad")),
    h(`div.bar${tone}`, { style: { "--share": share } }, h("i", {})),
    h("div.limit-policy", {}, frees && h("span.muted.small-text", {}, `frees up ${instant(frees)}`), choice),
  );
}
