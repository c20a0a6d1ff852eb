// The words of a message as a phone shows them: *bold*, _italic_, ~struck~, `code`, ```block```, links.

import { h } from "../dom.js";

const MARKS = [
  { pattern: /```([\s\S]+?)```/, tag: "code" },
  { pattern: /`([^`\n]+)`/, tag: "code" },
  { pattern: /(?<![\p{L}\p{N}])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}])/u, tag: "strong", nested: true },
  { pattern: /(?<![\p{L}\p{N}])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}])/u, tag: "em", nested: true },
  { pattern: /(?<![\p{L}\p{N}])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}])/u, tag: "s", nested: true },
  { pattern: /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/u, tag: "a" },
];
const MOST = 20_000;
/** Letters of a text in which marks are looked for; what comes after is shown as it is. */

/** The nodes of a text. */
export function words(text) {
  return text.length > MOST ? [...words(text.slice(0, MOST)), text.slice(MOST)] : parts(text);
}

function parts(text) {
  let first = null;
  for (const mark of MARKS) {
    const found = mark.pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { mark, found };
  }
  if (!first) return text ? [text] : [];
  const { mark, found } = first;
  const inner = found[1] ?? found[0];
  const made =
    mark.tag === "a"
      ? h("a", { href: found[0], target: "_blank", rel: "noopener noreferrer" }, found[0])
      : h(mark.tag, {}, mark.nested ? parts(inner) : inner);
  return [text.slice(0, found.index), made, ...parts(text.slice(found.index + found[0].length))].filter((each) => each !== "");
}
