// The signature of a webhook, and checking it in the browser.

import { button, chip, facts as facts_, fill, h } from "../dom.js";
import { field } from "../parts.js";

/** The signature of a delivery, and whether a secret makes it. */
export function signature(each, appSecret) {
  const secret = h("input", { value: appSecret, spellcheck: "false", autocomplete: "off" });
  const result = h("p", { role: "status" });
  const verify = async () => {
    const made = await signed(each.body, secret.value);
    if (made === null) {
      fill(result, chip("cannot be computed here", "warning"), " Browsers compute signatures on localhost and over HTTPS alone.");
      return;
    }
    const same = made === each.headers["X-Hub-Signature-256"];
    fill(result, chip(same ? "valid" : "not valid", same ? "good" : "bad"), same ? " This secret signs these bytes so." : h("span", {}, " With this secret it would be ", h("code", {}, made), "."));
  };
  return h("div.stack", {}, facts_([["X-Hub-Signature-256", h("code", {}, each.headers["X-Hub-Signature-256"] ?? "none: it is not signed")]]), field("App secret", secret), h("div.row", {}, button("Verify here", verify, { icon: "shield" })), result);
}

/** The signature of a body by a secret, as the header has it; `null` where the browser computes none. */
async function signed(body, secret) {
  if (!globalThis.crypto?.subtle) return null;
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(body)));
  return `sha256=${[...made].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}
