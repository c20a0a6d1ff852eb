// The page: which sandbox, which view, and what all views are given.

import { Api, token } from "./api.js";
import { Clock } from "./clock.js";
import { button, fill, h, icon, set } from "./dom.js";
import { Keys } from "./keys.js";
import { calmly, Live } from "./live.js";
import { copies, dialog, empty, field, toast } from "./parts.js";
import { record } from "./record/recorder.js";
import { Store } from "./store.js";
import { timebar } from "./timebar.js";

const page = document.body.dataset.page;
const links = [...document.querySelectorAll("nav a[data-view]")];
const place = document.getElementById("view");
const keys = new Keys();
const THEMES = [null, "light", "dark"];

/** The sandbox that is shown, and all that belongs to it; `null` before the first. */
let world = null;
/** Takes the view down that is shown. */
let unmount = null;
let shown = 0;

/** What the address says: the sandbox, the view, and what stands behind it. */
function where() {
  const [sandbox, view, ...rest] = location.pathname.slice(page.length + 1).split("/").map(decodeURIComponent);
  return { sandbox: sandbox || null, view: view || links[0].dataset.view, rest, query: new URLSearchParams(location.search) };
}

function address({ sandbox = world.name, view, rest = [] }) {
  return [page, ...[sandbox, view, ...rest].map(encodeURIComponent)].join("/");
}

/** Go to a view, like `navigate("webhooks", ["7"])`; with `replace` the address before is forgotten. */
function navigate(view, rest = [], { replace = false, sandbox } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address({ view, rest, sandbox }));
  return show();
}

/** Open a sandbox: its calls, its events, its clock, and the facts that every view needs. */
function open(name) {
  world?.close();
  const api = new Api(name);
  const live = new Live(api).start();
  const clock = new Clock(api).start();
  record(api, clock);
  const facts = new Store({ identity: null, people: new Map() });
  const refresh = calmly(async () => {
    const [identity, people] = await Promise.all([api.get(""), api.get("/people", { limit: 200 })]);
    facts.set({ identity, people: new Map(people.people.map((each) => [each.wa_id, each])), more: Boolean(people.next) });
  });
  live.addEventListener("entries", ({ detail }) => {
    clock.refresh();
    if (detail.entries.some(({ kind }) => kind === "person" || kind === "account" || kind === "number")) refresh();
  });
  live.addEventListener("reset", () => {
    toast("The sandbox was reset or restored.");
    clock.refresh();
    refresh();
    show();
  });
  live.addEventListener("closed", () => {
    toast(`The sandbox ${name} is gone.`, "danger");
    begin();
  });
  const state = document.getElementById("live");
  live.addEventListener("state", ({ detail }) => {
    set(state, { data: { state: detail } });
    state.textContent = { live: "live", lost: "connecting again", closed: "gone" }[detail] ?? detail;
  });
  api.addEventListener("locked", askToken);
  api.addEventListener("acted", ({ detail }) => showLast(detail));
  const endBar = timebar({ api, clock, keys });
  const opened = refresh();
  return {
    name,
    opened,
    ctx: { sandbox: name, api, live, clock, facts, keys, navigate, refresh, relist: sandboxes },
    close() {
      live.stop();
      clock.stop();
      endBar();
    },
  };
}

/** Show the call that the last act was, so that whoever does something learns how a program does it. */
function showLast(act) {
  const place = document.getElementById("last-act");
  place.hidden = false;
  fill(place, h("div.muted.small-text", {}, act.problem ? "Refused" : "The last act"), h("code", {}, `${act.method} ${act.path.replace(/^\/_emulator\/sandboxes\/[^/]+/, "…")}`), copies(act));
}

