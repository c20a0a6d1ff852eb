// What a person does beside writing: calls, blocks, reports, opts out, goes offline, changes number; and adding one.

import { chip, h } from "../dom.js";
import { duration, phone, pretty } from "../format.js";
import { attempt, check, code, dialog, field, select } from "../parts.js";

const LOCALES = ["en_US", "en_GB", "de_DE", "es_ES", "es_MX", "fr_FR", "hi_IN", "id_ID", "it_IT", "ja_JP", "pt_BR", "ar_EG", "zh_CN"];
const DEVICES = ["android", "ios", "web", "desktop"];
const A_MINUTE = 60;

/** Whether a person's phone is off at an instant in milliseconds. */
export function isOffline(person, now) {
  const spans = person?.habits?.offline ?? [];
  return person?.habits?.delivered_after === null || spans.some(({ from, until }) => Date.parse(from) <= now && (!until || Date.parse(until) > now));
}

/** Chips of what is special about a person and how they stand to a business number. */
export function standing(person, relationship, now) {
  return [
    person.on_whatsapp === false && chip("not on WhatsApp", "bad", { title: "Messages to them fail with 131026" }),
    isOffline(person, now) && chip("offline", "warning", { title: "Their phone is off: nothing is delivered meanwhile" }),
    relationship?.blocked_number_at && chip("has blocked the number", "bad"),
    relationship?.blocked_person_at && chip("blocked by the business", "bad"),
    relationship?.stopped_marketing_at && chip("no marketing", "warning", { title: "Marketing templates to them fail with 131050" }),
    person.opted_in === false && chip("not opted in", "warning"),
  ].filter(Boolean);
}

/** The entries of a person's menu. */
export function acts({ api, person, relationship, to, now, write, move, done }) {
  const path = `/people/${person.wa_id}`;
  const number = () => ({ to: to() });
  const act = (call, said) => () => attempt(call, said).then(done);
  const blocked = Boolean(relationship?.blocked_number_at);
  const stopped = Boolean(relationship?.stopped_marketing_at);
  const offline = isOffline(person, now());
  return [
    { text: "Read everything", icon: "ticks", act: act(() => api.post(`${path}/reads`, {}), "Read") },
    { text: "Call the business …", icon: "call", act: () => call(api, path, number, done) },
    { text: "Open the chat without writing", icon: "phone", act: act(() => write({ type: "request_welcome", request_welcome: {} })) },
    null,
    { text: offline ? "Come back online" : "Go offline", icon: "offline", act: act(() => api.post(`${path}/absences`, { offline: !offline })) },
    { text: "Change number …", icon: "refresh", act: () => changeNumber(person, move) },
    { text: "Facts and habits …", icon: "edit", act: () => change(api, person, done) },
    null,
    { text: stopped ? "Take marketing again" : "Stop marketing", icon: "bell-off", act: act(() => api.post(`${path}/opt-outs`, { ...number(), stopped: !stopped })) },
    { text: "Report the business", icon: "flag", danger: true, act: act(() => api.post(`${path}/reports`, number()), "Reported") },
    { text: blocked ? "Unblock the business" : "Block the business", icon: "block", danger: !blocked, act: act(() => api.post(`${path}/blocks`, { ...number(), blocked: !blocked })) },
  ];
}

function call(api, path, number, done) {
  const lasts = h("input", { type: "number", min: "0", value: "60", autofocus: true });
  const answered = h("input", { type: "checkbox", checked: true });
  answered.addEventListener("change", () => {
    lasts.disabled = !answered.checked;
  });
  dialog("Call the business", () => [check("Somebody of the business answers", answered), field("They speak for, in seconds", lasts, "Unanswered it rings for 45 seconds. A call opens or restarts the customer service window.")], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Call",
        kind: "primary",
        act: async () => {
          await api.post(`${path}/calls`, { ...number(), ...(answered.checked ? { lasts: Number(lasts.value) } : {}) });
          done();
        },
      },
    ],
  });
}

