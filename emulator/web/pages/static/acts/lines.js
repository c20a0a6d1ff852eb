// One act in other words: as a line of `curl`, and as a line of a test.

import { find } from "./table.js";
import { Python, python, shell } from "./values.js";

/** How a line by itself names what it is about: people and messages by their ids. */
const ALONE = {
  who: (waId) => `whatsapp.person(number=${python(waId)})`,
  person: (waId) => waId,
  called: (waId) => waId,
  message: (id) => (id === undefined ? undefined : new Python(`whatsapp.sandbox.messages.get(${python(id)})`)),
  number: (id) => id,
};

/** A call as a line for a shell. A body that is a file is named, not written down. */
export function asCurl(method, url, body, access) {
  const parts = ["curl"];
  if (method !== "GET" && !(method === "POST" && body !== undefined)) parts.push(`-X ${method}`);
  parts.push(shell(url));
  if (access) parts.push(`-H ${shell(`Authorization: Bearer ${access}`)}`);
  if (body instanceof Blob) parts.push("--data-binary @snapshot.sqlite");
  else if (body !== undefined) parts.push("-H 'Content-Type: application/json'", `-d ${shell(JSON.stringify(body))}`);
  return parts.join(" ");
}

/**
 * How a test says an act; `null` for one that a test has no member for. `about` is what the act knows and its path
 * does not: `{template, language}`.
 */
export function asPytest(method, path, body, names = ALONE, about = undefined) {
  if (/^\/v\d/.test(path)) return `assert Client(whatsapp.app).open(${python(path)}, method=${python(method)}, headers={"Authorization": f"Bearer {whatsapp.token}"}${body === undefined ? "" : `, json=${python(body)}`}).status_code == 200`;
  const found = find(method, path);
  return found ? found.row.pytest(...found.parts, body ?? {}, { ...names, about }) : null;
}
