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


def make(shown: Page, name: str) -> None:
    """Create what stands in the form, and approve it."""
    shown.get_by_label("Name", exact=True).fill(name)
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Create").click()
    expect(opened(shown).get_by_role("heading", name=name)).to_be_visible()
    if opened(shown).get_by_role("button", name="Approve").is_visible():
        opened(shown).get_by_role("button", name="Approve").click()
    expect(opened(shown).get_by_text("approved", exact=True)).to_be_visible()


def send_it(page: Visit, shown: Page, **values: str) -> Any:
    """Send the open template to Sheena, with some parameters; returns the message."""
    opened(shown).get_by_role("button", name="Send to …").click()
    dialog = shown.get_by_role("dialog")
    for label, value in values.items():
        dialog.get_by_label(label.replace("_", " "), exact=True).fill(value)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(shown.locator("#toasts")).to_contain_text("Accepted")
    page.sandbox.settle()
    return page.sandbox.messages.all(outbound=True)[-1]


def test_a_carousel_is_made_by_the_form_and_sent(page: Visit) -> None:
    """Cards stay alike: what is added to one is added to all; each has words and labels of its own."""
    page.sandbox.change_settings(review="by_hand", us_marketing="delivered")
    shown = page.open("templates", "new")
    shown.get_by_label("Layout").select_option("carousel")
    expect(opened(shown).get_by_label("Category", exact=True)).to_have_value("MARKETING")
    shown.get_by_role("button", name="Add a card").click()
    shown.get_by_label("Kind of the button to add").select_option("URL")
    shown.get_by_role("button", name="Add a button").click()
    card = shown.get_by_role("group", name="Card 3")
    card.get_by_label("Body of the card").fill("Ferns for {{1}} this week")
    card.get_by_label("Example of {{1}}").fill("9 €")
    card.get_by_label("URL", exact=True).fill("https://example.com/{{1}}")
    expect(opened(shown).get_by_role("status")).to_contain_text("example")
    card.get_by_label("Example of the whole URL").fill("https://example.com/ferns")
    make(shown, "new_plants")

    sent = send_it(page, shown, **{"Card_3:_Body_{{1}}": "7 €"})
    made = page.sandbox.templates.all()[0].components[1]["cards"]
    kinds = [[each["type"] for each in card["components"][2]["buttons"]] for card in made]
    assert kinds == [["QUICK_REPLY", "URL"]] * 3
    assert (str(sent.status), "Ferns for 7 € this week" in sent.as_text) == ("read", True)
    shown = page.open("phones", SHEENA)
    expect(shown.get_by_role("group", name="Cards")).to_contain_text("Ferns for 7 € this week")


@pytest.mark.parametrize("way", ["COPY_CODE", "ONE_TAP", "ZERO_TAP"])
def test_a_code_is_made_by_the_form_and_sent(page: Visit, way: str) -> None:
    """It is of the category for that; an app is named for taps, and the terms are accepted for none."""
    shown = page.open("templates", "new")
    opened(shown).get_by_label("Category", exact=True).select_option("AUTHENTICATION")
    expect(shown.get_by_label("Layout")).to_have_value("code")
    shown.get_by_label("How the code gets into the app").select_option(way)
    shown.get_by_label("Good for, in minutes").fill("5")
    expect(shown.get_by_role("group", name="Preview")).to_contain_text("This code expires in 5 minutes.")
    if way != "COPY_CODE":
        shown.get_by_label("Signature hash").fill("short")
        expect(opened(shown).get_by_role("status")).to_contain_text("11 characters")
        shown.get_by_label("Signature hash").fill("K8a/AINcGX7")
        shown.get_by_role("button", name="Add an app").click()
        shown.get_by_role("group", name="App 2").get_by_label("Package name").fill("com.example.other")
    make(shown, "sign_in")

    sent = send_it(page, shown, Code="424242")
    (button,) = page.sandbox.templates.all()[0].components[2]["buttons"]
    assert (button["otp_type"], len(button.get("supported_apps", []))) == (
        way,
        0 if way == "COPY_CODE" else 2,
    )
    assert (str(sent.status), "424242" in sent.as_text) == ("read", True)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("FLOW", "Token of the flow", "booking-7"),
        ("CATALOG", "Product whose picture is shown", "sku-7"),
        ("MPM", "Products, with commas between", "sku-7, sku-8"),
        ("VOICE_CALL", None, None),
    ],
)
def test_buttons_that_open_something_are_made_by_the_form(
    page: Visit, kind: str, field: str | None, value: str | None
) -> None:
    """A Flow, the catalogue, products, a call: with what each needs, and sent with what it opens."""
    page.sandbox.change_settings(review="by_hand")
    shown = page.open("templates", "new")
    shown.get_by_label("Kind of the button to add").select_option(kind)
    shown.get_by_role("button", name="Add a button").click()
    if kind == "FLOW":
        shown.get_by_label("Id of the Flow").fill("")
        expect(opened(shown).get_by_role("status")).to_contain_text("flow_id")
        shown.get_by_label("Id of the Flow").fill("77")
    if kind == "VOICE_CALL":
        shown.get_by_label("Works for, in minutes").fill("60")
    make(shown, "has_a_button")

    sent = send_it(page, shown, **({} if field is None else {field: str(value)}))
    (button,) = page.sandbox.templates.all()[0].components[1]["buttons"]
    assert (button["type"], str(sent.status)) == (kind, "read")
    assert button.get("flow_id") == ("77" if kind == "FLOW" else None)
    assert button.get("ttl_minutes") == (60 if kind == "VOICE_CALL" else None)
    assert str(value or "").split(", ")[-1] in str(sent.content)


def test_one_shape_becomes_another(page: Visit) -> None:
    """The words stay where the other shape has them; a product stands on top of its button."""
    shown = page.open("templates", "new")
    written = shown.get_by_label("The template as JSON")
    shown.get_by_label("Body", exact=True).fill("Have a look at what is new in our shop.")
    shown.get_by_label("Layout").select_option("carousel")
    expect(shown.get_by_label("Body", exact=True)).to_have_value("Have a look at what is new in our shop.")
    shown.get_by_label("Header of each card").select_option("PRODUCT")
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()
    card = json.loads(written.input_value())["components"][1]["cards"][0]["components"]
    assert [each.get("format", each["type"]) for each in card] == ["PRODUCT", "BODY", "BUTTONS"]
    shown.get_by_label("Layout").select_option("code")
    opened(shown).get_by_label("Category", exact=True).select_option("UTILITY")
    expect(shown.get_by_label("Layout")).to_have_value("text")
    shown.get_by_label("Header format").select_option("PRODUCT")
    shown.get_by_label("Kind of the button to add").select_option("SPM")
    shown.get_by_role("button", name="Add a button").click()
    expect(opened(shown).get_by_text("The editor takes it")).to_be_visible()
    shown.get_by_role("button", name="Remove button 1").click()

    expect(opened(shown).get_by_role("status")).to_contain_text("need each other")


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
