// The portfolio and the account: verification, tier, review, payment, restrictions.

import { button, chip, h } from "../dom.js";
import { instant } from "../format.js";
import { numberOf } from "../inputs.js";
import { attempt, check, confirmed, dialog, field, select } from "../parts.js";
import { chosenBy, line } from "./choices.js";

export const account = {
  title: "Account",
  load: (api) => Promise.all([api.get("/portfolio"), api.get("/account"), api.get("/wabas")]),
  draw([portfolio, { waba_id: id, review, payment_method: pays, restrictions }, { wabas }], { api, words, refresh }) {
    const patch = (path, member) => (value) => api.patch(path, { [member]: value }).then(refreshed(refresh));
    const paying = h("input", { type: "checkbox", checked: pays, on: { change: () => attempt(() => api.patch("/account", { payment_method: paying.checked }).then(refreshed(refresh))) } });
    return [
      h("div.row", {}, h("h3.grow", {}, portfolio.name), restrictions.length ? chip(`restricted: ${restrictions.length}`, "bad") : chip("not restricted", "good")),
      h(
        "div.fact-lines",
        {},
        line("Business verification", chosenBy("Business verification", words("patch", "/portfolio", "verification"), portfolio.verification, patch("/portfolio", "verification"))),
        line("Messaging limit", chosenBy("Messaging limit tier", words("patch", "/portfolio", "tier"), portfolio.tier, patch("/portfolio", "tier"))),
        line("Account review", chosenBy("Account review", words("patch", "/account", "review"), review, patch("/account", "review"))),
        line("Payment method", check("has one", paying)),
        wabas.map((each) => line(each.waba_id === id ? "WhatsApp Business Account" : "One more", `${each.name} · ${each.currency} · ${each.timezone}`)),
      ),
      restrictions.length > 0 && h("ul.stack.restrictions", { "aria-label": "Restrictions" }, restrictions.map((each) => restriction(each, api, refresh))),
      h(
        "div.row",
        {},
        button("Restrict …", () => restrict(api, words, refresh), { kind: "small", icon: "block" }),
        restrictions.length > 1 && button("Lift all", () => confirmed("Lift all restrictions?", "Locks and bans, too.", "Lift all", () => api.delete("/restrictions").then(refresh)), { kind: "small" }),
      ),
    ];
  },
};

const refreshed = (refresh) => (answer) => {
  refresh();
  return answer;
};

function restriction({ type, expires_at: ends, countries }, api, refresh) {
  const lift = button("Lift", () => attempt(() => api.delete(`/restrictions/${encodeURIComponent(type)}`), `${type} is lifted`).then(refresh), { kind: "small", "aria-label": `Lift ${type}` });
  const until = h("span.muted", {}, ends ? ` until ${instant(ends)}` : " until it is lifted");
  return h("li.notice.is-warning", {}, h("p.grow", {}, h("strong", {}, type), countries.length > 0 && ` ${countries.join(", ")}`, until), lift);
}

function restrict(api, words, refresh) {
  const type = select(words("post", "/restrictions", "types"), { autofocus: true });
  const days = h("input", { value: "7", inputmode: "decimal" });
  const violation = select([["", "–"], ...words("post", "/restrictions", "violation").map((each) => [each, each])]);
  const countries = h("input", { placeholder: "BR, IN", autocomplete: "off" });
  dialog("Restrict the account", () => [
    field("What it may not do", type),
    field("For days", days, "Left empty for a lock or a ban, which last until they are lifted."),
    field("Countries", countries, "With COUNTRIES: the ISO codes of those that may not be written to."),
    field("Because of", violation, "The policy that was violated, as the webhook account_update names it."),
  ], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Restrict",
        kind: "primary",
        act: async () => {
          const body = { types: [type.value] };
          if (days.value.trim()) body.days = numberOf("days", days.value.trim());
          if (violation.value) body.violation = violation.value;
          if (countries.value.trim()) body.countries = countries.value.toUpperCase().split(/[\s,]+/).filter(Boolean);
          await api.post("/restrictions", body);
          refresh();
        },
      },
    ],
  });
}
