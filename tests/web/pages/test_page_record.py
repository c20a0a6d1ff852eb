"""Record, in Chromium: what was done on the page becomes a test, and the test passes."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from kit.identities import ACCESS_TOKEN, APP_SECRET, PRODUCTION, SHEENA
from kit.page import Visit
from playwright.sync_api import Page, expect

from emulator import Server

pytestmark = pytest.mark.slow

SHOP = Path(__file__).parents[3] / "docs" / "examples" / "flask_shop"
"""An app of the documentation: it greets with buttons, and answers a tap."""
GREETING = "Hello! How can I help?"
LIMIT = 120.0


@pytest.fixture
def shop(page: Visit, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The app, serving webhooks of the sandbox and sending to its server."""
    for name, value in {
        "WHATSAPP_TOKEN": ACCESS_TOKEN,
        "WHATSAPP_PHONE_NUMBER_ID": PRODUCTION,
        "WHATSAPP_APP_SECRET": APP_SECRET,
        "WHATSAPP_VERIFY_TOKEN": "any",
    }.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("recorded_shop", SHOP / "main.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.MESSAGES = f"{page.server.url}/v26.0/{PRODUCTION}/messages"  # type: ignore[attr-defined]
    with Server(module.app) as server:
        page.sandbox.webhooks.connect(f"{server.url}/webhook")
        yield module


def write(shown: Page, text: str, nth: int = 0) -> None:
    shown.get_by_label("Message of the customer").nth(nth).fill(text)
    shown.keyboard.press("Enter")


def play(shown: Page) -> None:
    """A customer asks, taps, comes back two days later, and somebody new writes."""
    write(shown, 'Hi "there" \\ ☕')
    expect(shown.get_by_text(GREETING)).to_be_visible()
    shown.get_by_role("button", name="Where is my parcel?").click()
    expect(shown.get_by_text("comes tomorrow")).to_be_visible()
    shown.get_by_role("button", name="+24 h").click()
    expect(shown.locator(".window-chip")).to_have_text("window closed")
    shown.keyboard.press("a")
    shown.get_by_label("Name").fill("Zoë O'Hara")
    shown.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(shown.get_by_role("region", name="The phone of Zoë O'Hara")).to_be_visible()
    write(shown, "Me, too", 1)
    expect(shown.get_by_text(GREETING)).to_have_count(2)


def run_suite(folder: Path, *arguments: str) -> str:
    """Run the tests of a folder as a user would; returns what pytest prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WHATSAPP")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder with the app and its configuration of pytest."""
    for name in ("main.py", "pytest.ini"):
        shutil.copy(SHOP / name, tmp_path)
    return tmp_path


def test_what_was_done_becomes_a_test_that_passes(page: Visit, shop: ModuleType, suite: Path) -> None:
    """And fails once the app behaves in another way."""
    shown = page.open("phones", SHEENA)
    play(shown)
    shown.keyboard.press("Escape")
    shown.locator("h1").click(force=True)
    shown.click("nav [data-view=record]")

    expect(shown.get_by_role("heading", name="The test of 5 acts")).to_be_visible()
    test = shown.locator(".code pre").inner_text()
    (suite / "test_recorded.py").write_text(test)
    passed = run_suite(suite)
    (suite / "main.py").write_text((suite / "main.py").read_text().replace("comes tomorrow", "is lost"))
    failed = run_suite(suite)

    assert "1 passed" in passed, test + passed
    assert "1 failed" in failed
    assert "comes tomorrow" in failed


def test_what_was_done_becomes_a_scenario_file_that_passes(
    page: Visit, shop: ModuleType, suite: Path
) -> None:
    """Played by pytest, as every scenario file; and it fails once the app behaves in another way."""
    shown = page.open("phones", SHEENA)
    play(shown)
    shown.click("nav [data-view=record]")

    shown.get_by_role("tab", name="Scenario file").click()
    scenario = shown.locator(".code pre").inner_text()
    (suite / "recorded.whatsapp.yaml").write_text(scenario)
    passed = run_suite(suite)
    (suite / "main.py").write_text((suite / "main.py").read_text().replace("comes tomorrow", "is lost"))
    failed = run_suite(suite)

    assert "1 passed" in passed, scenario + passed
    assert "1 failed" in failed


def decide_over_a_template(shown: Page) -> None:
    """One is made, approved, sent, flagged, paused, recategorized, edited and deleted."""
    shown.get_by_role("button", name="New").click()
    shown.get_by_label("Name", exact=True).fill("order_ready")
    expect(shown.get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Create").click()
    detail = shown.get_by_role("region", name="One template")
    detail.get_by_role("button", name="Approve").click()
    expect(detail.get_by_text("approved", exact=True)).to_be_visible()
    detail.get_by_role("button", name="Send to …").click()
    shown.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(shown.locator("#toasts")).to_contain_text("Accepted")
    for what in ("Flag: its quality is low", "Pause for its quality", "Unpause"):
        detail.get_by_role("button", name="Decide").click()
        shown.get_by_role("menuitem", name=what, exact=True).click()
        expect(shown.locator("#last-act")).to_contain_text("/review")
        expect(shown.locator("#toasts")).to_contain_text(what)
    detail.get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Another category …").click()
    shown.get_by_role("dialog").get_by_label("Category").select_option("MARKETING")
    shown.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(detail.locator(".facts")).to_contain_text("Should be")
    detail.get_by_role("button", name="Edit").click()
    shown.get_by_label("Footer").fill("Thank you for your patience")
    expect(shown.get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Save").click()
    expect(detail.get_by_role("status")).to_contain_text("being reviewed")
    detail.get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Delete …").click()
    shown.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(detail.get_by_text("Open one")).to_be_visible()


def test_what_was_decided_over_templates_becomes_a_test_and_a_scenario(page: Visit, suite: Path) -> None:
    """Both pass, and fail where a decision no longer fits."""
    page.expected = ("404",)
    shown = page.open("templates")
    decide_over_a_template(shown)
    shown.click("nav [data-view=record]")
    expect(shown.get_by_role("heading", name="The test of 9 acts")).to_be_visible()

    test = shown.locator(".code pre").inner_text()
    shown.get_by_role("tab", name="Scenario file").click()
    scenario = shown.locator(".code pre").inner_text()
    (suite / "test_recorded.py").write_text(test)
    (suite / "recorded.whatsapp.yaml").write_text(scenario)
    passed = run_suite(suite)
    (suite / "test_recorded.py").write_text(test.replace(".unpause(", ".reinstate("))
    (suite / "recorded.whatsapp.yaml").write_text(scenario.replace("unpause", "reinstate"))
    failed = run_suite(suite)

    assert "# a " not in test + scenario
    assert "2 passed" in passed, test + scenario + passed
    assert "2 failed" in failed


def test_a_part_of_it_becomes_a_test(page: Visit, shop: ModuleType) -> None:
    """From here to here: the acts between, and what the app sent after each of them."""
    shown = page.open("phones", SHEENA)
    write(shown, "One")
    expect(shown.get_by_text(GREETING)).to_have_count(1)
    write(shown, "Two")
    expect(shown.get_by_text(GREETING)).to_have_count(2)
    write(shown, "Three")
    expect(shown.get_by_text(GREETING)).to_have_count(3)
    shown.click("nav [data-view=record]")

    acts = shown.get_by_role("list", name="Acts").get_by_role("listitem")
    acts.nth(1).get_by_role("button", name="From here").click()
    acts.nth(1).get_by_role("button", name="To here").click()

    expect(shown.get_by_role("heading", name="The test of 1 act")).to_be_visible()
    test = shown.locator(".code pre").inner_text()
    assert 'says("Two")' in test
    assert 'says("One")' not in test
    assert test.count("expect_sent(") == 1


def test_an_act_is_copied_as_curl_that_does_the_same(page: Visit) -> None:
    """As it stands, quotes and all."""
    shown = page.open("phones", SHEENA)
    write(shown, 'It\'s "me" & <you> $HOME `id`')
    expect(shown.locator(".bubble")).to_contain_text("<you> $HOME")
    shown.click("nav [data-view=record]")

    acts = shown.get_by_role("list", name="Acts")
    acts.get_by_role("button", name="Copy as curl").click()
    command = shown.evaluate("navigator.clipboard.readText()")
    subprocess.run(["sh", "-c", command], check=True, capture_output=True, timeout=LIMIT)

    texts = [message.text for message in page.sandbox.messages.all()]
    assert texts == ['It\'s "me" & <you> $HOME `id`'] * 2


def test_a_reset_begins_a_recording_anew(page: Visit) -> None:
    """The sandbox is as its seed, and nothing is recorded."""
    shown = page.open("phones", SHEENA)
    write(shown, "Hi")
    expect(shown.locator(".bubble").get_by_text("Hi")).to_be_visible()
    shown.click("nav [data-view=record]")

    shown.get_by_role("button", name="Reset and begin anew").click()
    shown.get_by_role("dialog").get_by_role("button", name="Reset", exact=True).click()

    expect(shown.get_by_text("Nothing was done here yet")).to_be_visible()
    assert page.sandbox.messages.all() == []
