// Sandboxes: made from a seed, switched to, reset, removed; snapshots of them, down and up.

import { button, chip, fill, h, icon, reconcile } from "../dom.js";
import { control } from "../examples.js";
import { duration, instant } from "../format.js";
import { calmly } from "../live.js";
import { attempt, code, confirmed, empty, save, toast } from "../parts.js";
import { makeSandbox } from "../sandboxes/making.js";

const PAGE = 50;
/** Sandboxes of a page. */
const AGAIN = 5_000;
/** Milliseconds after which they are looked at again: what others do to a sandbox that is not shown tells nothing here. */

export const view = {
  mount(root, ctx) {
    const { api, keys, live, sandbox: current } = ctx;
    const ended = new AbortController();
    let most = PAGE;
    const list = h("ul.sandboxes", { "aria-label": "Sandboxes" });
    const more = button("More", () => {
      most += PAGE;
      refresh();
    }, { kind: "quiet" });
    const make = button("Make a sandbox", () => makeSandbox(api, (name) => changed().then(() => toast(`There is a sandbox ${name} now.`))), { icon: "plus", kind: "primary", title: "Make a sandbox (a)" });
    const none = h("div", {});
    fill(
      root,
      h(
        "div.page",
        {},
        h("div.row", {}, h("h2.grow", {}, "Sandboxes"), make),
        h("p.muted", {}, "Each is a platform of its own, with its own businesses, people, time and token. An app reaches the one whose token it shows; so several tests, or several people, can share this emulator."),
        list,
        more,
        none,
      ),
    );

    const refresh = calmly(async () => {
      const { sandboxes, next } = await api.get("/_emulator/sandboxes", { limit: most });
      if (ended.signal.aborted) return;
      more.hidden = !next;
      reconcile(list, sandboxes.map((each) => ({ key: each.id, mark: JSON.stringify([each.error, each.seed, each.webhook_url, each.clock?.mode, each.clock?.speed, each.clock?.mode === "running" || each.clock?.now]), each })), ({ each }) => card(each));
      fill(none, sandboxes.length < 2 && !next && empty("One sandbox is all there is", "Make a second one, so that a colleague or a test does not get in your way. It has ids and a token of its own:", {
        icon: "boxes",
        curl: control(ctx, "POST", "/_emulator/sandboxes", { id: "mine", seed: "default" }),
      }));
    }, 400);

    const changed = () => Promise.all([refresh(), ctx.relist()]);

    function card(each) {
      const { id, error, seed, clock, numbers } = each;
      const here = id === current;
      const at = `/_emulator/sandboxes/${encodeURIComponent(id)}`;
      if (error) return h("li.card.sandbox-card", { "aria-label": id }, h("div.row", {}, h("h3.grow", {}, id), chip("cannot be opened", "bad")), h("p.complaint", {}, error));
      const file = h("input.visually-hidden", { type: "file", tabindex: "-1", "aria-hidden": "true", on: { change: () => restore(each, at, file) } });
      return h(
        `li.card.sandbox-card${here ? ".is-here" : ""}`,
        { "aria-label": id },
        h("div.row", {}, h("h3.grow.ellipsis", {}, id), here ? chip("shown here", "good") : h("a.button.small", { href: `/_emulator/ui/${encodeURIComponent(id)}/phones`, "aria-label": `Switch to ${id}` }, icon("next", "small"), "Switch")),
        h(
          "dl.facts",
          {},
          h("dt", {}, "Seed"), h("dd", {}, h("code", {}, seed)),
          h("dt", {}, "Time"), h("dd", {}, clock.mode === "running" ? ["runs", clock.speed === 1 ? "" : ` × ${clock.speed}`, " · "] : [`${clock.mode} · `], instant(clock.now)),
          h("dt", {}, "Numbers"), h("dd", {}, numbers.map((number) => number.display_phone_number).join(", ")),
          h("dt", {}, "Webhooks"), h("dd", {}, each.webhook_url ?? h("span.muted", {}, "go nowhere")),
        ),
        h("details.narrowed", {}, h("summary", {}, "What an app needs"), code(environment(each), `The credentials of ${id}`)),
        h(
          "div.row.sandbox-acts",
          {},
          button("Reset", () => reset(each, at), { icon: "refresh", kind: "small", "aria-label": `Reset ${id}` }),
          button("Snapshot", () => attempt(() => keep(each, at)), { icon: "down", kind: "small", "aria-label": `Save a snapshot of ${id}`, title: "The whole state as a file" }),
          button("Restore …", () => file.click(), { icon: "attach", kind: "small", "aria-label": `Restore ${id} from a snapshot`, title: "Put a snapshot in its place" }),
          button("Remove", () => remove(each, at), { icon: "trash", kind: "small danger", "aria-label": `Remove ${id}` }),
          file,
        ),
      );
    }

    function reset({ id, seed }, at) {
      confirmed(`Reset ${id}?`, `Everything returns to the seed ${seed}: messages, people, settings and time begin anew. A connected webhook stays.`, "Reset", async () => {
        await api.post(`${at}/reset`, {});
        if (id !== current) toast(`${id} was reset.`);
        refresh();
      });
    }

    async function keep({ id, clock }, at) {
      const begun = performance.now();
      save(await api.bytes(`${at}/snapshot`), `${id}-${clock.now.slice(0, 19).replaceAll(":", "-")}.sqlite`);
      toast(`The snapshot of ${id} was made in ${duration(Math.max(0.1, (performance.now() - begun) / 1000))}.`);
    }

    function restore({ id }, at, file) {
      const [chosen] = file.files;
      file.value = "";
      if (!chosen) return;
      confirmed(`Put ${chosen.name} into ${id}?`, "The whole state is replaced, with its time, and goes on as the original would have. Ids and tokens are then those of the snapshot.", "Restore", async () => {
        await api.put(`${at}/snapshot`, chosen);
        toast(`${id} is what ${chosen.name} was.`);
        changed();
      });
    }

    function remove({ id }, at) {
      confirmed(`Remove ${id}?`, "It is closed and forgotten, with the file it is kept in. Nothing brings it back.", "Remove", async () => {
        await api.delete(at);
        if (id !== current) changed();
      });
    }

    refresh();
    const timer = setInterval(() => document.hidden || refresh(), AGAIN);
    live.addEventListener("entries", refresh, { signal: ended.signal });
    const ends = [keys.add("a", "Make a sandbox", () => make.click(), "Sandboxes"), keys.add("x", "Reset the sandbox that is shown", () => list.querySelector(".is-here .sandbox-acts button")?.click(), "Sandboxes")];
    return () => {
      ended.abort();
      clearInterval(timer);
      for (const end of ends) end();
    };
  },
};

/** The credentials as environment variables, by the names that are usual. */
function environment(each) {
  return [
    `WHATSAPP_API_URL=${each.graph_url}`,
    `WHATSAPP_TOKEN=${each.access_token}`,
    `WHATSAPP_PHONE_NUMBER_ID=${each.numbers[0]?.phone_number_id ?? ""}`,
    `WHATSAPP_BUSINESS_ACCOUNT_ID=${each.waba_id}`,
    `WHATSAPP_APP_ID=${each.app_id}`,
    `WHATSAPP_APP_SECRET=${each.app_secret}`,
    `WHATSAPP_VERIFY_TOKEN=${each.verify_token}`,
  ].join("\n");
}
