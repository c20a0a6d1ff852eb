// The journal as it grows: server-sent events, resumed where they broke off, handed on once a frame.

import { ApiProblem, token } from "./api.js";

const PATIENCE = [500, 1000, 2000, 4000];
/** Milliseconds before each further attempt to connect. */
const MOST_HELD = 20_000;
/** Entries that wait for a frame; older ones are dropped, and `missed` says so. */

/**
 * Follows the journal of a sandbox from now on.
 *
 * `EventSource` cannot send the control token, so the stream is read by `fetch`. Entries are gathered and
 * handed on once a frame, or four times a second while the tab is hidden: however many come, the page is
 * redrawn as often as it is seen.
 */
export class Live extends EventTarget {
  #api;
  #ended = false;
  #last = null;
  #held = [];
  #missed = 0;
  #planned = false;
  #abort = new AbortController();

  constructor(api) {
    super();
    this.#api = api;
    this.state = "connecting";
  }

  /** Begin; returns itself. Events: `entries` (`detail.entries`, `detail.missed`), `reset`, `closed`, `state`. */
  start() {
    this.#follow();
    return this;
  }

  stop() {
    this.#ended = true;
    this.#abort.abort();
  }

  async #follow() {
    for (let failed = 0; !this.#ended; failed += 1) {
      try {
        await this.#read(() => {
          failed = 0;
        });
      } catch {
        // it broke off: try again
      }
      if (this.#ended) return;
      this.#tell("lost");
      await new Promise((done) => setTimeout(done, PATIENCE[Math.min(failed, PATIENCE.length - 1)]));
    }
  }

  async #read(begun) {
    const headers = { Accept: "text/event-stream", ...token.headers() };
    if (this.#last !== null) headers["Last-Event-ID"] = String(this.#last);
    const answer = await fetch(this.#api.address("/events"), { headers, signal: this.#abort.signal, cache: "no-store" });
    if (answer.status === 404 || answer.status === 410) return this.#close();
    if (!answer.ok) throw new Error(String(answer.status));
    begun();
    this.#tell("live");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) return null;
      const pieces = (rest + value).split("\n\n");
      rest = pieces.pop();
      for (const piece of pieces) this.#take(piece);
    }
  }

  #take(piece) {
    let name = "entry";
    let data = "";
    for (const line of piece.split("\n")) {
      if (line.startsWith("event: ")) name = line.slice(7);
      else if (line.startsWith("data: ")) data += line.slice(6);
      else if (line.startsWith("id: ")) this.#last = Number(line.slice(4));
    }
    if (name === "reset") {
      this.#held = [];
      this.dispatchEvent(new CustomEvent("reset"));
    } else if (name === "closed") this.#close();
    else if (data) this.#hold(JSON.parse(data));
  }

  #hold(entry) {
    this.#held.push(entry);
    if (this.#held.length > MOST_HELD) {
      this.#missed += this.#held.length - MOST_HELD / 2;
      this.#held = this.#held.slice(-MOST_HELD / 2);
    }
    if (this.#planned) return;
    this.#planned = true;
    if (document.hidden) setTimeout(() => this.#hand(), 250);
    else requestAnimationFrame(() => this.#hand());
  }

  #hand() {
    this.#planned = false;
    const detail = { entries: this.#held, missed: this.#missed };
    this.#held = [];
    this.#missed = 0;
    if (detail.entries.length) this.dispatchEvent(new CustomEvent("entries", { detail }));
  }

  #close() {
    this.stop();
    this.#tell("closed");
    this.dispatchEvent(new CustomEvent("closed"));
  }

  #tell(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}

/**
 * Make a function that carries out `act` soon, however often it is called: at most once in `pause`
 * milliseconds, never twice at the same time, and once more when it was called meanwhile. A call that is
 * refused meanwhile, or not answered, is left at that: the next event brings the next one.
 */
export function calmly(act, pause = 200) {
  let running = false;
  let again = false;
  return async function calm() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await act();
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
    } finally {
      setTimeout(() => {
        running = false;
        if (again) {
          again = false;
          calm();
        }
      }, pause);
    }
  };
}
