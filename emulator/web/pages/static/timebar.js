// The bar of time, which is always there: now, how the clock goes, and every way to move it.

import { button, chip, fill, h, icon, set } from "./dom.js";
import { count, counted, day, duration, phone, second } from "./format.js";
import { attempt, dialog, field, menu } from "./parts.js";

const TURN = 200;
/** Milliseconds between two drawings of the time. */
const SPEEDS = [1, 10, 60, 600, 3600];
const STEPS = [
  { text: "+1 min", body: { minutes: 1 } },
  { text: "+10 min", body: { minutes: 10 } },
  { text: "+1 h", body: { hours: 1 }, always: true },
  { text: "+24 h", body: { hours: 24 }, always: true },
  { text: "+7 days", body: { days: 7 } },
  { text: "+30 days", body: { days: 30 } },
];
/** How far time is moved by one click; those that are `always` there are buttons, the others in the menu. */

/** Draw the bar into `#time` and `#walking`; returns a function that ends it. */
export function timebar({ api, clock, keys }) {
  const hour = h("time.hour", {});
  const date = h("span.day", {});
  const mode = h("span", {});
  const due = h("button.due", { type: "button", title: "What is due next (u)", on: { click: showDue } });
  const next = button("Next", () => move({ next: true }), { icon: "next", title: "To the next event or webhook (n)" });
  const freeze = button("Freeze", turn);
  const steps = STEPS.filter(({ always }) => always).map(({ text, body }) => button(text, () => move(body)));
  const more = button("", () => menu(more, choices()), { icon: "calendar", label: "To a date, other steps, speed" });
  const place = document.getElementById("time");
  fill(place, h("div.now", {}, hour, date), mode, h("div.moves", { role: "group", "aria-label": "Move time" }, freeze, next, steps, more), due);

  const moves = [next, freeze, more, ...steps];
  let moving = 0;

  async function move(body) {
    moving += 1;
    clock.refresh();
    const happened = await attempt(() => api.post("/clock/advance", body));
    moving -= 1;
    clock.refresh();
    return happened;
  }

  function turn() {
    const running = clock.get().mode === "running";
    return attempt(() => api.post(running ? "/clock/freeze" : "/clock/run", {})).then(clock.refresh);
  }

  function choices() {
    return [
      ...STEPS.filter(({ always }) => !always).map(({ text, body }) => ({ text, icon: "clock", act: () => move(body) })),
      { text: "To a date …", icon: "calendar", act: toDate },
      { text: "Settle: all that is due now", icon: "check", act: () => attempt(() => api.post("/settle"), "Settled").then(clock.refresh) },
      null,
      ...SPEEDS.map((speed) => ({
        text: speed === 1 ? "Run as real time goes" : `Run ${count(speed)} times as fast`,
        icon: "play",
        act: () => attempt(() => api.post("/clock/run", { speed })).then(clock.refresh),
      })),
    ];
  }

  function toDate() {
    const at = h("input", { type: "datetime-local", step: "1", required: true, autofocus: true });
    at.value = new Date((clock.now() ?? Date.now()) + 86_400_000).toISOString().slice(0, 19);
    dialog("Let time pass until", () => [field("Date and time, UTC", at, "Everything that is due on the way is carried out, event by event.")], {
      acts: [
        { text: "Cancel", act: () => {} },
        {
          text: "Go",
          kind: "primary",
          act: () => {
            move({ to: `${at.value.length === 16 ? `${at.value}:00` : at.value}Z` });
          },
        },
      ],
    });
  }

  async function showDue() {
    const answer = await attempt(() => Promise.all([api.get("/due", { limit: 50 }), api.get("/deliveries", { state: "waiting", limit: 20 })]));
    if (!answer) return;
    const [{ due: planned }, { deliveries }] = answer;
    const waiting = deliveries.map((each) => ({ due: each.due, does: `Deliver the webhook ${each.id}: ${each.field}.`, wa_id: each.wa_id }));
    const all = [...planned, ...waiting].sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
    dialog("What is due next", (made) => [
      all.length === 0 && h("p.muted", {}, "Nothing is due: time may pass, and nothing happens by itself."),
      h("ul.rows.card-rows", {}, all.map((each) => h("li", {}, h("button", { type: "button", title: "Let time pass until then", on: { click: () => {
        made.close();
        move(Date.parse(each.due) > clock.now() ? { to: each.due } : { next: true });
      } } }, h("span.grow", {}, each.does, each.wa_id && h("span.muted", {}, ` ${phone(each.wa_id)}`)), h("span.muted.small-text.number", {}, `${day(each.due)} ${second(each.due)}`))))),
      all.length > 0 && h("p.muted.small-text", {}, "Choose one, and time passes until then."),
    ], { wide: true });
  }

  function draw() {
    const now = clock.now();
    if (now === null) return;
    const { next_due: coming } = clock.get();
    hour.textContent = second(now);
    hour.dateTime = new Date(now).toISOString();
    date.textContent = day(now);
    due.textContent = coming ? `next due in ${duration(Math.max(0, Math.round((Date.parse(coming) - now) / 1000)))}` : "nothing is due";
  }

  const walking = document.getElementById("walking");
  const watch = clock.watch((state) => {
    const running = state.mode === "running";
    fill(mode, state.mode && chip(running && state.speed !== 1 ? `running × ${count(state.speed)}` : state.mode, running ? "good" : "info"));
    fill(freeze, icon(running ? "pause" : "play"), running ? "Freeze" : "Run");
    set(freeze, { "aria-label": running ? "Freeze the clock" : "Run the clock", title: `${running ? "Freeze" : "Run"} the clock (Space)` });
    const far = state.walking;
    for (const each of moves) each.disabled = Boolean(far) && each !== freeze;
    freeze.disabled = Boolean(far);
    walking.hidden = !far;
    if (far) progress(walking, far, clock.now(), () => attempt(() => api.post("/clock/cancel")));
    draw();
  });

  const timer = setInterval(draw, TURN);
  const taken = [
    keys.add("n", "To the next event or webhook", () => move({ next: true }), "Time"),
    keys.add("h", "One hour on", () => move({ hours: 1 }), "Time"),
    keys.add("d", "24 hours on", () => move({ hours: 24 }), "Time"),
    keys.add("t", "To a date", toDate, "Time"),
    keys.add("u", "What is due next", showDue, "Time"),
    keys.add(" ", "Freeze or run the clock", turn, "Time"),
  ];
  return () => {
    clearInterval(timer);
    watch();
    for (const take of taken) take();
    walking.hidden = true;
  };
}

function progress(place, far, now, cancel) {
  const since = Date.parse(far.since);
  const share = Math.min(1, Math.max(0, (now - since) / (Date.parse(far.until) - since || 1)));
  fill(
    place,
    h("span.number", {}, `${counted(far.events, "event")} so far, at ${day(now)} ${second(now)}`),
    h("div.bar", { role: "progressbar", "aria-label": "Time passes", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(Math.round(share * 100)), style: { "--share": share } }, h("i", {})),
    h("span.number", {}, `until ${day(far.until)} ${second(far.until)}`),
    button("Cancel", cancel, { kind: "small", title: "End where it has come to; what was done stays" }),
  );
}
