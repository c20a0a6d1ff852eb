// One phone: who it is, how they stand, the conversation, and where they write.

import { button, chip, facts as facts_, fill, h, icon } from "../dom.js";
import { duration, instant, phone as number_, pretty } from "../format.js";
import { calmly } from "../live.js";
import { attempt, code, copy, dialog, menu, select } from "../parts.js";
import { composer } from "./composer.js";
import { acts, isOffline, standing, windowState } from "./person.js";
import { Thread } from "./thread.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const TURN = 1_000;
/** Milliseconds between two drawings of what counts down. */

/** The letters of a name that stand for it in a circle. */
export const initials = (name) => [...name.matchAll(/(?<![\p{L}])\p{L}/gu)].map(([letter]) => letter).slice(0, 2).join("").toUpperCase() || "?";

/**
 * Make a phone.
 *
 * @param {Object} ctx What views are given, with `files` and `templates`.
 * @param {string} waId Whose it is.
 * @param {{close: () => void, moved: (waId: string) => void}} about `moved` is called with a new number.
 * @returns {{element, heard: (entries) => void, end: () => void, focus: () => void}}
 */
export function phone(ctx, waId, { close, moved }) {
  const { api, clock, facts } = ctx;
  let isMoving = false;
  let state = { relationship: null, window: null, limits: [] };
  const numbers = facts.get().identity.numbers;
  const number = select(numbers.map((each) => [each.phone_number_id, each.display_phone_number]), { "aria-label": "Chat", value: numbers[0].phone_number_id });
  let groups = [];
  /** The group that is open in place of the chat with a number, if one is. */
  const group = () => groups.find(({ id }) => id === number.value);
  const numberId = () => group()?.phone_number_id ?? number.value;
  /** The number that is written to, for an act: the first one is meant where none is named. */
  const to = () => (numberId() === numbers[0].phone_number_id ? undefined : numberId());
  /** Who they are, if they are one of a crowd that is not listed as a whole. */
  let unlisted = null;
  const person = () => facts.get().people.get(waId) ?? unlisted ?? { wa_id: waId, name: number_(waId), habits: {} };

  const about = {
    toolsOf: (message) => ({
      files: ctx.files,
      template: (content) => ctx.templates.find(content),
      tap: (label) => attempt(() => api.post(`/people/${waId}/taps`, { button: label, message_id: message.id })),
      openList,
      openFlow,
      answerCall: (response) => attempt(() => api.post(`/people/${waId}/call-permissions`, { response, message_id: message.id })),
      sendLocation: () => writing.location(message),
    }),
    open: openMessage,
    why,
    authorOf,
    mark: () => ctx.templates.version,
  };
  let thread;
  const writing = composer(api, waId, () => (group() ? { group: group().id } : { to: to() }));
  const body = h("div.phone-body", {});

  function begin() {
    thread?.end();
    thread = new Thread(api, group() ? { group_id: group().id } : { wa_id: waId, phone_number_id: number.value, group_id: "" }, about);
    fill(body, thread.list, thread.newest);
    thread.refresh().catch((problem) => thread.say(problem.message));
    refresh();
  }

  const avatar = h("div.avatar", { "aria-hidden": "true" });
  const name = h("h2.ellipsis", {});
  const under = h("div.muted.small-text.ellipsis", {});
  const window = h("span", {});
  const chips = h("span.row", {});
  const more = button("", () => menu(more, acts({ api, person: person(), relationship: state.relationship, to, now: () => clock.now(), write: (message) => api.post(`/people/${waId}/messages`, { to: to(), ...message }), move, done })), { icon: "more", kind: "quiet", label: "What they can do" });
  const limits = button("", showLimits, { icon: "clock", kind: "quiet", label: "Windows and limits" });

  function done() {
    ctx.refresh();
    refresh();
  }

  /** Have the person change their number; nobody has the old one any more, so nothing is asked of it. */
  async function move(changed) {
    isMoving = true;
    try {
      const { wa_id: now } = await api.post(`/people/${waId}/number-changes`, { new: changed });
      await ctx.refresh();
      moved(now);
    } catch (problem) {
      isMoving = false;
      throw problem;
    }
  }

  const refresh = calmly(async () => {
    if (isMoving) return;
    if (!facts.get().people.has(waId)) unlisted = await api.get(`/people/${waId}`);
    const [{ relationships }, { windows }] = await Promise.all([api.get(`/people/${waId}/relationships`), api.get("/windows", { wa_id: group()?.id ?? waId })]);
    state = {
      relationship: relationships.find((each) => each.phone_number_id === numberId()),
      window: windows.find((each) => each.phone_number_id === numberId()),
    };
    draw();
  }, 400);

  function draw() {
    const now = clock.now() ?? 0;
    const who = person();
    if (name.textContent !== who.name) {
      name.textContent = who.name;
      element.setAttribute("aria-label", `The phone of ${who.name}`);
      avatar.textContent = initials(who.name);
    }
    under.textContent = `${number_(waId)} · ${who.device ?? ""}`;
    const { text, tone, title } = windowState(state.window, now);
    if (window.dataset.mark !== text + tone) {
      window.dataset.mark = text + tone;
      fill(window, chip(text, tone, { title, class: "window-chip" }));
    }
    const mark = JSON.stringify([who, state.relationship, isOffline(who, now)]);
    if (chips.dataset.mark !== mark) {
      chips.dataset.mark = mark;
      fill(chips, standing(who, state.relationship, now));
    }
    const typing = state.relationship?.typing_until;
    thread.typing.hidden = !typing || Date.parse(typing) <= now;
  }

  function openMessage(message, anchor) {
    const own = message.direction === "inbound" && message.wa_id === waId;
    const act = (call, said) => () => attempt(call, said);
    const path = `/people/${waId}`;
    const gone = message.revised === "deleted";
    const there = own || group() || ["delivered", "read", "played"].includes(message.status);
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
      facts_([
        ["Rule", found.rule],
        ...Object.entries(found.facts ?? {}).map(([fact, value]) => [fact, typeof value === "object" ? JSON.stringify(value) : String(value)]),
        ["Source", found.source && h("a", { href: found.source, target: "_blank", rel: "noopener noreferrer" }, found.source)],
      ]),
    ]);
  }

  async function details(message) {
    const { journal } = await api.get("/journal", { subject: message.id, limit: 100 });
    dialog("The message", () => [
      h("ol.stack", {}, journal.map((entry) => h("li.row", {}, h("span.muted.small-text.number", {}, instant(entry.at)), h("span", {}, entry.summary)))),
      code(pretty(message), "The message as JSON"),
    ], { wide: true });
  }

  async function showLimits() {
    const [{ windows }, { limits: all }] = await Promise.all([api.get("/windows", { wa_id: waId }), api.get("/limits", { wa_id: waId, phone_number_id: numberId() })]);
    const now = clock.now();
    dialog(`Windows and limits: ${person().name}`, () => [
      windows.length === 0 ? h("p.muted", {}, "They have not written to a number yet: only templates reach them.") : windows.map((each) => h("section.stack", {}, h("h3", {}, numbers.find(({ phone_number_id: id }) => id === each.phone_number_id)?.display_phone_number ?? each.phone_number_id), facts_([
        ["Window", chip(windowState(each, now).text, windowState(each, now).tone)],
        ["They last wrote", instant(each.last_inbound_at)],
        ["Closes", instant(each.closes_at)],
        ["Clicked an ad", each.free_entry_point && instant(each.free_entry_point.clicked_at)],
        ["To be answered by", each.free_entry_point && !each.free_entry_point.opened_at && instant(each.free_entry_point.answer_by)],
        ["Free until", each.free_entry_point?.closes_at && instant(each.free_entry_point.closes_at)],
      ]))),
      h("h3", {}, "Limits"),
      h("ul.stack", {}, all.map((each) => h("li", {}, h("div.row.spread", {}, h("span", {}, `${each.name.replaceAll("_", " ")} (${each.scope})`), h("span.number", {}, each.left === null ? `${each.used} used, no end` : `${each.used} of ${each.most}`)), each.most > 0 && h("div.bar", { class: each.left === 0 ? "is-bad" : "", style: { "--share": Math.min(1, each.used / each.most) } }, h("i", {})), each.frees_up_at && h("small.muted", {}, `frees up in ${duration((Date.parse(each.frees_up_at) - now) / 1000)}`)))),
    ]);
  }

  /** Who wrote a message in the group that is open, unless it was this person; `null` outside of groups. */
  function authorOf(message) {
    if (!message.group_id || (message.direction === "inbound" && message.wa_id === waId)) return null;
    if (message.direction === "inbound") return facts.get().people.get(message.wa_id)?.name ?? number_(message.wa_id);
    return numbers.find(({ phone_number_id: id }) => id === message.phone_number_id)?.display_phone_number ?? "The business";
  }

  const choice = h("label.row.with", { hidden: numbers.length < 2 }, h("span.muted.small-text", {}, "chat"), number);
  const findGroups = calmly(async () => {
    const { groups: all } = await api.get("/groups");
    const now = all.filter(({ participants }) => participants.includes(waId));
    if (JSON.stringify(now) === JSON.stringify(groups)) return;
    groups = now;
    for (const option of number.querySelectorAll("[data-group]")) if (!groups.some(({ id }) => id === option.value)) option.remove();
    for (const { id, subject } of groups) {
      if ([...number.options].some(({ value }) => value === id)) continue;
      number.append(h("option", { value: id, data: { group: "" } }, `Group: ${subject}`));
    }
    choice.hidden = number.options.length < 2;
  }, 1_000);

  number.addEventListener("change", begin);
  const element = h(
    "section.phone",
    { "aria-label": `The phone of ${number_(waId)}`, data: { waId } },
    h("header.phone-head", {}, button("", close, { icon: "back", kind: "quiet", label: "Close this phone" }), avatar, h("div.grow", {}, name, under), limits, more),
    h("div.phone-state", {}, window, chips, choice),
    body,
    writing.element,
  );
  begin();
  draw();
  findGroups();
  const ends = [facts.watch(draw), clock.watch(draw)];
  const timer = setInterval(draw, TURN);
  return {
    element,
    focus: writing.focus,
    templatesChanged: () => thread.draw(),
    heard(entries) {
      if (entries.some(({ kind, wa_id: of }) => kind === "message" && !of)) findGroups();
      const those = new Set([waId, ...(group() ? [group().id, ...group().participants] : [])]);
      const about_ = entries.filter((entry) => those.has(entry.wa_id));
      if (!about_.length || isMoving) return;
      thread.heard(about_);
      refresh();
    },
    end() {
      thread.end();
      clearInterval(timer);
      for (const end of ends) end();
    },
  };
}
