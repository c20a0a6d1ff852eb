// Acts and what the app sent, as a scenario file.

import { find } from "../acts/table.js";
import { quoted, yaml } from "../acts/values.js";
import { what } from "./pytest.js";
import { people } from "./recorder.js";

/** Write a scenario file that does the acts again and expects what the app sent; see `pytest`. */
export function scenario(all, { names, numbers }) {
  const added = new Map(all.flatMap(({ act }) => (act?.method === "POST" && act.path.endsWith("/people") && act.answer ? [[act.answer.wa_id, act.answer]] : [])));
  const changed = new Map(all.flatMap(({ act }) => (act?.path.endsWith("/number-changes") && act.answer ? [[act.answer.wa_id, act.path.match(/people\/([^/]+)/)[1]]] : [])));
  for (const [waId, { name }] of added) names.set(waId, name);
  const called = (waId) => (changed.has(waId) ? called(changed.get(waId)) : (names.get(waId) ?? waId));
  const first = numbers[0]?.phone_number_id;
  const naming = {
    who: called,
    called,
    person: called,
    message: () => undefined,
    number: (id) => (id === first ? undefined : id),
  };
  const lines = ["scenario: Recorded on the page", "", "people:"];
  for (const waId of people(all).filter((each) => !changed.has(each))) {
    const locale = added.get(waId)?.locale;
    lines.push(`  ${key(called(waId))}: ${yaml({ number: `+${waId}`, locale })}`);
  }
  lines.push("", "steps:");
  for (const { act, sent } of all) {
    if (sent) lines.push(`  - ${expectation(sent, called)}`);
    else lines.push(...said(act));
  }
  lines.push("  - expect no more", "");
  return lines.join("\n");

  function said(act) {
    if (act.method === "POST" && act.path.endsWith("/people")) return [];
    const found = find(act.method, act.path);
    const { to, ...body } = act.body ?? {};
    const given = act.path.endsWith("/clock/advance") || (to && to !== first) ? act.body : body;
    const passed = given?.to ? Math.max(0, (Date.parse(given.to) - act.now) / 1000) : undefined;
    const step = found?.row.scenario?.(...found.parts, given ?? {}, { ...naming, passed, about: act.about });
    if (!step) return [`  # a scenario file has no step for: ${act.method} ${act.path.replace(/^\/_emulator\/sandboxes\/[^/]+/, "")}`];
    return step.map((line, at) => (at ? `    ${line}` : `  - ${line}`));
  }
}

function expectation(sent, called) {
  const failed = sent.status === "failed";
  return `expect ${failed ? "failed" : "sent"}: ${yaml({ ...(failed ? { code: sent.error?.code } : {}), to: sent.group_id ? undefined : called(sent.wa_id), ...what(sent) })}`;
}

const key = (name) => (/^[\p{L}][\p{L}\p{N} '’.-]*$/u.test(name) ? name : quoted(name));
