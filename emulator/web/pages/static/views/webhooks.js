// Webhooks: the deliveries of the sandbox, the newest first.

import { chip, fill, h } from "../dom.js";
import { instant } from "../format.js";
import { calmly } from "../live.js";
import { empty } from "../parts.js";

const TONES = { delivered: "good", failed: "bad", waiting: "info" };

export const view = {
  mount(root, { api, live, sandbox }) {
    const ended = new AbortController();
    const refresh = calmly(async () => {
      const { deliveries } = await api.get("/deliveries", { limit: 100 });
      if (ended.signal.aborted) return;
      fill(
        root,
        deliveries.length === 0
          ? empty("No webhook has gone out yet", "Say where they go; then let somebody write.", {
              icon: "webhook",
              curl: `curl -X PUT ${location.origin}/_emulator/sandboxes/${sandbox}/webhook -H 'Content-Type: application/json' -d '{"url": "http://127.0.0.1:5000/webhook"}'`,
            })
          : h("div.page.scroll-x", {}, h("table.table", {}, h("tbody", {}, deliveries.toReversed().map((each) =>
              h("tr", {}, h("td", {}, String(each.id)), h("td", {}, each.field), h("td", {}, chip(each.state, TONES[each.state])), h("td", {}, instant(each.at))))))),
      );
    });
    live.addEventListener("entries", refresh, { signal: ended.signal });
    refresh();
    return () => ended.abort();
  },
};
