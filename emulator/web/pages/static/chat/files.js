// Files of messages: fetched when they come into sight, shown as what they are, kept for a while.

import { fill, h, icon } from "../dom.js";
import { bytes } from "../format.js";

const MOST_KEPT = 60;
/** How many files are kept; the ones that were shown longest ago go first. */
const DRAWN = /^image\/(png|jpeg|webp|gif)$/;
const HEARD = /^audio\//;
const SEEN = /^video\//;

/** The files of one sandbox by their media ids. */
export class Files {
  #api;
  #kept = new Map();
  #watched = new WeakMap();
  #observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.#show(target);
    },
    { rootMargin: "300px" },
  );

  constructor(api) {
    this.#api = api;
  }

  /**
   * An element for a file of a message.
   *
   * @param {"image"|"video"|"audio"|"document"|"sticker"} kind
   * @param {{id?: string, link?: string, filename?: string, voice?: boolean}} file As it stands in the message.
   */
  of(kind, file = {}) {
    const place = h(`div.file.is-${kind}`, {}, h("span.spinner", {}));
    if (!file.id) return fill(place, card(kind, file.link ?? "no file", "by link: not loaded, as nothing leaves this machine"));
    this.#watched.set(place, { kind, file });
    this.#observer.observe(place);
    return place;
  }

  close() {
    this.#observer.disconnect();
    for (const known of this.#kept.values()) known.then(({ url }) => URL.revokeObjectURL(url), () => {});
    this.#kept.clear();
  }

  async #show(place) {
    this.#observer.unobserve(place);
    const { kind, file } = this.#watched.get(place);
    try {
      const { url, blob } = await this.#get(file.id);
      fill(place, shown(kind, file, url, blob));
    } catch (problem) {
      fill(place, card(kind, file.filename ?? kind, problem.message));
    }
  }

  #get(id) {
    let known = this.#kept.get(id);
    this.#kept.delete(id);
    known ??= this.#api.bytes(`/media/${encodeURIComponent(id)}`).then((blob) => ({ blob, url: URL.createObjectURL(blob) }));
    this.#kept.set(id, known);
    if (this.#kept.size > MOST_KEPT) {
      const [oldest, gone] = this.#kept.entries().next().value;
      this.#kept.delete(oldest);
      gone.then(({ url }) => URL.revokeObjectURL(url), () => {});
    }
    return known;
  }
}

function shown(kind, file, url, blob) {
  if (DRAWN.test(blob.type) && kind !== "document") {
    const drawn = h("img", { src: url, alt: file.caption || `${kind} without a description`, loading: "lazy" });
    drawn.addEventListener("error", () => drawn.replaceWith(card(kind, blob.type, `${bytes(blob.size)}, not a picture that can be drawn`)));
    return drawn;
  }
  if (HEARD.test(blob.type)) return h("audio", { src: url, controls: true, "aria-label": file.voice ? "Voice message" : "Audio" });
  if (SEEN.test(blob.type)) return h("video", { src: url, controls: true, "aria-label": "Video" });
  const name = file.filename ?? `${kind} (${blob.type || "no type"})`;
  return h("a.file-card", { href: url, download: file.filename ?? kind }, icon("file"), h("span.grow", {}, name), h("small", {}, bytes(blob.size)));
}

function card(kind, name, detail) {
  return h("div.file-card", {}, icon(kind === "image" || kind === "sticker" ? "image" : "file"), h("span.grow", {}, h("span", {}, name), h("small", {}, detail)));
}
