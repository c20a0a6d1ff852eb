// A one-time code in the form of a template: how it gets into the app, and how long it is good. The platform writes the words.

import { button, fill, h } from "../../dom.js";
import { check, field, select } from "../../parts.js";
import { component, withComponent } from "../draft.js";
import { input } from "./text.js";

const WAYS = [["COPY_CODE", "copy code: the person copies it"], ["ONE_TAP", "one-tap: a tap puts it into the app"], ["ZERO_TAP", "zero-tap: the app takes it by itself"]];
const APP = { package_name: "com.example.app", signature_hash: "K8a/AINcGX7" };
const MOST_APPS = 5;

/** The components of a new authentication template. */
export const begunCode = () => [
  { type: "BODY", add_security_recommendation: true },
  { type: "FOOTER", code_expiration_minutes: 10 },
  { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
];

/**
 * The fields of an authentication template.
 *
 * @param {{get: () => Object, change: (draft: Object) => void}} held The draft.
 * @returns {{elements: HTMLElement[], draw: () => void}}
 */
export function codeFields(held) {
  const otp = () => component(held.get(), "BUTTONS")?.buttons?.[0] ?? { type: "OTP", otp_type: "COPY_CODE" };
  const put = (made) => held.change(withComponent(held.get(), "BUTTONS", { type: "BUTTONS", buttons: [made] }));
  const apps = () => (Array.isArray(otp().supported_apps) ? otp().supported_apps : []);
  const advice = h("input", { type: "checkbox", on: { change: () => held.change(withComponent(held.get(), "BODY", { type: "BODY", ...(advice.checked ? { add_security_recommendation: true } : {}) })) } });
  const minutes = input((value) => held.change(withComponent(held.get(), "FOOTER", value === "" ? null : { type: "FOOTER", code_expiration_minutes: Number(value) })), { type: "number", min: "1", max: "90" });
  const way = select(WAYS, { on: { change: () => rewayed(way.value) } });
  const more = h("div.stack", {});

  /** The button of another kind, with what that kind has and no more. */
  function rewayed(kind) {
    const { text } = otp();
    put({ type: "OTP", otp_type: kind, ...(text ? { text } : {}), ...(kind === "COPY_CODE" ? {} : { supported_apps: apps().length ? apps() : [APP] }), ...(kind === "ZERO_TAP" ? { zero_tap_terms_accepted: true } : {}) });
    draw();
  }

  function appFields(app, at) {
    const change = (name) => (value) => put({ ...otp(), supported_apps: apps().with(at, { ...apps()[at], [name]: value }) });
    return h(
      "fieldset.template-button",
      {},
      h("legend", {}, `App ${at + 1}`),
      field("Package name", input(change("package_name"), { value: app.package_name ?? "", spellcheck: "false" })),
      field("Signature hash", input(change("signature_hash"), { value: app.signature_hash ?? "", spellcheck: "false" }), "11 characters."),
      apps().length > 1 && button("Remove", () => {
        put({ ...otp(), supported_apps: apps().toSpliced(at, 1) });
        draw();
      }, { icon: "trash", kind: "small", "aria-label": `Remove app ${at + 1}` }),
    );
  }

  function draw() {
    advice.checked = component(held.get(), "BODY")?.add_security_recommendation === true;
    minutes.value = component(held.get(), "FOOTER")?.code_expiration_minutes ?? "";
    way.value = otp().otp_type;
    if (way.value === "COPY_CODE") {
      fill(more);
      return;
    }
    const terms = h("input", { type: "checkbox", checked: otp().zero_tap_terms_accepted === true, on: { change: () => put({ ...otp(), zero_tap_terms_accepted: terms.checked }) } });
    const label = input((value) => {
      const { autofill_text: _, ...rest } = otp();
      put(value ? { ...rest, autofill_text: value } : rest);
    }, { value: otp().autofill_text ?? "" });
    fill(
      more,
      field("Label of the tap", label, "Left out, the platform's."),
      apps().map(appFields),
      apps().length < MOST_APPS && h("div.row", {}, button("Add an app", () => {
        put({ ...otp(), supported_apps: [...apps(), APP] });
        draw();
      }, { icon: "plus", kind: "small" })),
      way.value === "ZERO_TAP" && check("The terms of zero-tap are accepted", terms),
    );
  }

  return {
    elements: [h("p.muted.small-text", {}, "The platform writes the words of a one-time code, in the template's language."), check("Add the advice not to share the code", advice), field("Good for, in minutes", minutes, "Left out, the message does not say so."), field("How the code gets into the app", way), more],
    draw,
  };
}
