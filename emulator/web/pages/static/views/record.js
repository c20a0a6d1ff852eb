// Record: the acts of this visit, and a test of those from here to here.

import { button, fill, h, reconcile } from "../dom.js";
import { writing } from "../examples.js";
import { counted, instant } from "../format.js";
import { calmly } from "../live.js";
import { attempt, code, confirmed, copies, empty, tabs } from "../parts.js";
import { pytest } from "../record/pytest.js";
import { since, steps } from "../record/recorder.js";
import { scenario } from "../record/scenario.js";

const SETUP = /\/(webhook|reset|snapshot)$/;
/** Acts that set the stage: they are listed, and no part of a test. */

export const view = {
  mount(root, { api, live, facts, sandbox, keys }) {
    const ended = new AbortController();
    let from = 0;
    let to = Infinity;

    const list = h("ol.rows", { "aria-label": "Acts" });
    const made = h("section", { "aria-label": "The test" });
    const head = h("div.pane-head", {}, h("h2.grow", {}, "What was done here"), button("Reset and begin anew", reset, { icon: "refresh", title: "Back to the seed, and an empty recording: so a test begins, too" }));
    const left = h("section", { "aria-label": "What was done here" }, head, list);
    const split = h("div.split.is-record", {}, left, made);
    fill(root, split);

    const done = () => api.acts.filter((act) => act.status === 200 && !SETUP.test(act.path));
    const chosen = () => done().filter(({ id }) => id >= from && id <= to);

    const refresh = calmly(async () => {
      const acts = done();
      if (!acts.length) {
        fill(root, empty("Nothing was done here yet", "Write, tap, let time pass: every act on the page is listed here, and from here to here it becomes a test, with what your app sent. Each act is a call of the control API, like this one:", {
          icon: "record",
          curl: writing({ api, facts }),
        }));
        return;
      }
      if (!split.isConnected) fill(root, split);
      const part = chosen();
      const ids = new Set(part.map(({ id }) => id));
      reconcile(list, acts.map((act) => ({ key: act.id, mark: `${ids.has(act.id)}|${act.id === from}|${act.id === to}`, act })), ({ act }) => row(act, ids));
      const messages = part.length ? await since(api, part[0].before) : [];
      if (ended.signal.aborted) return;
      const last = acts.find(({ id }) => id > to);
      const until = last ? messages.findIndex(({ id }) => id === last.before) + 1 : messages.length;
      const all = steps(part, messages.slice(0, until));
      const about = () => ({ names: new Map([...facts.get().people].map(([waId, { name }]) => [waId, name])), numbers: facts.get().identity.numbers });
      const mark = JSON.stringify([part.map(({ id }) => id), messages.map(({ id, status }) => [id, status])]);
      if (made.dataset.mark === mark) return;
      made.dataset.mark = mark;
      fill(made, h("div.pane-head", {}, h("h2.grow", {}, `The test of ${counted(part.length, "act")}`)), h("div.pane-body", {}, tabs("Form of the test", [
        { title: "pytest", show: () => [code(pytest(all, about()), "The test"), h("p.muted.small-text", {}, "Save it beside your tests. ", h("code", {}, "whatsapp_app"), " in your pytest configuration says which app gets the webhooks.")] },
        { title: "Scenario file", show: () => [code(scenario(all, about()), "The scenario file"), h("p.muted.small-text", {}, "Save it as ", h("code", {}, "recorded.whatsapp.yaml"), "; pytest collects it, and ", h("code", {}, "whatsapp-emulator play"), " plays it.")] },
        { title: "curl", show: () => code(part.map((act) => act.curl).join("\n"), "The calls") },
      ])));
    }, 300);

    function row(act, ids) {
      const part = ids.has(act.id);
      return h(
        `li.act${part ? ".is-part" : ""}`,
        { "aria-current": part ? "true" : null },
        h(
          "div.grow",
          {},
          h("code", {}, `${act.method} ${act.path.replace(/^\/_emulator\/sandboxes\/[^/]+/, "") || act.path}`),
          act.body !== undefined && !(act.body instanceof Blob) && h("div.muted.small-text.ellipsis", {}, JSON.stringify(act.body).slice(0, 200)),
          h("div.muted.small-text.number", {}, act.now ? instant(act.now) : ""),
        ),
        h("div.row", {}, button("From here", () => choose(act.id, Math.max(to, act.id)), { kind: "small", "aria-pressed": String(act.id === from) }), button("To here", () => choose(Math.min(from, act.id), act.id), { kind: "small", "aria-pressed": String(act.id === to) }), copies(act)),
      );
    }

    function choose(first, last) {
      from = first;
      to = last;
      refresh();
    }

    function reset() {
      confirmed("Reset the sandbox?", "Everything returns to the seed: messages, people, webhooks and time. What was recorded is dropped.", "Reset", async () => {
        await attempt(() => api.post("/reset", {}));
        api.acts.length = 0;
        from = 0;
        to = Infinity;
        refresh();
      });
    }

    refresh();
    api.addEventListener("acted", refresh, { signal: ended.signal });
    live.addEventListener("entries", refresh, { signal: ended.signal });
    const take = keys.add("x", "Reset the sandbox and begin a recording anew", reset, "Record");
    return () => {
      ended.abort();
      take();
    };
  },
};
