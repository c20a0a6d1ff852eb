// Acts and what the app sent, as a test of pytest.

import { asPytest } from "../acts/lines.js";
import { args, Python } from "../acts/values.js";
import { mentioned, people } from "./recorder.js";

const TAKEN = new Set("whatsapp and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield none true false timedelta datetime b64decode".split(" "));
const INDENT = "    ";

/**
 * Write a test that does the acts again and expects what the app sent.
 *
 * @param {Array} all What `steps` has made.
 * @param {{names: Map<string, string>, numbers: Object[]}} about The names of people by number, and the business
 *   numbers of the sandbox.
 */
export function pytest(all, { names, numbers }) {
  const acts = all.flatMap(({ act }) => act ?? []);
  const variables = new Map();
  const taken = new Set(TAKEN);
  const added = new Set(acts.filter(({ method, path, answer }) => method === "POST" && path.endsWith("/people") && answer).map(({ answer }) => answer.wa_id));
  const changed = new Map(acts.filter(({ path, answer }) => path.endsWith("/number-changes") && answer).map(({ path, answer }) => [answer.wa_id, path.match(/people\/([^/]+)/)[1]]));
  const wanted = mentioned(acts);
  const messages = new Map();

  function variable(waId) {
    if (changed.has(waId)) return variable(changed.get(waId));
    if (!variables.has(waId)) variables.set(waId, unique(slug(names.get(waId) ?? ""), taken));
    return variables.get(waId);
  }

  const naming = {
    who: variable,
    person: (waId) => new Python(variable(waId)),
    called: (waId) => waId,
    message: (id) => (id === undefined ? undefined : new Python(messages.get(id) ?? "whatsapp.messages.last")),
    number(id) {
      if (id === undefined || id === numbers[0]?.phone_number_id) return undefined;
      return numbers.find((each) => each.phone_number_id === id)?.kind === "test" ? new Python("whatsapp.test_phone_number_id") : id;
    },
  };

  function remembered(id, prefix, line) {
    if (!id || !wanted.has(id)) return line;
    messages.set(id, unique(prefix, taken));
    return `${messages.get(id)} = ${line}`;
  }

  const lines = [];
  for (const { act, sent } of all) {
    if (sent) lines.push(remembered(sent.id, "sent", expectation(sent, naming)));
    else lines.push(...said(act));
  }
  const known = people(all).filter((waId) => !added.has(waId) && !changed.has(waId));
  const begin = known.map((waId) => `${variable(waId)} = whatsapp.person${args([names.get(waId) ?? new Python("None"), waId])}`);
  const body = [...begin, ...(begin.length ? [""] : []), ...lines, "whatsapp.expect_no_more()"].map((line) => (line ? INDENT + line : ""));
  return [...imports(lines), "def test_recorded_on_the_page(whatsapp: WhatsApp) -> None:", `${INDENT}"""What was done on the page of the emulator, and what the app sent then."""`, ...body, ""].join("\n");

  function said(act) {
    if (act.method === "POST" && act.path.endsWith("/people") && act.answer) {
      const { wa_id: waId, name } = act.answer;
      const { name: _, wa_id: __, ...more } = act.body ?? {};
      names.set(waId, name);
      return [`${variable(waId)} = whatsapp.person${args([name, waId], { new: true, ...more })}`];
    }
    const passed = act.body?.to && act.path.endsWith("/clock/advance") ? Math.max(0, (Date.parse(act.body.to) - act.now) / 1000) : undefined;
    const line = asPytest(act.method, act.path, act.body, { ...naming, passed }, act.about);
    if (line === null) return [`# a test has no member for: ${act.method} ${act.path.replace(/^\/_emulator\/sandboxes\/[^/]+/, "")}`];
    return remembered(act.answer?.id, "wrote", line).split("\n");
  }
}

/** What a test expects of a message of the app. */
function expectation(sent, naming) {
  const failed = sent.status === "failed";
  const about = { to: sent.group_id ? undefined : naming.person(sent.wa_id), ...what(sent) };
  return `whatsapp.${failed ? "expect_failed" : "expect_sent"}${args(failed ? [sent.error?.code] : [], about)}`;
}

/** What tells a message from others: its text, its template, its buttons, or its type. */
export function what(sent) {
  const buttons = sent.buttons?.length ? sent.buttons : undefined;
  if (sent.type === "text") return { text: sent.text.body };
  if (sent.type === "template") return { template: sent.template.name, buttons };
  if (sent.type === "interactive") return { text: sent.text, buttons };
  return { type: sent.type };
}

function imports(lines) {
  const text = lines.join("\n");
  const times = ["datetime", "timedelta"].filter((name) => new RegExp(`\\b${name}[.(]`).test(text));
  return [
    ...(text.includes("b64decode(") ? ["from base64 import b64decode"] : []),
    ...(times.length ? [`from datetime import ${times.join(", ")}`] : []),
    ...(text.includes("b64decode(") || times.length ? [""] : []),
    ...(text.includes("Client(whatsapp.app)") ? ["from werkzeug.test import Client", ""] : []),
    "from emulator import WhatsApp",
    "",
    "",
  ];
}

/** A name for a variable, from the first name of a person. */
function slug(name) {
  const plain = name.normalize("NFKD").replace(/[^\p{ASCII}]/gu, "").toLowerCase();
  const [first = ""] = plain.match(/[a-z][a-z0-9]*/) ?? [];
  return first || "person";
}

function unique(name, taken) {
  const counts = name === "sent" || name === "wrote" || name === "person";
  for (let at = counts ? 1 : 0; ; at += 1) {
    const made = at ? `${name}_${at}` : name;
    if (taken.has(made)) continue;
    taken.add(made);
    return made;
  }
}
