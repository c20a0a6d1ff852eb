// The parts that views are made of: toasts, dialogs, menus, code that can be copied, empty states, tabs.

import { add, button, fill, h, icon } from "./dom.js";

const SHOWN = 6_000;
/** Milliseconds that a toast is shown. */
const TOASTS = 4;

/** Say something in a corner for some seconds; `tone` is `"danger"` for what went wrong. Repeated, it is counted. */
export function toast(text, tone = "") {
  const place = document.getElementById("toasts");
  const words = h("p", {}, text);
  const made = h(`div.toast${tone && `.is-${tone}`}`, {}, words, button("", () => made.remove(), { icon: "close", kind: "quiet small", label: "Dismiss" }));
  place.append(made);
  while (place.children.length > TOASTS) place.firstElementChild.remove();
  setTimeout(() => made.remove(), tone ? SHOWN * 2 : SHOWN);
}

/** Carry out an act and say what was wrong with it, if anything; returns its answer, or `undefined`. */
export async function attempt(act, done) {
  try {
    const answer = await act();
    if (done) toast(done);
    return answer;
  } catch (problem) {
    toast(problem.message, "danger");
    return undefined;
  }
}

/**
 * Show a dialog.
 *
 * @param {string} title
 * @param {(dialog: HTMLDialogElement) => Node[]} body Makes what stands in it.
 * @param {Object} [options] `acts`: buttons at the foot, each `{text, kind, act}`, where `act` may throw a
 *   problem, which is shown in the dialog, and the dialog is closed when it returns anything but `false`;
 *   `wide`: for tables and code.
 * @returns {HTMLDialogElement} It is gone when it is closed.
 */
export function dialog(title, body, { acts = [], wide = false } = {}) {
  const complaint = h("p.complaint", { role: "alert", hidden: true });
  const form = h("form", { method: "dialog" });
  const made = h(`dialog.dialog${wide ? ".is-wide" : ""}`, { "aria-label": title }, form);
  const run = async (act) => {
    complaint.hidden = true;
    try {
      if ((await act(made)) !== false) made.close();
    } catch (problem) {
      complaint.textContent = problem.message;
      complaint.hidden = false;
    }
  };
  add(form, [
    h("header.dialog-head", {}, h("h2", {}, title), button("", () => made.close(), { icon: "close", kind: "quiet", label: "Close" })),
    h("div.dialog-body", {}, body(made), complaint),
    acts.length > 0 &&
      h(
        "footer.dialog-foot",
        {},
        acts.map(({ text, kind = "", act }) =>
          h(`button.button${kind && `.${kind}`}`, { type: kind === "primary" ? "submit" : "button", on: kind === "primary" ? {} : { click: () => run(act) } }, text),
        ),
      ),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const primary = acts.find(({ kind }) => kind === "primary");
    if (primary) run(primary.act);
  });
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close();
  });
  const before = document.activeElement;
  made.addEventListener("close", () => {
    made.remove();
    before?.focus?.({ preventScroll: true });
  });
  document.body.append(made);
  made.showModal();
  (made.querySelector("[autofocus]") ?? made.querySelector(".dialog-body :is(input, textarea, select, button)"))?.focus();
  return made;
}

/** Ask before something that cannot be taken back; `act` is carried out when the answer is yes. */
export function confirmed(title, text, word, act) {
  return dialog(title, () => [h("p", {}, text)], {
    acts: [{ text: "Cancel", act: () => {} }, { text: word, kind: "primary", act }],
  });
}

/**
 * Open a menu under an element: `entries` are `{text, icon, act, danger}`, or `null` for a line between them.
 * Arrow keys move in it, Escape closes it.
 */
export function menu(anchor, entries) {
  const made = h("div.menu", { popover: "auto", role: "menu" });
  const choose = (act) => () => {
    made.hidePopover();
    act();
  };
  add(
    made,
    entries.map((entry) =>
      entry === null
        ? h("hr", {})
        : h(
            `button${entry.danger ? ".danger" : ""}`,
            { type: "button", role: "menuitem", disabled: Boolean(entry.disabled), on: { click: choose(entry.act) } },
            entry.icon && icon(entry.icon),
            entry.text,
          ),
    ),
  );
  made.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...made.querySelectorAll("button:not(:disabled)")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  made.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    made.remove(); // this comes later than what was chosen, which may have put the focus elsewhere
    if (document.activeElement === document.body) anchor.focus({ preventScroll: true });
  });
  (anchor.closest("dialog") ?? document.body).append(made);
  made.showPopover();
  const at = anchor.getBoundingClientRect();
  const size = made.getBoundingClientRect();
  const below = at.bottom + 4 + size.height <= innerHeight;
  made.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  made.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  made.querySelector("button:not(:disabled)")?.focus();
  return made;
}

