// The dialog that makes a sandbox: its name, its seed, its time.

import { h } from "../dom.js";
import { jsonOf } from "../inputs.js";
import { check, dialog, field, select } from "../parts.js";

const OWN = "";
/** The choice of a seed that is written here. */
const TIMES = [["running", "runs as real time goes, from now on"], ["frozen", "stands still, at the real time"], ["at", "stands still, at an instant"]];
const SEED = { app: { access_token: "MY-TOKEN" }, waba: { name: "My business" }, numbers: [{ number: "+1 555 010 4477" }], people: [{ number: "+1 650 555 1234", name: "Ada" }] };

/** Ask for what a sandbox is made of, and make it; `made` is called with its name. */
export async function makeSandbox(api, made) {
  const { seeds } = await api.get("/_emulator/seeds").catch(() => ({ seeds: ["default"] }));
  const name = h("input", { placeholder: "the next free sandbox-N", pattern: "[a-z0-9][a-z0-9_\\-]{0,62}", autocomplete: "off", spellcheck: "false", autofocus: true });
  const seed = select([...seeds.map((each) => [each, each]), [OWN, "one of my own, as JSON"]], { value: "default" });
  const own = h("textarea", { rows: 8, spellcheck: "false", value: JSON.stringify(SEED, null, 2) });
  const ownField = field("Seed", own, "What stands in the file of a seed.");
  const time = select(TIMES);
  const at = h("input", { placeholder: "2026-11-02T09:00:00Z", value: "2026-11-02T09:00:00Z" });
  const atField = field("Instant", at, "ISO 8601, in UTC.");
  const quick = h("input", { type: "checkbox" });
  const shown = () => {
    ownField.hidden = seed.value !== OWN;
    atField.hidden = time.value !== "at";
  };
  for (const each of [seed, time]) each.addEventListener("change", shown);
  dialog("Make a sandbox", () => [field("Name", name, "Small letters, digits, - and _."), field("Made from the seed", seed), ownField, field("Its time", time), atField, check("People answer in the same instant", quick)], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Make",
        kind: "primary",
        act: async () => {
          const body = { seed: seed.value === OWN ? jsonOf("The seed", own.value) : seed.value };
          if (name.value.trim()) body.id = name.value.trim();
          if (time.value !== "running") body.clock = { frozen: true, ...(time.value === "at" ? { at: at.value.trim() } : {}) };
          if (quick.checked) body.at_once = true;
          made((await api.post("/_emulator/sandboxes", body)).id);
        },
      },
    ],
  });
  shown();
}
