// Opt-in: who has agreed to be written to, changed in place.

import { button, h } from "../dom.js";
import { counted, phone } from "../format.js";
import { attempt, check } from "../parts.js";

const PAGE = 50;

/** The people that are shown; more of them are a button away. */
export function optIn() {
  let most = PAGE;
  return {
    title: "Opt-in",
    load: (api) => api.get("/people", { limit: most }),
    draw({ people, next }, { api, refresh, sandbox }) {
      const agreed = people.filter((each) => each.opted_in).length;
      return [
        h("p.muted.small-text", {}, "Who has agreed to be written to. A template to anybody else is delivered all the same, with a warning in the journal."),
        h("p", {}, h("strong.number", {}, `${agreed} of ${counted(people.length, "person").replace("persons", "people")}`), h("span.muted", {}, next ? " shown here have opted in" : " have opted in")),
        h(
          "ul.opt-ins",
          { "aria-label": "Opt-in of people" },
          people.map((each) => {
            const box = h("input", { type: "checkbox", checked: each.opted_in, "aria-label": `${each.name} has opted in`, on: { change: () => attempt(() => api.patch(`/people/${each.wa_id}`, { opted_in: box.checked })).then(refresh) } });
            return h("li", {}, check(h("span.ellipsis", {}, each.name), box), h("a.muted.small-text.number", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/phones/${each.wa_id}` }, phone(each.wa_id)));
          }),
        ),
        next && button("More people", () => {
          most += PAGE;
          refresh();
        }, { kind: "quiet" }),
      ];
    },
  };
}