/** Copy a text, and say so. */
export async function copy(text, what = "Copied") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea.visually-hidden", { value: text, "aria-hidden": "true" });
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(what);
}

/** Code with a button that copies it. `label` says what it is, for who cannot see it. */
export function code(text, label = "Code") {
  return h(
    "div.code",
    {},
    h("pre", { tabindex: "0", role: "region", "aria-label": label }, text),
    button("", () => copy(text), { icon: "copy", kind: "small quiet", label: `Copy: ${label}` }),
  );
}

/** What stands where there is nothing yet: what to do next, with a `curl` that works as it stands. */
export function empty(title, text, { icon: drawing = "list", curl, children = [] } = {}) {
  return h("div.empty", {}, icon(drawing), h("h2", {}, title), h("p", {}, text), curl && code(curl, "A call that works as it stands"), children);
}

/** A labelled field; `hint` stands below it. */
export function field(label, input, hint) {
  input.id ||= `field-${(field.made = (field.made ?? 0) + 1)}`;
  input.classList.add("input");
  return h("div.field", {}, h("label", { for: input.id }, label), input, hint && h("small", {}, hint));
}

/** A box to tick, with its label. */
export function check(label, input) {
  return h("label.check", {}, input, label);
}

/** A choice: `options` are texts, or pairs of a value and a text. */
export function select(options, props = {}) {
  const { value, ...more } = props;
  const made = h(
    "select.input",
    more,
    options.map((each) => (Array.isArray(each) ? h("option", { value: each[0] }, each[1]) : h("option", { value: each }, each))),
  );
  if (value !== undefined) made.value = value;
  return made;
}

/**
 * A table, which scrolls to the side where it is too wide. `columns` are names, or `{name, isNumber}`; each row has a text or
 * nodes for each of them.
 */
export function table(label, columns, rows) {
  const all = columns.map((each) => (typeof each === "string" ? { name: each } : each));
  const kind = (tag, at) => `${tag}${all[at].isNumber ? ".number" : ""}`;
  const head = h("thead", {}, h("tr", {}, all.map(({ name }, at) => h(kind("th", at), { scope: "col" }, name))));
  const body = h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, at) => h(kind("td", at), {}, cell)))));
  return h("div.scroll-x", { tabindex: "0", role: "region", "aria-label": label }, h("table.table", {}, head, body));
}

/**
 * Tabs, moved through by arrow keys: `tabs` are `{title, show}`, where `show` makes what stands below.
 * @returns {HTMLElement}
 */
export function tabs(label, all, chosen = 0) {
  const panel = h("div", { role: "tabpanel", tabindex: "0" });
  const buttons = all.map((each, at) =>
    h("button", { type: "button", role: "tab", "aria-selected": "false", tabindex: "-1", on: { click: () => show(at) } }, each.title),
  );
  function show(at) {
    buttons.forEach((each, i) => {
      each.setAttribute("aria-selected", String(i === at));
      each.tabIndex = i === at ? 0 : -1;
    });
    panel.setAttribute("aria-label", all[at].title);
    fill(panel, all[at].show());
  }
  const list = h("div.tabs", { role: "tablist", "aria-label": label }, buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons[at].focus();
    show(at);
  });
  show(chosen);
  return h("div.stack", {}, list, panel);
}

/** The buttons that copy an act, as `curl` and as pytest. */
export function copies(act) {
  return h(
    "span.row",
    {},
    button("curl", () => copy(act.curl, "Copied as curl"), { kind: "small", icon: "copy", "aria-label": "Copy as curl" }),
    act.pytest && button("pytest", () => copy(act.pytest, "Copied as pytest"), { kind: "small", icon: "copy", "aria-label": "Copy as pytest" }),
  );
}

/** A text of the control API as nodes: what stands in backticks is code, all else text. */
export function worded(text) {
  return text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));
}

/** A clause of the control API as a sentence: with a capital letter, if it begins with one, and a full stop. */
export const sentence = (clause) => worded(`${clause[0].toUpperCase()}${clause.slice(1)}.`);

/** Have the browser save bytes under a name. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
