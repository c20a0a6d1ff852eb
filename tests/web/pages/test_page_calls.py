"""API, in Chromium: calls as they come, why one was refused, and what followed from it."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from kit.identities import ACCESS_TOKEN, BEATRIZ, PRODUCTION, SHEENA
from kit.page import Visit
from kit.receivers import listen
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def call(page: Visit, path: str, **body: Any) -> None:
    requests.post(
        f"{page.server.url}/v26.0/{path}",
        json=body,
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
        timeout=20,
    )


def text(page: Visit, to: str, **more: Any) -> None:
    call(page, f"{PRODUCTION}/messages", messaging_product="whatsapp", to=to, **{"type": "text", **more})


def test_a_refused_call_is_shown_with_its_rule_and_its_error_page_opens(page: Visit) -> None:
    """It comes live; its facts and its hint stand there, and the rule has a page, too."""
    shown = page.open("calls")
    expect(shown.get_by_text("Nobody has called the API yet")).to_be_visible()

    text(page, SHEENA, type="template", template={"name": "nope", "language": {"code": "en"}})
    row = shown.get_by_role("list", name="Calls").get_by_role("link")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("404")
    expect(row).to_contain_text("template_exists")
    row.click()

    opened = shown.get_by_role("region", name="One call")
    expect(opened.get_by_role("status")).to_contain_text("no template of that name")
    expect(opened.locator(".saw")).to_contain_text("nope")
    with shown.expect_popup() as popup:
        opened.get_by_role("link", name="132001").click()
    expect(popup.value.get_by_role("heading", level=1)).to_contain_text("132001")
    popup.value.get_by_role("link", name="template_exists").click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text("template_exists")


def test_what_followed_from_a_call_is_told_and_copied_as_curl(page: Visit) -> None:
    """From what it answered to its statuses and webhooks; the line that is copied does it again."""
    listen(page.sandbox)
    page.sandbox.people.say(SHEENA, "Hi")
    text(page, SHEENA, text={"body": "It's 'quoted' <b>&"})
    page.sandbox.settle()
    shown = page.open("calls")

    shown.get_by_role("list", name="Calls").get_by_role("link").click()

    followed = shown.get_by_role("list", name="What followed")
    for each in ("wrote: Hi", "→ 200", "delivered", "messages to"):
        expect(followed.get_by_text(each).first).to_be_visible()
    expect(shown.get_by_role("region", name="The request")).to_contain_text("Authorization: Bearer ***")
    shown.keyboard.press("c")
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert f"Bearer {ACCESS_TOKEN}" in copied
    assert r"It'\''s" in copied
    shown.get_by_role("tab", name="Answer").click()
    expect(shown.get_by_role("region", name="The body of the answer")).to_contain_text("wamid.")


def test_calls_are_filtered_and_what_is_not_emulated_is_marked(page: Visit) -> None:
    """By outcome, person, code and words; the chip of an unsupported call says so."""
    page.sandbox.people.say(SHEENA, "Hi")
    text(page, SHEENA, text={"body": "Apples"})
    text(page, BEATRIZ, text={})
    call(page, f"{PRODUCTION}/nothing")
    shown = page.open("calls")
    rows = shown.get_by_role("list", name="Calls").get_by_role("link")
    expect(rows).to_have_count(3)

    shown.get_by_label("Outcome").select_option("unsupported")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("not emulated")
    shown.get_by_label("Outcome").select_option("")
    shown.get_by_label("Person, by number").fill(BEATRIZ)
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("parameters")
    shown.get_by_label("Person, by number").fill("")
    shown.get_by_label("Search calls").fill("apples")
    expect(rows).to_have_count(1)
    shown.get_by_label("Search calls").fill("pears")
    expect(shown.get_by_text("No call fits")).to_be_visible()


def test_the_list_is_gone_through_by_keys_and_page_by_page(page: Visit) -> None:
    """`j` and `k` open the next one; older ones are a button away."""
    page.sandbox.people.say(SHEENA, "Hi")
    for number in range(70):
        page.app.test_client().get(
            f"/v26.0/{PRODUCTION}?n={number}", headers={"Authorization": f"Bearer {ACCESS_TOKEN}"}
        )
    shown = page.open("calls")
    rows = shown.get_by_role("list", name="Calls").get_by_role("link")
    expect(rows).to_have_count(60)

    shown.keyboard.press("j")
    shown.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    shown.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    shown.get_by_role("button", name="Older ones").click()

    expect(rows).to_have_count(70)


def test_scripts_in_calls_are_text(page: Visit) -> None:
    """What somebody sends, and what the path of a call holds."""
    script = "<img src=x onerror='window.hacked = 1'>"
    text(page, SHEENA, text={"body": script}, type=script)
    call(page, f"{PRODUCTION}/{script}")
    shown = page.open("calls")
    for row in shown.get_by_role("list", name="Calls").get_by_role("link").all():
        row.click()
        for tab in ("Answer", "Headers", "curl"):
            shown.get_by_role("tab", name=tab).click()

    assert shown.evaluate("window.hacked") is None
    assert shown.locator("#view img").count() == 0
