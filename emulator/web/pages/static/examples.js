// Calls that work as they stand: what empty places teach to do next.

import { asCurl } from "./acts/lines.js";

export const VERSION = "v26.0";
/** The version of the Graph API that the page calls. */
const NOBODY = "16505551234";
/** Who is named where nobody is in the sandbox. */

/** Somebody in the sandbox, by their number. */
const somebody = ({ facts }) => [...facts.get().people.keys()][0] ?? NOBODY;

/** A call of the control API as a line of `curl`. */
export const control = ({ api }, method, path, body) => asCurl(method, location.origin + api.address(path), body);

/** A person writes to the business. */
export const writing = (ctx) => control(ctx, "POST", `/people/${somebody(ctx)}/messages`, { text: { body: "Hello" } });

/** The webhooks of the sandbox go to an app on this machine. */
export const connecting = (ctx) => control(ctx, "PUT", "/webhook", { url: "http://127.0.0.1:5000/webhook" });

/** The business sends a message to somebody: its `type`, and what stands under that. */
export function sending(ctx, message) {
  const { identity } = ctx.facts.get();
  const path = `/${VERSION}/${identity.numbers[0].phone_number_id}/messages`;
  return asCurl("POST", location.origin + path, { messaging_product: "whatsapp", to: somebody(ctx), ...message }, identity.access_token);
}

/** The same as a text, from an app. */
export const answering = (ctx) => sending(ctx, { type: "text", text: { body: "Hello from my app" } });
