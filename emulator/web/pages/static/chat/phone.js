// One phone: who it is, how they stand, the conversation, and where they write.

import { button, chip, fill, h } from "../dom.js";
import { phone as number_ } from "../format.js";
import { calmly } from "../live.js";
import { attempt, menu, select } from "../parts.js";
import { composer } from "./composer.js";
import { showLimits } from "./limits.js";
import { messageActs } from "./message_acts.js";
import { acts, isOffline, standing, windowState } from "./person.js";
import { seenBy } from "./receipts.js";
import { Thread } from "./thread.js";

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

  let thread;
  const writing = composer(api, waId, () => (group() ? { group: group().id } : { to: to() }));
  const nameOf = (id) => facts.get().people.get(id)?.name ?? number_(id);
  const messages = messageActs({ api, waId, writing, group, nameOf });
  const about = {
    toolsOf: (message) => ({
      files: ctx.files,
      template: (content) => ctx.templates.find(content),
      tap: (label) => attempt(() => api.post(`/people/${waId}/taps`, { button: label, message_id: message.id })),
      openList: messages.openList,
      openFlow: messages.openFlow,
      answerCall: (response) => attempt(() => api.post(`/people/${waId}/call-permissions`, { response, message_id: message.id })),
      sendLocation: () => writing.location(message),
    }),
    seen: (message) => seenBy(waId, message, group()),
    open: messages.open,
    why: messages.why,
    authorOf,
    mark: () => ctx.templates.version,
  };
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
  const limits = button("", () => showLimits({ api, waId, name: person().name, numbers, numberId: numberId(), now: clock.now() }), { icon: "clock", kind: "quiet", label: "Windows and limits" });

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

  /** Who wrote a message in the group that is open, unless it was this person; `null` outside of groups. */
  function authorOf(message) {
    if (!message.group_id || (message.direction === "inbound" && message.wa_id === waId)) return null;
    if (message.direction === "inbound") return nameOf(message.wa_id);
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
