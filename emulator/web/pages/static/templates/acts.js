// What is done with a template: decisions over it by the control API, and what the business does by the Graph API.

import { asCurl } from "../acts/lines.js";
import { VERSION } from "../examples.js";

export const TONES = { APPROVED: "good", REJECTED: "bad", DISABLED: "bad", PAUSED: "warning", PENDING: "info", IN_APPEAL: "info", PENDING_DELETION: "warning" };
export const REASONS = ["INVALID_FORMAT", "ABUSIVE_CONTENT", "INCORRECT_CATEGORY", "PROMOTIONAL", "SCAM", "TAG_CONTENT_MISMATCH"];
/** Reasons of a rejection that are offered; the sandbox knows which there are. */

/** Decisions in the order of the menu: what each is called, and its drawing. */
export const DECISIONS = [
  { decision: "approve", text: "Approve", icon: "check" },
  { decision: "reject", text: "Reject …", icon: "close", asks: true },
  { decision: "appeal", text: "Appeal, as the business", icon: "reply" },
  null,
  { decision: "pause", text: "Pause for its quality", icon: "pause", reason: "quality" },
  { decision: "pause", text: "Pause by pacing", icon: "pause", reason: "pacing" },
  { decision: "unpause", text: "Unpause", icon: "play" },
  { decision: "flag", text: "Flag: its quality is low", icon: "flag" },
  { decision: "disable", text: "Disable", icon: "block" },
  { decision: "reinstate", text: "Reinstate", icon: "refresh" },
  null,
  { decision: "archive", text: "Archive", icon: "down" },
  { decision: "unarchive", text: "Unarchive", icon: "refresh" },
];
/** The decisions that stand beside a template of a status as buttons; the menu has all of them. */
export const AT_HAND = { PENDING: ["approve", "reject"], APPROVED: ["pause"], REJECTED: ["appeal"], IN_APPEAL: ["approve", "reject"], PAUSED: ["unpause"], DISABLED: ["reinstate"], ARCHIVED: ["unarchive"] };

/** How the business creates a template: `{path, curl}`. */
export function create(identity, draft) {
  const path = `/${VERSION}/${identity.waba_id}/message_templates`;
  return { path, curl: asCurl("POST", location.origin + path, draft, identity.access_token) };
}

/** How the business edits one. */
export function edit(identity, template, draft) {
  const path = `/${VERSION}/${template.id}`;
  return { path, curl: asCurl("POST", location.origin + path, draft, identity.access_token) };
}

/** How the business deletes one in its language. */
export function deletion(template) {
  return `/${VERSION}/${template.waba_id}/message_templates?${new URLSearchParams({ name: template.name, hsm_id: template.id })}`;
}