/** Show what the address says. */
async function show() {
  const { sandbox, view, rest, query } = where();
  if (!world || world.name !== sandbox) {
    world = open(sandbox);
    sandboxes();
  }
  const here = world;
  const turn = (shown += 1);
  const link = links.find((each) => each.dataset.view === view);
  for (const each of links) {
    each.href = address({ view: each.dataset.view });
    set(each, { "aria-current": each === link ? "page" : "false" });
  }
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  unmount?.();
  unmount = null;
  if (!link) return fill(place, empty("There is no such view", "The navigation has those that there are."));
  document.title = `${link.dataset.title} · ${sandbox} · WhatsApp emulator`;
  document.getElementById("title").textContent = link.dataset.title;
  document.body.dataset.view = view;
  const { view: module } = await import(`./views/${view}.js`);
  await here.opened.catch(() => {});
  if (turn !== shown || here !== world) return null; // meanwhile another one is shown, or a token was given
  place.replaceChildren();
  if (!here.ctx.facts.get().identity) return fill(place, unreachable());
  const root = h("div.view", {});
  place.append(root);
  unmount = module.mount(root, { ...here.ctx, rest, query }) ?? null;
  return null;
}

function unreachable() {
  return empty("The sandbox does not answer", "It may be gone, or the control API asks for its token.", {
    icon: "alert",
    children: [h("div.row", {}, button("Give the control token", askToken), button("Try again", begin, { kind: "primary" }))],
  });
}

/** The list of sandboxes in the corner. */
async function sandboxes() {
  const choice = document.getElementById("sandbox");
  const names = await world.ctx.api.get("/_emulator/sandboxes", { limit: 200 }).then((found) => found.sandboxes.map(({ id }) => id), () => []);
  if (!names.includes(world.name)) names.unshift(world.name);
  fill(choice, names.map((name) => h("option", { value: name }, name)));
  choice.value = world.name;
}

/** Ask for the control token of a server beyond loopback. */
let asking = false;
function askToken() {
  if (asking) return;
  asking = true;
  const given = h("input", { type: "password", autocomplete: "off", required: true, autofocus: true });
  const made = dialog("This emulator asks for its token", () => [
    h("p", {}, "This emulator is reached from other machines, so its control API asks for a token. `serve` has printed it, or was given it by --control-token."),
    field("Control token", given, "It is kept in this tab."),
  ], {
    acts: [
      {
        text: "Go on",
        kind: "primary",
        act: () => {
          token.set(given.value.trim());
          world?.close();
          world = null;
          setTimeout(begin);
        },
      },
    ],
  });
  made.addEventListener("close", () => {
    asking = false;
  });
}

/** Begin where the address says, or else with the first sandbox. */
async function begin() {
  const { sandbox, view, rest } = where();
  const known = await new Api("").get("/_emulator/sandboxes", { limit: 200 }).then((found) => found.sandboxes.map(({ id }) => id), () => null);
  const name = known === null || known.includes(sandbox) ? sandbox ?? "default" : known.includes("default") ? "default" : known[0] ?? "default";
  if (world && world.name === name && world.ctx.live.state === "closed") {
    world.close();
    world = null;
  }
  history.replaceState(null, "", address({ sandbox: name, view, rest }) + location.search);
  await show();
}

function theme() {
  const chosen = document.documentElement.dataset.theme ?? null;
  const place = document.getElementById("theme");
  fill(place, icon({ light: "sun", dark: "moon" }[chosen] ?? "auto"));
  set(place, { "aria-label": `Theme: ${chosen ?? "that of the system"}`, title: `Theme: ${chosen ?? "that of the system"}` });
}

function turnTheme() {
  const chosen = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? null) + 1) % THEMES.length];
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  if (chosen) localStorage.setItem("theme", chosen);
  else localStorage.removeItem("theme");
  theme();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || !link.pathname.startsWith(`${page}/`) || link.hash || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show().then(() => document.getElementById("main").focus({ preventScroll: true }));
});
addEventListener("popstate", show);
document.getElementById("sandbox").addEventListener("change", ({ target }) => navigate(where().view, [], { sandbox: target.value }));
document.getElementById("theme").addEventListener("click", turnTheme);
document.getElementById("help").addEventListener("click", () => keys.help());
keys.add("?", "Show these keys", () => keys.help());
keys.add("s", "Choose the sandbox", () => document.getElementById("sandbox").focus());
keys.add("T", "Turn the theme: system, light, dark", turnTheme);
for (const { dataset } of links) keys.add(`g ${dataset.key}`, `${dataset.title}: ${dataset.what}`, () => navigate(dataset.view), "Views");
theme();
begin();
