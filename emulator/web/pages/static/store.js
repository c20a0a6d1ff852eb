// State that several parts of the page look at.

/** A small store: `get()`, `set({…})`, and `watch(f)`, which calls `f` now and after each change. */
export class Store {
  #state;
  #watchers = new Set();

  constructor(initial) {
    this.#state = initial;
  }

  get() {
    return this.#state;
  }

  set(changes) {
    this.#state = { ...this.#state, ...changes };
    for (const watcher of [...this.#watchers]) watcher(this.#state);
  }

  /** @returns A function that ends the watch. */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.#state);
    return () => this.#watchers.delete(watcher);
  }
}