function changeNumber(person, move) {
  const changed = h("input", { type: "tel", required: true, placeholder: "+1 650 555 9999", autofocus: true });
  dialog(`A new number for ${person.name}`, () => [field("New phone number", changed, "The business hears of it by a message of the type system, from the old number.")], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Change",
        kind: "primary",
        act: () => move(changed.value),
      },
    ],
  });
}

function change(api, person, done) {
  const name = h("input", { value: person.name, required: true });
  const locale = select(LOCALES.includes(person.locale) ? LOCALES : [person.locale, ...LOCALES], { value: person.locale });
  const device = select(DEVICES, { value: person.device });
  const opted = h("input", { type: "checkbox", checked: person.opted_in });
  const registered = h("input", { type: "checkbox", checked: person.on_whatsapp });
  const reads = h("input", { type: "checkbox", checked: person.habits.reads });
  const delivered = h("input", { type: "number", step: "any", min: "0", value: person.habits.delivered_after ?? "" });
  const read = h("input", { type: "number", step: "any", min: "0", value: person.habits.read_after ?? "" });
  dialog(`${person.name}, ${phone(person.wa_id)}`, () => [
    field("Name", name),
    field("Locale", locale),
    field("Writes on", device),
    check("Agreed to get messages from the business", opted),
    check("Is on WhatsApp", registered),
    check("Reads what they get", reads),
    field("Delivered after, in seconds", delivered),
    field("Read so long after the delivery, in seconds", read),
    h("details", {}, h("summary", {}, "Everything about them"), code(pretty(person), "The person as JSON")),
  ], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Change",
        kind: "primary",
        act: async () => {
          const habits = { reads: reads.checked };
          if (delivered.value !== "") habits.delivered_after = Number(delivered.value);
          if (read.value !== "") habits.read_after = Number(read.value);
          await api.patch(`/people/${person.wa_id}`, { name: name.value, locale: locale.value, device: device.value, opted_in: opted.checked, on_whatsapp: registered.checked, habits });
          done();
        },
      },
    ],
  });
}

/** Add a person, or a crowd of them; `done(wa_id)` is called with the first. */
export function addPerson(api, done) {
  const name = h("input", { placeholder: "left out: one is invented", autofocus: true });
  const number = h("input", { type: "tel", placeholder: "left out: one is invented" });
  const locale = select(LOCALES, { value: "en_US" });
  const count = h("input", { type: "number", min: "1", max: "10000", value: "1" });
  dialog("Add people", () => [
    field("Name", name),
    field("Phone number", number),
    field("Locale", locale, "What they are called and where they live, where it is invented."),
    field("How many", count, "More than one are a crowd: invented, receiving and reading at different times."),
  ], {
    acts: [
      { text: "Cancel", act: () => {} },
      {
        text: "Add",
        kind: "primary",
        act: async () => {
          if (Number(count.value) > 1) {
            const { people } = await api.post("/crowds", { count: Number(count.value), locale: locale.value });
            done(people[0]);
            return;
          }
          const about = { locale: locale.value };
          if (name.value.trim()) about.name = name.value.trim();
          if (number.value.trim()) about.wa_id = number.value.trim();
          const made = await api.post("/people", about);
          done(made.wa_id);
        },
      },
    ],
  });
}

/** How long a window is still open, as a chip that counts down: `{text, tone, title}`. */
export function windowState(window, now) {
  if (!window) return { text: "no window", tone: "", title: "They have not written to this number: only templates reach them." };
  const left = (Date.parse(window.closes_at) - now) / 1000;
  const free = window.free_entry_point?.closes_at && Date.parse(window.free_entry_point.closes_at) > now ? ", messages are free" : "";
  if (left <= 0) return { text: "window closed", tone: "bad", title: "More than 24 hours since they wrote: free-form messages fail with 131047, templates reach them." };
  return { text: `window ${duration(left < A_MINUTE ? Math.ceil(left) : Math.floor(left), { days: false })}`, tone: left < 3600 ? "warning" : "good", title: `The customer service window is open: any message reaches them${free}.` };
}
