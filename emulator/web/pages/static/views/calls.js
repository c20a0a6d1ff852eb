// API: every call of the Graph API as it comes, and one of them opened: what was sent, what was answered, and why.

import { opened } from "../calls/opened.js";
import { add, chip, fill, h, reconcile } from "../dom.js";
import { answering } from "../examples.js";
import { phone, second } from "../format.js";
import { calmly } from "../live.js";
import { Pages } from "../pages.js";
import { attempt, empty, select } from "../parts.js";

const PAGE = 60;
/** Calls of a page. */
const MOST_HELD = 600;
/** Calls in the list at most: whoever reads on backwards loses the newest, and gets them back by a button. */
const OUTCOMES = [["", "all"], ["accepted", "accepted"], ["refused", "refused"], ["failed", "failed later"], ["unsupported", "not emulated"], ["fault", "met a fault"]];
const EDGES = ["messages", "marketing_messages", "message_templates", "media", "block_users", "register", "subscribed_apps"];

/** How an entry ended: the word of its chip, and the tone. */
export function ending({ kind, details }) {
  if (kind !== "call" && details.code === undefined) return { text: kind, tone: "" };
  if (details.rule === "not_emulated") return { text: "not emulated", tone: "warning" };
  if (kind === "status") return { text: `failed ${details.code}`, tone: "bad" };
  if (details.status === 0) return { text: "no answer", tone: "bad" };
  return { text: String(details.status), tone: details.status < 400 ? "good" : "bad" };
}

