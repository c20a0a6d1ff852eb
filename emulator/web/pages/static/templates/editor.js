// The editor of a template: the form and its JSON side by side, the preview, and what the editor would complain about.

import { button, chip, fill, h, icon } from "../dom.js";
import { pretty } from "../format.js";
import { calmly } from "../live.js";
import { attempt, code } from "../parts.js";
import { create, edit } from "./acts.js";
import { BEGUN, written } from "./draft.js";
import { form } from "./form.js";
import { preview } from "./opened.js";

/** The number of a complaint, with the page of that error; nothing for JSON that cannot be read. */
function numberOf({ code: number, subcode }) {
  if (number === undefined) return null;
  const place = [number, ...(subcode ? [subcode] : [])].join("/");
  return [h("a", { href: `/_emulator/errors/${place}`, target: "_blank" }, String(subcode ?? number)), " "];
}

/** Make or edit a template; `template` is `null` for a new one. Returns `{element, begin}`. */
export function editor(template, ctx, tools) {
  const { api, facts } = ctx;
  const isEdit = template !== null;
  let draft = isEdit ? taken(template) : structuredClone(BEGUN);
  let isRead = true;
  /** Whether the JSON is any. */

  const json = h("textarea.input.template-json", { spellcheck: "false", "aria-label": "The template as JSON", on: { input: () => read() } });
  const complaint = h("div.template-complaint", { role: "status", "aria-live": "polite" });
  const shown = h("div", {});
  const curl = h("div", {});
  const submit = button(isEdit ? "Save" : "Create", () => send(), { kind: "primary", icon: "check" });
  const held = {
    get: () => draft,
    change(next) {
      draft = next;
      json.value = pretty(draft);
      isRead = true;
      changed();
    },
  };
  const fields = form(held, { isEdit });

  function taken({ name, language, category, components, parameter_format: format, message_send_ttl_seconds: ttl }) {
    return { name, language, category, ...(format === "NAMED" ? { parameter_format: format } : {}), ...(ttl ? { message_send_ttl_seconds: ttl } : {}), components: structuredClone(components) };
  }

  /** What is sent: of an edit what an edit can change. */
  function body() {
    if (!isEdit) return draft;
    const { category, components, message_send_ttl_seconds: ttl } = draft;
    return { ...(category !== template.category ? { category } : {}), components, ...(ttl ? { message_send_ttl_seconds: ttl } : {}) };
  }

  function read() {
    try {
      const found = JSON.parse(json.value);
      if (!found || typeof found !== "object" || Array.isArray(found)) throw new Error("it has to be an object");
      draft = found;
      isRead = true;
      fields.draw();
      changed();
    } catch (problem) {
      isRead = false;
      json.setAttribute("aria-invalid", "true");
      say({ title: "The JSON cannot be read", message: problem.message });
    }
  }

  const check = calmly(async () => {
    if (!isRead) return;
    const asked = JSON.stringify(body());
    const { complaint: found, warning } = await api.ask("/templates/check", { template: body(), ...(isEdit ? { id: template.id } : {}) });
    if (!isRead || asked !== JSON.stringify(body())) return;
    say(found, warning);
  }, 200);

  function changed() {
    json.setAttribute("aria-invalid", "false");
    try {
      fill(shown, preview(written(draft)));
    } catch {
      fill(shown, h("p.muted", {}, "It cannot be shown like this.")); // the JSON may have anything anywhere
    }
    const { identity } = facts.get();
    fill(curl, code((isEdit ? edit(identity, template, body()) : create(identity, body())).curl, "The call as curl"));
    check();
  }

  function say(found, warning) {
    submit.disabled = Boolean(found);
    fields.blame(found?.blame ?? []);
    fill(
      complaint,
      found
        ? h("div.notice.is-bad", {}, icon("alert"), h("div.stack.refusal", {}, h("p", {}, numberOf(found), h("strong", {}, found.title)), found.message && h("p", {}, found.message), found.hint && h("p.small-text", {}, found.hint)))
        : h("div.row", {}, chip("The editor takes it", "good"), warning && h("span.small-text", {}, warning)),
    );
  }

  async function send() {
    const { identity } = facts.get();
    const sent = body();
    const path = (isEdit ? edit(identity, template, sent) : create(identity, sent)).path;
    const answer = await attempt(() => api.graph("POST", path, sent, { access: identity.access_token, about: { template: draft.name, language: draft.language } }), isEdit ? "Saved; it is reviewed again" : "Created");
    if (answer) tools.open(isEdit ? template.id : answer.id);
    else check();
  }

  const element = h(
    "div",
    {},
    h("div.pane-head", {}, button("", tools.back, { icon: "back", kind: "quiet", label: "Back" }), h("h2.grow", {}, isEdit ? `Edit ${template.name}` : "A new template"), submit),
    h("div.pane-body", {}, complaint, h("div.template-editor", {}, fields.element, h("div.stack", {}, shown, json, curl))),
  );
  json.value = pretty(draft);
  return { element, begin: changed };
}
