"""People, in Chromium: a crowd at a glance, page by page, each a click from their phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import BEATRIZ, PABLO, SHEENA
from kit.page import Visit
from kit.sandboxes import send
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.slow


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def test_a_row_says_how_a_conversation_stands_and_follows_it(page: Visit) -> None:
    """Window, unread, the last message with its status, and what is special; live, and as time passes."""
    people = page.sandbox.people
    people.change(SHEENA, habits={"reads": False})
    people.say(SHEENA, "Do you have ferns?")
    people.go_offline(PABLO)
    people.block(BEATRIZ)
    shown = page.open("people")

    sheena = row(shown, "Sheena Nelson")
    expect(sheena.get_by_role("cell")).to_contain_text(
        ["+16505551234", "24 h", "0", "Do you have ferns?", ""]
    )
    expect(row(shown, "Pablo Morales")).to_contain_text("offline")
    expect(row(shown, "Beatriz Santos")).to_contain_text("has blocked the number")
    expect(row(shown, "Jonas Weber")).to_contain_text("not on WhatsApp")

    send(page.sandbox, "We have two.")
    expect(sheena.get_by_role("cell").nth(3)).to_contain_text("deliveredBusiness: We have two.")
    expect(sheena.get_by_role("cell").nth(2)).to_have_text("1")
    page.sandbox.clock.advance(timedelta(hours=24))
    expect(sheena.get_by_role("cell").nth(1)).to_have_text("closed")
    send(page.sandbox, "Are you there?")
    expect(sheena.get_by_title("131047 Re-engagement message")).to_be_visible()


def test_a_row_opens_the_phone(page: Visit) -> None:
    """Also of somebody whom the list of the phones does not have."""
    last = page.sandbox.people.crowd(300)[-1]
    shown = page.open("people")
    shown.get_by_label("Search people").fill(last.wa_id)
    row(shown, last.name).get_by_role("link").click()

    expect(shown.get_by_role("region", name=f"The phone of {last.name}")).to_be_visible()


def test_a_crowd_is_made_and_read_page_by_page(page: Visit) -> None:
    """A hundred on each; forth and back by buttons and keys."""
    shown = page.open("people")
    shown.get_by_role("button", name="Add").click()
    shown.get_by_label("How many").fill("250")
    shown.get_by_role("dialog").get_by_role("button", name="Add").click()

    expect(shown.get_by_text("1 to 100", exact=True)).to_be_visible()
    expect(shown.locator(".chats tbody tr")).to_have_count(100)
    shown.get_by_role("button", name="Next page").click()
    expect(shown.get_by_text("101 to 200", exact=True)).to_be_visible()
    expect(row(shown, "Sheena Nelson")).to_have_count(0)
    shown.keyboard.press("j")
    expect(shown.get_by_text("201 to 254, of 254")).to_be_visible()
    expect(shown.get_by_role("button", name="Next page")).to_be_hidden()
    shown.keyboard.press("k")
    shown.get_by_role("button", name="Page before").click()
    expect(row(shown, "Sheena Nelson")).to_be_visible()
    assert len(page.sandbox.people.all()) == 254


def test_people_are_searched_on_the_server(page: Visit) -> None:
    """Among all of them; the address keeps the search, and nobody found is said."""
    crowd = page.sandbox.people.crowd(250)
    shown = page.open("people")
    shown.get_by_label("Search people").fill(crowd[-1].wa_id[-9:])

    expect(row(shown, crowd[-1].name)).to_be_visible()
    expect(shown.locator(".chats tbody tr")).to_have_count(1)
    shown.reload()
    expect(row(shown, crowd[-1].name)).to_be_visible()
    shown.get_by_label("Search people").fill("Nobody at all")
    expect(shown.get_by_role("heading", name="Nobody is found")).to_be_visible()


def test_a_page_is_one_question_to_the_server(page: Visit) -> None:
    """However many people there are, and however much is written."""
    page.sandbox.people.crowd(500)
    shown = page.open("people")
    expect(shown.get_by_text("1 to 100", exact=True)).to_be_visible()
    begun = len(page.requests)

    for wa_id in (SHEENA, PABLO, BEATRIZ, *[each.wa_id for each in page.sandbox.people.all(limit=90)[4:]]):
        page.sandbox.people.say(wa_id, "Hi")
    page.sandbox.settle()
    expect(shown.locator(".chats tr").filter(has_text="Hi").nth(80)).to_be_visible()

    asked = [url for url in page.requests[begun:] if "/people" in url or "/chats" in url]
    assert [url for url in asked if "/people/" in url] == []
    assert len(asked) < 10
