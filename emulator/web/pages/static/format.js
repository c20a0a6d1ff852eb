// Instants, durations and numbers as the page writes them. Simulated time is shown in UTC, as the platform's is.

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const LONG_DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const HOUR = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC", hourCycle: "h23" });
const SECOND = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC", hourCycle: "h23" });
const COUNT = new Intl.NumberFormat("en-GB");

/** `Mon, 2 Nov 2026` */
export const day = (at) => DAY.format(new Date(at));
/** `Monday, 2 November 2026`, as a separator in a chat has it. */
export const longDay = (at) => LONG_DAY.format(new Date(at));
/** `09:00` */
export const hour = (at) => HOUR.format(new Date(at));
/** `09:00:05` */
export const second = (at) => SECOND.format(new Date(at));
/** `2 Nov 2026, 09:00:05` with its weekday: for details and tooltips. */
export const instant = (at) => `${day(at)}, ${second(at)} UTC`;
/** `12,345` */
export const count = (number) => COUNT.format(number);
/** `1 message`, `2 messages` */
export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

const UNITS = [[86_400, "d"], [3_600, "h"], [60, "min"], [1, "s"]];

/** A duration in seconds as its two largest units: `23 h 59 min`, `4 s`, `0.4 s`; without `days`, `24 h`. */
export function duration(seconds, { days = true } = {}) {
  const whole = Math.abs(seconds);
  if (whole < 10 && !Number.isInteger(whole)) return `${whole.toFixed(1)} s`;
  const at = UNITS.findIndex(([length, unit]) => whole >= length && (days || unit !== "d"));
  if (at < 0) return "0 s";
  const [length, unit] = UNITS[at];
  const first = Math.floor(whole / length);
  const next = UNITS[at + 1];
  const rest = next ? Math.floor((whole - first * length) / next[0]) : 0;
  return rest ? `${first} ${unit} ${rest} ${next[1]}` : `${first} ${unit}`;
}

/** How long an answer took, in seconds, as milliseconds: `< 0.1 ms`, `0.4 ms`, `12 ms`, `3,021 ms`. */
export function latency(seconds) {
  const milliseconds = seconds * 1000;
  if (milliseconds < 0.1) return "< 0.1 ms";
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : count(Math.round(milliseconds))} ms`;
}

/** A number of bytes: `12 kB`. */
export function bytes(size) {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1000).toFixed(size < 1e4 ? 1 : 0)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** JSON with an indent of two, for people. */
export const pretty = (value) => JSON.stringify(value, null, 2);

/** A text that is JSON with an indent, any other as it is. */
export function prettyText(text) {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A phone number with its plus. */
export const phone = (waId) => (/^\d+$/.test(waId) ? `+${waId}` : waId);
