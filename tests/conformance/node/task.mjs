// Reads what to do from standard input as JSON, does it, and prints one JSON value.

import { webcrypto } from "node:crypto";
import { text } from "node:stream/consumers";

globalThis.crypto ??= webcrypto; // Node 18 has it under another name

/** Do the act that the task names; `acts` maps each name to a function of the task. */
export async function carryOut(acts) {
  const task = JSON.parse(await text(process.stdin));
  const result = await acts[task.act](task);
  process.stdout.write(JSON.stringify(result ?? null));
}

/** A `fetch` that leads to the emulator at `url`, whatever host is asked for. */
export const rerouted = (url) => (address, options) => {
  const { pathname, search } = new URL(address);
  return fetch(new URL(pathname + search, url), options);
};

/** The value of each row of `table` that the task asks for, called one after the other. */
export async function each(rows, table, call) {
  const results = {};
  for (const row of rows) results[row] = await call(table[row]);
  return results;
}
