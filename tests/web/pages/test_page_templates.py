"""Templates, in Chromium: made, complained about, corrected, approved, sent, tapped; and every decision."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.identities import ORDER_SHIPPED, SHEENA
from kit.page import Visit
from kit.receivers import listen
from kit.submissions import body, submit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

SCRIPT = "<img src=x onerror='window.hacked = 1'>"


def opened(shown: Page) -> Any:
    return shown.get_by_role("region", name="One template")


def decide(shown: Page, what: str) -> None:
    opened(shown).get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name=what, exact=True).click()


def test_a_template_is_complained_about_corrected_approved_sent_and_tapped(page: Visit) -> None:
    """The whole life of one, in the browser alone: the customer answers with its button."""
    page.sandbox.change_settings(review="by_hand")
    shown = page.open("templates")
    shown.get_by_role("button", name="New").click()
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()

    shown.get_by_label("Name", exact=True).fill("Order Ready")
    expect(opened(shown).get_by_role("status")).to_contain_text("Name Format is Incorrect")
    expect(opened(shown).get_by_role("link", name="2388046")).to_be_visible()
    expect(shown.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(shown.get_by_role("button", name="Create")).to_be_disabled()
    shown.get_by_label("Name", exact=True).fill("order_ready")
    shown.get_by_role("button", name="Add a button").click()
    shown.get_by_label("Label").fill("On my way")
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Create").click()

    expect(opened(shown).get_by_role("heading", name="order_ready")).to_be_visible()
    expect(opened(shown).get_by_role("status")).to_contain_text("being reviewed")
    opened(shown).get_by_role("button", name="Approve").click()
    expect(opened(shown).get_by_text("approved", exact=True)).to_be_visible()
    expect(shown.get_by_role("list", name="History")).to_contain_text("order_ready is APPROVED")
    opened(shown).get_by_role("button", name="Send to …").click()
    dialog = shown.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).select_option(SHEENA)
    dialog.get_by_label("Body {{2}}").fill("4711")
    expect(dialog.get_by_role("region", name="The call as curl")).to_contain_text("4711")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(shown.locator("#toasts")).to_contain_text("Accepted")

    page.sandbox.settle()
    shown = page.open("phones", SHEENA)
    shown.get_by_role("button", name="On my way").click()
    expect(shown.locator(".is-own").last).to_contain_text("On my way")
    sent = page.sandbox.messages.all(outbound=True)[-1]
    assert "4711" in sent.as_text


def test_form_and_json_are_kept_in_step(page: Visit) -> None:
    """A change in one is seen in the other; JSON that is none is said, and spoils nothing."""
    shown = page.open("templates", "new")
    written = shown.get_by_label("The template as JSON")

    shown.get_by_label("Body", exact=True).fill("Hi {{1}}, thank you for your order at our shop.")
    expect(shown.get_by_label("Example of {{2}}")).to_have_count(0)
    draft = json.loads(written.input_value())
    assert draft["components"][0]["example"] == {"body_text": [["Sheena"]]}
    draft["components"].append({"type": "FOOTER", "text": "From the JSON"})
    written.fill(json.dumps(draft))
    expect(shown.get_by_label("Footer")).to_have_value("From the JSON")
    expect(shown.get_by_role("group", name="Preview")).to_contain_text("From the JSON")
    written.fill("{")
    expect(opened(shown).get_by_role("status")).to_contain_text("The JSON cannot be read")
    shown.get_by_label("Footer").fill("From the form")

    assert json.loads(written.input_value())["components"][1]["text"] == "From the form"


def test_a_template_is_edited_and_reviewed_again(page: Visit) -> None:
    """Name and language stay; what is saved is pending."""
    page.sandbox.change_settings(review="by_hand")
    shown = page.open("templates", ORDER_SHIPPED)

    opened(shown).get_by_role("button", name="Edit").click()
    expect(shown.get_by_label("Name", exact=True)).to_be_disabled()
    shown.get_by_label("Footer").fill("Another footer")
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Save").click()

    expect(opened(shown).get_by_role("status")).to_contain_text("being reviewed")
    expect(shown.get_by_role("group", name="Preview")).to_contain_text("Another footer")


def test_every_decision_is_taken_and_told(page: Visit) -> None:
    """Paused, unpaused, rejected with a reason, appealed, disabled; one that does not fit is said."""
    page.sandbox.change_settings(review="by_hand")
    shown = page.open("templates", ORDER_SHIPPED)
    detail = opened(shown)

    detail.get_by_role("button", name="Pause").click()
    expect(detail.get_by_role("status")).to_contain_text("132015")
    detail.get_by_role("button", name="Unpause").click()
    detail.get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Reject …").click()
    shown.get_by_role("dialog").get_by_label("Reason").select_option("SCAM")
    shown.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(detail.get_by_role("status")).to_contain_text("SCAM")
    detail.get_by_role("button", name="Appeal").click()
    expect(detail.get_by_role("status")).to_contain_text("appealed")
    detail.get_by_role("button", name="Approve").click()
    expect(detail.get_by_role("button", name="Pause")).to_be_visible()
    detail.get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Disable").click()
    expect(detail.get_by_role("status")).to_contain_text("132016")
    page.expected = ("422",)
    detail.get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Unpause").click()

    expect(shown.locator("#toasts")).to_contain_text("cannot be told")


def test_it_is_flagged_disabled_and_reinstated(page: Visit) -> None:
    """Flagged it can be sent all the same; the app hears of each step."""
    inbox = listen(page.sandbox)
    shown = page.open("templates", ORDER_SHIPPED)
    detail = opened(shown)

    decide(shown, "Flag: its quality is low")
    expect(shown.get_by_role("list", name="History")).to_contain_text("order_shipped is flagged")
    expect(detail.get_by_text("approved", exact=True)).to_be_visible()
    decide(shown, "Disable")
    expect(detail.get_by_role("status")).to_contain_text("132016")
    detail.get_by_role("button", name="Reinstate").click()
    expect(detail.get_by_text("approved", exact=True)).to_be_visible()

    page.sandbox.settle()
    told = inbox.of("message_template_status_update")
    assert [each["event"] for each in told] == ["FLAGGED", "DISABLED", "REINSTATED"]


def test_it_is_archived_and_taken_back(page: Visit) -> None:
    """While it is archived it says when it is deleted; then it is what it was."""
    shown = page.open("templates", ORDER_SHIPPED)
    detail = opened(shown)

    decide(shown, "Archive")
    expect(detail.get_by_role("status")).to_contain_text("deleted 28 days later")
    expect(shown.get_by_role("list", name="History")).to_contain_text("in 28 d")
    detail.get_by_role("button", name="Unarchive").click()

    expect(detail.get_by_text("approved", exact=True)).to_be_visible()
    assert page.sandbox.templates.get(ORDER_SHIPPED).status == "APPROVED"


def test_it_is_found_to_belong_to_another_category(page: Visit) -> None:
    """It says what it should be, and is that a day later."""
    shown = page.open("templates", ORDER_SHIPPED)
    facts = opened(shown).locator(".facts")
    expect(facts).to_contain_text("Categoryutility")

    decide(shown, "Another category …")
    shown.get_by_role("dialog").get_by_label("Category").select_option("MARKETING")
    shown.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(facts).to_contain_text("Should bemarketing")
    shown.get_by_role("button", name="+24 h").click()

    expect(facts).to_contain_text("Categorymarketing")
    expect(facts).to_contain_text("Was beforeutility")


def test_a_template_is_deleted(page: Visit) -> None:
    """After a question; the list goes without it."""
    shown = page.open("templates", ORDER_SHIPPED)
    rows = shown.get_by_role("list", name="Templates").get_by_role("link")
    expect(rows.filter(has_text="order_shipped")).to_have_count(1)
    page.expected = ("404",)

    opened(shown).get_by_role("button", name="Decide").click()
    shown.get_by_role("menuitem", name="Delete …").click()
    shown.get_by_role("dialog").get_by_role("button", name="Delete").click()

    expect(rows.filter(has_text="order_shipped")).to_have_count(0)


def test_templates_are_filtered_and_paged(page: Visit) -> None:
    """By status, language and words; more of them are a button away."""
    for number in range(65):
        submit(page.sandbox, f"notice_{number}", components=body(f"This is notice {number} of our shop."))
    shown = page.open("templates")
    rows = shown.get_by_role("list", name="Templates").get_by_role("link")
    expect(rows).to_have_count(60)

    shown.get_by_role("button", name="More").click()
    expect(rows).not_to_have_count(60)
    shown.get_by_label("Search templates").fill("greenhouse")
    expect(rows).to_have_count(1)
    shown.get_by_label("Search templates").fill("")
    shown.get_by_label("Status").select_option("REJECTED")
    expect(rows).to_have_count(1)
    shown.get_by_label("Language, such as en_US").fill("xx")

    expect(shown.get_by_text("No template fits")).to_be_visible()


def test_scripts_in_templates_are_text(page: Visit) -> None:
    """In the list, the preview, the history and the editor."""
    made = submit(page.sandbox, "written_by_others", components=body(f"Hello {SCRIPT} and goodbye"))
    shown = page.open("templates", made.id)
    expect(shown.get_by_role("group", name="Preview")).to_contain_text("onerror")
    shown.get_by_role("tab", name="JSON").click()
    opened(shown).get_by_role("button", name="Edit").click()
    shown.get_by_label("Footer").fill(SCRIPT)
    expect(shown.get_by_role("group", name="Preview")).to_contain_text("goodbye")

    assert shown.evaluate("window.hacked") is None
    assert shown.locator("#view img").count() == 0
