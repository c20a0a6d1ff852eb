"""Sandboxes, in Chromium: made, switched to, reset, removed, and kept as snapshots."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kit.identities import SHEENA
from kit.page import Visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def confirm(shown: Page, word: str) -> None:
    shown.get_by_role("dialog").get_by_role("button", name=word, exact=True).click()


def card(shown: Page, name: str) -> Any:
    return shown.get_by_role("listitem", name=name, exact=True)


def test_a_sandbox_is_made_switched_to_and_removed(page: Visit) -> None:
    """With its seed and its time; who was in it when it went is brought to one that there is."""
    shown = page.open("sandboxes")
    expect(shown.get_by_text("One sandbox is all there is")).to_be_visible()

    shown.keyboard.press("a")
    dialog = shown.get_by_role("dialog", name="Make a sandbox")
    dialog.get_by_label("Name").fill("brazil")
    dialog.get_by_label("Made from the seed").select_option("shop")
    dialog.get_by_label("Its time").select_option("at")
    dialog.get_by_label("Instant", exact=True).fill("2026-05-01T10:00:00Z")
    dialog.get_by_role("button", name="Make").click()
    expect(card(shown, "brazil")).to_contain_text("shop")
    expect(card(shown, "brazil")).to_contain_text("frozen · Fri, 1 May 2026, 10:00:00 UTC")
    card(shown, "brazil").get_by_role("link", name="Switch to brazil").click()
    shown.wait_for_url("**/ui/brazil/phones**")
    expect(shown.locator("#sandbox")).to_have_value("brazil")
    shown.click("nav [data-view=sandboxes]")
    expect(card(shown, "brazil")).to_contain_text("shown here")
    page.expected = ("404", "410")
    card(shown, "brazil").get_by_role("button", name="Remove brazil").click()
    confirm(shown, "Remove")

    shown.wait_for_url("**/ui/default/sandboxes")
    expect(card(shown, "brazil")).to_have_count(0)
    assert [each.name for each in page.emulator.all()] == ["default"]


def test_a_sandbox_is_made_from_a_seed_of_ones_own(page: Visit) -> None:
    """As JSON; the sentence about a wrong one stands in the dialog."""
    page.expected = ("400", "422")
    shown = page.open("sandboxes")

    shown.get_by_role("button", name="Make a sandbox").click()
    dialog = shown.get_by_role("dialog")
    dialog.get_by_label("Name").fill("own")
    dialog.get_by_label("Made from the seed").select_option("")
    seed = json.loads(dialog.get_by_label("Seed", exact=True).input_value())
    dialog.get_by_label("Seed", exact=True).fill("{}")
    dialog.get_by_role("button", name="Make").click()
    expect(dialog.get_by_role("alert")).to_contain_text("is missing")
    dialog.get_by_label("Seed", exact=True).fill(json.dumps(seed))
    dialog.get_by_role("button", name="Make").click()

    expect(card(shown, "own")).to_contain_text("<seed>")
    assert page.emulator.get("own").people.get("16505551234").name == "Ada"


def test_a_sandbox_is_reset(page: Visit) -> None:
    """After a question; everything is as the seed says."""
    page.sandbox.people.say(SHEENA, "Hello")
    shown = page.open("sandboxes")

    card(shown, "default").get_by_role("button", name="Reset default").click()
    expect(shown.get_by_role("dialog")).to_contain_text("Everything returns to the seed default")
    confirm(shown, "Reset")

    expect(shown.locator("#toasts")).to_contain_text("reset")
    assert page.sandbox.messages.all() == []


def test_a_snapshot_goes_down_and_up(page: Visit, tmp_path: Path) -> None:
    """What was written before it is there again, and what was written since is not."""
    page.sandbox.people.say(SHEENA, "Before")
    shown = page.open("sandboxes")

    with shown.expect_download() as told:
        card(shown, "default").get_by_role("button", name="Save a snapshot of default").click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    page.sandbox.people.say(SHEENA, "After")
    with shown.expect_file_chooser() as chooser:
        card(shown, "default").get_by_role("button", name="Restore default from a snapshot").click()
    chooser.value.set_files(file)
    confirm(shown, "Restore")

    expect(shown.locator("#toasts")).to_contain_text(f"default is what {file.name} was")
    assert file.name == "default-2026-11-02T09-00-00.sqlite"
    assert [message.text for message in page.sandbox.messages.all()] == ["Before"]


def test_what_is_no_snapshot_is_refused_in_words(page: Visit, tmp_path: Path) -> None:
    """And nothing has changed."""
    page.expected = ("422",)
    page.sandbox.people.say(SHEENA, "Before")
    (tmp_path / "holiday.jpg").write_bytes(b"not a snapshot")
    shown = page.open("sandboxes")

    with shown.expect_file_chooser() as chooser:
        card(shown, "default").get_by_role("button", name="Restore default from a snapshot").click()
    chooser.value.set_files(tmp_path / "holiday.jpg")
    confirm(shown, "Restore")

    expect(shown.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    assert len(page.sandbox.messages.all()) == 1


def test_what_an_app_needs_is_shown(page: Visit) -> None:
    """As environment variables, with the token of that sandbox."""
    shown = page.open("sandboxes")

    card(shown, "default").get_by_text("What an app needs").click()

    credentials = shown.get_by_role("region", name="The credentials of default")
    expect(credentials).to_contain_text("WHATSAPP_TOKEN=EMULATOR-ACCESS-TOKEN")
