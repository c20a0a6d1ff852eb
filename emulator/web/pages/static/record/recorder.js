// What the acts of a visit need so that they can be told again: when each was, and what had been written by then.

/** Has each act remember the newest message before it, and the simulated instant at which it began. */
export function record(api, clock) {
  api.prepare = async (act) => {
    act.now = clock.now();
    const { messages } = await api.get("/messages", { limit: 1 }).catch(() => ({ messages: [] }));
    act.before = messages[0]?.id ?? "";
  };
}

const PAGE = 500;
const MOST = 5_000;
/** Messages that are looked at for one recording. */

/** Read the messages that came after one, oldest first; `""` is the beginning. */
export async function since(api, id) {
  const found = [];
  for (let after = id; found.length < MOST; ) {
    const { messages, next } = await api.get("/messages", { after, limit: PAGE });
    found.push(...messages);
    if (!next) break;
    after = next;
  }
  return found;
}

/**
 * Put acts and what was sent to people after each into one row of steps: by the app, or by the act itself.
 *
 * @param {Object[]} acts Acts that were carried out, oldest first.
 * @param {Object[]} messages Those that came after the first act had begun.
 * @returns {Array<{act: Object}|{sent: Object}>}
 */
export function steps(acts, messages) {
  const places = new Map(messages.map(({ id }, at) => [id, at]));
  const begun = acts.map(({ before }) => (places.get(before) ?? -1) + 1);
  return acts.flatMap((act, at) => [
    { act },
    ...messages.slice(begun[at], begun[at + 1] ?? messages.length).filter(({ direction }) => direction === "outbound").map((sent) => ({ sent })),
  ]);
}

/** The ids of messages that acts are about. */
export function mentioned(acts) {
  const ids = new Set();
  for (const { body } of acts) for (const id of [body?.message_id, body?.context?.message_id, body?.reaction?.message_id]) if (id) ids.add(id);
  return ids;
}

/** The people that steps are about, in the order in which they come. */
export function people(all) {
  const found = new Set();
  for (const { act, sent } of all) {
    const id = sent?.wa_id ?? act.path.match(/\/people\/([^/]+)/)?.[1];
    if (id && !sent?.group_id) found.add(decodeURIComponent(id));
  }
  return [...found];
}
