"""Settings, in Chromium: each says what it decides, and is changed in place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.page import Visit
from playwright.sync_api import expect

from emulator.domain.settings.settings import NAMES

pytestmark = pytest.mark.slow


def test_every_setting_is_there_with_what_it_decides(page: Visit) -> None:
    """Its value and its default, too; a search finds it by a word of its meaning."""
    shown = page.open("settings")

    rows = shown.get_by_role("list", name="Settings").get_by_role("listitem")
    expect(rows).to_have_count(len(NAMES))
    shown.keyboard.press("/")
    shown.keyboard.type("outside the window")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("How a free-form message outside the window fails")
    expect(rows).to_contain_text("Default: async")
    shown.get_by_label("Search settings").fill("nothing like this")
    expect(shown.get_by_text("No setting says that")).to_be_visible()


def test_a_setting_is_changed_and_set_back(page: Visit) -> None:
    """It holds at once, its call can be copied, and what was changed is found again."""
    shown = page.open("settings")
    row = shown.get_by_role("listitem", name="window_errors")

    row.get_by_role("combobox").select_option("sync")
    expect(row.get_by_text("changed")).to_be_visible()
    assert page.sandbox.settings.window_errors == "sync"
    row.get_by_role("button", name="Copy as pytest").click()
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert copied == 'whatsapp.sandbox.change_settings(window_errors="sync")'
    shown.get_by_label("Only what was changed").check()
    expect(shown.get_by_role("list", name="Settings").get_by_role("listitem")).to_have_count(1)
    row.get_by_role("button", name="Set window_errors to its default").click()

    expect(shown.get_by_text("Nothing was changed")).to_be_visible()
    assert page.sandbox.settings.window_errors == "async"


def test_each_type_of_value_has_its_own_control(page: Visit) -> None:
    """A length of time, a share, a number or none, true or false, words, policies, and any JSON."""
    shown = page.open("settings")

    def row(name: str) -> None:
        expect(shown.get_by_role("listitem", name=name, exact=True).get_by_text("changed")).to_be_visible()

    shown.get_by_role("textbox", name="review_after", exact=True).fill("90.5")
    shown.get_by_role("textbox", name="review_after", exact=True).press("Enter")
    row("review_after")
    shown.get_by_role("textbox", name="quality_red", exact=True).fill("0.5")
    shown.get_by_role("textbox", name="quality_red", exact=True).press("Tab")
    row("quality_red")
    shown.get_by_role("textbox", name="marketing_per_user", exact=True).fill("3")
    shown.get_by_role("textbox", name="marketing_per_user", exact=True).press("Tab")
    row("marketing_per_user")
    shown.get_by_role("listitem", name="auto_archival").get_by_role("checkbox").uncheck()
    row("auto_archival")
    words = shown.get_by_role("listitem", name="window_opened_by")
    words.get_by_label("edit", exact=True).check()
    row("window_opened_by")
    limits = shown.get_by_role("listitem", name="limits", exact=True)
    limits.locator("summary").click()
    limits.get_by_label("limits: throughput").fill("always")
    limits.get_by_label("limits: throughput").press("Tab")
    row("limits")
    shown.get_by_role("textbox", name="http_statuses", exact=True).fill('{"132001": 400}')
    shown.get_by_role("button", name="Set http_statuses", exact=True).click()
    row("http_statuses")

    now = page.sandbox.settings
    assert (now.review_after, now.quality_red, now.marketing_per_user) == (timedelta(seconds=90.5), 0.5, 3)
    assert (now.auto_archival, "edit" in now.window_opened_by) == (False, True)
    assert (now.limits.as_json["throughput"], now.http_statuses) == ("always", {132001: 400})


def test_a_value_that_cannot_be_is_refused_beside_it(page: Visit) -> None:
    """With the sentence of the control API, or at once for what is no number."""
    page.expected = ("422", "400")
    shown = page.open("settings")
    row = shown.get_by_role("listitem", name="quality_red")

    row.get_by_role("textbox").fill("2")
    row.get_by_role("textbox").press("Tab")
    expect(row.get_by_role("alert")).to_contain_text("from 0 to 1")
    row.get_by_role("textbox").fill("much")
    row.get_by_role("textbox").press("Tab")

    expect(row.get_by_role("alert")).to_contain_text("quality_red is a number; got “much”.")
    assert page.sandbox.settings.quality_red == 0.06
