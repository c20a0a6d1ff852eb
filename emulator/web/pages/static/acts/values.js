// Values as curl, Python and YAML write them.

const WORD = /^[A-Za-z0-9_./:=@%+-]+$/;
const HIDDEN = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Letters that turn or hide text: they are written as escapes. */

/** A word of a shell. */
export const shell = (text) => (WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A text in double quotes, with escapes that JSON, Python and YAML read alike. */
export const quoted = (text) => JSON.stringify(text).replace(HIDDEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A value of JSON as Python writes it; a `Python` is an expression, and stands as it is. */
export function python(value) {
  if (value instanceof Python) return value.text;
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  return `{${Object.entries(value).map(([key, each]) => `${quoted(key)}: ${python(each)}`).join(", ")}}`;
}

/** An expression of Python. */
export class Python {
  constructor(text) {
    this.text = text;
  }
}

/** Arguments of a call in Python: those in a row, then those by name; what is `undefined` is left out. */
export function args(given, named = {}) {
  const all = given.filter((each) => each !== undefined).map(python);
  for (const [name, value] of Object.entries(named)) if (value !== undefined) all.push(`${name}=${python(value)}`);
  return `(${all.join(", ")})`;
}

/** A value as YAML writes it in one line: JSON is YAML, too. */
export function yaml(value) {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(yaml).join(", ")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => `${WORD.test(key) ? key : quoted(key)}: ${yaml(each)}`).join(", ")}}`;
  return JSON.stringify(value ?? null);
}
