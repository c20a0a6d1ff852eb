// A template as it is written: what a form shows of it, and what a change in the form makes of it.

/** What a new template begins with. */
export const BEGUN = {
  name: "order_ready",
  language: "en_US",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Hello {{1}}, your order {{2}} is ready to be picked up.", example: { body_text: [["Sheena", "860198"]] } }],
};
const ORDER = ["HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL"];

/** The component of a type, if the draft has one. */
export const component = (draft, type) => (Array.isArray(draft.components) ? draft.components.find((each) => String(each?.type).toUpperCase() === type) : undefined);

/** The draft with a component changed, added at its place, or with `null` left out. */
export function withComponent(draft, type, made) {
  const components = Array.isArray(draft.components) ? draft.components : [];
  const at = components.findIndex((each) => String(each?.type).toUpperCase() === type);
  if (at >= 0) return { ...draft, components: made ? components.with(at, made) : components.toSpliced(at, 1) };
  if (!made) return draft;
  const rank = ORDER.indexOf(type);
  const behind = components.findIndex((each) => ORDER.indexOf(String(each?.type).toUpperCase()) > rank);
  return { ...draft, components: components.toSpliced(behind < 0 ? components.length : behind, 0, made) };
}

/** The names of the variables of a text, each once, in their order. */
export const variables = (text) => [...new Set([...String(text ?? "").matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))];

const isNamed = (draft) => String(draft.parameter_format ?? "").toUpperCase() === "NAMED";

/** The examples of the variables of a header or a body, by name. */
export function examples(draft, part) {
  const where = part?.type === "HEADER" ? "header_text" : "body_text";
  const named = part?.example?.[`${where}_named_params`];
  if (Array.isArray(named)) return new Map(named.map((each) => [each.param_name, each.example]));
  const given = part?.example?.[where];
  const row = where === "body_text" ? given?.[0] : given;
  return new Map(variables(part?.text).map((name, at) => [name, Array.isArray(row) ? row[at] ?? "" : ""]));
}

/** A header or a body with a text, and with examples for the variables that it has. */
export function withText(draft, part, text, given) {
  const where = part.type === "HEADER" ? "header_text" : "body_text";
  const names = variables(text);
  const { example: _, ...rest } = part;
  if (!names.length) return { ...rest, text };
  const values = names.map((name) => given.get(name) ?? "");
  const example = isNamed(draft)
    ? { [`${where}_named_params`]: names.map((name, at) => ({ param_name: name, example: values[at] })) }
    : { [where]: where === "body_text" ? [values] : values };
  return { ...rest, text, example };
}

/** A draft as it is previewed: with the words that the platform writes for a one-time code, in English. */
export function written(draft) {
  if (draft.category !== "AUTHENTICATION") return draft;
  const { add_security_recommendation: advice } = component(draft, "BODY") ?? {};
  const minutes = component(draft, "FOOTER")?.code_expiration_minutes;
  const otp = component(draft, "BUTTONS")?.buttons?.[0];
  const label = otp?.text ?? (otp?.otp_type === "ONE_TAP" ? otp.autofill_text ?? "Autofill" : "Copy code");
  return {
    ...draft,
    components: [
      { type: "BODY", text: `*{{1}}* is your verification code.${advice ? " For your security, do not share this code." : ""}`, example: { body_text: [["123456"]] } },
      ...(minutes ? [{ type: "FOOTER", text: `This code expires in ${minutes} minutes.` }] : []),
      { type: "BUTTONS", buttons: [{ type: "OTP", text: label }] },
    ],
  };
}
