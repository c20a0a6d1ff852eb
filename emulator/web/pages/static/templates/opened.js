// One template opened: how the phone shows it, what it is, what became of it, and what is decided over it.

import { templatePreview } from "../chat/templates.js";
import { button, chip, facts as facts_, fill, h, icon } from "../dom.js";
import { duration, instant, pretty } from "../format.js";
import { calmly } from "../live.js";
import { attempt, code, confirmed, dialog, field, menu, select, tabs } from "../parts.js";
import { AT_HAND, DECISIONS, REASONS, TONES, deletion } from "./acts.js";
import { sendTo } from "./sending.js";

/** What a status means for sends, and the error that they are refused with. */
const MEANS = {
  PENDING: ["", "It is being reviewed. Sends are refused until it is approved", 132001],
  REJECTED: ["is-bad", "It was rejected. Edit it, or appeal; sends are refused", 132001],
  PAUSED: ["is-warning", "It is paused. Sends are refused until the pause ends", 132015],
  DISABLED: ["is-bad", "It is disabled. Sends are refused until it is reinstated", 132016],
  IN_APPEAL: ["", "Its rejection is appealed. Sends are refused until that is decided", 132001],
  ARCHIVED: ["", "It is archived, and deleted 28 days later unless it is unarchived", null],
  PENDING_DELETION: ["is-warning", "It is deleted as soon as its messages have arrived", null],
};
const CATEGORIES = ["MARKETING", "UTILITY", "AUTHENTICATION"];

/** The bubble of a template as the phone shows it, with its examples. */
export function preview(template) {
  return h("div.phone-body.template-preview", { role: "group", "aria-label": "Preview" }, h("ol.bubbles", {}, h("li.bubble.is-template", {}, templatePreview(template))));
}

