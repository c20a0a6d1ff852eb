// What a person does with a message on their phone, and what is told of it: its menu and its dialogs.

import { facts, h, icon } from "../dom.js";
import { instant, pretty } from "../format.js";
import { attempt, code, copy, dialog, menu } from "../parts.js";
import { isThere } from "./bubble.js";
import { told } from "./receipts.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/**
 * Make the acts of a person on messages.
 *
 * @param {Object} about `api`; `waId`, the person; `writing`, their composer; `group()`, the group that is open, if one is;
 *   `nameOf(waId)`, what somebody is called.
 * @returns {{open: (message, anchor) => void, openList: (message) => void, openFlow: (message) => void, why: (message) => void}}
 */
export function messageActs({ api, waId, writing, group, nameOf }) {
  function open(message, anchor) {
    const own = message.direction === "inbound" && message.wa_id === waId;
    const act = (call, said) => () => attempt(call, said);
    const path = `/people/${waId}`;
    const gone = message.revised === "deleted";
    const there = isThere(message);
    const row = menu(anchor, [
      !gone && { text: "Reply", icon: "reply", act: () => writing.reply(message) },
      own && !gone && message.type !== "reaction" && { text: "Edit …", icon: "edit", act: () => edit(message) },
      own && !gone && { text: "Delete for everyone", icon: "trash", act: act(() => api.post(`${path}/deletions`, { message_id: message.id })) },
      !own && there && message.status === "delivered" && { text: "Read", icon: "ticks", act: act(() => api.post(`${path}/reads`, { message_id: message.id })) },
      !own && there && message.type === "audio" && { text: "Listen to it", icon: "play", act: act(() => api.post(`${path}/plays`, { message_id: message.id })) },
      !own && there && { text: "Report", icon: "flag", danger: true, act: act(() => api.post(`${path}/reports`, { message_id: message.id }), "Reported") },
      null,
      { text: "Details", icon: "list", act: () => details(message) },
      { text: "Copy its id", icon: "copy", act: () => copy(message.id) },
    ].filter((each) => each !== false));
    if (there && !gone) {
      row.prepend(
        h("div.emojis", { role: "group", "aria-label": "React" }, EMOJIS.map((emoji) => h("button", { type: "button", role: "menuitem", "aria-label": `React ${emoji}`, on: { click: () => {
          row.hidePopover();
          attempt(() => api.post(`${path}/reactions`, { message_id: message.id, emoji }));
        } } }, emoji)), h("button", { type: "button", role: "menuitem", "aria-label": "Take the reaction back", on: { click: () => {
          row.hidePopover();
          attempt(() => api.post(`${path}/reactions`, { message_id: message.id, emoji: "" }));
        } } }, icon("close", "small"))),
      );
      row.querySelector("button").focus();
    }
  }

  function edit(message) {
    const text = h("textarea.input", { value: message.text?.body ?? message[message.type]?.caption ?? "", autofocus: true, "aria-label": "New text" });
    dialog("Edit the message", () => [text], {
      acts: [
        { text: "Cancel", act: () => {} },
        { text: "Change", kind: "primary", act: () => api.post(`/people/${waId}/edits`, { message_id: message.id, text: text.value }) },
      ],
    });
  }

  function openList(message) {
    const { action, header } = message.interactive;
    const made = dialog(header?.text || action.button, () => action.sections.map((section) =>
      h("section.stack", {}, section.title && h("h3", {}, section.title), h("ul.rows.card-rows", {}, section.rows.map((row) => h("li", {}, h("button", { type: "button", on: { click: async () => {
        made.close();
        await attempt(() => api.post(`/people/${waId}/taps`, { row: row.id, message_id: message.id }));
      } } }, h("span.grow", {}, h("strong", {}, row.title), row.description && h("div.muted.small-text", {}, row.description)))))))));
  }

  function openFlow(message) {
    const answers = h("textarea.input", { value: '{"name": "Sheena"}', autofocus: true, "aria-label": "Answers as JSON", spellcheck: "false" });
    dialog("Fill in the flow", () => [h("p.muted", {}, "What the person fills in, as JSON: the names are those of the fields of the flow."), answers], {
      acts: [
        { text: "Cancel", act: () => {} },
        {
          text: "Send",
          kind: "primary",
          act: () => {
            let given;
            try {
              given = JSON.parse(answers.value);
            } catch (problem) {
              throw new Error(`This is no JSON: ${problem.message}`);
            }
            return api.post(`/people/${waId}/flow-replies`, { answers: given, message_id: message.id });
          },
        },
      ],
    });
  }

  async function why(message) {
    const { journal } = await api.get("/journal", { subject: message.id, kind: "status" });
    const found = journal.findLast(({ details: { code: failed } }) => failed)?.details ?? {};
    dialog(`${message.error.code} ${message.error.title}`, () => [
      h("p", {}, message.error.details),
      found.hint && h("div.notice", {}, icon("help"), h("p", {}, found.hint)),
      facts([
        ["Rule", found.rule],
        ...Object.entries(found.facts ?? {}).map(([fact, value]) => [fact, typeof value === "object" ? JSON.stringify(value) : String(value)]),
        ["Source", found.source && h("a", { href: found.source, target: "_blank", rel: "noopener noreferrer" }, found.source)],
      ]),
    ]);
  }

  async function details({ id }) {
    const [message, { journal }] = await Promise.all([api.get(`/messages/${encodeURIComponent(id)}`), api.get("/journal", { subject: id, limit: 100 })]);
    dialog("The message", () => [
      told(message, journal, group(), nameOf),
      h("h3", {}, "What happened to it"),
      h("ol.stack", {}, journal.map((entry) => h("li.row", {}, h("span.muted.small-text.number", {}, instant(entry.at)), h("span", {}, entry.summary), message.group_id !== null && entry.kind === "status" && entry.wa_id !== message.wa_id && h("span.muted.small-text", {}, nameOf(entry.wa_id))))),
      code(pretty(message), "The message as JSON"),
    ], { wide: true });
  }

  return { open, openList, openFlow, why };
}
