// Webhooks: every delivery as it goes, and one of them opened: its bytes, its signature, the answers to it.

import { add, button, chip, facts as facts_, fill, h, icon, reconcile, set } from "../dom.js";
import { connecting } from "../examples.js";
import { bytes, counted, duration, instant, latency, phone, prettyText, second } from "../format.js";
import { calmly } from "../live.js";
import { Pages } from "../pages.js";
import { attempt, code, empty, menu, select, table, tabs } from "../parts.js";
import { connect, fire, forge } from "../webhooks/dialogs.js";
import { signature } from "../webhooks/signature.js";

const PAGE = 60;
/** Deliveries of a page. */
const MOST_HELD = 600;
/** Deliveries in the list at most: whoever reads on backwards loses the newest, and gets them back by a button. */
const STATES = { waiting: { text: "waiting", tone: "info" }, again: { text: "refused", tone: "bad" }, delivered: { text: "delivered", tone: "good" }, failed: { text: "given up", tone: "bad" } };
const SPOILED = [
  { kind: "twice", text: "Send the next one twice" },
  { kind: "late", text: "Hold the next one for an hour", more: { by: 3600 } },
  { kind: "out_of_order", text: "Send the next one after the one that follows" },
  { kind: "batch", text: "Put the next five into one request", more: { size: 5 } },
  { kind: "drop", text: "Lose the next one" },
  { kind: "bad_signature", text: "Sign the next one wrongly" },
  { kind: "no_signature", text: "Leave out the signature of the next one" },
];

/** How a delivery stands: one that waits after an attempt was refused. */
const state = (each) => STATES[each.state === "waiting" && count(each) > 0 ? "again" : each.state] ?? { text: each.state, tone: "" };
/** What of a delivery changes as it is tried. */
const mark = (each) => each && `${each.state}${each.attempts}`;
const count = ({ attempts }) => (Array.isArray(attempts) ? attempts.length : attempts);