/** Show a template; returns `{element, heard}`. */
export function opened(first, ctx, tools) {
  const { api, facts, live: _, clock } = ctx;
  let template = first;
  const element = h("div", {});
  const history = h("ol.followed", { "aria-label": "History" });
  const about = () => ({ template: template.name, language: template.language });

  const refresh = calmly(async () => {
    const found = await api.get(`/templates/${template.id}`).catch((problem) => (problem.status === 404 ? null : Promise.reject(problem)));
    if (found === null) {
      tools.gone();
      return;
    }
    if (JSON.stringify(found) !== JSON.stringify(template)) {
      template = found;
      draw();
    }
    tell();
  }, 250);

  const tell = calmly(async () => {
    const [{ journal }, { due }] = await Promise.all([api.get("/journal", { subject: template.id, order: "newest", limit: 50 }), api.get("/due")]);
    const next = due.find(({ subject }) => subject === template.id);
    fill(
      history,
      next && h("li.followed-step", {}, icon("clock", "small"), h("span.grow", {}, h("span.muted.small-text.number", {}, `${instant(next.due)}, in ${duration(Math.max(0, (Date.parse(next.due) - clock.now()) / 1000))}`), h("div", {}, next.does))),
      journal.map((each) => h("li.followed-step", {}, icon(each.kind === "call" ? "calls" : each.kind === "webhook" ? "webhook" : "template", "small"), h("span.grow", {}, h("span.muted.small-text.number", {}, instant(each.at)), h("div", {}, each.summary)))),
      !journal.length && !next && h("li.muted", {}, "Nothing yet: it is from the seed."),
    );
  }, 250);

  async function decide({ decision, reason, asks, text }) {
    if (asks) {
      reject();
      return;
    }
    await attempt(() => api.act("POST", `/templates/${template.id}/review`, reason ? { decision, reason } : { decision }, { about: about() }), text.replace(/ …$/, ""));
    refresh();
  }

  function reject() {
    const reason = select(REASONS, { autofocus: true });
    dialog(`Reject ${template.name}`, () => [field("Reason", reason, "The business hears of it by message_template_status_update.")], {
      acts: [
        { text: "Cancel", act: () => {} },
        { text: "Reject", kind: "primary", act: () => api.act("POST", `/templates/${template.id}/review`, { decision: "reject", reason: reason.value }, { about: about() }).then(refresh) },
      ],
    });
  }

  function recategorize() {
    const category = select(CATEGORIES.filter((each) => each !== template.category), { autofocus: true });
    dialog("Find that it belongs to another category", () => [field("Category", category, "Utility becomes marketing a day later; apps hear of it by template_category_update.")], {
      acts: [
        { text: "Cancel", act: () => {} },
        { text: "Decide", kind: "primary", act: () => api.act("POST", `/templates/${template.id}/category`, { category: category.value }, { about: about() }).then(refresh) },
      ],
    });
  }

  function remove() {
    confirmed(`Delete ${template.name}?`, `It is deleted in ${template.language}. The name of an approved template stays taken for 30 days.`, "Delete", async () => {
      await api.graph("DELETE", deletion(template), undefined, { access: facts.get().identity.access_token, about: about() });
      refresh();
    });
  }

  function all(anchor) {
    menu(anchor, [
      ...DECISIONS.map((each) => each && { text: each.text, icon: each.icon, act: () => decide(each) }),
      { text: "Another category …", icon: "filter", act: recategorize },
      null,
      { text: "Delete …", icon: "trash", danger: true, act: remove },
    ]);
  }

  /** What the status means for sends, with the page of the error that they are refused with. */
  function notice(tone, means, number) {
    const code_ = number && [" with ", h("a", { href: `/_emulator/errors/${number}`, target: "_blank" }, String(number))];
    const reason = template.status === "REJECTED" && [" The reason: ", h("strong", {}, template.rejected_reason), "."];
    return h(`div.notice${tone && `.${tone}`}`, { role: "status" }, icon("alert"), h("p", {}, means, code_, ".", reason));
  }

  function draw() {
    const { status } = template;
    const [tone, means, number] = MEANS[status] ?? [];
    const decisions = button("Decide", () => all(decisions), { icon: "more", title: "Every decision over it" });
    const hand = (AT_HAND[status] ?? []).map((name) => DECISIONS.find((each) => each?.decision === name));
    const isApproved = status === "APPROVED";
    fill(
      element,
      h(
        "div.pane-head",
        {},
        button("", tools.back, { icon: "back", kind: "quiet", label: "Back to the list" }),
        h("h2.grow", {}, template.name),
        chip(status.toLowerCase().replaceAll("_", " "), TONES[status] ?? ""),
        h(
          "div.row",
          {},
          hand.map((each) => button(each.text.replace(" for its quality", "").replace(", as the business", ""), () => decide(each), { icon: each.icon, kind: each.decision === "approve" ? "primary" : "" })),
          button("Send to …", () => sendTo(template, ctx), { icon: "send", kind: isApproved ? "primary" : "" }),
          button("Edit", tools.edit, { icon: "edit" }),
          decisions,
        ),
      ),
      h(
        "div.pane-body",
        {},
        means && notice(tone, means, number),
        h(
          "div.template-two",
          {},
          preview(template),
          facts_([
            ["Category", template.category.toLowerCase()],
            ["Was before", template.previous_category?.toLowerCase()],
            ["Should be", template.correct_category?.toLowerCase()],
            ["Language", template.language],
            ["Quality", template.quality_score && `${template.quality_score.score.toLowerCase()}`],
            ["Variables", template.parameter_format?.toLowerCase()],
            ["Waits", template.message_send_ttl_seconds && `${duration(template.message_send_ttl_seconds)} for a phone that is off`],
            ["Changed", template.last_updated_time && instant(template.last_updated_time)],
            ["Id", h("code", {}, template.id)],
            ["Account", h("code", {}, template.waba_id)],
          ]),
        ),
        tabs("Parts of the template", [
          { title: "History", show: () => history },
          { title: "JSON", show: () => code(pretty(template), "The template as JSON") },
        ]),
      ),
    );
  }

  draw();
  tell();
  return { element, heard: (entries) => entries.some(({ subject }) => subject === template.id) && refresh() };
}
