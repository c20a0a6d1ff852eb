// One call opened: why it was refused, what was sent and answered, and what followed from it.

import { button, chip, facts as facts_, fill, h, icon } from "../dom.js";
import { instant, phone, prettyText } from "../format.js";
import { calmly } from "../live.js";
import { code, copy, tabs } from "../parts.js";
import { calling } from "./calling.js";

const MOST = 60;
/** Entries of what followed that are shown. */
const KINDS = { call: "calls", message: "phone", status: "tick", webhook: "webhook", template: "template", fault: "bolt", warning: "alert", unsupported: "alert" };
const USUAL = "They are the usual ones: those of a call are kept where it was refused, warned about, or met a fault. `curl -i` shows them all.";

/** The page of the error of a call; the server finds its subcode, or else its code. */
function errorPage({ code: number, response }) {
  const subcode = /"error_subcode":\s*(\d+)/.exec(response ?? "")?.[1];
  return `/_emulator/errors/${[number, ...(subcode ? [subcode] : [])].join("/")}`;
}

/** A text of the emulator, with what it names as links. */
function linked(text) {
  return String(text ?? "").split(/(https:\/\/developers\.facebook\.com\/[^\s),]+|docs\/reference\/errors\.md)/).map((part, at) =>
    at % 2 === 0 ? part : h("a", { href: part.startsWith("docs/") ? "/_emulator/errors/" : part, target: "_blank", rel: "noreferrer" }, part.startsWith("docs/") ? "the list of errors" : part.replace("https://", "")),
  );
}

/**
 * Show an entry of the journal that is a call, or the failure of a message that was accepted.
 *
 * @returns {{element: Node[], heard: Function}} `heard(entries)` keeps what followed up to date.
 */
export function opened(entry, ctx, { back, ending }) {
  const { api, facts, sandbox } = ctx;
  const { identity } = facts.get();
  const { details } = entry;
  const isCall = entry.kind === "call";
  const followed = h("ol.followed", { "aria-label": "What followed" });
  const about = isCall && details.status >= 400 ? null : isCall && details.method === "GET" ? null : entry.subject;
  const heading = isCall ? `${details.method} ${details.path}` : entry.summary;
  const curl = isCall && calling(details, identity.access_token);

  const refresh = calmly(async () => {
    if (about === null) return;
    const { journal } = await api.get("/journal", { chain: about, limit: MOST });
    fill(followed, journal.map(step));
  }, 400);

  function step(each) {
    const isHere = each.seq === entry.seq;
    const failed = each.details?.code !== undefined;
    return h(
      `li.followed-step${isHere ? ".is-here" : ""}${failed ? ".is-bad" : ""}`,
      { "aria-current": isHere ? "true" : null },
      icon(KINDS[each.kind] ?? "list", "small"),
      h("span.grow", {}, h("span.muted.small-text.number", {}, instant(each.at)), h("div", {}, each.summary), failed && each.details.hint && each.kind !== "call" && h("div.muted.small-text", {}, linked(each.details.hint))),
      failed && !isHere && h("a", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/calls/${each.seq}` }, "why"),
    );
  }

  refresh();
  const person = entry.wa_id && h("a", { href: `/_emulator/ui/${encodeURIComponent(sandbox)}/phones/${entry.wa_id}` }, facts.get().people.get(entry.wa_id)?.name ?? phone(entry.wa_id));
  const element = [
    h(
      "div.pane-head",
      {},
      button("", back, { icon: "back", kind: "quiet", label: "Back to the list" }),
      h("h2.grow", {}, heading),
      chip(ending.text, ending.tone),
      curl && button("curl", () => copy(curl, "Copied as curl"), { icon: "copy", "aria-label": "Copy the call as curl", data: { copy: "curl" } }),
    ),
    h(
      "div.pane-body",
      {},
      details.code !== undefined && refusal(details),
      details.fault && h("div.notice.is-warning", {}, icon("bolt"), h("p", {}, `The fault ${details.fault} met it: ${details.effect}. Nothing was wrong with the call itself.`)),
      facts_([
        ["Person", person],
        ["At", instant(entry.at)],
        ["Trace", details.fbtrace_id && h("code", {}, details.fbtrace_id)],
        ["Sent for", details.cause_basis && `${entry.cause === entry.subject ? "nothing before it" : entry.cause} (${details.cause_basis})`],
        ["About", about !== null && entry.subject !== details.path && entry.subject],
      ]),
      isCall &&
        tabs("Parts of the call", [
          { title: "Request", show: () => [code(`${details.method} ${details.path}\nAuthorization: Bearer ***\n\n${prettyText(details.request)}`, "The request"), h("p.muted.small-text", {}, "Tokens and secrets are masked, and of files the name and type are kept.")] },
          { title: "Answer", show: () => code(prettyText(details.response), "The body of the answer") },
          { title: "Headers", show: () => (details.headers ? code(Object.entries(details.headers).map(([name, value]) => `${name}: ${value}`).join("\n"), "The headers of the answer") : h("p.muted", {}, USUAL)) },
          { title: "curl", show: () => code(curl, "The call as curl") },
        ]),
      about !== null && [h("h3", {}, "What led to it, and what followed"), followed],
    ),
  ];
  return { element, heard: (entries) => entries.some(({ kind }) => kind !== "call") && refresh() };
}

function refusal(details) {
  const isMissing = details.rule === "not_emulated";
  const saw = Object.entries(details.facts ?? {});
  return [
    h(
      `div.notice.${isMissing ? "is-warning" : "is-bad"}`,
      { role: "status" },
      icon("alert"),
      h(
        "div.stack.refusal",
        {},
        isMissing && h("p", {}, h("strong", {}, "The platform has this, and the emulator does not: the call is unsupported.")),
        h("p", {}, h("a", { href: errorPage(details), target: "_blank" }, h("strong", {}, String(details.code))), " ", h("strong", {}, details.error?.replace(/^\(#\d+\) /, "") ?? "")),
        h("p", {}, linked(details.hint)),
      ),
    ),
    facts_([
      ["Rule", details.rule && h("a", { href: `/_emulator/rules/${encodeURIComponent(details.rule)}`, target: "_blank" }, h("code", {}, details.rule))],
      ["Facts it saw", saw.length > 0 && h("ul.saw", {}, saw.map(([name, value]) => h("li", {}, h("code", {}, name), " ", value === null ? "none" : typeof value === "object" ? JSON.stringify(value) : String(value))))],
      ["Source page", details.source && h("a", { href: details.source, target: "_blank", rel: "noreferrer" }, details.source.replace("https://", ""))],
    ]),
  ];
}
