// Templates: the list of them, and one opened, edited, or made anew.

import { button, chip, fill, h, reconcile } from "../dom.js";
import { calmly } from "../live.js";
import { attempt, empty, select } from "../parts.js";
import { editor } from "../templates/editor.js";
import { create, TONES } from "../templates/acts.js";
import { opened } from "../templates/opened.js";

const PAGE = 60;
/** Templates of a page. */
const STATUSES = ["PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "ARCHIVED", "PENDING_DELETION"];
const CATEGORIES = ["MARKETING", "UTILITY", "AUTHENTICATION"];
const NEW = "new";

export const view = {
  mount(root, ctx) {
    const { api, live, facts, keys, sandbox } = ctx;
    const ended = new AbortController();
    let held = [];
    let next = null;
    let turn = 0;
    let shown = ctx.rest[0] ?? null;
    let taken = null;
    /** What is opened: `{element, heard, end}`. */

    const search = h("input.input", { type: "search", placeholder: "Name or text", "aria-label": "Search templates" });
    const status = select([["", "any status"], ...STATUSES.map((each) => [each, words(each)])], { "aria-label": "Status", value: ctx.query.get("status") ?? "" });
    const category = select([["", "any category"], ...CATEGORIES.map((each) => [each, words(each)])], { "aria-label": "Category" });
    const language = h("input.input", { placeholder: "Language", "aria-label": "Language, such as en_US", autocomplete: "off", spellcheck: "false" });
    const list = h("ul.rows", { "aria-label": "Templates" });
    const older = button("More", () => attempt(more), { kind: "quiet" });
    const left = h("section", { "aria-label": "Templates" }, h("div.pane-head", {}, h("h2.grow", {}, "Templates"), button("New", () => choose(NEW), { icon: "plus", kind: "primary", title: "Make a template (N)" }), h("div.call-filters", { role: "search" }, search, status, category, language)), list, older);
    const detail = h("section", { "aria-label": "One template", tabindex: "-1" });
    const split = h("div.split.is-templates", {}, left, detail);
    fill(root, split);

    const asked = () => ({ status: status.value || null, category: category.value || null, language: language.value.trim() || null, search: search.value.trim() || null });

    const refresh = calmly(async () => {
      const mine = turn;
      const found = await api.get("/templates", { ...asked(), limit: Math.max(PAGE, held.length) });
      if (ended.signal.aborted || mine !== turn) return;
      held = found.templates;
      next = found.next ?? null;
      draw();
    }, 250);

    async function more() {
      const mine = turn;
      const found = await api.get("/templates", { ...asked(), limit: PAGE, after: next });
      if (mine !== turn) return;
      held = [...held, ...found.templates];
      next = found.next ?? null;
      draw();
    }

    function ask() {
      turn += 1;
      held = [];
      refresh();
    }

    function draw() {
      older.hidden = next === null;
      if (!held.length) {
        const isFiltered = Object.values(asked()).some((each) => each !== null);
        const { identity } = facts.get();
        const example = { name: "order_ready", language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "Hello {{1}}, your order is ready.", example: { body_text: [["Sheena"]] } }] };
        fill(list, h("li", {}, isFiltered ? empty("No template fits", "Other ones there may be.", { icon: "search" }) : empty("No templates yet", "Outside of the 24 hours after a customer wrote, only an approved template is delivered. Make one with New, or by the API:", { icon: "template", curl: create(identity, example).curl })));
        return;
      }
      list.querySelector(".empty")?.parentElement.remove();
      reconcile(list, held.map((each) => ({ key: each.id, mark: `${each.status}${each.category}${each.quality_score?.score}${each.name}${each.id === shown}`, each })), ({ each }) => row(each));
    }

    function row(each) {
      return h(
        "li",
        {},
        h(
          "a.template-row",
          {
            href: address(each.id),
            "aria-current": String(each.id === shown),
            on: {
              click: (event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                event.stopPropagation();
                choose(each.id);
              },
            },
          },
          h("strong.grow", {}, each.name),
          chip(words(each.status), TONES[each.status] ?? ""),
          h("span.template-about.muted.small-text", {}, [words(each.category), each.language, each.quality_score && each.quality_score.score !== "UNKNOWN" && `quality ${words(each.quality_score.score)}`].filter(Boolean).join(" · ")),
        ),
      );
    }

    const address = (...rest) => `/_emulator/ui/${[sandbox, "templates", ...rest].map(encodeURIComponent).join("/")}`;

    function choose(id, ...more_) {
      shown = id;
      history.replaceState(null, "", address(...(id === null ? [] : [id, ...more_])));
      split.classList.toggle("has-detail", id !== null);
      draw();
      taken?.end?.();
      taken = null;
      if (id === null) {
        fill(detail, empty("Open one, or make one", "How the phone shows it, what became of it, and who decides over it: here that is you.", { icon: "template" }));
        return;
      }
      show(id, more_).then(() => matchMedia("(max-width: 900px)").matches && detail.focus());
    }

    async function show(id, [act]) {
      const template = id === NEW ? null : await attempt(() => api.get(`/templates/${encodeURIComponent(id)}`));
      if (ended.signal.aborted || shown !== id) return;
      if (template === undefined) {
        choose(null);
        return;
      }
      const tools = { back: () => choose(id === NEW || act !== "edit" ? null : id), edit: () => choose(id, "edit"), open: (made) => ask() || choose(made), gone: () => ask() || choose(null) };
      taken = template === null || act === "edit" ? editor(template, ctx, tools) : opened(template, ctx, tools);
      fill(detail, taken.element);
      taken.begin?.();
    }

    const soon = (() => {
      let waiting = null;
      return () => {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 250);
      };
    })();
    for (const each of [status, category]) each.addEventListener("change", ask);
    for (const each of [search, language]) each.addEventListener("input", soon);
    live.addEventListener(
      "entries",
      ({ detail: { entries } }) => {
        if (!entries.some(({ kind }) => kind === "template")) return;
        refresh();
        taken?.heard?.(entries);
      },
      { signal: ended.signal },
    );
    function step(by) {
      const at = held.findIndex(({ id }) => id === shown);
      const to = at < 0 ? held[0] : held[at + by];
      if (to) choose(to.id);
    }
    const ends = [
      keys.add("j", "The next template", () => step(1), "Templates"),
      keys.add("k", "The template before", () => step(-1), "Templates"),
      keys.add("N", "Make a template", () => choose(NEW), "Templates"),
      keys.add("/", "Search templates", () => search.focus(), "Templates"),
    ];
    choose(shown, ...ctx.rest.slice(1));
    refresh();
    return () => {
      ended.abort();
      taken?.end?.();
      for (const end of ends) end();
    };
  },
};

/** A word of the platform's enums for people: `IN_APPEAL` is `in appeal`. */
function words(text) {
  return text.toLowerCase().replaceAll("_", " ");
}
