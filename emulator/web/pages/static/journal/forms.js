// The journal as text, Markdown and JSON: entries that are shown, oldest first.

import { instant, pretty } from "../format.js";

const line = (text) => text.replaceAll(/\s+/g, " ");

/** Each form: its title, the end of its file's name, its media type, and what makes it of entries. */
export const FORMS = [
  { title: "Text", end: "txt", type: "text/plain", make: (entries) => entries.map(({ at, kind, summary }) => `${at}  ${kind.padEnd(11)}  ${line(summary)}`).join("\n") },
  {
    title: "Markdown",
    end: "md",
    type: "text/markdown",
    make: (entries) => ["| at | kind | what |", "|---|---|---|", ...entries.map(({ at, kind, summary }) => `| ${instant(at)} | ${kind} | ${line(summary).replaceAll(/[\\|`*_<>[\]]/g, "\\$&")} |`)].join("\n"),
  },
  { title: "JSON", end: "json", type: "application/json", make: pretty },
];