export const view = {
  mount(root, ctx) {
    const { api, live, facts, keys, sandbox } = ctx;
    const ended = new AbortController();
    const pages = new Pages(async (before) => {
      const { calls, next = null } = await api.get("/calls", { ...asked(), limit: PAGE, before });
      return { entries: calls, next };
    }, "seq", MOST_HELD);
    let shown = ctx.rest[0] ? Number(ctx.rest[0]) : null;

    const outcome = select(OUTCOMES, { value: ctx.query.get("outcome") ?? "", "aria-label": "Outcome" });
    const edge = select([["", "any edge"], ...EDGES.map((each) => [each, `/${each}`])], { value: ctx.query.get("edge") ?? "", "aria-label": "Edge" });
    const who = h("input.input", { list: "calls-people", placeholder: "Person", "aria-label": "Person, by number", autocomplete: "off", value: ctx.query.get("wa_id") ?? "" });
    const people = h("datalist", { id: "calls-people" });
    const code = h("input.input", { placeholder: "Code", "aria-label": "Code of the error", inputmode: "numeric", autocomplete: "off", value: ctx.query.get("code") ?? "" });
    const search = h("input.input", { type: "search", placeholder: "Search path, body, answer", "aria-label": "Search calls", value: ctx.query.get("search") ?? "" });
    const list = h("ul.rows", { "aria-label": "Calls" });
    const older = h("button.button.quiet", { type: "button", on: { click: () => attempt(() => pages.older()).then(draw) } }, "Older ones");
    const newest = h("button.button.quiet", { type: "button", on: { click: () => attempt(() => pages.toNewest()).then(draw) } }, "To the newest");
    const left = h(
      "section",
      { "aria-label": "Calls" },
      h("div.pane-head", {}, h("h2.grow", {}, "API"), h("a.button.small", { href: "/_emulator/errors/", target: "_blank" }, "Errors"), h("div.call-filters", { role: "search" }, search, outcome, edge, who, code, people)),
      newest,
      list,
      older,
    );
    const detail = h("section", { "aria-label": "One call", tabindex: "-1" });
    const split = h("div.split", {}, left, detail);
    fill(root, split);

    const asked = () => ({
      outcome: outcome.value || null,
      edge: edge.value || null,
      wa_id: who.value.replace(/\D/g, "") || null,
      code: code.value.replace(/\D/g, "") || null,
      search: search.value.trim() || null,
    });
    const isFiltered = () => Object.values(asked()).some((each) => each !== null);

    const refresh = calmly(async () => {
      if ((await pages.refresh()) && !ended.signal.aborted) draw();
    }, 250);

    function ask() {
      pages.clear();
      refresh();
    }

    function draw() {
      const { held } = pages;
      older.hidden = !pages.hasOlder;
      newest.hidden = pages.isAtNewest;
      older.textContent = held.length || !pages.hasOlder ? "Older ones" : "Look further back";
      if (!held.length) {
        fill(list, h("li", {}, isFiltered() || pages.hasOlder ? empty("No call fits", "Other ones there may be.", { icon: "search" }) : teaching()));
        return;
      }
      list.querySelector(".empty")?.parentElement.remove();
      reconcile(list, held.map((entry) => ({ key: entry.seq, mark: `${entry.seq === shown}${nameOf(entry.wa_id)}`, entry })), ({ entry }) => row(entry));
    }

    function teaching() {
      return empty("Nobody has called the API yet", "Point your app at this address in place of https://graph.facebook.com. Each call stands here then, with its answer and, if it was refused, with the rule that refused it.", {
        icon: "calls",
        curl: answering(ctx),
      });
    }

    const nameOf = (waId) => waId && (facts.get().people.get(waId)?.name ?? phone(waId));

    function row(entry) {
      const { text, tone } = ending(entry);
      const { method, path = "", code: number, rule, error } = entry.details;
      return h(
        "li",
        {},
        h(
          `a.call${tone === "bad" ? ".is-bad" : ""}`,
          { href: address(entry.seq), "aria-current": String(entry.seq === shown), on: { click: (event) => follow(event, entry.seq) } },
          h("span.call-head", {}, method ? [h("strong", {}, method), " ", h("code", {}, path.replace(/^\/v\d+\.\d+/, ""))] : h("strong", {}, entry.summary)),
          chip(text, tone),
          number !== undefined && h("span.call-why.small-text", {}, rule && h("code", {}, rule), " ", method ? error ?? "" : entry.details.hint ?? ""),
          h("span.muted.small-text.number.call-when", {}, [nameOf(entry.wa_id), second(entry.at)].filter(Boolean).join(" · ")),
        ),
      );
    }

    const address = (seq) => `/_emulator/ui/${[sandbox, "calls", ...(seq === null ? [] : [seq])].map(encodeURIComponent).join("/")}`;

    function follow(event, seq) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      choose(seq);
    }

    function choose(seq) {
      shown = seq;
      history.replaceState(null, "", address(seq));
      split.classList.toggle("has-detail", seq !== null);
      draw();
      if (seq === null) fill(detail, empty("Open one", "What was sent and what was answered; if it was refused, the rule with the facts it saw; and what followed from it.", { icon: "calls" }));
      else open(seq).then(() => matchMedia("(max-width: 900px)").matches && detail.focus());
    }

    async function open(seq) {
      const known = pages.find(seq) ?? (await attempt(() => api.get("/journal", { after: seq - 1, limit: 1 })))?.journal.find((each) => each.seq === seq);
      if (ended.signal.aborted || shown !== seq) return;
      if (!known) {
        choose(null);
        return;
      }
      const { element, heard } = opened(known, ctx, { back: () => choose(null), ending: ending(known) });
      detail.heard = heard;
      fill(detail, element);
    }

    function step(by) {
      const to = pages.beside(shown, by);
      if (!to) return;
      choose(to.seq);
      list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    }

    const soon = (() => {
      let waiting = null;
      return () => {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 250);
      };
    })();
    for (const each of [outcome, edge]) each.addEventListener("change", ask);
    for (const each of [who, code, search]) each.addEventListener("input", soon);
    add(people, [...facts.get().people.values()].slice(0, 200).map(({ wa_id: id, name }) => h("option", { value: id }, name)));
    live.addEventListener(
      "entries",
      ({ detail: { entries } }) => {
        if (entries.some(({ kind }) => kind === "call" || kind === "status" || kind === "unsupported")) refresh();
        if (shown !== null) detail.heard?.(entries);
      },
      { signal: ended.signal },
    );
    const ends = [
      keys.add("j", "The next older call", () => step(1), "API"),
      keys.add("k", "The next newer call", () => step(-1), "API"),
      keys.add("/", "Search calls", () => search.focus(), "API"),
      keys.add("c", "Copy the open call as curl", () => detail.querySelector("[data-copy=curl]")?.click(), "API"),
    ];
    choose(shown);
    refresh();
    return () => {
      ended.abort();
      for (const end of ends) end();
    };
  },
};
