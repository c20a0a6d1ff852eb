// The acts of the control API that a test can do: how the fixture says each, and how a scenario file does.

import { args, Python, yaml } from "./values.js";

/** What a text or a file of a message is called in a test. */
const about = ({ referral, device }) => ({ referral, device });

/**
 * A row for each act: its method, the path below the sandbox or of the Graph API, and two functions of what stands in the
 * path, the body and `names`.
 *
 * `pytest` gives an expression of Python, `scenario` a step of a scenario file as `{name, value, beside}`, or
 * `null` for what it has no step for. `names` says how a person (`who`, `called`), a message (`message`) and a
 * business number (`number`) are named. A new act is a row.
 */
const ACTS = [
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/messages$/,
    pytest: (id, body, names) => wrote(id, body, names),
    scenario: (id, { type = "text", to, ...body }, names) =>
      type === "text"
        ? step(`${names.called(id)} says`, body.text.body, { to })
        : "data" in (body[type] ?? {}) || type === "request_welcome" || type === "reaction"
          ? null
          : step(`${names.called(id)} sends`, { type, [type]: body[type] }, { to }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/taps$/,
    pytest: (id, { button, row, message_id: on, context }, names) => `${names.who(id)}.taps${args([button ?? row], { on: names.message(on), context })}`,
    scenario: (id, { button, row }, names) => step(`${names.called(id)} ${row === undefined ? "taps" : "chooses"}`, button ?? row),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/flow-replies$/,
    pytest: (id, { answers, message_id: on }, names) => `${names.who(id)}.fills_flow${args([answers], { on: names.message(on) })}`,
    scenario: (id, { answers }, names) => step(`${names.called(id)} fills flow`, answers),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/call-permissions$/,
    pytest: (id, { response, permanent, message_id: on }, names) => `${names.who(id)}.${response === "accept" ? "allows_calls" : "refuses_calls"}${args([], { permanent: response === "accept" ? permanent : undefined, on: names.message(on) })}`,
    scenario: (id, { response }, names) => step(`${names.called(id)} ${response === "accept" ? "allows calls" : "refuses calls"}`),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/reactions$/,
    pytest: (id, { message_id: on, emoji }, names) => `${names.who(id)}.reacts${args([names.message(on), emoji ?? ""])}`,
    scenario: (id, { emoji }, names) => (emoji ? step(`${names.called(id)} reacts`, emoji) : null),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/edits$/,
    pytest: (id, { message_id: on, text }, names) => `${names.who(id)}.edits${args([names.message(on), text])}`,
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/deletions$/,
    pytest: (id, { message_id: on }, names) => `${names.who(id)}.deletes${args([names.message(on)])}`,
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/plays$/,
    pytest: (id, { message_id: on }, names) => `${names.who(id)}.plays${args([names.message(on)])}`,
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/reads$/,
    pytest: (id, { message_id: on }, names) => `${names.who(id)}.reads${args([names.message(on)])}`,
    scenario: (id, _, names) => step(`${names.called(id)} reads`),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/calls$/,
    pytest: (id, { to, lasts }, names) => `${names.who(id)}.calls${args([], { to: names.number(to), lasts: lasts === undefined ? undefined : new Python(`timedelta(seconds=${lasts})`) })}`,
    scenario: (id, { to, lasts }, names) => step(`${names.called(id)} calls`, lasts === undefined ? undefined : { lasts: `${lasts} seconds` }, { to }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/ad-clicks$/,
    pytest: (id, { text, to, ...more }, names) => `${names.who(id)}.clicks_ad${args([text], { to: names.number(to), ...about(more) })}`,
    scenario: (id, { text, to }, names) => step(`${names.called(id)} clicks ad`, text, { to }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/blocks$/,
    pytest: (id, { to, blocked }, names) => `${names.who(id)}.${blocked === false ? "unblocks" : "blocks"}${args([], { to: names.number(to) })}`,
    scenario: (id, { to, blocked }, names) => step(`${names.called(id)} ${blocked === false ? "unblocks" : "blocks"}`, undefined, { to }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/opt-outs$/,
    pytest: (id, { to, stopped }, names) => `${names.who(id)}.${stopped === false ? "resumes_marketing" : "stops_marketing"}${args([], { to: names.number(to) })}`,
    scenario: (id, { to, stopped }, names) => step(`${names.called(id)} ${stopped === false ? "resumes" : "stops"} marketing`, undefined, { to }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/reports$/,
    pytest: (id, { to, message_id: on, template }, names) => `${names.who(id)}.reports${args([names.message(on)], { template, to: names.number(to) })}`,
    scenario: (id, { to, message_id: on, template }, names) => (on ? null : step(`${names.called(id)} reports`, template && { template }, { to })),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/absences$/,
    pytest: (id, { until, offline }, names) => `${names.who(id)}.${offline === false ? "comes_online" : "goes_offline"}${args([], { until: until && new Python(`datetime.fromisoformat(${JSON.stringify(until)})`) })}`,
    scenario: (id, { until, offline }, names) => step(`${names.called(id)} ${offline === false ? "comes online" : "goes offline"}`, until && { until }),
  },
  {
    method: "POST",
    path: /^\/people\/([^/]+)\/number-changes$/,
    pytest: (id, body, names) => `${names.who(id)}.changes_number${args([body.new])}`,
    scenario: (id, body, names) => step(`${names.called(id)} changes number`, body.new),
  },
  {
    method: "PATCH",
    path: /^\/people\/([^/]+)$/,
    pytest: (id, changed, names) => `${names.who(id)}.becomes${args([], changed)}`,
    scenario: (id, { habits, ...changed }, names) => step(`${names.called(id)} becomes`, { ...changed, ...habits }),
  },
  {
    method: "POST",
    path: /^\/people$/,
    pytest: ({ name, wa_id: number, ...more }) => `whatsapp.person${args(name === undefined && number === undefined ? [] : [name], { number, new: true, ...more })}`,
  },
  {
    method: "POST",
    path: /^\/crowds$/,
    pytest: ({ count, ...more }) => `whatsapp.crowd${args([count], more)}`,
  },
  {
    method: "POST",
    path: /^\/clock\/advance$/,
    pytest: ({ to, next, ...length }, names) =>
      next
        ? "whatsapp.clock.advance_to_next()"
        : to
          ? names.passed === undefined
            ? `whatsapp.clock.travel_to(datetime.fromisoformat(${JSON.stringify(to)}))`
            : `whatsapp.clock.advance(seconds=${names.passed})`
          : `whatsapp.clock.advance${args([], length)}`,
    scenario: ({ to, next, ...length }, names) =>
      step("advance", next ? "next" : to ? `${names.passed} seconds` : Object.entries(length).map(([unit, number]) => `${number} ${unit}`).join(" ")),
  },
  { method: "POST", path: /^\/settle$/, pytest: () => "whatsapp.settle()" },
  { method: "PUT", path: /^\/snapshot$/, pytest: () => 'whatsapp.restore(Path("snapshot.sqlite").read_bytes())' },
  { method: "POST", path: /^\/reset$/, pytest: () => "whatsapp.reset()" },
  {
    method: "PATCH",
    path: /^\/portfolio$/,
    pytest: ({ tier, verification, ...more }) =>
      tier ? `whatsapp.business.give_tier${args([tier])}` : verification ? `whatsapp.business.verify${args([verification])}` : `whatsapp.sandbox.accounts.change_portfolio${args([], more)}`,
  },
  {
    method: "PATCH",
    path: /^\/account$/,
    pytest: ({ review, payment_method: pays }) => (review ? `whatsapp.business.review${args([review])}` : `whatsapp.business.pays${args([pays])}`),
  },
  {
    method: "POST",
    path: /^\/restrictions$/,
    pytest: ({ types, days, violation, countries }) => `whatsapp.business.restrict${args(types, { days, violation, countries })}`,
  },
  { method: "DELETE", path: /^\/restrictions\/([^/]+)$/, pytest: (type) => `whatsapp.business.lift${args([type])}` },
  { method: "DELETE", path: /^\/restrictions$/, pytest: () => "whatsapp.business.lift()" },
  {
    method: "PATCH",
    path: /^\/numbers\/([^/]+)$/,
    pytest: (id, changed) => `whatsapp.business.change_number${args([id], changed)}`,
  },
  {
    method: "POST",
    path: /^\/numbers\/([^/]+)\/name-review$/,
    pytest: (id, { decision, reason }) => `whatsapp.business.review_name${args([decision], { reason, phone_number_id: id })}`,
  },
  {
    method: "PUT",
    path: /^\/numbers\/([^/]+)\/allowed$/,
    pytest: (id, { people }) => `whatsapp.business.allow${args([id, ...people])}`,
  },
  {
    method: "POST",
    path: /^\/faults$/,
    pytest: ({ code, to, ...more }, names) => `whatsapp.faults.add${args([code], { to: to && names.person(to), ...more })}`,
    scenario: ({ code, to, ...more }, names) => step("fault", { code, to: to && names.called(to), ...more }),
  },
  {
    method: "DELETE",
    path: /^\/faults\/([^/]+)$/,
    pytest: (id) => `whatsapp.sandbox.faults.remove${args([Number(id)])}`,
  },
  { method: "DELETE", path: /^\/faults$/, pytest: () => "whatsapp.faults.clear()" },
  {
    method: "POST",
    path: /^\/webhooks$/,
    pytest: ({ field, value, sample }) => `whatsapp.deliver.field${args([field], { value, sample })}`,
    scenario: (fired) => step("fire", fired),
  },
  {
    method: "POST",
    path: /^\/templates\/([^/]+)\/review$/,
    pytest: (id, { decision, reason }, { about }) =>
      about
        ? `whatsapp.templates.${decision}${args([about.template, about.language], { [decision === "pause" ? "cause" : "reason"]: reason })}`
        : `whatsapp.sandbox.templates.review${args([id, decision, reason])}`,
    scenario: (id, { decision, reason }, { about }) => about && step("review", { ...about, decision, reason }),
  },
  {
    method: "POST",
    path: /^\/templates\/([^/]+)\/category$/,
    pytest: (id, { category }, { about }) =>
      about ? `whatsapp.templates.recategorize${args([about.template, category, about.language])}` : `whatsapp.sandbox.templates.recategorize${args([id, category])}`,
    scenario: (id, { category }, { about }) => about && step("recategorize", { ...about, category }),
  },
  {
    method: "PATCH",
    path: /^\/settings$/,
    pytest: (changed) => `whatsapp.sandbox.change_settings${args([], changed)}`,
    scenario: (changed) => step("settings", changed),
  },
  // of the Graph API: a test makes each of these calls by a client, see `asPytest`
  {
    method: "POST",
    path: /^\/v[\d.]+\/(\d+)\/messages$/,
    scenario: (id, { messaging_product: _, ...body }, names) => step("business sends", body, { from: names.number(id) }),
  },
  {
    method: "POST",
    path: /^\/v[\d.]+\/\d+\/message_templates$/,
    scenario: (draft) => step("business creates template", draft),
  },
  {
    method: "DELETE",
    path: /^\/v[\d.]+\/\d+\/message_templates\?/,
    scenario: (_, { about }) => about && step("business deletes template", about),
  },
  {
    method: "POST",
    path: /^\/v[\d.]+\/\d+$/,
    scenario: (changed, { about }) => about && step("business edits template", { ...about, ...changed }),
  },
];

/** A step of a scenario file: a line of YAML, or a few. */
function step(name, value, beside = {}) {
  const more = Object.entries(beside).filter(([, each]) => each !== undefined);
  const line = value === undefined ? yamlName(name) : `${yamlName(name)}: ${yaml(value)}`;
  return [value === undefined && more.length ? `${line}:` : line, ...more.map(([key, each]) => `${key}: ${yaml(each)}`)];
}

const yamlName = (name) => (/^[\p{L}\p{N}][\p{L}\p{N} '’.-]*$/u.test(name) ? name : JSON.stringify(name));

/** What a person wrote: by the member for its kind. */
function wrote(id, { type = "text", to, group, context, timestamp, profile, ...body }, names) {
  const person = names.who(id);
  const reply = names.message(context?.message_id ?? context?.id);
  const where = { to: names.number(to) };
  const content = body[type];
  if (type === "text") return `${person}.says${args([content.body], { ...where, reply_to: reply, group, ...about(body) })}`;
  if (type === "reaction") return `${person}.reacts${args([names.message(content.message_id), content.emoji ?? ""])}`;
  if (type === "request_welcome") return `${person}.opens_chat${args([], where)}`;
  if (content && "data" in content) {
    const { data, mime_type: mimeType, ...more } = content;
    return `${person}.shows${args([type, new Python(`b64decode(${JSON.stringify(data)})`), mimeType], { ...more, ...where })}`;
  }
  return `${person}.sends${args([type, content], where)}`;
}

/** Find the row of an act, and what its functions are called with; `null` for one that a test cannot do. */
export function find(method, path) {
  const [, below = path] = path.match(/^\/_emulator\/sandboxes\/[^/]+(.*)$/) ?? [];
  for (const row of ACTS) {
    const found = row.method === method && below.match(row.path);
    if (found) return { row, parts: found.slice(1).map(decodeURIComponent) };
  }
  return null;
}
