"""Webhooks, in Chromium: what went out, what came of it, and what to do when it was refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from kit.identities import APP_SECRET, SHEENA
from kit.page import Visit, read_on
from kit.receivers import Inbox, listen
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.slow


class App:
    """An app behind a URL, which answers with ``status``."""

    def __init__(self) -> None:
        self.status, self.bodies = 200, list[bytes]()
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                app.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(app.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"


@pytest.fixture
def app() -> Iterator[App]:
    made = App()
    thread = Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_a_webhook_fails_is_mended_and_sent_again(page: Visit, app: App) -> None:
    """It is red, says what the platform would do, and is delivered once the app answers 200."""
    app.status = 500
    shown = page.open("webhooks")
    expect(shown.get_by_text("No webhook has gone out yet")).to_be_visible()
    shown.get_by_role("button", name="Connect …").click()
    shown.get_by_label("URL of your app").fill(app.url)
    shown.get_by_role("dialog").get_by_role("button", name="Connect").click()
    expect(shown.locator(".receiver")).to_contain_text(app.url)

    page.sandbox.people.say(SHEENA, "Hi")
    shown.get_by_role("link", name="#1").click()

    opened = shown.get_by_role("region", name="One webhook")
    expect(opened.locator(".notice")).to_contain_text("Your app answered 500")
    expect(opened.locator(".notice")).to_contain_text("for up to seven days")
    expect(shown.get_by_role("link", name="#1")).to_contain_text("refused")
    app.status = 200
    opened.get_by_role("button", name="Send again").click()
    expect(shown.get_by_role("link", name="#1")).to_contain_text("delivered")
    expect(opened.get_by_role("row")).to_have_count(3)
    for measured in (shown.get_by_role("link", name="#1"), *opened.get_by_role("row").all()[1:]):
        expect(measured).to_contain_text(re.compile(r"\d ms"))
    assert app.bodies[0] == app.bodies[1]


def test_a_webhook_that_is_given_up_says_that_it_is_lost(page: Visit, app: App) -> None:
    """After seven days of simulated time."""
    app.status = 503
    page.sandbox.webhooks.connect(app.url)
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("webhooks", "1")

    page.sandbox.clock.advance(timedelta(days=8))

    expect(shown.get_by_role("link", name="#1")).to_contain_text("given up")
    expect(shown.locator(".notice")).to_contain_text("it is lost")


def test_bytes_headers_and_signature_are_shown_and_verified(page: Visit) -> None:
    """With the app's secret the signature is valid, with another it is not, and says what it would be."""
    inbox = listen(page.sandbox)
    page.sandbox.people.say(SHEENA, "Grüße / 100 %")
    page.sandbox.settle()
    shown = page.open("webhooks", "1")

    shown.get_by_role("tab", name="Bytes").click()
    assert shown.locator(".code pre").inner_text().encode() == inbox.bodies[0]
    shown.get_by_role("tab", name="Headers").click()
    expect(shown.locator(".code pre")).to_contain_text(inbox.headers[0]["x-hub-signature-256"])
    shown.get_by_role("tab", name="Signature").click()
    shown.get_by_role("button", name="Verify here").click()
    expect(shown.get_by_text("valid", exact=True)).to_be_visible()
    shown.get_by_label("App secret").fill(APP_SECRET[::-1])
    shown.get_by_role("button", name="Verify here").click()
    expect(shown.get_by_text("not valid")).to_be_visible()


def test_a_webhook_is_forged_and_the_app_is_judged(page: Visit, app: App) -> None:
    """An app that takes it is told that anybody could post to it."""
    page.sandbox.webhooks.connect(app.url)
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("webhooks", "1")

    shown.get_by_role("button", name="Forge …").click()
    shown.get_by_role("button", name="Post it").click()
    expect(shown.get_by_role("dialog")).to_contain_text("anybody could post to it")
    app.status = 401
    shown.get_by_role("button", name="Post it").click()

    expect(shown.get_by_role("dialog")).to_contain_text("refused it, as it should")


def test_any_field_is_fired_by_its_sample(page: Visit) -> None:
    """And with a value of one's own; JSON that is none is said at once."""
    inbox = listen(page.sandbox, fields=("account_alerts",))
    shown = page.open("webhooks")

    shown.keyboard.press("f")
    dialog = shown.get_by_role("dialog")
    dialog.get_by_label("Field").select_option("account_alerts")
    dialog.get_by_role("button", name="Fire").click()
    expect(shown.get_by_role("link", name="#1")).to_contain_text("account_alerts")
    shown.keyboard.press("f")
    dialog.get_by_label("Field").select_option("account_alerts")
    dialog.get_by_label("A value of my own").check()
    dialog.get_by_label("Value as JSON").fill("{")
    dialog.get_by_role("button", name="Fire").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The value is no JSON")
    dialog.get_by_label("Value as JSON").fill('{"mine": true}')
    dialog.get_by_role("button", name="Fire").click()

    expect(shown.get_by_role("link", name="#2")).to_be_visible()
    expect(shown.get_by_role("link", name="#2")).to_contain_text("delivered")
    assert inbox.values[1] == {"mine": True}


