// Journal: everything that happened with what caused it, and the conversations as a transcript.

import { fill, h } from "../dom.js";
import { entries } from "../journal/entries.js";
import { transcript } from "../journal/transcript.js";

const PARTS = [
  { name: "entries", title: "Journal", show: entries, key: "e" },
  { name: "transcript", title: "Transcript", show: transcript, key: "t" },
];

export const view = {
  mount(root, ctx) {
    const { keys, navigate, rest, sandbox } = ctx;
    const part = PARTS.find(({ name }) => name === rest[0]) ?? PARTS[0];
    const place = h("div.journal-place", {});
    const link = ({ name, title }) => h("a.button.small", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/journal/${name}`, "aria-current": name === part.name ? "true" : null }, title);
    fill(root, h("div.journal-view", {}, h("div.pane-head", {}, h("h2.grow", {}, part.title), h("nav.row", { "aria-label": "Forms of what happened" }, PARTS.map(link))), place));
    const end = part.show(place, ctx);
    const ends = PARTS.map(({ name, title, key }) => keys.add(key, `Show the ${title.toLowerCase()}`, () => navigate("journal", [name]), "Journal"));
    return () => {
      end();
      for (const each of ends) each();
    };
  },
};
