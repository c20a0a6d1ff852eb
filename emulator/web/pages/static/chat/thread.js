// What was written between a person and a business number: loaded by pages, kept up to date, drawn as bubbles.

import { fill, h, reconcile } from "../dom.js";
import { duration, longDay } from "../format.js";
import { calmly } from "../live.js";
import { bubble } from "./bubble.js";

const PAGE = 60;
/** Messages of a page. */
const MOST_HELD = 480;
/** Messages that are kept at most: whoever reads on backwards loses the newest, and gets them back by a button. */
const MOST_ASKED = 8;
/** Older messages in sight that are asked for one by one when something happened to them. */
const APART = 60 * 60;
/** Seconds between two messages after which the time between them is shown. */
const NEAR = 80;
/** Pixels from the end within which the list stays at its end when more comes. */
/** Whether a message is shown on the one it is about: an edit, a deletion, a reaction to one that is in sight. */
const isFolded = (message, known) => Boolean(message.revises_id) || (message.type === "reaction" && known.has(message.reaction.message_id));

/** One conversation: `list` is its element, which scrolls. */
export class Thread {
  #api;
  #who;
  #about;
  #held = [];
  #hasOlder = false;
  #isAtEnd = true;
  #loading = false;
  #ended = false;
  #touched = new Set();

  /**
   * @param {Object} api
   * @param {{wa_id?: string, phone_number_id?: string, group_id: string}} who Whose messages: a person's and a number's in no
   *   group, or those of a group.
   * @param {Object} about What each bubble is given, see `bubble`.
   */
  constructor(api, who, about) {
    this.#api = api;
    this.#who = who;
    this.#about = about;
    this.refresh = calmly(() => this.#refresh(), 200);
    this.bubbles = h("ol.bubbles", { "aria-label": "Messages" });
    this.list = h("div.thread", { tabindex: "0", role: "log", "aria-label": "Conversation", on: { scroll: () => this.#scrolled() } }, this.bubbles);
    this.typing = h("div.typing", { hidden: true, role: "status" }, h("span", {}), h("span", {}), h("span", {}), h("span.visually-hidden", {}, "The business is typing"));
    this.newest = h("button.button.small.newest", { type: "button", hidden: true, on: { click: () => this.toNewest() } }, "To the newest");
    this.list.append(this.typing);
  }

  end() {
    this.#ended = true;
  }

  get(id) {
    return this.#held.find((message) => message.id === id);
  }

  get last() {
    return this.#held.at(-1);
  }

  /** Note what happened to messages, from entries of the journal. */
  heard(entries) {
    for (const { subject } of entries) this.#touched.add(subject);
    this.refresh();
  }

  async toNewest() {
    this.#held = [];
    this.#isAtEnd = true;
    await this.#refresh();
    this.#toEnd();
  }

  async #refresh() {
    const touched = this.#touched;
    this.#touched = new Set();
    if (this.#isAtEnd) {
      const { messages } = await this.#api.get("/messages", { ...this.#who, limit: PAGE });
      if (this.#ended) return;
      const from = messages.length ? this.#held.findIndex(({ id }) => id === messages[0].id) : 0;
      const joins = from >= 0 && this.#held.length > 0;
      if (!joins) this.#hasOlder = messages.length === PAGE;
      this.#held = [...(joins ? this.#held.slice(0, from) : []), ...messages].slice(-MOST_HELD);
    }
    const fresh = new Set(this.#held.slice(-PAGE).map(({ id }) => id));
    const stale = this.#held.filter(({ id }) => touched.has(id) && !(this.#isAtEnd && fresh.has(id))).slice(-MOST_ASKED);
    const again = await Promise.all(stale.map(({ id }) => this.#api.get(`/messages/${encodeURIComponent(id)}`).catch(() => null)));
    for (const message of again) if (message) this.#held = this.#held.map((each) => (each.id === message.id ? message : each));
    if (!this.#ended) this.draw();
  }

  async #older() {
    if (this.#loading || !this.#hasOlder || !this.#held.length) return;
    this.#loading = true;
    try {
      const { messages } = await this.#api.get("/messages", { ...this.#who, before: this.#held[0].id, limit: PAGE });
      if (this.#ended) return;
      this.#hasOlder = messages.length === PAGE;
      const height = this.list.scrollHeight - this.list.scrollTop;
      const all = [...messages, ...this.#held];
      this.#held = all.slice(0, MOST_HELD);
      if (this.#held.length < all.length) this.#isAtEnd = false;
      this.draw({ keep: true });
      this.list.scrollTop = this.list.scrollHeight - height;
    } finally {
      this.#loading = false;
    }
  }

  #scrolled() {
    if (this.list.scrollTop < 200) this.#older();
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** Draw what has changed; the list stays at its end if it was there. */
  draw({ keep = false } = {}) {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const follows = !keep && this.#isAtEnd && scrollHeight - scrollTop - clientHeight < NEAR;
    reconcile(this.bubbles, this.#entries(), (entry) => entry.make());
    this.newest.hidden = this.#isAtEnd;
    if (follows) this.#toEnd();
  }

  #entries() {
    const known = new Map(this.#held.map((message) => [message.id, message]));
    const reactions = new Map();
    for (const message of this.#held) {
      if (message.type !== "reaction") continue;
      const { message_id: on, emoji } = message.reaction;
      if (message.status === "failed") continue;
      if (!reactions.has(on)) reactions.set(on, new Map());
      reactions.get(on).set(`${message.direction} ${message.wa_id}`, emoji);
    }
    const entries = [];
    let before = null;
    if (!this.#held.length) return [{ key: "none", mark: "none", make: () => h("li.hint", {}, "Nothing was written here yet.") }];
    for (const message of this.#held) {
      if (isFolded(message, known)) continue;
      if (!before || before.at.slice(0, 10) !== message.at.slice(0, 10)) {
        entries.push({ key: `day ${message.at.slice(0, 10)}`, mark: "", make: () => h("li.day", {}, h("span", {}, longDay(message.at))) });
      } else {
        const apart = (Date.parse(message.at) - Date.parse(before.at)) / 1000;
        if (apart >= APART) entries.push({ key: `gap ${message.id}`, mark: "", make: () => h("li.gap", {}, `${duration(apart)} later`) });
      }
      before = message;
      entries.push(this.#entry(this.#about.seen(revised(message)), known, [...(reactions.get(message.id)?.values() ?? [])].filter(Boolean)));
    }
    return entries;
  }

  #entry(message, known, reactions) {
    const quoted = message.context_id && known.get(message.context_id);
    const mark = `${message.status}|${message.told ?? ""}|${reactions.join("")}|${quoted ? 1 : 0}|${message.error?.code ?? ""}|${message.revised ?? ""}|${this.#about.mark?.(message) ?? ""}|${message.text?.body ?? message.text}`;
    return { key: message.id, mark, make: () => bubble(message, { ...this.#about, quoted, reactions }) };
  }

  /** Show what is said in place of a conversation that cannot be read. */
  say(text) {
    fill(this.bubbles, h("li.hint", {}, text));
  }
}

/** A message as its author's phone shows it after they edited or deleted it, whatever the business is told of that. */
function revised(message) {
  if (message.deleted_at) return { ...message, type: "revoked", text: "You deleted this message", revised: "deleted" };
  if (message.edited_text === null) return message;
  const words = message.type === "text" ? "body" : "caption";
  return { ...message, [message.type]: { ...message[message.type], [words]: message.edited_text }, revised: "edited" };
}
