// What is done with webhooks in a dialog: saying where they go, firing one, forging one.

import { chip, facts as facts_, fill, h } from "../dom.js";
import { attempt, check, dialog, field, select } from "../parts.js";

/** Say where webhooks go; `done` is called afterwards. */
export function connect({ api, facts, refresh }, done) {
  const { identity } = facts.get();
  const url = h("input", { type: "url", value: identity.webhook_url ?? "http://127.0.0.1:5000/webhook", autofocus: true });
  dialog("Where webhooks go", () => [
    field("URL of your app", url, "Without a handshake, from now on; what waits goes there, too. Left out, they go nowhere."),
    facts_([["App secret", h("code", {}, identity.app_secret)], ["Verify token", h("code", {}, identity.verify_token)]]),
  ], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Connect",
        kind: "primary",
        act: async () => {
          await api.put("/webhook", { url: url.value || null });
          await refresh();
          done();
        },
      },
    ],
  });
}

/** Send a webhook of any field; `done` is called afterwards. */
export async function fire(api, done) {
  const answer = await attempt(() => api.get("/webhooks"));
  if (!answer) return;
  const fields = new Map(answer.fields.map((each) => [each.field, each.samples]));
  const chosen = select([...fields.keys()], { autofocus: true });
  const sample = select([]);
  const own = h("input", { type: "checkbox" });
  const value = h("textarea.input", { value: "{}", spellcheck: "false", "aria-label": "Value as JSON", disabled: true });
  const samples = () => {
    const names = fields.get(chosen.value) ?? [];
    fill(sample, names.map((name) => h("option", { value: name }, name)));
    if (!names.length) own.checked = true;
    sample.disabled = own.checked || !names.length;
    value.disabled = !own.checked;
  };
  chosen.addEventListener("change", () => {
    own.checked = false;
    samples();
  });
  own.addEventListener("change", samples);
  samples();
  dialog("Fire a webhook", () => [
    h("p.muted", {}, "It goes to every app that is subscribed to its field; nothing in the sandbox is its cause."),
    field("Field", chosen),
    field("Documented sample", sample),
    check("A value of my own", own),
    value,
  ], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Fire",
        kind: "primary",
        act: async () => {
          const body = { field: chosen.value };
          if (own.checked) {
            try {
              body.value = JSON.parse(value.value);
            } catch (problem) {
              throw new Error(`The value is no JSON: ${problem.message}`);
            }
          } else body.sample = sample.value;
          await api.post("/webhooks", body);
          done();
        },
      },
    ],
  });
}

/** Post the bytes of a delivery as somebody would who does not know the secret. */
export function forge(api, each) {
  const signedBy = h("input", { placeholder: "left out: not signed at all", autofocus: true });
  const result = h("p", { role: "status" });
  dialog("Forge this webhook", () => [
    h("p", {}, "The same bytes are posted to your app by somebody who does not know its secret. An app that checks signatures refuses them, best with 401 or 403."),
    field("Signed with this secret", signedBy),
    result,
  ], {
    acts: [
      { text: "Close", act: () => {} },
      {
        text: "Post it",
        kind: "primary",
        act: async () => {
          const answer = await api.post(`/deliveries/${each.id}/forgeries`, signedBy.value ? { secret: signedBy.value } : {});
          const refused = answer.status !== null && answer.status >= 400 && answer.status < 500;
          fill(result, chip(answer.status === null ? "no answer" : String(answer.status), refused ? "good" : "bad"), ` ${answer.problem ?? ""} ${refused ? "Your app refused it, as it should." : "Your app did not refuse it: anybody could post to it."}`);
          return false;
        },
      },
    ],
  });
}
