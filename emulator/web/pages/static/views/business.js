// Business: its account and numbers, how the platform judges them, what limits hold, and what messages cost.

import { account } from "../business/account.js";
import { choices } from "../business/choices.js";
import { costs } from "../business/costs.js";
import { limits } from "../business/limits.js";
import { numbers } from "../business/numbers.js";
import { optIn } from "../business/opt_in.js";
import { fill, h } from "../dom.js";
import { calmly } from "../live.js";

export const view = {
  mount(root, ctx) {
    const { api, live, keys } = ctx;
    const ended = new AbortController();
    const parts = [{ ...costs(), name: "costs", wide: true }, { ...account, name: "account" }, { ...numbers, name: "numbers", bare: true }, { ...limits, name: "limits", wide: true }, { ...optIn(), name: "opt-in" }].map((part) => ({ ...part, place: h("div.stack", {}), mark: null }));
    const page = h("div.page", {}, h("div.row", {}, h("h2.grow", {}, "Business"), h("nav.row", { "aria-label": "Parts of this view" }, parts.map(({ name, title }) => h("a.button.small", { href: `#${name}`, on: { click: (event) => go(event, name) } }, title)))));
    const section = ({ name, title, bare, place }) => h(`section${bare ? ".stack" : ".card.stack"}`, { id: name, "aria-label": title, tabindex: "-1" }, h("h2", {}, title), place);
    const complaint = h("p.complaint", { role: "alert", hidden: true });
    fill(root, page);
    page.append(complaint, ...parts.map(section));

    function go(event, name) {
      event.preventDefault();
      const part = document.getElementById(name);
      part.scrollIntoView({ block: "start" });
      part.focus({ preventScroll: true });
    }

    async function load() {
      const words = await choices(api);
      const found = await Promise.all(parts.map((part) => part.load(api)));
      if (ended.signal.aborted) return;
      const about = { ...ctx, words, refresh };
      parts.forEach((part, at) => {
        const mark = JSON.stringify([found[at], part.name === "limits" && ctx.facts.get().identity.settings.limits]);
        if (part.mark === mark) return;
        part.mark = mark;
        const open = [...part.place.querySelectorAll("details[open]")].length > 0;
        const held = part.place.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
        fill(part.place, part.draw(found[at], about));
        if (open) for (const each of part.place.querySelectorAll("details")) each.open = true;
        if (held) part.place.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
      });
    }

    const calm = calmly(async () => {
      try {
        await load();
        complaint.hidden = true;
      } catch (problem) {
        complaint.textContent = problem.message;
        complaint.hidden = false;
      }
    }, 600);
    /** What an act on this view has changed is shown, the settings of the sandbox among it. */
    const refresh = () => ctx.refresh().then(calm);

    calm();
    live.addEventListener("entries", calm, { signal: ended.signal });
    const take = keys.add("c", "To the costs", () => document.getElementById("costs").scrollIntoView(), "Business");
    return () => {
      ended.abort();
      take();
    };
  },
};
