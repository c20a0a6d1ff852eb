"""What stands around every view, in Chromium: navigation, time, theme, keys, sandboxes, the control token."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from kit.identities import SHEENA
from kit.page import Visit, visit
from kit.receivers import listen
from kit.sandboxes import send
from kit.times import MORNING
from playwright.sync_api import Browser, expect

from emulator import Server
from emulator.web.boundary import Boundary
from emulator.web.pages.views import VIEWS

pytestmark = pytest.mark.slow


def test_the_address_leads_to_the_first_view_of_the_default_sandbox(page: Visit) -> None:
    """Whoever types the address is there."""
    page.page.goto(page.server.url)

    page.page.wait_for_url("**/_emulator/ui/default/phones**")
    expect(page.page.locator("#live")).to_have_text("live")


def test_every_view_is_reached_by_its_link_and_by_its_keys(page: Visit) -> None:
    """The title of the window follows; a step back leads back."""
    shown = page.open()
    for view in VIEWS:
        shown.click(f"nav [data-view={view.name}]")
        expect(shown).to_have_title(f"{view.title} · default · WhatsApp emulator")
        expect(shown.locator("nav [aria-current=page]")).to_have_text(view.title)
    for view in VIEWS:
        shown.keyboard.press("g")
        shown.keyboard.press(view.key)
        expect(shown).to_have_title(f"{view.title} · default · WhatsApp emulator")
    shown.go_back()
    expect(shown).to_have_title(f"{VIEWS[-2].title} · default · WhatsApp emulator")


def test_a_question_mark_shows_every_key(page: Visit) -> None:
    """Those of the page and those of the view; Escape takes them away."""
    shown = page.open()

    shown.keyboard.press("?")

    keys = shown.get_by_role("dialog", name="Keyboard")
    for view in VIEWS:
        expect(keys.get_by_text(view.what)).to_be_visible()
    shown.keyboard.press("Escape")
    expect(keys).to_have_count(0)


def test_the_bar_moves_time_and_shows_it(page: Visit) -> None:
    """By a button, by a key, and to a date; the sandbox is where it says."""
    shown = page.open()
    expect(shown.locator("#time .hour")).to_have_text("09:00:00")
    expect(shown.locator("#time")).to_contain_text("frozen")

    shown.get_by_role("button", name="+1 h").click()
    expect(shown.locator("#time .hour")).to_have_text("10:00:00")
    shown.keyboard.press("d")
    expect(shown.locator("#time .day")).to_have_text("Tue, 3 Nov 2026")
    shown.keyboard.press("t")
    shown.get_by_label("Date and time, UTC").fill("2026-11-05T12:30:00")
    shown.get_by_role("button", name="Go").click()

    expect(shown.locator("#time .hour")).to_have_text("12:30:00")
    assert page.sandbox.clock.now() == MORNING + timedelta(days=3, hours=3, minutes=30)


def test_the_clock_is_run_and_frozen_and_its_time_goes_on(page: Visit) -> None:
    """The page counts on by itself, at the speed of the clock."""
    shown = page.open()

    shown.get_by_role("button", name="To a date").click()
    shown.get_by_role("menuitem", name="Run 3,600 times as fast").click()
    expect(shown.locator("#time")).to_contain_text("running × 3,600")
    expect(shown.locator("#time .hour")).not_to_have_text("09:00:00")
    shown.get_by_role("button", name="Freeze the clock").click()

    expect(shown.locator("#time")).to_contain_text("frozen")
    assert page.sandbox.clock.speed is None


def test_a_long_advance_shows_how_far_it_is_and_is_cancelled(page: Visit) -> None:
    """It ends where it has come to; what was done stays."""
    slow = Event()
    listen(page.sandbox, answers=[500] * 1000).listener = lambda _: slow.wait(0.4) and None
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open()

    shown.keyboard.press("t")
    shown.get_by_label("Date and time, UTC").fill("2026-11-09T00:00:00")
    shown.get_by_role("button", name="Go").click()
    expect(shown.get_by_role("progressbar", name="Time passes")).to_be_visible()
    shown.get_by_role("button", name="Cancel").click()

    expect(shown.get_by_role("progressbar", name="Time passes")).to_be_hidden()
    assert page.sandbox.clock.now() < MORNING + timedelta(days=6)


def test_what_is_due_next_is_listed_and_gone_to(page: Visit) -> None:
    """Each thing with what it does; chosen, time passes until then."""
    page.sandbox.people.change(SHEENA, habits={"read_after": 7200})
    page.sandbox.people.say(SHEENA, "Hi")
    send(page.sandbox, "Hello")
    page.sandbox.settle()
    shown = page.open()
    expect(shown.get_by_role("button", name="next due in 2 h")).to_be_visible()

    shown.keyboard.press("u")
    shown.get_by_role("button", name="Have the recipient read a delivered message").click()

    expect(shown.locator("#time .hour")).to_have_text("11:00:00")
    expect(shown.get_by_role("button", name="nothing is due")).to_be_visible()


def test_an_act_that_is_refused_says_why(page: Visit) -> None:
    """In the words of the control API, which are announced."""
    page.expected = ("422",)
    shown = page.open()

    shown.keyboard.press("t")
    shown.get_by_label("Date and time, UTC").fill("2020-01-01T00:00:00")
    shown.get_by_role("button", name="Go").click()

    expect(shown.locator("#toasts")).to_contain_text("only goes forward")


def test_the_theme_is_that_of_the_system_until_one_is_chosen(browser: Browser) -> None:
    """And the choice is kept over a visit."""
    with visit(browser, color_scheme="dark") as made:
        shown = made.open()
        background = "getComputedStyle(document.body).backgroundColor"
        dark = shown.evaluate(background)
        shown.get_by_role("button", name="Theme: that of the system").click()
        light = shown.evaluate(background)
        shown.reload()
        expect(shown.get_by_role("button", name="Theme: light")).to_be_visible()
        kept = shown.evaluate(background)

    assert dark != light == kept


def test_another_sandbox_is_chosen_and_shown(page: Visit) -> None:
    """The address names it, so that it can be sent to somebody."""
    page.emulator.create("other", at=MORNING + timedelta(days=9), speed=None)
    shown = page.open()

    shown.select_option("#sandbox", "other")

    expect(shown.locator("#time .day")).to_have_text("Wed, 11 Nov 2026")
    shown.wait_for_url("**/_emulator/ui/other/phones**")


def test_a_server_beyond_loopback_is_asked_for_with_its_token(browser: Browser) -> None:
    """The page asks once, and sends it with every call, the stream of events among them."""
    with visit(browser, boundary=Boundary(control_token="mine")) as made:
        made.expected = ("401",)
        made.page.goto(f"{made.server.url}/_emulator/ui/default/phones")
        made.page.get_by_label("Control token").fill("mine")
        made.page.get_by_role("button", name="Go on").click()

        expect(made.page.locator("#live")).to_have_text("live")
        expect(made.page.locator("#time .hour")).to_have_text("09:00:00")


def test_a_reset_begins_anew_on_the_page(page: Visit) -> None:
    """Without a reload."""
    shown = page.open()
    shown.keyboard.press("d")
    expect(shown.locator("#time .day")).to_have_text("Tue, 3 Nov 2026")

    page.sandbox.reset()

    expect(shown.locator("#time .day")).to_have_text("Mon, 2 Nov 2026")


def test_a_stream_that_breaks_off_is_taken_up_again(page: Visit) -> None:
    """The page says so meanwhile, and shows afterwards what happened."""
    shown = page.open()
    page.expected = ("ERR_",)
    page.server.stop()
    expect(shown.locator("#live")).to_have_text("connecting again")
    page.sandbox.clock.advance(timedelta(hours=2))

    with Server(page.app, port=page.server.port):
        expect(shown.locator("#live")).to_have_text("live")
        expect(shown.locator("#time .hour")).to_have_text("11:00:00")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window(browser: Browser, width: int) -> None:
    """From a phone to a wide screen nobody scrolls to the side."""
    with visit(browser, viewport={"width": width, "height": 740}) as made:
        shown = made.open()
        for view in VIEWS:
            shown = made.open(view.name)
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, view.name


def test_the_last_act_is_shown_with_its_call(page: Visit) -> None:
    """Whoever does something by hand learns how a program does it."""
    shown = page.open()

    shown.get_by_role("button", name="+1 h").click()
    last = shown.get_by_role("region", name="The last act")
    expect(last).to_contain_text("POST …/clock/advance")
    last.get_by_role("button", name="Copy as pytest").click()

    assert shown.evaluate("navigator.clipboard.readText()") == "whatsapp.clock.advance(hours=1)"


def test_on_a_phone_the_navigation_shows_where_one_is(browser: Browser) -> None:
    """It is wider than the window, and is moved so that the view that is open stands in it."""
    with visit(browser, viewport={"width": 360, "height": 740}) as made:
        shown = made.open(VIEWS[-1].name)

        expect(shown.locator("nav [aria-current=page]")).to_be_in_viewport(ratio=0.9)
