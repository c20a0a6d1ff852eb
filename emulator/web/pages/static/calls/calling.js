// A call of the Graph API as a line of `curl`.

import { shell } from "../acts/values.js";

/**
 * Write a call as the journal keeps it, or one that is to be made, as a line that works: with the token of the
 * sandbox. A file is named, not written down.
 *
 * @param {{method: string, path: string, request: string}} call `request` is what was sent, as JSON.
 */
export function calling({ method, path, request = "{}" }, token) {
  const sent = parsed(request);
  const url = location.origin + path;
  const parts = ["curl"];
  const isForm = /\/media$/.test(path) && method === "POST";
  if (method !== "GET" && method !== "POST") parts.push(`-X ${method}`);
  else if (method === "POST" && !request) parts.push("-X POST");
  const query = method === "GET" && sent && Object.keys(sent).length ? `?${new URLSearchParams(Object.entries(sent).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]))}` : "";
  parts.push(shell(url + query), `-H ${shell(`Authorization: Bearer ${token}`)}`);
  if (method === "GET") return parts.join(" ");
  if (isForm && sent) return [...parts, ...Object.entries(sent).map(([name, value]) => `-F ${shell(name === "file" ? `file=@${String(value).replace(/ \(.*/, "")}` : `${name}=${value}`)}`)].join(" ");
  return [...parts, "-H 'Content-Type: application/json'", `-d ${shell(sent ? JSON.stringify(sent) : request)}`].join(" ");
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // it was longer than the journal keeps
  }
}
