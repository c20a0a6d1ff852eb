// The simulated time of a sandbox, as the page knows it: asked for when something changes, counted on meanwhile.

import { calmly } from "./live.js";
import { Store } from "./store.js";

const LOOK = 2_000;
/** Milliseconds after which the clock is asked again: time that others move leaves no trace where nothing is due. */
const WATCH = 250;
/** Milliseconds between two looks while somebody moves the clock. */

export class Clock extends Store {
  #api;
  #asked = 0;
  #timer;

  /** The state: `{now, mode, speed, next_due, walking}` of the control API, `now` as it was when it was asked. */
  constructor(api) {
    super({ now: null, mode: "", speed: null, next_due: null, walking: null });
    this.#api = api;
    this.refresh = calmly(() => this.#ask(), 150);
  }

  start() {
    this.refresh();
    return this;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#api = null;
  }

  /** The present simulated instant in milliseconds since 1970; `null` before the first answer. */
  now() {
    const { now, mode, speed } = this.get();
    if (now === null) return null;
    const passed = mode === "running" ? (performance.now() - this.#asked) * (speed ?? 1) : 0;
    return Date.parse(now) + passed;
  }

  async #ask() {
    clearTimeout(this.#timer);
    if (!this.#api) return;
    try {
      if (document.hidden && this.get().now !== null) return;
      const clock = await this.#api.get("/clock");
      this.#asked = performance.now();
      this.set(clock);
    } catch {
      // asked again below
    } finally {
      this.#again();
    }
  }

  #again() {
    if (this.#api) this.#timer = setTimeout(this.refresh, this.get().walking ? WATCH : LOOK);
  }
}
