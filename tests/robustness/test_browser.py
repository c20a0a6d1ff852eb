"""Pages of other origins in a real browser: what they try arrives, and nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kit import programs
from kit.browser import Browser, Recorded, Site
from kit.identities import ACCESS_TOKEN, APP_SECRET, PRODUCTION, SHEENA
from kit.times import MORNING

from emulator import Emulator, Sandbox, Server, create_app
from emulator.web.boundary import LOOPBACK, Boundary

pytestmark = pytest.mark.slow

CONTROL = "/_emulator/sandboxes/default"
SEND = f"/v24.0/{PRODUCTION}/messages"
UPLOAD = f"/v24.0/{PRODUCTION}/media"
ATTACKS = """
const send = "$EMULATOR$SEND?access_token=$TOKEN";
const control = "$EMULATOR$CONTROL";
const fields = {messaging_product: "whatsapp", to: "$SHEENA", text: '{"body": "from a page"}'};
const unasked = (url, body) =>
  fetch(url, {method: "POST", mode: "no-cors", body}).then((answer) => answer.type);
const plain = (text) => new Blob([text], {type: "text/plain"});
const parts = (members) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(members)) made.append(name, value);
  return made;
};
const frame = (name, html) => new Promise((done) => {
  const made = document.createElement("iframe");
  made.name = name;
  if (html) { made.sandbox = "allow-scripts"; made.srcdoc = html; }
  made.onload = () => done("loaded");
  document.body.append(made);
});
const submit = async (name, action, enctype, members) => {
  await frame(name);
  const form = document.createElement("form");
  Object.assign(form, {method: "POST", action, enctype, target: name});
  for (const [key, value] of Object.entries(members)) {
    const input = document.createElement("input");
    Object.assign(input, {type: "hidden", name: key, value});
    form.append(input);
  }
  document.body.append(form);
  const loaded = new Promise((done) => {
    document.getElementsByName(name)[0].onload = () => done("loaded");
  });
  form.submit();
  return loaded;
};
const element = (tag, src) => new Promise((done) => {
  const made = document.createElement(tag);
  made.onload = () => done("loaded");
  made.onerror = () => done("error");
  made.src = src;
  document.body.append(made);
});

await attempt("send as a form", () => unasked(send, new URLSearchParams(fields)));
await attempt("send as multipart", () => unasked(send, parts(fields)));
await attempt("send in the query", () => unasked(send + "&" + new URLSearchParams(fields), plain("")));
await attempt("send by a form", () => submit("one", send, "application/x-www-form-urlencoded", fields));
await attempt("send by a multipart form", () => submit("two", send, "multipart/form-data", fields));
await attempt("upload", () => unasked(
  "$EMULATOR$UPLOAD?access_token=$TOKEN",
  parts({messaging_product: "whatsapp", file: new Blob(["x"], {type: "text/plain"})})));
await attempt("add a person as text", () => unasked(control + "/people", plain('{"name": "Mallory"}')));
await attempt("add a person by a form", () =>
  submit("three", control + "/people", "text/plain", {'{"name": "Mallory", "locale": "': '"}'}));
await attempt("advance as text", () => unasked(control + "/clock/advance", plain('{"hours": 25}')));
await attempt("advance as JSON", () => fetch(control + "/clock/advance", {
  method: "POST", headers: {"Content-Type": "application/json"}, body: '{"hours": 25}'}).then(read));
await attempt("restore", () => fetch(control + "/snapshot", {method: "PUT", body: plain("")}).then(read));
await attempt("remove", () => fetch(control, {method: "DELETE"}).then(read));
await attempt("read the secrets", () => fetch(control).then(read));
await attempt("read a number", () => fetch(
  "$EMULATOR/v24.0/$NUMBER?access_token=$TOKEN").then(read));
await attempt("show the secrets", () => element("iframe", control));
await attempt("run the secrets", () => element("script", control));
await attempt("draw the secrets", () => element("img", control));
await attempt("settle by a beacon", () => navigator.sendBeacon(control + "/settle"));
await attempt("be nobody", () => frame("nobody",
  "<script>fetch('" + control + "/clock/freeze', {method: 'POST', mode: 'no-cors'})</" + "script>"));
