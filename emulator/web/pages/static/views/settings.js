// Settings: each with what it decides, its default and its value, changed in place.

import { button, chip, fill, h } from "../dom.js";
import { calmly } from "../live.js";
import { copies, empty, toast, worded } from "../parts.js";
import { control } from "../settings/controls.js";

/** Whether two values of a setting are the same; the members of objects come in one order from the control API. */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export const view = {
  mount(root, { api, facts, keys, live, sandbox, refresh }) {
    const ended = new AbortController();
    const search = h("input.input", { type: "search", placeholder: "Search settings", "aria-label": "Search settings", on: { input: draw } });
    const changed = h("input", { type: "checkbox", on: { change: draw } });
    const list = h("ul.settings", { "aria-label": "Settings" });
    const none = h("div", {});
    const shown = h("p.muted.small-text.number", { role: "status" });
    let rows = [];
    fill(
      root,
      h(
        "div.page",
        {},
        h("div.row", {}, h("h2.grow", {}, "Settings"), h("label.check", {}, changed, "Only what was changed"), h("div.settings-search", {}, search)),
        h("p.muted", {}, "Where the platform leaves a choice, or a team prefers another way. What is changed here holds until the next reset; a seed says it for good, under ", h("code", {}, "settings"), "."),
        shown,
        list,
        none,
      ),
    );

    function row({ name, text, default: usual, schema }) {
      const complaint = h("p.complaint", { role: "alert", hidden: true });
      const state = h("span.row", {});
      const said = h("span.row", {});
      let value;
      const input = control(name, schema, async (read) => {
        complaint.hidden = true;
        try {
          const wanted = read();
          if (same(wanted, value)) return;
          const all = await api.patch("/settings", { [name]: wanted });
          fill(said, copies(api.acts.at(-1)));
          toast(`${name} is ${written(all[name])} now`);
          await refresh();
        } catch (problem) {
          complaint.textContent = problem.message;
          complaint.hidden = false;
        }
      });
      const element = h(
        "li.card.setting",
        { "aria-label": name },
        h("div.setting-text", {}, h("h3.row", {}, h("code", {}, name), state), h("p", {}, worded(text)), h("p.muted.small-text", {}, "Default: ", h("code", {}, written(usual)), schema.description && ` · ${schema.description}`)),
        h("div.setting-value", {}, input.element, complaint, said),
      );
      return {
        name,
        element,
        matches: (words) => words.every((word) => name.includes(word) || text.toLowerCase().includes(word)),
        isChanged: () => !same(value, usual),
        show(now) {
          if (same(value, now)) return;
          value = now;
          input.show(now);
          fill(state, !same(now, usual) && [chip("changed", "info"), button("Default", () => input.set(usual), { kind: "small", "aria-label": `Set ${name} to its default` })]);
        },
      };
    }

    function draw() {
      const words = search.value.trim().toLowerCase().split(/\s+/);
      let count = 0;
      for (const each of rows) {
        each.element.hidden = !each.matches(words) || (changed.checked && !each.isChanged());
        count += !each.element.hidden;
      }
      shown.textContent = count === rows.length ? `${rows.length} settings` : `${count} of ${rows.length} settings`;
      fill(none, !count && rows.length > 0 && empty(changed.checked ? "Nothing was changed" : "No setting says that", changed.checked ? "Every setting has its default. Change one above, or by a call:" : "Search for a word of its name or of what it decides.", {
        icon: "gear",
        curl: changed.checked && `curl -X PATCH ${location.origin}/_emulator/sandboxes/${sandbox}/settings -H 'Content-Type: application/json' -d '{"window_errors": "sync"}'`,
      }));
    }

    function update() {
      const { identity } = facts.get();
      if (!identity) return;
      for (const each of rows) each.show(identity.settings[each.name]);
      draw();
    }

    api.get("/_emulator/settings").then(
      ({ settings }) => {
        if (ended.signal.aborted) return;
        rows = settings.map(row);
        fill(list, rows.map(({ element }) => element));
        update();
      },
      (problem) => fill(none, h("p.complaint", { role: "alert" }, problem.message)),
    );
    const again = calmly(refresh, 2_000);
    live.addEventListener("entries", ({ detail: { entries } }) => entries.some(({ kind }) => kind !== "message" && kind !== "status" && kind !== "webhook") && again(), { signal: ended.signal });
    const ends = [facts.watch(update), keys.add("/", "Search settings", () => search.focus(), "Settings"), keys.add("c", "Only what was changed", () => changed.click(), "Settings")];
    return () => {
      ended.abort();
      for (const end of ends) end();
    };
  },
};

/** A value of a setting in one line. */
function written(value) {
  if (value === null) return "none";
  if (typeof value === "string") return value;
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
