// The entries of the journal: filtered, page by page, and one of them opened.

import { asCurl } from "../acts/lines.js";
import { button, chip, facts as facts_, fill, h, reconcile } from "../dom.js";
import { writing } from "../examples.js";
import { count, day, instant, phone, pretty, second } from "../format.js";
import { valueField } from "../inputs.js";
import { calmly } from "../live.js";
import { Pages } from "../pages.js";
import { attempt, code, copy, dialog, empty, save, tabs } from "../parts.js";
import { FORMS } from "./forms.js";

const PAGE = 80;
/** Entries of a page. */
const MOST_HELD = 2_000;
/** Entries in the list at most: whoever reads on backwards loses the newest, and gets them back by a button. */
const KINDS = ["message", "status", "webhook", "call", "template", "person", "clock", "account", "fault", "warning", "unsupported"];
const TONES = { warning: "warning", unsupported: "warning", fault: "warning", call: "info" };
const FILTERS = ["kind", "wa_id", "cause", "chain", "subject", "since", "until"];
const TEXT = { type: "string" };
const INSTANT = { type: "string", format: "date-time" };

/** Show the journal in `place`; returns a function that ends it. */
export function entries(place, { api, live, facts, keys, sandbox, query }) {
  const ended = new AbortController();
  let asked = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]).filter(([, value]) => value));
  const pages = new Pages(async (before) => {
    const { journal, next = null, dropped } = await api.get("/journal", { ...asked, order: "newest", limit: PAGE, before });
    return { entries: journal, next, dropped };
  }, "seq", MOST_HELD);
  let shown = null;

  const list = h("ul.rows.journal", { "aria-label": "Entries" });
  const older = button("Older ones", () => attempt(() => pages.older()).then(draw), { kind: "quiet" });
  const newest = button("To the newest", () => attempt(() => pages.toNewest()).then(draw), { kind: "quiet" });
  const detail = h("section", { "aria-label": "One entry", tabindex: "-1" });
  const filters = h("div.row.journal-filters", { "aria-label": "Filters", role: "group" });
  const narrow = button("Filter …", ask, { icon: "filter", kind: "small", title: "Filter by kind, person, cause and time (f)" });
  const forms = button("As text …", asText, { icon: "file", kind: "small", title: "The entries that are shown, as text, Markdown or JSON" });
  const curl = button("curl", () => copy(asCurl("GET", `${location.origin}${api.address("/journal")}?${new URLSearchParams({ ...asked, order: "newest", limit: PAGE })}`), "Copied as curl"), { icon: "copy", kind: "small", "aria-label": "Copy as curl" });
  const split = h("div.split", {}, h("section", { "aria-label": "The journal" }, h("div.row.journal-tools", {}, narrow, forms, curl, filters), newest, list, older), detail);
  fill(place, split);

  const refresh = calmly(async () => {
    if ((await pages.refresh()) && !ended.signal.aborted) draw();
  }, 300);

  function draw() {
    const { held, dropped } = pages;
    older.hidden = !pages.hasOlder;
    newest.hidden = pages.isAtNewest;
    if (!held.length) {
      fill(list, h("li", {}, empty(Object.keys(asked).length ? "No entry fits" : "Nothing has happened yet", Object.keys(asked).length ? "Take a filter away to see more." : "Every message, status, call and webhook becomes an entry here, with what caused it. Write as a customer:", {
        icon: "list",
        curl: !Object.keys(asked).length && writing({ api, facts }),
      })));
      return;
    }
    list.querySelector(".empty")?.parentElement.remove();
    const end = dropped && !pages.hasOlder ? `${count(dropped)} older ones are gone: the setting keep_journal says how many are kept.` : "";
    reconcile(
      list,
      [
        ...held.map((each, at) => ({ key: each.seq, mark: `${each.seq === shown}${at === 0 || day(held[at - 1].at) !== day(each.at)}`, each, first: at === 0 || day(held[at - 1].at) !== day(each.at) })),
        ...(end ? [{ key: "end", mark: end }] : []),
      ],
      ({ each, first }) => (each ? row(each, first) : h("li.muted.small-text.journal-end", {}, end)),
    );
  }

  function row(each, first) {
    return h(
      "li",
      {},
      first && h("p.journal-day.muted.small-text", {}, day(each.at)),
      h(
        "button.entry",
        { type: "button", "aria-current": String(each.seq === shown), on: { click: () => choose(each.seq) } },
        h("span.muted.number.small-text.entry-at", {}, second(each.at)),
        h("span.entry-kind", {}, chip(each.kind, TONES[each.kind])),
        h("span.grow.entry-text", {}, each.summary, each.wa_id && !each.summary.includes(name(each.wa_id)) && h("span.muted.small-text", {}, ` ${name(each.wa_id)}`)),
      ),
    );
  }

  const name = (waId) => facts.get().people.get(waId)?.name ?? phone(waId);

  function choose(seq) {
    shown = seq;
    split.classList.toggle("has-detail", seq !== null);
    draw();
    const each = pages.find(seq);
    fill(detail, each ? opened(each) : empty("Open one", "What it is about, what caused it, and all of its details.", { icon: "list" }));
    if (seq !== null && matchMedia("(max-width: 900px)").matches) detail.focus();
  }

  function opened(each) {
    const back = button("", () => choose(null), { icon: "back", kind: "quiet", label: "Back to the list" });
    back.classList.add("only-narrow");
    return [
      h("div.pane-head", {}, back, h("h3.grow", {}, `#${each.seq} ${each.kind}`)),
      h(
        "div.pane-body",
        {},
        h("p", {}, each.summary),
        facts_([
          ["At", instant(each.at)],
          ["Person", each.wa_id && h("a", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/phones/${encodeURIComponent(each.wa_id)}` }, name(each.wa_id))],
          ["About", h("code", {}, each.subject)],
          ["Cause", each.cause && h("code", {}, each.cause)],
        ]),
        h(
          "div.row",
          {},
          button("The whole chain", () => set({ chain: each.cause ?? each.subject }), { icon: "link", kind: "small", title: "What led to it, and all that came of that" }),
          button("What is about the same", () => set({ subject: each.subject }), { kind: "small" }),
          each.wa_id && button("Of this person", () => set({ wa_id: each.wa_id }), { icon: "person", kind: "small" }),
        ),
        Object.keys(each.details).length > 0 && [h("h4", {}, "Details"), code(pretty(each.details), "The details of the entry")],
      ),
    ];
  }

  /** Filter by this and nothing else of what is filtered by now, but the time. */
  function set(wanted) {
    const { since, until } = asked;
    asked = Object.fromEntries(Object.entries({ since, until, ...wanted }).filter(([, value]) => value));
    changed();
  }

  function changed() {
    pages.clear();
    shown = null;
    const search = new URLSearchParams(asked);
    history.replaceState(null, "", `${location.pathname}${search.size ? `?${search}` : ""}`);
    fill(filters, Object.entries(asked).map(([name, value]) => h("span.chip.is-info.journal-filter", {}, h("span.ellipsis", {}, `${name}: ${name === "wa_id" ? phone(value) : value}`), button("", () => {
      delete asked[name];
      changed();
    }, { icon: "close", kind: "quiet small", label: `Take away the filter ${name}` }))));
    choose(null);
    attempt(() => pages.refresh()).then(() => ended.signal.aborted || draw());
  }

  function ask() {
    const people = [...facts.get().people.values()].map(({ wa_id: id, name }) => [id, `${name} ${phone(id)}`]);
    const fields = [
      ["kind", TEXT, { label: "Kind", known: KINDS }],
      ["wa_id", TEXT, { label: "Person", known: people, hint: "Their number." }],
      ["cause", TEXT, { label: "Cause", hint: "The id of a message, or fault:1 and the like." }],
      ["chain", TEXT, { label: "Chain of", hint: "An id: what led to it, and all that came of that." }],
      ["subject", TEXT, { label: "About", hint: "The id of a message, a template, a delivery." }],
      ["since", INSTANT, { label: "From" }],
      ["until", INSTANT, { label: "Until just before" }],
    ].map(([name, schema, more]) => ({ name, ...valueField(name, schema, more) }));
    for (const { name, element } of fields) element.querySelector("input").value = asked[name] ?? "";
    dialog("Filter the journal", () => h("div.grid.fields", {}, fields.map(({ element }) => element)), {
      acts: [
        { text: "All", act: () => set({ since: null, until: null }) },
        { text: "Filter", kind: "primary", act: () => {
          asked = Object.fromEntries(fields.map(({ name, read: value }) => [name, name === "wa_id" ? value()?.replace(/\D/g, "") : value()]).filter(([, value]) => value));
          changed();
        } },
      ],
    });
  }

  function asText() {
    const all = pages.held.toReversed();
    dialog(`${count(all.length)} entries`, () => tabs("Form of the journal", FORMS.map(({ title, end, type, make }) => ({
      title,
      show: () => {
        const text = make(all);
        return [code(text, `The journal as ${title}`), h("div.row", {}, button("Download", () => save(new Blob([text], { type }), `journal-${sandbox}.${end}`), { icon: "down", kind: "small" }))];
      },
    }))), { wide: true });
  }

  function step(by) {
    const to = pages.beside(shown, by);
    if (!to) return;
    choose(to.seq);
    list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  live.addEventListener("entries", refresh, { signal: ended.signal });
  const ends = [keys.add("j", "The next older entry", () => step(1), "Journal"), keys.add("k", "The next newer entry", () => step(-1), "Journal"), keys.add("f", "Filter the journal", ask, "Journal")];
  changed();
  return () => {
    ended.abort();
    for (const end of ends) end();
  };
}
