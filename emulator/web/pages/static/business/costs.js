// What messages cost so far: by category and country, and why others were free.

import { button, chip, h } from "../dom.js";
import { sending } from "../examples.js";
import { count, counted } from "../format.js";
import { jsonOf } from "../inputs.js";
import { attempt, dialog, empty, field, select, table } from "../parts.js";

const PERIODS = [["", "from the beginning"], ["month", "this calendar month"], ["day", "the last 24 hours"]];
const EXAMPLE = { marketing: { "*": "0.05" }, utility: { "*": "0.01" } };
const REGIONS = new Intl.DisplayNames("en", { type: "region" });

/** The filter of the report; it stays while the view is open. */
export function costs() {
  const chosen = { number: "", period: "" };
  return {
    title: "Costs so far",
    async load(api) {
      const from = chosen.period ? since(chosen.period, Date.parse((await api.get("/clock")).now)) : null;
      return api.get("/costs", { phone_number_id: chosen.number || null, since: from });
    },
    draw(report, { api, facts, refresh, sandbox }) {
      const { numbers } = facts.get().identity;
      const pick = (label, options, member) => {
        const made = select(options, { value: chosen[member], "aria-label": label });
        made.classList.add("small-select");
        made.addEventListener("change", () => {
          chosen[member] = made.value;
          refresh();
        });
        return made;
      };
      const { billable, free, amount, currency } = report;
      return [
        h(
          "div.row",
          {},
          pick("Number of the costs", [["", "all numbers"], ...numbers.map((each) => [each.phone_number_id, each.display_phone_number])], "number"),
          pick("Period of the costs", PERIODS, "period"),
          button("Rates …", () => rates(api, refresh), { kind: "small", icon: "money", title: "Say what a message costs" }),
        ),
        h("p.costs-total", {}, h("strong.number", {}, counted(billable.messages, "billed message")), amount !== null && h("strong.number", {}, ` · ${amount} ${currency}`), h("span.muted", {}, ` · ${count(free.messages)} free`)),
        billable.messages + free.messages === 0
          ? empty("Nothing was delivered yet", "A message is counted when it is delivered. Templates are billed by their category and the country of the person; answers within the window are free. Send a template:", {
              icon: "money",
              curl: sending({ facts }, { type: "template", template: { name: "hello_world", language: { code: "en_US" } } }),
            })
          : h("div.grid.cost-charts", { data: { sandbox } }, bars("By category", billable.by_category), bars("By country", billable.by_country, country), bars("Free, because of", free.by_reason)),
        report.lines.length > 0 && lines(report),
      ];
    },
  };
}

function since(period, now) {
  const at = new Date(now);
  return (period === "day" ? new Date(now - 86_400_000) : new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()))).toISOString();
}

function country(code) {
  try {
    return `${REGIONS.of(code)} (${code})`;
  } catch {
    return code;
  }
}

/** A chart: a bar for each, the longest first. The number stands beside it. */
function bars(title, counts, name = (each) => each.replaceAll("_", " ")) {
  const all = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  const most = Math.max(...all.map(([, number]) => number), 1);
  const bar = ([each, number]) => h("li", {}, h("span.chart-name", {}, name(each)), h("span.number", {}, count(number)), h("div.bar", { style: { "--share": number / most } }, h("i", {})));
  return h("section.chart", { "aria-label": title }, h("h3", {}, title), all.length ? h("ul", {}, all.map(bar)) : h("p.muted.small-text", {}, "None."));
}

function lines({ lines: all, currency }) {
  return h(
    "details.narrowed",
    {},
    h("summary", {}, "Every line"),
    table(
      "Lines of costs",
      ["Category", "Country", "Market", "Billed", { name: "Messages", isNumber: true }, { name: `Amount in ${currency}`, isNumber: true }],
      all.map((each) => [each.category, country(each.country), each.market, each.free ? chip(`free: ${each.free.replaceAll("_", " ")}`, "good") : chip("billed", "warning"), count(each.messages), each.amount ?? "–"]),
    ),
  );
}

async function rates(api, refresh) {
  const now = await attempt(() => api.get("/rates"));
  if (!now) return;
  const text = h("textarea", { rows: 10, spellcheck: "false", value: JSON.stringify(Object.keys(now).length ? now : EXAMPLE, null, 2), autofocus: true });
  dialog("What a message costs", () => [h("p.muted", {}, "The emulator has no prices of its own. Write the amounts of your rate card, by category and then by country, market or *."), field("Rates", text)], {
    acts: [
      { text: "Cancel", act: () => {} },
      { text: "Set", kind: "primary", act: () => api.put("/rates", jsonOf("The rates", text.value)).then(refresh) },
    ],
  });
}