await attempt("reset", () => unasked(control + "/reset"));
await report();
"""
"""Everything a page may try without being asked, and some of what browsers ask for first."""
VALUES = {
    "CONTROL": CONTROL,
    "NUMBER": PRODUCTION,
    "SEND": SEND,
    "SHEENA": SHEENA,
    "TOKEN": ACCESS_TOKEN,
    "UPLOAD": UPLOAD,
}
"""What scripts of pages know: all of it is documented."""
CALLS = [
    ("POST", SEND, 5),
    ("POST", UPLOAD, 1),
    ("POST", f"{CONTROL}/people", 2),
    ("POST", f"{CONTROL}/clock/advance", 1),
    ("OPTIONS", f"{CONTROL}/clock/advance", 1),
    ("OPTIONS", f"{CONTROL}/snapshot", 1),
    ("OPTIONS", CONTROL, 1),
    ("GET", CONTROL, 4),
    ("GET", f"/v24.0/{PRODUCTION}", 1),
    ("POST", f"{CONTROL}/settle", 1),
    ("POST", f"{CONTROL}/clock/freeze", 1),
    ("POST", f"{CONTROL}/reset", 1),
]
"""What of it reaches the emulator, and how often."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(tmp_path_factory.mktemp("browser"))


class Visited:
    """The emulator, with what of a page reaches it."""

    def __init__(self, boundary: Boundary | None) -> None:
        self.emulator = Emulator()
        self.sandbox: Sandbox = self.emulator.create(at=MORNING, speed=None, at_once=True)
        self.calls = Recorded(create_app(self.emulator, boundary=boundary))
        self.server = Server(self.calls)


@contextmanager
def visited(boundary: Boundary | None = LOOPBACK) -> Iterator[Visited]:
    made = Visited(boundary)
    with made.emulator, made.server:
        yield made


def test_a_browser_that_is_missing_is_never_passed_over_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is a failure; elsewhere the tests are skipped, with a reason that is printed."""
    monkeypatch.setenv("PATH", "")

    for in_ci, outcome in ((True, pytest.fail.Exception), (False, pytest.skip.Exception)):
        monkeypatch.setattr(programs, "IN_CI", in_ci)
        with pytest.raises(outcome, match="is not installed: pages in a browser are not tried"):
            Browser(Path())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "evil.example"])
def test_a_foreign_page_changes_and_reads_nothing(browser: Browser, host: str) -> None:
    """From another port of this machine (same site), by another of its names, and from elsewhere."""
    with visited() as emulator:
        before = emulator.sandbox.snapshot()
        site = Site().show(ATTACKS, EMULATOR=emulator.server.url, **VALUES)
        with site.server, browser.at(site.url(host)):
            found = site.report()
            for method, path, times in CALLS:
                emulator.calls.wait_for(method, path, times)
        after = emulator.sandbox.snapshot()

    assert {call.status for call in emulator.calls.seen} == {403}
    sites = {call.site for call in emulator.calls.seen if call.origin != "null"}
    assert sites == {"same-site" if host == "127.0.0.1" else "cross-site"}
    assert {call.origin for call in emulator.calls.seen} == {site.url(host), "null", None}
    assert after == before
    assert APP_SECRET not in str(found)
    assert found["read the secrets"] == found["remove"] == found["restore"] == "TypeError"
    assert found["read a number"][0] == 403


def test_without_the_boundary_the_same_page_does_harm(browser: Browser) -> None:
    """What it tries is no empty threat: sends, an upload and acts are carried out, and a number is read."""
    with visited(boundary=None) as emulator:
        site = Site().show(
            ATTACKS.replace('await attempt("reset",', 'await void ("reset",'),  # it would undo the rest
            EMULATOR=emulator.server.url,
            **VALUES,
        )
        with site.server, browser.at(site.url("evil.example")):
            found = site.report()
            emulator.calls.wait_for("POST", f"{CONTROL}/settle")
            emulator.calls.wait_for("POST", f"{CONTROL}/clock/freeze")
        texts = [message.text for message in emulator.sandbox.messages.all()]

    done = {call[:2] for call in emulator.calls.seen if call.status == 200}
    assert texts == ["from a page"] * 5
    assert {("POST", UPLOAD), ("POST", f"{CONTROL}/settle"), ("POST", f"{CONTROL}/clock/freeze")} <= done
    assert found["read a number"][0] == 200


REBOUND = """
await attempt("secrets", () => fetch("$CONTROL").then(read));
await attempt("advance", () => fetch("$CONTROL/clock/advance", {
  method: "POST", headers: {"Content-Type": "application/json"}, body: '{"hours": 1}'}).then(read));
