// The keyboard: the table of keys, and the help that shows it.

import { h } from "./dom.js";
import { dialog } from "./parts.js";

const CHORD = 1_200;
/** Milliseconds for the second key of two. */

/**
 * Keys of the page and of the view that is shown. A key is added with what it does, and is then in the help.
 *
 * Keys do nothing while somebody types, or while a dialog is open.
 */
export class Keys {
  #rows = [];
  #begun = "";
  #at = 0;

  constructor() {
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /**
   * Add a key: `keys` is one, like `?`, or two that follow each other, like `g p`; `group` is its heading in
   * the help. Returns a function that takes it away again.
   */
  add(keys, what, act, group = "Everywhere") {
    const row = { keys, what, act, group };
    this.#rows.push(row);
    return () => {
      this.#rows = this.#rows.filter((each) => each !== row);
    };
  }

  /** Show every key there is now. */
  help() {
    const groups = Map.groupBy(this.#rows, ({ group }) => group);
    dialog("Keyboard", () =>
      [...groups].map(([group, rows]) =>
        h(
          "section.stack",
          {},
          h("h3", {}, group),
          h("dl.facts", {}, rows.map(({ keys, what }) => [h("dt", {}, keys.split(" ").map((key) => [h("kbd", {}, key), " "])), h("dd", {}, what)])),
        ),
      ),
    );
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.("input, textarea, select, dialog, [popover], [contenteditable]")) return;
    const now = performance.now();
    const begun = now - this.#at < CHORD ? this.#begun : "";
    const pressed = begun ? `${begun} ${event.key}` : event.key;
    const found = this.#rows.findLast(({ keys }) => keys === pressed);
    this.#begun = "";
    if (found) {
      event.preventDefault();
      found.act(event);
    } else if (this.#rows.some(({ keys }) => keys.startsWith(`${event.key} `))) {
      this.#begun = event.key;
      this.#at = now;
    }
  }
}
