// A message to a group, participant by participant: how far it has come with each.

import { h, icon } from "../dom.js";
import { instant } from "../format.js";
import { TICKS } from "./bubble.js";

const TOGETHER = new Set(["sent", "delivered", "read"]);
/** Statuses that a message to a group has once all of its participants have come so far. */

/** Whether receipts tell how far a message has come: it was sent to a group, and has not failed. */
const isTold = ({ receipts, status }) => receipts !== null && receipts !== undefined && TOGETHER.has(status);

/** A message as it stands on the phone of one participant; one that is in no group stays as it is. */
export function seenBy(waId, message, group) {
  if (!isTold(message)) return message;
  const { receipts } = message;
  const read = receipts.filter(({ status }) => status === "read").length;
  return {
    ...message,
    status: receipts.find((each) => each.wa_id === waId)?.status ?? "sent",
    told: `delivered to ${receipts.length} and read by ${read} of ${group?.participants.length ?? receipts.length}`,
  };
}

/**
 * What a dialog tells of a message to a group: each participant with their status and its instant; `null` for another one.
 *
 * @param {Object} message As the control API shows it.
 * @param {Object[]} journal The entries of the journal about it.
 * @param {Object} group
 * @param {(waId: string) => string} nameOf
 */
export function told(message, journal, group, nameOf) {
  if (!group || !isTold(message)) return null;
  return [
    h("h3", {}, "Participants"),
    h("ul.stack", { "aria-label": "Participants" }, group.participants.map((waId) => {
      const { status = "sent" } = message.receipts.find((each) => each.wa_id === waId) ?? {};
      const { icon: drawing, tone = "" } = TICKS[status];
      const since = journal.findLast((entry) => entry.kind === "status" && entry.wa_id === waId && entry.summary === status);
      return h("li.row", {}, h(`span.status${tone && `.is-${tone}`}`, {}, icon(drawing, "small")), h("strong", {}, nameOf(waId)), h("span", {}, status === "sent" ? "not delivered yet" : status), since && h("span.muted.small-text.number", {}, instant(since.at)));
    })),
  ];
}
