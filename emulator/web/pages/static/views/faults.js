// Faults: what goes wrong on purpose, how often it did, and a form that arms a new one.

import { button, chip, fill, h, icon, reconcile } from "../dom.js";
import { control } from "../examples.js";
import { faultForm } from "../faults/form.js";
import { counted, duration, instant, phone } from "../format.js";
import { calmly } from "../live.js";
import { attempt, confirmed, empty, toast } from "../parts.js";

const MOST_LISTED = 200;
/** Faults in the list at once, the newest; they are armed by hand, and mostly few. */
const WORDS = { delay: (value) => `${duration(value)} late`, retry_after: (value) => `again after ${duration(value)}`, by: (value) => `${duration(value)} late`, to: phone, since: instant, until: instant };
/** How some parameters and conditions are written; the others as `name value`. */
const OF_ITSELF = new Set(["id", "kind", "title", "when", "times", "every", "probability", "met", "code"]);

/** A value as it stands: a text as a text, all else as JSON. */
const written = (value) => (typeof value === "string" ? value : JSON.stringify(value));
const isSpent = ({ times, met }) => times !== null && met >= times;

export const view = {
  mount(root, ctx) {
    const { api, live, keys, sandbox } = ctx;
    const ended = new AbortController();
    const list = h("ul.rows.faults", { "aria-label": "Faults" });
    const clear = button("Remove all", () => confirmed("Remove all faults?", "Nothing goes wrong on purpose then any more. What they have caused stays.", "Remove all", () => api.delete("/faults").then(refresh)), { icon: "trash", kind: "danger" });
    const arm = button("Arm a fault", () => show(true), { icon: "bolt", title: "Go to the form (a)" });
    arm.classList.add("only-narrow");
    const left = h("section", { "aria-label": "Faults" }, h("div.pane-head", {}, h("h2.grow", {}, "Faults"), clear, arm), list);
    const place = h("div", {}, h("div.spinner", { role: "status", "aria-label": "Loading" }));
    const back = button("", () => show(false), { icon: "back", kind: "quiet", label: "Back to the list" });
    back.classList.add("only-narrow");
    const right = h("section", { "aria-label": "Arm a fault" }, h("div.pane-head", {}, back, h("h2.grow", {}, "Arm a fault")), place);
    const split = h("div.split", {}, left, right);
    fill(root, split);

    const refresh = calmly(async () => {
      const { faults } = await api.get("/faults");
      if (ended.signal.aborted) return;
      clear.hidden = faults.length === 0;
      if (!faults.length) {
        fill(list, h("li", {}, empty("Nothing goes wrong on purpose", "Have the next call refused, an answer lost, or a webhook come twice, and see what your app does. The next message to anybody fails after this call:", {
          icon: "bolt",
          curl: control(ctx, "POST", "/faults", { code: 131026 }),
        })));
        return;
      }
      list.querySelector(".empty")?.parentElement.remove();
      const ordered = [...faults.filter((each) => !isSpent(each)).toReversed(), ...faults.filter(isSpent).toReversed()];
      reconcile(list, ordered.slice(0, MOST_LISTED).map((each) => ({ key: each.id, mark: `${each.met}`, each })), ({ each }) => row(each));
    }, 250);

    function row(fault) {
      const { id, kind, title, when, code, met, times, every, probability } = fault;
      const spent = isSpent(fault);
      const state = spent ? chip(`met ${counted(met, "time")}`, "good") : met ? chip(`met ${counted(met, "time")}, armed`, "warning") : chip("armed", "info");
      const often = [times === null ? "until it is removed" : times > 1 && `${counted(times, "time")} in all`, every > 1 && `every ${every} that fit`, probability < 1 && `with a chance of ${probability}`].filter(Boolean).join(", ");
      const told = Object.entries(fault).filter(([name, value]) => value !== null && !OF_ITSELF.has(name));
      return h(
        `li.fault${spent ? ".is-spent" : ""}`,
        {},
        h(
          "div.grow",
          {},
          h("p", {}, h("strong", {}, code ? `${code} ` : ""), h("strong", {}, title[0].toUpperCase(), title.slice(1))),
          h("p.row.fault-facts", {}, chip(kind), chip(when), told.map(([name, value]) => h("span.fault-fact.small-text", {}, h("span.muted", {}, `${name} `), (WORDS[name] ?? written)(value)))),
          often && h("p.muted.small-text", {}, `It strikes ${often}.`),
        ),
        h(
          "div.row",
          {},
          state,
          met > 0 && h("a.button.small", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/journal?cause=${encodeURIComponent(`fault:${id}`)}` }, icon("list", "small"), "What it caused"),
          button("", () => attempt(() => api.delete(`/faults/${id}`), "Removed").then(refresh), { icon: "trash", kind: "quiet small", label: `Remove fault ${id}` }),
        ),
      );
    }

    function show(form) {
      split.classList.toggle("has-detail", form);
      if (form) place.querySelector("select")?.focus();
    }

    api.get("/_emulator/fault-kinds").then(
      (words) => {
        if (ended.signal.aborted) return;
        fill(place, faultForm(ctx, words, (fault) => {
          toast(`Armed: ${fault.title}`);
          show(false);
          refresh();
        }));
      },
      (problem) => fill(place, h("p.complaint.pane-body", { role: "alert" }, problem.message)),
    );
    refresh();
    live.addEventListener("entries", refresh, { signal: ended.signal });
    const ends = [keys.add("a", "Arm a fault", () => show(true), "Faults"), keys.add("x", "Remove all faults", () => !clear.hidden && clear.click(), "Faults")];
    return () => {
      ended.abort();
      for (const end of ends) end();
    };
  },
};
