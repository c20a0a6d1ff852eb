// Acts of the control API in other words: as a line of `curl`, and as a line of a pytest function.

const WORD = /^[A-Za-z0-9_./:=@%+-]+$/;

function quoted(text) {
  return WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A call as a line for a shell. A body that is a file is named, not written down. */
export function asCurl(method, url, body) {
  const parts = ["curl"];
  if (method !== "GET" && !(method === "POST" && body !== undefined)) parts.push(`-X ${method}`);
  parts.push(quoted(url));
  if (body instanceof Blob) parts.push("--data-binary @snapshot.sqlite");
  else if (body !== undefined) parts.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`);
  return parts.join(" ");
}

/** A value of JSON as Python writes it. */
export function python(value) {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  return `{${Object.entries(value).map(([key, each]) => `${text(key)}: ${python(each)}`).join(", ")}}`;
}

/** JSON's escapes are Python's, too; letters that turn or hide text are escaped beside them. */
function text(value) {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const given = (named) =>
  Object.entries(named)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `, ${name}=${python(value)}`)
    .join("");
const call = (first, named = {}) => `${first === null ? "" : first}${given(named)}`.replace(/^, /, "");
/** What a person of a path is in a test; a plan of several lines names them by variables. */
const who = (waId) => `whatsapp.person(number=${python(waId)})`;
/** What a message id is in a test: a plan of several lines finds the message by what it is. */
const which = (id) => `whatsapp.sandbox.messages.get(${python(id)})`;

/**
 * The acts a test can do, each as a row: the method, the path below the sandbox, and how the fixture says it.
 *
 * The function gets the parts of the path that the pattern has in brackets, the body, and `names`, which says
 * how a person and a message are named. A new act is a row.
 */
const ROWS = [
  ["POST", /^\/people\/([^/]+)\/messages$/, wrote],
  ["POST", /^\/people\/([^/]+)\/taps$/, (id, { button, row, message_id, context }, names) =>
    `${names.who(id)}.taps(${call(python(button ?? row), { context })}${message_id ? `, on=${names.which(message_id)}` : ""})`],
  ["POST", /^\/people\/([^/]+)\/flow-replies$/, (id, { answers, message_id }, names) =>
    `${names.who(id)}.fills_flow(${python(answers)}${message_id ? `, on=${names.which(message_id)}` : ""})`],
  ["POST", /^\/people\/([^/]+)\/call-permissions$/, (id, { response, permanent, message_id }, names) => {
    const on = message_id ? `on=${names.which(message_id)}` : "";
    return response === "accept"
      ? `${names.who(id)}.allows_calls(${[permanent === undefined ? "" : `permanent=${python(permanent)}`, on].filter(Boolean).join(", ")})`
      : `${names.who(id)}.refuses_calls(${on})`;
  }],
  ["POST", /^\/people\/([^/]+)\/reactions$/, (id, { message_id, emoji }, names) =>
    `${names.who(id)}.reacts(${names.which(message_id)}, ${python(emoji ?? "")})`],
  ["POST", /^\/people\/([^/]+)\/edits$/, (id, { message_id, text: words }, names) =>
    `${names.who(id)}.edits(${names.which(message_id)}, ${python(words)})`],
  ["POST", /^\/people\/([^/]+)\/deletions$/, (id, { message_id }, names) =>
    `${names.who(id)}.deletes(${names.which(message_id)})`],
  ["POST", /^\/people\/([^/]+)\/plays$/, (id, { message_id }, names) => `${names.who(id)}.plays(${names.which(message_id)})`],
  ["POST", /^\/people\/([^/]+)\/reads$/, (id, { message_id } = {}, names) =>
    `${names.who(id)}.reads(${message_id ? names.which(message_id) : ""})`],
  ["POST", /^\/people\/([^/]+)\/calls$/, (id, { to, lasts } = {}, names) =>
    `${names.who(id)}.calls(${call(null, { to })}${lasts === undefined ? "" : `${to ? ", " : ""}lasts=timedelta(seconds=${lasts})`})`],
  ["POST", /^\/people\/([^/]+)\/ad-clicks$/, (id, { text: words, to, referral, device }, names) =>
    `${names.who(id)}.clicks_ad(${call(python(words), { to, referral, device })})`],
  ["POST", /^\/people\/([^/]+)\/blocks$/, (id, { to, blocked } = {}, names) =>
    `${names.who(id)}.${blocked === false ? "unblocks" : "blocks"}(${call(null, { to })})`],
  ["POST", /^\/people\/([^/]+)\/opt-outs$/, (id, { to, stopped } = {}, names) =>
    `${names.who(id)}.${stopped === false ? "resumes_marketing" : "stops_marketing"}(${call(null, { to })})`],
  ["POST", /^\/people\/([^/]+)\/reports$/, (id, { to, message_id, template } = {}, names) =>
    `${names.who(id)}.reports(${call(message_id ? names.which(message_id) : null, { template, to })})`],
  ["POST", /^\/people\/([^/]+)\/number-changes$/, (id, body, names) => `${names.who(id)}.changes_number(${python(body.new)})`],
  ["PATCH", /^\/people\/([^/]+)$/, (id, changed, names) => `${names.who(id)}.becomes(${call(null, changed)})`],
  ["POST", /^\/people$/, ({ name, wa_id, ...more } = {}) => `whatsapp.person(${call(null, { name, number: wa_id, new: true, ...more })})`],
  ["POST", /^\/crowds$/, ({ count, ...more }) => `whatsapp.crowd(${call(python(count), more)})`],
  ["POST", /^\/clock\/advance$/, ({ to, next, ...length }) =>
    next ? "whatsapp.clock.advance_to_next()"
      : to ? `whatsapp.clock.travel_to(datetime.fromisoformat(${python(to)}))`
        : `whatsapp.clock.advance(${call(null, length)})`],
  ["POST", /^\/clock\/freeze$/, ({ at } = {}) =>
    at ? `whatsapp.clock.travel_to(datetime.fromisoformat(${python(at)}))\nwhatsapp.clock.freeze()` : "whatsapp.clock.freeze()"],
  ["POST", /^\/clock\/run$/, ({ speed } = {}) => `whatsapp.clock.run(${speed === undefined ? "" : python(speed)})`],
  ["POST", /^\/settle$/, () => "whatsapp.settle()"],
  ["POST", /^\/reset$/, () => "whatsapp.reset()"],
  ["POST", /^\/faults$/, ({ code, ...more }) => `whatsapp.faults.add(${call(python(code), more)})`],
  ["DELETE", /^\/faults$/, () => "whatsapp.faults.clear()"],
];

/** What a person wrote: by the method of its kind. */
function wrote(id, { type = "text", to, group, context, referral, device, timestamp, profile, ...contents }, names) {
  const person = names.who(id);
  const quotes = context && (context.message_id ?? context.id);
  const about = { to, referral, device };
  if (type === "text") {
    const reply = quotes ? `, reply_to=${names.which(quotes)}` : "";
    return `${person}.says(${call(python(contents.text.body), { ...about, group })}${reply})`;
  }
  if (type === "reaction")
    return `${person}.reacts(${names.which(contents.reaction.message_id)}, ${python(contents.reaction.emoji ?? "")})`;
  const content = contents[type];
  if (content && "data" in content) {
    const { data, mime_type, ...more } = content;
    return `${person}.shows(${call(`${python(type)}, b64decode(${python(data)}), ${python(mime_type)}`, { ...more, to })})`;
  }
  if (type === "request_welcome") return `${person}.opens_chat(${call(null, { to })})`;
  return `${person}.sends(${call(`${python(type)}, ${python(content)}`, { to })})`;
}

/** Find how a test says an act; `null` for one that a test has no member for. */
export function asPytest(method, path, body, names = { who, which }) {
  const [, below] = path.match(/^\/_emulator\/sandboxes\/[^/]+(.*)$/) ?? [];
  if (below === undefined) return null;
  for (const [verb, pattern, say] of ROWS) {
    const found = verb === method && below.match(pattern);
    if (found) return say(...found.slice(1).map(decodeURIComponent), body ?? {}, names);
  }
  return null;
}
