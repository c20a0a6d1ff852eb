"""What must hold of every view, in Chromium: no text becomes markup, everybody can use it, it is fast."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import thread_time
from typing import Any

import pytest
from kit.clients.node import script_of
from kit.identities import ACCESS_TOKEN, ORDER_SHIPPED, PRODUCTION, SHEENA
from kit.pace import too_long
from kit.page import Visit, visit
from kit.receivers import listen
from kit.sandboxes import send
from kit.submissions import body, submit
from playwright.sync_api import Browser, expect

from emulator import Sandbox
from emulator.web.pages.views import VIEWS

pytestmark = pytest.mark.slow

SCRIPTS = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1//",
    "{{constructor.constructor('window.hacked=1')()}}",
    'https://example.com/"onmouseover="window.hacked=1',
    "*<b>_<i>~<s>`<u>```",
)
"""What somebody writes who wants to run a script on the page."""
OPENED = (
    ["phones", SHEENA],
    ["webhooks", "1"],
    ["templates", ORDER_SHIPPED],
    ["templates", "new"],
    ["journal", "transcript"],
)
"""Views with something opened in them, beside all views as they begin."""
REFERENCE = ("errors/", "errors/131047", "rules/", "rules/window_is_open")
"""Pages of errors and rules that are judged, too."""
SECONDS = 0.3
"""What the server may take for the first view, beside which the browser draws."""


def fill(sandbox: Sandbox) -> None:
    """Put a script wherever a person, a business, a template or an app can write."""
    sandbox.change_settings(us_marketing="delivered")
    listen(sandbox, answers=[500])
    for script in SCRIPTS:
        sandbox.people.add(script[:60])
        sandbox.people.say(SHEENA, script)
        send(sandbox, script)
    sandbox.people.send(
        SHEENA, "location", {"latitude": 1.0, "longitude": 2.0, "name": SCRIPTS[0], "address": SCRIPTS[1]}
    )
    name = {"formatted_name": SCRIPTS[1], "first_name": SCRIPTS[0]}
    sandbox.people.send(SHEENA, "contacts", [{"name": name, "phones": [{"phone": SCRIPTS[2]}]}])
    submit(sandbox, "written_by_others", components=body(f"Hello {SCRIPTS[1]} and goodbye"))
    sandbox.settle()
    sandbox.faults.add(131049, to=SHEENA, details=SCRIPTS[1], text=SCRIPTS[0])
    sandbox.accounts.change_portfolio(name=SCRIPTS[0])


def refused(page: Visit) -> str:
    """Have a call refused for a script in it, and say its number."""
    page.app.test_client().post(
        f"/v26.0/{PRODUCTION}/messages",
        json={
            "messaging_product": "whatsapp",
            "to": SHEENA,
            "type": "text",
            "text": {SCRIPTS[1]: SCRIPTS[0]},
        },
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
    )
    return str(page.sandbox.journal.calls(limit=1)[0][0].seq)


@pytest.fixture(scope="module")
def axe() -> str:
    return script_of("axe-core", "axe.min.js", untried="whether everybody can use the page is not tried")


@pytest.mark.parametrize("place", [*([view.name] for view in VIEWS), *OPENED], ids="/".join)
def test_what_others_wrote_never_becomes_markup(browser: Browser, place: list[str]) -> None:
    """Text of people, of the business, of templates and of the app is text in every view."""
    with visit(browser) as page:
        fill(page.sandbox)
        refused(page)
        shown = page.open(*place)
        rows = "#view :is(a.delivery, .person, .entry, a.call, a.template-row)"
        for link in shown.locator(rows).all()[:12]:
            link.click()
        shown.wait_for_timeout(300)

        assert shown.evaluate("window.hacked") is None
        assert shown.locator("#view script, #view iframe, #view object").count() == 0
        sources = shown.eval_on_selector_all("#view img", "all => all.map(each => each.src)")
        assert [each for each in sources if not each.startswith("blob:")] == []
        links = shown.eval_on_selector_all("#view a", "all => all.map(each => each.protocol)")
        assert set(links) <= {"http:", "https:", "blob:"}


def test_a_problem_that_an_app_answers_with_is_text(page: Visit) -> None:
    """What kept an attempt from its end stands in the opened webhook."""

    def raises(_: bytes) -> int:
        raise ValueError(SCRIPTS[1])

    listen(page.sandbox).listener = raises
    page.sandbox.people.say(SHEENA, "Hi")
    page.sandbox.settle()

    shown = page.open("webhooks", "1")

    expect(shown.get_by_role("cell", name="onerror")).to_be_visible()
    assert shown.evaluate("window.hacked") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_everybody_can_use_every_view(browser: Browser, axe: str, theme: Any, width: int) -> None:
    """Landmarks, names, contrast, order: axe finds nothing, in both themes, on a phone and on a desk."""
    size: Any = {"width": width, "height": 800}
    with visit(browser, color_scheme=theme, viewport=size, bypass_csp=True) as page:
        fill(page.sandbox)
        found = {}
        for view, *rest in [*([view.name] for view in VIEWS), *OPENED, ["calls", refused(page)]]:
            shown = page.open(view, *rest)
            shown.wait_for_timeout(500)
            shown.evaluate(axe)
            result = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
            for rule in result["violations"]:
                places = [node["html"][:200] for node in rule["nodes"][:3]]
                found[f"{'/'.join([view, *rest])}: {rule['id']}"] = [rule["help"], places]

        for path in REFERENCE:
            shown.goto(f"{page.server.url}/_emulator/{path}")
            shown.evaluate(axe)
            result = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
            found |= {
                f"{path}: {rule['id']}": rule["nodes"][0]["html"][:300] for rule in result["violations"]
            }

    assert found == {}, json.dumps(found, indent=1)


def test_dialogs_are_used_by_keyboard_alone(page: Visit) -> None:
    """The focus goes in, stays in, and comes back to where it was."""
    shown = page.open("phones", SHEENA)
    opener = shown.get_by_role("button", name="Add")
    opener.focus()

    shown.keyboard.press("Enter")
    expect(shown.get_by_label("Name")).to_be_focused()
    for _ in range(12):
        shown.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert shown.evaluate(inside)
    shown.keyboard.press("Escape")

    expect(opener).to_be_focused()


@pytest.fixture
def full(browser: Browser) -> Iterator[Visit]:
    """The page of a sandbox with ten thousand messages."""
    with visit(browser) as page:
        listen(page.sandbox)
        for number in range(5_000):
            page.sandbox.people.say(SHEENA, f"Message {number}")
            send(page.sandbox, f"Answer {number}")
        page.sandbox.settle()
        yield page


def test_every_view_is_quick_with_ten_thousand_messages(full: Visit) -> None:
    """What the server does for any of them takes less than 300 ms, all calls of the view together."""
    client = full.app.test_client()
    slow = {}
    for view, *rest in [*([view.name] for view in VIEWS), *OPENED]:
        full.open(view, *rest).wait_for_timeout(800)
        begun = len(full.requests)
        full.open(view, *rest).wait_for_timeout(800)
        asked = [url for url in full.requests[begun:] if not url.endswith("/events")]
        paths = [url.removeprefix(full.server.url) for url in asked if not url.startswith("blob:")]
        best = min(_seconds(client, list(dict.fromkeys(paths))) for _ in range(3))
        if too_long(best, SECONDS):
            slow["/".join([view, *rest])] = (best, paths)

    assert slow == {}


def _seconds(client: Any, paths: list[str]) -> float:
    begun = thread_time()
    for path in paths:
        client.get(path).close()
    return thread_time() - begun


def test_a_burst_of_events_does_not_freeze_the_tab(page: Visit) -> None:
    """While thousands of messages come the page is drawn on, and shows the newest in the end."""
    listen(page.sandbox)
    shown = page.open("phones", SHEENA)
    shown.evaluate(
        """() => {
          window.longest = 0;
          let last = performance.now();
          const tick = () => {
            const now = performance.now();
            window.longest = Math.max(window.longest, now - last);
            last = now;
            requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick);
        }"""
    )

    for number in range(3_000):
        page.sandbox.people.say(SHEENA, f"Burst {number}")
    page.sandbox.settle()

    expect(shown.get_by_text("Burst 2999", exact=True)).to_be_visible()
    asked = [url for url in page.requests if "/messages?" in url]
    assert shown.evaluate("window.longest") < 2_000
    assert len(asked) < 120