await attempt("number", () => fetch("/v24.0/$NUMBER?access_token=$TOKEN").then(read));
await report();
"""
"""A page that calls the server it comes from, whatever that is by now."""


@pytest.mark.parametrize(
    ("host", "boundary", "status"),
    [("evil.example", LOOPBACK, 403), ("evil.example", None, 200), ("127.0.0.1", LOOPBACK, 200)],
    ids=["rebound", "rebound, without the boundary", "own page"],
)
def test_a_rebound_name_gets_nothing_and_an_own_page_everything(
    browser: Browser, host: str, boundary: Boundary | None, status: int
) -> None:
    """To the browser both are pages of the origin they call; only the name tells them apart."""
    with visited(boundary) as emulator:
        site = Site(behind=emulator.calls).show(REBOUND, **VALUES)
        with site.server, browser.at(site.url(host)):
            found = site.report()
        moved = emulator.sandbox.clock.now() != MORNING

    assert [answer[0] for answer in found.values()] == [status] * 3
    assert (APP_SECRET in str(found), moved) == (status == 200, status == 200)


FRONT = """
const token = {"Authorization": "Bearer $TOKEN"};
const json = {...token, "Content-Type": "application/json"};
const mine = {"Authorization": "Bearer mine"};
await attempt("secrets", () => fetch("$EMULATOR$CONTROL", {headers: mine}).then(read));
await attempt("without token", () => fetch("$EMULATOR$CONTROL").then(read));
await attempt("number", () => fetch("$EMULATOR/v24.0/$NUMBER", {headers: token}).then(read));
await attempt("send", () => fetch("$EMULATOR$SEND", {method: "POST", headers: json, body: JSON.stringify(
  {messaging_product: "whatsapp", to: "$SHEENA", text: {body: "from my front end"}})}).then(read));
await report();
"""
"""A front end of one's own that calls the emulator from the browser."""


def test_a_front_end_whose_origin_is_allowed_may_do_what_a_client_may(browser: Browser) -> None:
    """The browser lets it read the answers, those to a wrong token, too."""
    site = Site()
    origin = site.url("localhost")
    boundary = Boundary.of_server("127.0.0.1", origins=[origin], control_token="mine")
    with visited(boundary) as emulator:
        site.show(FRONT, EMULATOR=emulator.server.url, **VALUES)
        with site.server, browser.at(origin):
            found = site.report()
        texts = [message.text for message in emulator.sandbox.messages.all()]

    assert {name: answer[0] for name, answer in found.items()} == {
        "secrets": 200,
        "without token": 401,
        "number": 200,
        "send": 200,
    }
    assert APP_SECRET in found["secrets"][1]
    assert texts == ["from my front end"]


def test_a_link_to_the_emulator_may_be_followed(browser: Browser) -> None:
    """From any page: the reader sees the answer, the page does not."""
    with visited() as emulator:
        site = Site().show('location = "$EMULATOR/_emulator/openapi.json";', EMULATOR=emulator.server.url)
        with site.server, browser.at(site.url("evil.example")):
            emulator.calls.wait_for("GET", "/_emulator/openapi.json")

    assert emulator.calls.seen[0] == ("GET", "/_emulator/openapi.json", 200, None, "cross-site")
