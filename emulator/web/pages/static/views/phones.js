// Phones: the people of the sandbox.

import { fill, h } from "../dom.js";
import { phone } from "../format.js";

export const view = {
  mount(root, { facts }) {
    return facts.watch(({ people }) => {
      fill(root, h("div.page", {}, h("ul.grid", {}, [...people.values()].map(({ name, wa_id }) => h("li.card", {}, h("h2", {}, name), h("p.muted", {}, phone(wa_id)))))));
    });
  },
};
