"""Journal, in Chromium: what happened and why, filtered and page by page; the transcript in each form."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from kit.identities import BEATRIZ, SHEENA
from kit.page import Visit, read_on
from kit.receivers import listen
from kit.sandboxes import send
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def test_entries_come_as_they_happen(page: Visit) -> None:
    """The newest first; one is opened with its details and its cause, and its chain is followed."""
    listen(page.sandbox)
    shown = page.open("journal")
    expect(shown.get_by_text("Nothing has happened yet")).to_be_visible()

    page.sandbox.people.say(SHEENA, "Where is my order?")
    page.sandbox.settle()
    said = shown.get_by_role("button", name="Sheena Nelson wrote: Where is my order?")
    expect(said).to_be_visible()
    send(page.sandbox, "On its way")
    page.sandbox.people.say(BEATRIZ, "Olá")
    page.sandbox.settle()
    said.click()
    opened = shown.get_by_role("region", name="One entry")
    expect(opened).to_contain_text("2 Nov 2026, 09:00:00 UTC")
    opened.get_by_role("button", name="The whole chain").click()

    expect(shown.get_by_role("group", name="Filters")).to_contain_text("chain: wamid.")
    expect(said).to_be_visible()
    expect(shown.get_by_text("Beatriz Santos wrote")).to_have_count(0)
    shown.get_by_role("button", name="Take away the filter chain").click()
    expect(shown.get_by_text("Beatriz Santos wrote")).to_be_visible()


def test_the_journal_is_filtered(page: Visit) -> None:
    """By kind, person and time; the address keeps the filter."""
    page.sandbox.people.say(SHEENA, "Early")
    page.sandbox.clock.advance(timedelta(hours=1))
    page.sandbox.people.say(SHEENA, "Late")
    page.sandbox.people.say(BEATRIZ, "Later")
    shown = page.open("journal")
    expect(shown.get_by_text("wrote: Early")).to_be_visible()

    shown.keyboard.press("f")
    dialog = shown.get_by_role("dialog", name="Filter the journal")
    dialog.get_by_label("Kind").fill("message")
    dialog.get_by_label("Person").fill(SHEENA)
    dialog.get_by_label("From").fill("2026-11-02T09:30:00Z")
    dialog.get_by_role("button", name="Filter").click()
    expect(shown.locator(".entry")).to_have_count(1)
    expect(shown.get_by_text("wrote: Late")).to_be_visible()
    shown.reload()

    expect(shown.locator(".entry")).to_have_count(1)
    expect(shown.get_by_role("group", name="Filters")).to_contain_text(f"wa_id: +{SHEENA}")


def test_a_fault_leads_to_what_it_caused(page: Visit) -> None:
    """By the link that its row has once it was met."""
    page.sandbox.faults.add(131049)
    send(page.sandbox, "Hello")
    page.sandbox.settle()
    shown = page.open("faults")

    shown.get_by_role("link", name="What it caused").click()

    expect(shown.get_by_role("group", name="Filters")).to_contain_text("cause: fault:1")
    expect(shown.locator(".entry").first).to_be_visible()


def test_the_journal_is_read_page_by_page(page: Visit) -> None:
    """By a button for older ones, and by keys from entry to entry."""
    for number in range(120):
        page.sandbox.people.say(SHEENA, f"Number {number}")
    shown = page.open("journal")
    entries = shown.locator(".entry")
    expect(entries).to_have_count(80)

    shown.get_by_role("button", name="Older ones").click()
    expect(entries.nth(100)).to_be_visible()
    shown.keyboard.press("j")
    shown.keyboard.press("j")
    expect(entries.nth(1)).to_have_attribute("aria-current", "true")
    shown.keyboard.press("k")
    expect(entries.nth(0)).to_have_attribute("aria-current", "true")
    page.sandbox.people.say(SHEENA, "The newest")
    expect(entries.first).to_contain_text("The newest")
    assert entries.count() > 120


def test_whoever_reads_on_backwards_comes_to_the_beginning(page: Visit) -> None:
    """However much there is: the newest give way, what comes moves nothing, and a button leads back."""
    for number in range(2_150):
        page.sandbox.people.say(SHEENA, f"Number {number}")
    shown = page.open("journal")
    entries, older = shown.locator(".entry-text"), shown.get_by_role("button", name="Older ones")
    expect(entries).to_have_count(80)

    read_on(entries, older)
    assert page.sandbox.journal.all(limit=1)[0].summary in entries.last.inner_text()
    oldest = entries.last.inner_text()
    expect(shown.get_by_text("wrote: Number 2149")).to_have_count(0)
    page.sandbox.people.say(SHEENA, "Meanwhile")
    expect(entries.last).to_have_text(oldest)
    shown.get_by_role("button", name="To the newest").click()

    expect(entries.first).to_contain_text("Meanwhile")
    expect(shown.get_by_role("button", name="To the newest")).to_be_hidden()


def test_the_journal_is_written_in_three_forms(page: Visit) -> None:
    """Oldest first, and what somebody wrote cannot break a table of Markdown."""
    page.sandbox.people.say(SHEENA, "a | b")
    page.sandbox.people.say(SHEENA, "second")
    shown = page.open("journal")
    expect(shown.get_by_text("wrote: second")).to_be_visible()

    shown.get_by_role("button", name="As text …").click()
    text = shown.get_by_role("region", name="The journal as Text")
    expect(text).to_contain_text("message      Sheena Nelson wrote: a | b")
    shown.get_by_role("tab", name="Markdown").click()
    expect(shown.get_by_role("region", name="The journal as Markdown")).to_contain_text(
        "Sheena Nelson wrote: a \\| b |"
    )
    shown.get_by_role("tab", name="JSON").click()
    entries = json.loads(shown.get_by_role("region", name="The journal as JSON").inner_text())

    assert [entry["seq"] for entry in entries] == sorted(entry["seq"] for entry in entries)


def test_the_transcript_is_shown_in_each_form(page: Visit, tmp_path: Path) -> None:
    """As text, Markdown, JSON and HTML, and saved as a file; it goes on as messages come."""
    shown = page.open("journal", "transcript")
    expect(shown.get_by_text("Nobody has written yet")).to_be_visible()

    page.sandbox.people.say(SHEENA, "Hello")
    expect(shown.get_by_role("region", name="The transcript as Text")).to_contain_text(
        "Sheena Nelson → business: Hello"
    )
    shown.get_by_role("tab", name="Markdown").click()
    expect(shown.get_by_role("region", name="The transcript as Markdown")).to_contain_text("Hello")
    shown.get_by_role("tab", name="JSON").click()
    expect(shown.get_by_role("region", name="The transcript as JSON")).to_contain_text('"text": "Hello"')
    shown.get_by_role("tab", name="HTML").click()
    expect(shown.frame_locator("iframe").get_by_text("Hello")).to_be_visible()
    with shown.expect_download() as told:
        shown.get_by_role("button", name="Download").click()
    told.value.save_as(tmp_path / "file")

    assert told.value.suggested_filename == "transcript-default.html"
    assert "Hello" in (tmp_path / "file").read_text()


def test_the_page_of_the_transcript_is_shown_as_it_looks(page: Visit) -> None:
    """With its style, kept apart, and nothing of what people wrote runs; its source is copied."""
    page.sandbox.people.say(SHEENA, "<script>parent.hacked = 1</script><img src=x onerror='parent.hacked=1'>")
    send(page.sandbox, "Hello")
    page.sandbox.settle()
    shown = page.open("journal", "transcript")
    shown.get_by_role("tab", name="HTML").click()

    framed = shown.frame_locator('iframe[title="The transcript as HTML"]')
    expect(framed.get_by_text("<script>parent.hacked")).to_be_visible()
    expect(framed.locator("li.business")).to_have_css("border-color", "rgb(31, 122, 77)")
    page.sandbox.people.say(SHEENA, "It goes on")
    expect(framed.get_by_text("It goes on")).to_be_visible()
    shown.get_by_role("button", name="Copy the HTML").click()

    assert "It goes on" in shown.evaluate("navigator.clipboard.readText()")
    assert shown.evaluate("window.hacked") is None
    assert shown.locator("iframe").get_attribute("sandbox") == ""


def test_on_a_phone_the_list_gives_way_to_the_entry(page: Visit) -> None:
    """And comes back."""
    page.page.set_viewport_size({"width": 360, "height": 740})
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("journal")

    shown.locator(".entry").first.click()
    expect(shown.locator(".entry").first).to_be_hidden()
    shown.get_by_role("button", name="Back to the list").click()

    expect(shown.locator(".entry").first).to_be_visible()
