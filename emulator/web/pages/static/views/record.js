// Record: the acts of this visit, each with its call and its line of a test.

import { fill, h } from "../dom.js";
import { second } from "../format.js";
import { copies, empty } from "../parts.js";

export const view = {
  mount(root, { api, sandbox }) {
    const draw = () =>
      fill(
        root,
        api.acts.length === 0
          ? empty("Nothing was done here yet", "What you do on the page is listed here, each act with its call of the control API.", {
              icon: "record",
              curl: `curl ${location.origin}/_emulator/sandboxes/${sandbox}/journal`,
            })
          : h(
              "div.page",
              {},
              h("ul.stack", {}, api.acts.toReversed().map((act) => h("li.card.row.spread", {}, h("span.grow", {}, h("code", {}, `${act.method} ${act.path}`), ` ${second(act.at)}`), copies(act)))),
            ),
      );
    draw();
    api.addEventListener("acted", draw);
    return () => api.removeEventListener("acted", draw);
  },
};
