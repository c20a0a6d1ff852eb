// The bubble of a message, on the phone of the person.

import { h, icon } from "../dom.js";
import { hour, instant } from "../format.js";
import { contentsOf } from "./contents.js";

/** By the status of a message of the business: its drawing, and how it reads. */
export const TICKS = {
  accepted: { icon: "clock", text: "accepted" },
  held_for_quality_assessment: { icon: "clock", text: "held" },
  sent: { icon: "tick", text: "sent" },
  delivered: { icon: "ticks", text: "delivered" },
  read: { icon: "ticks", text: "read", tone: "read" },
  played: { icon: "ticks", text: "played", tone: "read" },
  failed: { icon: "alert", text: "failed", tone: "failed" },
  deleted: { icon: "block", text: "deleted" },
};
const NEVER_SEEN = new Set(["accepted", "held_for_quality_assessment", "sent", "failed"]);
/** Of a message of the business: what the person does not have on their phone, or not yet. */

/** Whether a message is on the person's phone: they wrote it, or it was delivered to them. */
export const isThere = ({ direction, status }) => direction === "inbound" || !NEVER_SEEN.has(status);

/**
 * Make the bubble of a message.
 *
 * @param {Object} message As the control API shows it.
 * @param {Object} about `quoted`: the message it replies to, if it is known; `reactions`: texts of emojis on it;
 *   `toolsOf(message)`: see `contents.js`; `open(message, button)`: opens what can be done with it; `why(message)`: explains
 *   why it failed; `authorOf(message)`: who wrote it, in a group, if it was not the person; else `null`.
 */
export function bubble(message, { quoted, reactions = [], toolsOf, open, why, authorOf }) {
  const tools = toolsOf(message);
  const author = authorOf?.(message) ?? null;
  const own = message.direction === "inbound" && author === null;
  const there = isThere(message);
  const failed = message.status === "failed";
  return h(
    `li.message${own ? ".is-own" : ""}${there ? "" : ".is-unseen"}${failed ? ".is-failed" : ""}`,
    { data: { id: message.id, type: message.type, status: message.status } },
    h(
      "article.bubble",
      { "aria-label": `${author ?? (own ? "The person" : "The business")} at ${hour(message.at)}` },
      author !== null && h("strong.author.small-text", {}, author),
      message.context?.forwarded || message.context?.frequently_forwarded ? h("div.forwarded", {}, "Forwarded") : null,
      message.referral && h("div.forwarded", {}, `From an ad: ${message.referral.headline ?? message.referral.source_url ?? ""}`),
      message.context_id && quote(quoted),
      contentsOf(message, there && message.direction === "outbound" ? tools : { ...tools, tap: null, openList: null, openFlow: null, answerCall: null, sendLocation: null }),
      meta(message, own),
      failed && h("button.why", { type: "button", on: { click: () => why(message) } }, icon("alert", "small"), `${message.error?.code ?? ""} ${message.error?.title ?? "failed"}`, h("span.visually-hidden", {}, " Why did it fail?")),
      open && h("button.more", { type: "button", "aria-label": "What can be done with this message", "aria-haspopup": "menu", on: { click: (event) => open(message, event.currentTarget) } }, icon("down", "small")),
    ),
    reactions.length > 0 && h("div.reactions", { role: "group", "aria-label": `Reactions: ${reactions.join(" ")}` }, reactions.map((emoji) => h("span", {}, emoji))),
  );
}

function meta(message, own) {
  const isOthers = !own && message.direction === "inbound";
  const { icon: drawing, text, tone = "" } = own
    ? { icon: message.status === "read" ? "ticks" : "tick", text: message.status === "read" ? "read by the business" : "sent", tone: message.status === "read" ? "read" : "" }
    : (TICKS[message.status] ?? { icon: "tick", text: message.status });
  return h(
    "div.meta",
    { title: isOthers ? instant(message.at) : `${instant(message.at)}, ${message.told ?? text}` },
    message.revised === "edited" && h("span", {}, "edited"),
    h("time", { datetime: message.at }, hour(message.at)),
    !isOthers && h(`span.status${tone && `.is-${tone}`}`, {}, icon(drawing, "small"), own ? h("span.visually-hidden", {}, text) : text),
  );
}

function quote(quoted) {
  const text = quoted ? (quoted.text?.body ?? quoted.text ?? quoted.type) : "A message that is not in sight";
  return h("blockquote.quote", {}, h("strong", {}, quoted?.direction === "inbound" ? "The person" : "The business"), h("span", {}, String(text).slice(0, 120)));
}
