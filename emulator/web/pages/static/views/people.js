// People: a crowd at a glance, page by page: window, unread messages, the last message, and how each stands.

import { TICKS } from "../chat/bubble.js";
import { addPerson, standing, windowState } from "../chat/person.js";
import { initials } from "../chat/phone.js";
import { add, button, chip, fill, h, icon, reconcile } from "../dom.js";
import { control } from "../examples.js";
import { count, day, hour, instant, phone } from "../format.js";
import { calmly } from "../live.js";
import { attempt, empty } from "../parts.js";

const PAGE = 100;
/** People of a page. */
const MOST_UNREAD = 100;
/** Up to how many unread messages are counted. */
const TURN = 1_000;
/** Milliseconds between two drawings of what counts down. */
const COLUMNS = ["Person", "Window", "Unread", "Last message", "State"];
const CHANGING = new Set(["message", "status", "person", "account", "number"]);
/** Kinds of entries of the journal after which a row may read otherwise. */

export const view = {
  mount(root, ctx) {
    const { api, clock, keys, live, sandbox, query } = ctx;
    const ended = new AbortController();
    let chats = [];
    let next = null;
    /** Of the pages before this one, whom each came after; the first one came after nobody. */
    let before = [];
    let after = null;
    let wanted = query.get("search") ?? "";
    let turn = 0;

    const search = h("input.input", { type: "search", value: wanted, placeholder: "Search by name or number", "aria-label": "Search people", on: { input: () => find() } });
    const make = button("Add", () => addPerson(api, () => refresh()), { icon: "plus", title: "Add a person or a crowd (a)" });
    const rows = h("tbody", { role: "rowgroup" });
    const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map((name) => h("th", { scope: "col", role: "columnheader" }, name))));
    const table = h("table.table.chats", { role: "table", "aria-label": "People" }, head, rows);
    const nothing = h("div", {});
    const where = h("span.muted.number", { role: "status" });
    const back = button("Page before", () => move(before.pop() ?? null), { icon: "back", title: "The page before (k)" });
    const on = button("Next page", () => {
      before.push(after);
      move(next);
    }, { title: "The next page (j)" });
    fill(root, h("div.people-view", {}, h("div.pane-head", {}, h("h2.grow", {}, "People"), make, search), table, nothing, h("div.pager", {}, back, where, on)));

    async function read() {
      const mine = turn;
      const answer = await api.get("/chats", { after, limit: PAGE, ...(wanted ? { search: wanted } : {}) });
      if (ended.signal.aborted || mine !== turn) return;
      chats = answer.chats;
      next = answer.next ?? null;
      draw();
    }

    const refresh = calmly(read, 1_000);

    /** Go to the page that comes after somebody. */
    function move(to) {
      after = to;
      turn += 1;
      attempt(read).then(() => root.querySelector(".people-view").scrollTo({ top: 0 }));
    }

    const find = calmly(async () => {
      if (search.value.trim() === wanted) return;
      wanted = search.value.trim();
      before = [];
      history.replaceState(null, "", `${location.pathname}${wanted ? `?${new URLSearchParams({ search: wanted })}` : ""}`);
      move(null);
    }, 250);

    function draw() {
      const now = clock.now() ?? 0;
      reconcile(rows, chats.map((chat) => entry(chat, now)), ({ shown }) => row(shown));
      const first = before.length * PAGE;
      table.hidden = !chats.length;
      back.hidden = !before.length;
      on.hidden = next === null;
      where.textContent = chats.length ? `${count(first + 1)} to ${count(first + chats.length)}${next === null ? `, of ${count(first + chats.length)}` : ""}` : "";
      if (chats.length) fill(nothing);
      else if (!nothing.firstChild) add(nothing, [nobody()]);
    }

    function nobody() {
      if (wanted) return empty("Nobody is found", "All words of the search have to stand in the name, or its digits in the number.", { icon: "search" });
      return empty("Nobody is here", "A crowd are people who are invented, and who receive and read at different times:", {
        icon: "people",
        curl: control(ctx, "POST", "/crowds", { count: 1000 }),
      });
    }

    /** A row as `reconcile` takes it: it is made anew where something in it reads otherwise. */
    function entry({ person, window, relationships, unread, last_message: last }, now) {
      const shown = {
        person,
        last,
        window: window && windowState(window, now),
        unread,
        isToday: last && day(last.at) === day(now),
        chips: statesOf(person, relationships, now),
      };
      return { key: person.wa_id, mark: JSON.stringify({ ...shown, chips: shown.chips.map(({ textContent }) => textContent) }), shown };
    }

    /** The chips of a person with all business numbers, each once. */
    function statesOf(person, relationships, now) {
      const all = [null, ...relationships].flatMap((each) => standing(person, each, now));
      return [...new Map(all.map((each) => [each.textContent, each])).values()];
    }

    function who({ name, wa_id: waId }) {
      const address = `/_emulator/ui/${[sandbox, "phones", waId].map(encodeURIComponent).join("/")}`;
      return h("a.chat-who", { href: address }, h("span.avatar", { "aria-hidden": "true" }, initials(name)), h("span", {}, h("strong", {}, name), h("span.muted.small-text.number", {}, ` ${phone(waId)}`)));
    }

    function row({ person, window, unread, last, isToday, chips }) {
      const cell = (kind, ...inside) => h(`td.${kind}`, { role: "cell" }, inside);
      return h(
        "tr",
        { role: "row" },
        cell("chat-person", who(person)),
        cell("chat-window", window ? chip(window.text.replace("window ", ""), window.tone, { title: window.title }) : h("span.muted", {}, "none")),
        cell("chat-unread", unread ? chip(`${unread}${unread === MOST_UNREAD ? "+" : ""}`, "info", { title: "Delivered to them and not read" }) : h("span.muted", {}, "0")),
        cell("chat-last", last ? said(last, isToday) : h("span.muted", {}, "Nothing was written yet")),
        cell("chat-state", h("span.row", {}, chips)),
      );
    }

    function said(last, isToday) {
      const text = last.deleted_at ? "deleted" : last.edited_text ?? last.text?.body ?? last.text;
      const isOutbound = last.direction === "outbound";
      const { icon: drawing, text: status, tone = "" } = TICKS[last.status] ?? { icon: "tick", text: last.status };
      return h(
        "span.chat-said",
        { title: instant(last.at) },
        isOutbound && h(`span.status${tone && `.is-${tone}`}`, { title: last.error ? `${last.error.code} ${last.error.title}` : status }, icon(drawing, "small"), h("span.visually-hidden", {}, status)),
        h("span.ellipsis", {}, h("span.muted", {}, isOutbound ? "Business: " : ""), String(text)),
        h("time.muted.small-text.number", { datetime: last.at }, isToday ? hour(last.at) : day(last.at)),
      );
    }

    live.addEventListener("entries", ({ detail: { entries } }) => entries.some(({ kind }) => CHANGING.has(kind)) && refresh(), { signal: ended.signal });
    const timer = setInterval(draw, TURN);
    const ends = [
      clock.watch(draw),
      keys.add("a", "Add a person or a crowd", () => make.click(), "People"),
      keys.add("/", "Search people", () => search.focus(), "People"),
      keys.add("j", "The next page", () => !on.hidden && on.click(), "People"),
      keys.add("k", "The page before", () => !back.hidden && back.click(), "People"),
    ];
    refresh();
    return () => {
      ended.abort();
      clearInterval(timer);
      for (const end of ends) end();
    };
  },
};