export const view = {
  mount(root, ctx) {
    const { api, live, facts, keys, sandbox, rest } = ctx;
    const ended = new AbortController();
    const pages = new Pages(async (before) => {
      const { deliveries } = await api.get("/deliveries", { limit: PAGE, before, state: filter || null });
      return { entries: deliveries.toReversed(), next: deliveries.length === PAGE ? deliveries[0].id : null };
    }, "id", MOST_HELD);
    let shown = rest[0] ? Number(rest[0]) : null;
    let filter = ctx.query.get("state") ?? "";

    const list = h("ul.rows", { "aria-label": "Deliveries" });
    const older = button("Older ones", () => attempt(() => pages.older()).then(draw), { kind: "quiet" });
    const newest = button("To the newest", () => attempt(() => pages.toNewest()).then(draw), { kind: "quiet" });
    const states = select([["", "all"], ["waiting", "waiting"], ["delivered", "delivered"], ["failed", "given up"]], { value: filter, "aria-label": "State" });
    const receiver = h("div.receiver", {});
    const spoil = button("Next webhooks", () => menu(spoil, SPOILED.map(({ kind, text, more: rest_ }) => ({ text, icon: "bolt", act: () => attempt(() => api.post("/faults", { kind, ...rest_ }), text) }))), { icon: "bolt", title: "Deliver the next webhooks in another way" });
    const head = h("div.pane-head", {}, h("h2.grow", {}, "Webhooks"), h("label.row", {}, h("span.muted.small-text", {}, "State"), states), spoil, button("Fire …", fireOne, { icon: "webhook", title: "Send a webhook of any field (f)" }));
    const detail = h("section", { "aria-label": "One webhook", tabindex: "-1" });
    const left = h("section", { "aria-label": "Deliveries" }, head, receiver, newest, list, older);
    const split = h("div.split", {}, left, detail);
    fill(root, split);
    states.classList.add("small-select");

    const refresh = calmly(async () => {
      if ((await pages.refresh()) && !ended.signal.aborted) draw();
      if (shown !== null && !ended.signal.aborted && mark(pages.find(shown)) !== detail.dataset.mark) open(shown);
    }, 250);

    function fireOne() {
      return fire(api, () => refresh());
    }

    function draw() {
      const { identity } = facts.get();
      const { held } = pages;
      older.hidden = !pages.hasOlder;
      newest.hidden = pages.isAtNewest;
      add(fill(receiver), [
        h(
          "div.receiver-line",
          {},
          identity.webhook_url ? [icon("link", "small"), h("span.grow.ellipsis", { title: identity.webhook_url }, "To ", h("strong", {}, identity.webhook_url))] : [icon("alert", "small"), h("span.grow", {}, "They go nowhere yet.")],
          button(identity.webhook_url ? "Change …" : "Connect …", () => connect(ctx, () => { draw(); refresh(); }), { kind: "small" }),
        ),
      ]);
      if (!held.length) {
        fill(list, h("li", {}, empty(filter ? "None in this state" : "No webhook has gone out yet", filter ? "Others there may be." : "Say where they go, then write as a customer: each webhook stands here, with its bytes and what your app answered.", {
          icon: "webhook",
          curl: connecting(ctx),
        })));
        return;
      }
      list.querySelector(".empty")?.parentElement.remove();
      reconcile(list, held.map((each) => ({ key: each.id, mark: `${mark(each)}${each.id === shown}`, each })), ({ each }) => row(each));
    }

    function row(each) {
      const { text, tone } = state(each);
      const person = each.wa_id && (facts.get().people.get(each.wa_id)?.name ?? phone(each.wa_id));
      return h(
        "li",
        {},
        h(
          `a.delivery${tone === "bad" ? ".is-bad" : ""}`,
          { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/webhooks/${each.id}`, "aria-current": String(each.id === shown), on: { click: (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            event.stopPropagation();
            choose(each.id);
          } } },
          h("span.muted.number.delivery-id", {}, `#${each.id}`),
          h("span.grow", {}, h("strong", {}, each.field), person && h("span.muted", {}, ` ${person}`)),
          chip(text, tone),
          h("span.muted.small-text.number.delivery-when", {}, [counted(each.attempts, "attempt"), each.latency !== null && latency(each.latency), second(each.at)].filter(Boolean).join(" · ")),
        ),
      );
    }

    function choose(id) {
      shown = id;
      history.replaceState(null, "", `/_emulator/ui/${[sandbox, "webhooks", ...(id === null ? [] : [id])].map(encodeURIComponent).join("/")}`);
      split.classList.toggle("has-detail", id !== null);
      draw();
      if (id === null) fill(detail, hint());
      else open(id).then(() => matchMedia("(max-width: 900px)").matches && detail.focus());
    }

    const hint = () => empty("Open one", "Its bytes as they were sent, its headers and its signature, and what your app answered to each attempt.", { icon: "webhook" });

    async function open(id) {
      const answer = await attempt(() => api.get(`/deliveries/${id}`));
      if (ended.signal.aborted || shown !== id) return;
      if (!answer) {
        choose(null);
        return;
      }
      const row_ = { ...answer, attempts: answer.attempts.length };
      set(detail, { data: { mark: mark(row_) } });
      fill(detail, opened(answer));
      pages.replace(row_);
      draw();
    }

    function opened(each) {
      const { text, tone } = state(each);
      const last = each.attempts.at(-1);
      return [
        h(
          "div.pane-head",
          {},
          button("", () => choose(null), { icon: "back", kind: "quiet", label: "Back to the list" }),
          h("h2.grow", {}, `#${each.id} ${each.field}`),
          chip(text, tone),
          button("Send again", () => attempt(() => api.post(`/deliveries/${each.id}/redeliver`, {}), "Sent again").then(refresh), { icon: "refresh", kind: "primary", title: "The same bytes once more: after a repair, or as a duplicate" }),
          button("Forge …", () => forge(api, each), { icon: "shield", title: "The same bytes from somebody else" }),
        ),
        h(
          "div.pane-body",
          {},
          verdict(each, last),
          facts_([
            ["Person", each.wa_id && h("a", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/phones/${each.wa_id}` }, facts.get().people.get(each.wa_id)?.name ?? phone(each.wa_id))],
            ["To", each.url || "nowhere"],
            ["Made", instant(each.at)],
            ["Answered after", last?.status === 200 && `${duration((Date.parse(last.at) - Date.parse(each.at)) / 1000)} of simulated time`],
            ["Latency", each.latency !== null && `${latency(each.latency)} of real time, at the last attempt`],
            ["Next attempt", each.state === "waiting" && instant(each.due)],
            ["Size", bytes(each.body.length)],
          ]),
          h("h3", {}, "Attempts"),
          each.attempts.length === 0
            ? h("p.muted", {}, "None yet.")
            : table("Attempts", ["#", "At", "Answer", { name: "Latency", isNumber: true }], each.attempts.map(attemptRow)),
          tabs("Parts of the webhook", [
            { title: "Pretty", show: () => code(prettyText(each.body), "The webhook as JSON") },
            { title: "Bytes", show: () => [h("p.muted.small-text", {}, "Exactly what was signed and sent. A receiver that parses and writes it anew before it checks the signature fails."), code(each.body, "The bytes of the webhook")] },
            { title: "Headers", show: () => code(Object.entries(each.headers).map(([name, value]) => `${name}: ${value}`).join("\n"), "The headers of the webhook") },
            { title: "Signature", show: () => signature(each, facts.get().identity.app_secret) },
          ]),
        ),
      ];
    }

    function attemptRow({ number, at, status, problem, latency: took }) {
      const answer = chip(status === null ? "no answer" : String(status), status === 200 ? "good" : "bad");
      return [String(number), instant(at), [answer, " ", problem ?? ""], took === null ? "–" : latency(took)];
    }

    /** What an attempt that was refused means, and what the platform does then. */
    function verdict(each, last) {
      if (!last) return each.state === "waiting" && h("div.notice", {}, icon("clock"), h("p", {}, "It goes out when the sandbox settles, or by itself."));
      if (last.status === 200) return null;
      const answered = last.status === null ? `Your app did not answer: ${last.problem}.` : `Your app answered ${last.status}${last.problem ? `: ${last.problem}` : ""}.`;
      const then = each.state === "waiting"
        ? `The platform takes anything but 200 for a failure and tries again, after longer and longer pauses, for up to seven days: next ${instant(each.due)}. Mend your app and send it again, or let time pass.`
        : "After seven days of failures the platform gives a webhook up, and it is lost. Mend your app and send it again.";
      return h("div.notice.is-bad", { role: "status" }, icon("alert"), h("p", {}, h("strong", {}, answered), " ", then));
    }

    function step(by) {
      const to = pages.beside(shown, by);
      if (!to) return;
      choose(to.id);
      list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    }

    states.addEventListener("change", () => {
      filter = states.value;
      pages.clear();
      refresh();
    });
    const reopen = calmly(async () => shown !== null && open(shown), 250);
    live.addEventListener(
      "entries",
      ({ detail: { entries } }) => {
        refresh();
        if (entries.some(({ subject }) => subject === `delivery:${shown}`)) reopen();
      },
      { signal: ended.signal },
    );
    const ends = [
      facts.watch(() => draw()),
      keys.add("j", "The next older webhook", () => step(1), "Webhooks"),
      keys.add("k", "The next newer webhook", () => step(-1), "Webhooks"),
      keys.add("r", "Send the open webhook again", () => shown !== null && attempt(() => api.post(`/deliveries/${shown}/redeliver`, {}), "Sent again").then(refresh), "Webhooks"),
      keys.add("f", "Fire a webhook of any field", fireOne, "Webhooks"),
    ];
    choose(shown);
    refresh();
    return () => {
      ended.abort();
      for (const end of ends) end();
    };
  },
};
