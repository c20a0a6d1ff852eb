// Phones: the people of the sandbox, and the phones of some of them side by side.

import { Files } from "../chat/files.js";
import { addPerson, windowState } from "../chat/person.js";
import { initials, phone } from "../chat/phone.js";
import { button, fill, h, icon, reconcile, set } from "../dom.js";
import { answering, connecting } from "../examples.js";
import { phone as number } from "../format.js";
import { calmly } from "../live.js";
import { code, empty } from "../parts.js";

const MOST_LISTED = 200;
/** People in the list at once; the search finds those beyond them. */

/** The templates of the sandbox, by name and language, for the bubbles of those that use them. */
class Templates {
  #known = new Map();
  version = 0;

  constructor(api) {
    this.refresh = calmly(async () => {
      const { templates } = await api.get("/templates", { limit: 1000 });
      const known = new Map(templates.map((each) => [`${each.name}/${each.language}`, each]));
      if (JSON.stringify([...known]) === JSON.stringify([...this.#known])) return;
      this.#known = known;
      this.version += 1;
      this.changed?.();
    }, 1_000);
  }

  find(content) {
    return this.#known.get(`${content?.name}/${content?.language?.code ?? content?.language}`) ?? null;
  }
}

export const view = {
  mount(root, ctx) {
    const { api, clock, facts, live, keys } = ctx;
    const ended = new AbortController();
    const files = new Files(api);
    const templates = new Templates(api);
    const inner = { ...ctx, files, templates };
    const open = new Map();
    const heard = new Map();
    /** By person, what was last said of them: `{summary, seq}`. */
    const windows = new Map();
    /** By person, the window that closes last. */

    const search = h("input.input", { type: "search", placeholder: "Search people", "aria-label": "Search people", on: { input: list } });
    const people = h("ul.people", { "aria-label": "People" });
    const add = button("Add", () => addPerson(api, (waId) => ctx.refresh().then(() => show([...open.keys(), waId]))), { icon: "plus", title: "Add a person or a crowd (a)" });
    const phones = h("div.phones", {});
    const side = h("aside.side", { "aria-label": "People" }, h("div.pane-head", {}, h("h2.grow", {}, "People"), add, search), people);
    fill(root, h("div.phones-view", {}, side, phones));
    templates.changed = () => open.forEach((each) => each.templatesChanged());
    templates.refresh();

    function show(waIds) {
      const wanted = [...new Set(waIds)];
      history.replaceState(null, "", [location.pathname.split("/").slice(0, 5).join("/"), ...wanted].join("/"));
      for (const [waId, each] of open) {
        if (wanted.includes(waId)) continue;
        each.end();
        each.element.remove();
        open.delete(waId);
      }
      for (const waId of wanted) {
        if (open.has(waId)) continue;
        const made = phone(inner, waId, {
          close: () => show([...open.keys()].filter((each) => each !== waId)),
          moved: (now) => show([...open.keys()].map((each) => (each === waId ? now : each))),
        });
        open.set(waId, made);
        phones.append(made.element);
        made.element.scrollIntoView({ inline: "nearest", block: "nearest" });
      }
      phones.classList.toggle("is-empty", open.size === 0);
      phones.querySelector(":scope > .empty")?.remove();
      if (!open.size) phones.append(nobody());
      root.firstElementChild.classList.toggle("has-phone", open.size > 0);
      list();
    }

    function nobody() {
      const { identity } = facts.get();
      return empty("Pick up a phone", "Choose somebody in the list: you are the customer then. Several phones stand side by side. What your app sends appears at once, as this call does:", {
        icon: "phone",
        curl: answering(ctx),
        children: [
          identity.webhook_url
            ? h("p", {}, `Webhooks go to ${identity.webhook_url}.`)
            : [h("p", {}, "What you do as the customer goes to your app by webhook. Say where that is:"), code(connecting(ctx), "Connect a webhook")],
        ],
      });
    }

    const refreshWindows = calmly(async () => {
      const { windows: all } = await api.get("/windows", { limit: MOST_LISTED });
      windows.clear();
      for (const each of all.toReversed()) if (!(windows.get(each.wa_id)?.closes_at > each.closes_at)) windows.set(each.wa_id, each);
      list();
    }, 1_000);

    /** What the list says of a person's window, if they have one. */
    const windowOf = (waId) => windows.has(waId) && windowState(windows.get(waId), clock.now() ?? 0);
    /** The same in two words: `23 h`, `closed`. */
    const brief = (state) => state.text.replace("window ", "").split(" ").slice(0, 2).join(" ");

    function list() {
      const wanted = search.value.trim().toLowerCase();
      const words = wanted.split(/\s+/);
      const digits = /\p{L}/u.test(wanted) ? "" : wanted.replace(/\D/g, "");
      const all = [...facts.get().people.values()];
      const found = all.filter(({ name, wa_id: id }) => words.every((word) => name.toLowerCase().includes(word)) || (digits && id.includes(digits)));
      found.sort((a, b) => (heard.get(b.wa_id)?.seq ?? 0) - (heard.get(a.wa_id)?.seq ?? 0));
      reconcile(
        people,
        [
          ...found.slice(0, MOST_LISTED).map((person) => ({ key: person.wa_id, mark: JSON.stringify([person.name, person.on_whatsapp, open.has(person.wa_id), heard.get(person.wa_id)?.summary, windowOf(person.wa_id).text]), make: () => row(person) })),
          ...(found.length > MOST_LISTED || facts.get().more ? [{ key: "more", mark: "more", make: () => h("li.hint", {}, "There are more people: search for a name or a number.") }] : []),
        ],
        (entry) => entry.make(),
      );
    }

    function row(person) {
      const isOpen = open.has(person.wa_id);
      const state = windowOf(person.wa_id);
      return h(
        "li",
        {},
        h(
          "button.person",
          {
            type: "button",
            "aria-pressed": String(isOpen),
            on: {
              click: () => {
                const narrow = matchMedia("(max-width: 720px)").matches;
                show(isOpen && !narrow ? [...open.keys()].filter((each) => each !== person.wa_id) : narrow ? [person.wa_id] : [...open.keys(), person.wa_id]);
              },
            },
          },
          h("span.avatar", { "aria-hidden": "true" }, initials(person.name)),
          h("span.grow", {}, h("strong.ellipsis", {}, person.name), h("span.muted.small-text.ellipsis", {}, heard.get(person.wa_id)?.summary ?? number(person.wa_id))),
          state && h(`span.small-text.number.window-of${state.tone === "bad" ? ".muted" : ""}`, { title: state.title }, brief(state)),
          isOpen && icon("phone", "small"),
        ),
      );
    }

    /** Find those of a crowd who are not on this page yet. */
    const findMore = calmly(async () => {
      const wanted = search.value.trim();
      if (!wanted || !facts.get().more) return;
      const { people: found } = await api.get("/people", { search: wanted, limit: MOST_LISTED });
      const known = facts.get().people;
      const fresh = found.filter(({ wa_id: waId }) => !known.has(waId));
      if (fresh.length && !ended.signal.aborted) facts.set({ people: new Map([...known, ...fresh.map((each) => [each.wa_id, each])]) });
    }, 250);
    search.addEventListener("input", findMore);
    search.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") findMore().then(() => people.querySelector("button")?.click());
    });

    live.addEventListener(
      "entries",
      ({ detail: { entries } }) => {
        for (const { wa_id: waId, kind, summary, seq } of entries) if (waId && (kind === "message" || kind === "status")) heard.set(waId, { summary, seq });
        for (const each of open.values()) each.heard(entries);
        if (entries.some(({ kind }) => kind === "template")) templates.refresh();
        if (entries.some(({ kind }) => kind === "message")) refreshWindows();
        else calmList();
      },
      { signal: ended.signal },
    );
    const calmList = calmly(async () => list(), 500);

    const ends = [
      facts.watch(list),
      clock.watch(list),
      keys.add("a", "Add a person or a crowd", () => add.click(), "Phones"),
      keys.add("/", "Search people", () => search.focus(), "Phones"),
      keys.add("w", "Write on the first open phone", () => [...open.values()][0]?.focus(), "Phones"),
      ...[1, 2, 3, 4].map((nth) => keys.add(String(nth), `Pick up the phone of person ${nth} of the list, or put it down`, () => people.children[nth - 1]?.querySelector("button")?.click(), "Phones")),
    ];
    show(ctx.rest);
    refreshWindows().then(() => {
      if (ctx.rest.length || open.size || ended.signal.aborted || !matchMedia("(min-width: 900px)").matches) return;
      const busy = [...windows.keys()].toReversed().filter((waId) => facts.get().people.has(waId));
      show([...new Set([...busy, ...facts.get().people.keys()])].slice(0, 2));
    });
    if (ctx.rest.length > 1) set(phones, { tabindex: "-1" });
    return () => {
      ended.abort();
      for (const end of ends) end();
      for (const each of open.values()) each.end();
      files.close();
    };
  },
};
