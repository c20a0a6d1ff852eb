// A list that grows at its beginning, the newest first, and that is read on backwards page by page.

/** The pages of such a list that are held: as many entries as are in sight with ease, wherever one has read to. */
export class Pages {
  #read;
  #number;
  #most;
  #next = null;
  #turn = 0;

  /**
   * @param {(before: number|null) => Promise<{entries: Object[], next: number|null, dropped?: number}>} read Reads the page
   *   before an entry of that number, or the newest, the newest first; `next` is what the page after it comes before.
   * @param {string} number The member that numbers the entries.
   * @param {number} most How many are held: whoever reads on backwards loses the newest, until `toNewest`.
   */
  constructor(read, number, most) {
    this.#read = read;
    this.#number = number;
    this.#most = most;
    this.held = [];
    /** Whether the newest are held; if not, nothing is added to what one reads. */
    this.isAtNewest = true;
    /** How many of the oldest are gone for good, as far as it was said. */
    this.dropped = 0;
  }

  get hasOlder() {
    return this.#next !== null;
  }

  find(number) {
    return this.held.find((each) => each[this.#number] === number);
  }

  /** The entry so many places after the one of a number, older ones after newer ones; the newest where that is not held. */
  beside(number, by) {
    const at = this.held.findIndex((each) => each[this.#number] === number);
    return this.held[at < 0 ? 0 : at + by];
  }

  /** Put an entry in the place of the one that has its number, if that is held. */
  replace(entry) {
    this.held = this.held.map((each) => (each[this.#number] === entry[this.#number] ? entry : each));
  }

  /** Hold nothing, such as when other ones are asked for; what is being read is not taken any more. */
  clear() {
    this.#turn += 1;
    this.held = [];
    this.#next = null;
    this.isAtNewest = true;
  }

  /** Read the newest, and add them to what is held; says whether anything was read and taken. */
  async refresh() {
    if (!this.isAtNewest) return false;
    const found = await this.#page(null);
    if (!found || !this.isAtNewest) return false; // meanwhile the newest may have been let go of, by reading on
    const last = found.entries.at(-1)?.[this.#number];
    const from = this.held.findIndex((each) => each[this.#number] === last);
    if (from < 0) {
      this.held = found.entries;
      this.#next = found.next;
    } else this.held = [...found.entries, ...this.held.slice(from + 1)];
    if (this.held.length > this.#most) {
      this.held = this.held.slice(0, this.#most);
      this.#next = this.held.at(-1)[this.#number];
    }
    return true;
  }

  /** Read the page before the oldest that are held; says whether it was taken. */
  async older() {
    const found = await this.#page(this.#next);
    if (!found) return false;
    const all = [...this.held, ...found.entries];
    this.held = all.slice(-this.#most);
    this.isAtNewest &&= this.held.length === all.length;
    this.#next = found.next;
    return true;
  }

  /** Let go of what was read on to, and begin with the newest again. */
  toNewest() {
    this.clear();
    return this.refresh();
  }

  async #page(before) {
    const turn = this.#turn;
    const found = await this.#read(before);
    if (turn !== this.#turn) return null;
    this.dropped = found.dropped ?? 0;
    return found;
  }
}