def test_the_next_webhook_is_sent_twice_if_asked(page: Visit) -> None:
    """By the menu of how the next ones are delivered."""
    inbox = listen(page.sandbox)
    shown = page.open("webhooks")

    shown.get_by_role("button", name="Next webhooks").click()
    shown.get_by_role("menuitem", name="Send the next one twice").click()
    expect(shown.locator("#toasts")).to_contain_text("twice")
    page.sandbox.people.say(SHEENA, "Hi")
    page.sandbox.settle()

    assert len(inbox.bodies) == 2


def test_the_list_is_gone_through_by_keys_and_page_by_page(page: Visit) -> None:
    """`j` and `k` open the next one; older ones are a button away, and a state is chosen."""
    inbox: Inbox = listen(page.sandbox, answers=[500])
    for number in range(90):
        page.sandbox.people.say(SHEENA, f"{number}")
    page.sandbox.settle()
    assert len(inbox.bodies) >= 90
    shown = page.open("webhooks")
    rows = shown.get_by_role("list", name="Deliveries").get_by_role("link")
    expect(rows).to_have_count(60)

    shown.keyboard.press("j")
    expect(shown.get_by_role("heading", name="#90 messages")).to_be_visible()
    shown.keyboard.press("j")
    expect(shown.get_by_role("heading", name="#89 messages")).to_be_visible()
    shown.keyboard.press("k")
    expect(shown.get_by_role("heading", name="#90 messages")).to_be_visible()
    shown.get_by_role("button", name="Older ones").click()
    expect(rows).to_have_count(90)
    shown.get_by_label("State").select_option("waiting")
    expect(rows).to_have_count(1)


def test_on_a_phone_the_list_gives_way_to_the_one_that_is_opened(page: Visit) -> None:
    """And comes back."""
    listen(page.sandbox)
    page.sandbox.people.say(SHEENA, "Hi")
    page.sandbox.settle()
    page.page.set_viewport_size({"width": 360, "height": 740})
    shown = page.open("webhooks")

    shown.get_by_role("link", name="#1").click()
    expect(shown.get_by_role("link", name="#1")).to_be_hidden()
    shown.get_by_role("button", name="Back to the list").click()
    expect(shown.get_by_role("link", name="#1")).to_be_visible()


def opened_with_many(page: Visit) -> tuple[Page, Locator, Locator]:
    """The view with more webhooks than it holds, its rows, and the button that leads on to older ones."""
    listen(page.sandbox)
    for number in range(680):
        page.sandbox.people.say(SHEENA, f"Number {number}")
    page.sandbox.settle()
    shown = page.open("webhooks")
    rows, older = shown.locator("a.delivery"), shown.get_by_role("button", name="Older ones")
    expect(rows).to_have_count(60)
    return shown, rows, older


def test_an_answer_that_comes_late_does_not_move_what_is_read(page: Visit) -> None:
    """The newest were asked for before somebody had read on so far that they give way."""
    shown, rows, older = opened_with_many(page)
    late: list[Route] = []

    def hold(route: Route) -> None:
        if "before=" in route.request.url or late:
            route.continue_()
        else:
            late.append(route)

    shown.route("**/deliveries?**", hold)
    with shown.expect_request("**/deliveries?**"):
        page.sandbox.people.say(SHEENA, "Meanwhile")
    read_on(rows, older)
    with shown.expect_response("**/deliveries?**"):
        late[0].continue_()
    shown.get_by_role("button", name="To the newest").hover()

    expect(rows.last).to_contain_text("#1")
    expect(rows).to_have_count(600)


def test_webhooks_are_read_on_backwards_to_the_first(page: Visit) -> None:
    """What goes out meanwhile does not move what is read; one of the oldest is sent again in its place."""
    shown, rows, older = opened_with_many(page)

    read_on(rows, older)
    expect(rows.last).to_contain_text("#1")
    expect(rows).to_have_count(600)
    page.sandbox.people.say(SHEENA, "Meanwhile")
    rows.last.click()
    shown.get_by_role("button", name="Send again").click()
    expect(rows.last).to_contain_text("2 attempts")
    shown.get_by_role("button", name="To the newest").click()

    expect(rows.first).to_contain_text("#681")
