// The transcript: who wrote what, and what became of it, in each form the control API has.

import { asCurl } from "../acts/lines.js";
import { button, fill, h } from "../dom.js";
import { writing } from "../examples.js";
import { pretty } from "../format.js";
import { calmly } from "../live.js";
import { code, copy, empty, save, select, tabs } from "../parts.js";

const FORMS = [
  { form: "text", title: "Text", end: "txt" },
  { form: "markdown", title: "Markdown", end: "md" },
  { form: "json", title: "JSON", end: "json" },
  { form: "html", title: "HTML", end: "html" },
];
const LIMITS = [[50, "50 messages"], [200, "200 messages"], [1000, "1,000 messages"]];

/** Show the transcript in `place`; returns a function that ends it. */
export function transcript(place, { api, live, sandbox, facts }) {
  const ended = new AbortController();
  let form = FORMS[0];
  let mark = null;
  const limit = select(LIMITS, { value: "200", "aria-label": "How many messages" });
  limit.classList.add("small-select");
  const written = h("div", {}, h("div.spinner", { role: "status", "aria-label": "Loading" }));
  let text = "";
  /** The address of the page of HTML that is shown. */
  let address = null;
  /** The page of HTML as it looks, in a frame that runs nothing, with a button that copies its source. */
  function framed() {
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    return h("div.transcript-page", {}, h("iframe", { sandbox: true, src: address, title: "The transcript as HTML" }), button("Copy the HTML", () => copy(text), { icon: "copy", kind: "small" }));
  }
  const path = () => `/transcript?form=${form.form}&limit=${limit.value}`;
  const refresh = calmly(async () => {
    const asked = form;
    const answer = await api.get("/transcript", { form: form.form, limit: limit.value });
    if (ended.signal.aborted || asked !== form) return;
    text = asked.form === "json" ? pretty(answer) : answer.trimEnd();
    const isNothing = asked.form === "json" ? !answer.messages.length : !(await api.get("/messages", { limit: 1 })).messages.length;
    if (mark === `${asked.form}${text}`) return;
    mark = `${asked.form}${text}`;
    fill(
      written,
      isNothing
        ? empty("Nobody has written yet", "The conversations stand here as a text to read, or to put into a ticket. Write as a customer:", {
            icon: "list",
            curl: writing({ api, facts }),
          })
        : asked.form === "html"
          ? framed()
          : code(text, `The transcript as ${asked.title}`),
    );
  }, 500);
  const forms = tabs("Form of the transcript", FORMS.map((each) => ({
    title: each.title,
    show: () => {
      form = each;
      refresh();
      return written;
    },
  })));
  limit.addEventListener("change", refresh);
  fill(
    place,
    h(
      "div.pane-body",
      {},
      h(
        "div.row",
        {},
        h("span.muted.small-text", {}, "The newest"),
        limit,
        h("span.grow", {}),
        button("Download", () => save(new Blob([text], { type: "text/plain" }), `transcript-${sandbox}.${form.end}`), { icon: "down", kind: "small" }),
        button("curl", () => copy(asCurl("GET", location.origin + api.address(path())), "Copied as curl"), { icon: "copy", kind: "small", "aria-label": "Copy as curl" }),
        button("pytest", () => copy("print(whatsapp.transcript)", "Copied as pytest"), { icon: "copy", kind: "small", "aria-label": "Copy as pytest" }),
      ),
      forms,
    ),
  );
  live.addEventListener("entries", refresh, { signal: ended.signal });
  return () => {
    ended.abort();
    if (address) URL.revokeObjectURL(address);
  };
}
