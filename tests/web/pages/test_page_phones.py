"""Phones, in Chromium: who plays the customer sees what their phone shows, and does what it lets them do."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from kit.identities import ACCESS_TOKEN, BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST
from kit.messages import order_shipped_parts
from kit.page import Visit
from kit.submissions import submit
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.slow

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636460f8ff1f0003030200ef9a1a650000000049454e44ae426082"
)
"""A picture."""
ORDER_SHIPPED = {
    "name": "order_shipped",
    "language": {"code": "en_US"},
    "components": list(order_shipped_parts()),
}
FORMATTED = "Hello *Sheena*, see https://example.com/plants and ~not~ `this`"


def send(page: Visit, **message: Any) -> str:
    """Send as the app does, over HTTP; returns the wamid."""
    answer = requests.post(
        f"{page.server.url}/v25.0/{PRODUCTION}/messages",
        json={"messaging_product": "whatsapp", "to": SHEENA, **message},
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
        timeout=20,
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["messages"][0]["id"])


def phone(page: Page, name: str = "Sheena Nelson") -> Locator:
    return page.get_by_role("region", name=f"The phone of {name}")


def bubble(page: Page, message_id: str) -> Locator:
    return page.locator(f'[data-id="{message_id}"]')


def written(page: Visit) -> list[Any]:
    """What people have written."""
    return [each for each in page.sandbox.messages.all() if not each.outbound]


def test_a_newcomer_sends_by_the_call_that_is_shown_and_sees_its_ticks(page: Visit) -> None:
    """The `curl` of the empty view works as it stands; what it sends appears at once."""
    shown = page.open("phones", SHEENA)
    shown.get_by_role("button", name="Close this phone").click()
    command = shown.locator(".empty pre").first.inner_text()
    assert f"{page.server.url}/v26.0/{PRODUCTION}/messages" in command
    page.sandbox.people.say(SHEENA, "Hi")
    shown.get_by_role("button", name="Sheena Nelson").click()
    expect(phone(shown).get_by_text("Hi")).to_be_visible()

    ran = requests.post(
        f"{page.server.url}/v25.0/{PRODUCTION}/messages",
        data=command.split("-d '")[1].rstrip("'"),
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"},
        timeout=20,
    )

    assert ran.status_code == 200
    sent = bubble(shown, ran.json()["messages"][0]["id"])
    expect(sent).to_contain_text("Hello from my app")
    expect(sent.locator(".status")).to_have_text("read")


def test_the_customer_writes_and_the_window_counts_down_and_closes(page: Visit) -> None:
    """After 24 hours a text fails and says why; a template reopens the conversation."""
    shown = page.open("phones", SHEENA)
    phone(shown).get_by_label("Message of the customer").fill("Do you have ferns?")
    shown.keyboard.press("Enter")
    expect(phone(shown).get_by_text("Do you have ferns?")).to_be_visible()
    expect(phone(shown).locator(".window-chip")).to_have_text("window 24 h")

    shown.get_by_role("button", name="+1 h").click()
    expect(phone(shown).locator(".window-chip")).to_have_text("window 23 h")
    shown.get_by_role("button", name="+24 h").click()
    expect(phone(shown).locator(".window-chip")).to_have_text("window closed")

    late = bubble(shown, send(page, type="text", text={"body": "Yes, we do"}))
    expect(late.locator(".status")).to_have_text("failed")
    late.get_by_role("button", name="131047").click()
    expect(shown.get_by_role("dialog")).to_contain_text("24 hours")
    shown.keyboard.press("Escape")

    template = bubble(shown, send(page, type="template", template=ORDER_SHIPPED))
    expect(template).to_contain_text("has left our greenhouse")
    expect(template).to_contain_text("Lucky Shrub")
    template.get_by_role("button", name="Where is it?").click()
    expect(phone(shown).locator(".window-chip")).to_have_text("window 24 h")
    assert [message.text for message in written(page)][-1] == "Where is it?"


def test_two_phones_stand_side_by_side(page: Visit) -> None:
    """What one writes is in theirs alone."""
    shown = page.open("phones", SHEENA, PABLO)

    for name, text in (("Sheena Nelson", "I am Sheena"), ("Pablo Morales", "I am Pablo")):
        phone(shown, name).get_by_label("Message of the customer").fill(text)
        phone(shown, name).get_by_role("button", name="Send", exact=True).click()
        expect(phone(shown, name).get_by_text(text)).to_be_visible()

    expect(phone(shown).get_by_text("I am Pablo")).to_have_count(0)


def test_words_are_shown_as_the_phone_shows_them(page: Visit) -> None:
    """Bold, struck, code and links; a link is followed in another tab, and by nobody but the reader."""
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)

    text = bubble(shown, send(page, type="text", text={"body": FORMATTED}))

    expect(text.locator("strong")).to_have_text("Sheena")
    expect(text.locator("s")).to_have_text("not")
    expect(text.locator("code")).to_have_text("this")
    expect(text.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


def test_buttons_lists_and_reactions_are_tapped(page: Visit) -> None:
    """The business gets the reply with the id of what was tapped."""
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)
    buttons = {"buttons": [{"type": "reply", "reply": {"id": "fern", "title": "Fern"}}]}
    rows = [{"id": "am", "title": "Morning", "description": "8 to 12"}]
    choices = {"button": "Choose", "sections": [{"title": "Tomorrow", "rows": rows}]}

    asked = send(
        page,
        type="interactive",
        interactive={"type": "button", "body": {"text": "Which?"}, "action": buttons},
    )
    bubble(shown, asked).get_by_role("button", name="Fern").click()
    expect(phone(shown).locator(".is-own").last).to_contain_text("Fern")
    listed = send(
        page, type="interactive", interactive={"type": "list", "body": {"text": "When?"}, "action": choices}
    )
    bubble(shown, listed).get_by_role("button", name="Choose").click()
    shown.get_by_role("dialog").get_by_role("button", name="Morning").click()
    expect(phone(shown).locator(".is-own").last).to_contain_text("Morning")
    bubble(shown, listed).hover()
    bubble(shown, listed).get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="React 👍").click()
    expect(bubble(shown, listed).locator(".reactions")).to_have_text("👍")

    replies = [message.content for message in written(page)[1:]]
    assert replies[0]["button_reply"] == {"id": "fern", "title": "Fern"}
    assert replies[1]["list_reply"]["id"] == "am"
    assert replies[2] == {"message_id": listed, "emoji": "👍"}


def test_media_of_both_sides_are_shown_as_what_they_are(page: Visit) -> None:
    """A picture is drawn, a sound can be heard, a document can be saved; a link is not loaded."""
    page.sandbox.people.show(SHEENA, "image", BytesIO(PIXEL), "image/png", caption="My fern")
    shown = page.open("phones", SHEENA)
    number = page.sandbox.accounts.number(PRODUCTION)
    voice = (Path(__file__).parents[3] / "emulator/web/pages/static/voice.ogg").read_bytes()
    heard = page.sandbox.media.upload(number, BytesIO(voice), "audio/ogg", "note.ogg")
    paper = page.sandbox.media.upload(number, BytesIO(b"%PDF-1.4"), "application/pdf", "prices.pdf")

    audio = bubble(shown, send(page, type="audio", audio={"id": heard.id}))
    document = bubble(shown, send(page, type="document", document={"id": paper.id, "filename": "prices.pdf"}))
    linked = bubble(shown, send(page, type="image", image={"link": "https://example.com/a.jpg"}))

    picture = phone(shown).get_by_role("img", name="My fern")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 1
    expect(audio.locator("audio")).to_be_visible()
    shown.wait_for_function("() => document.querySelector('audio').duration > 1")
    expect(document.get_by_role("link", name="prices.pdf")).to_have_attribute("download", "prices.pdf")
    expect(linked).to_contain_text("nothing leaves this machine")


def test_the_customer_sends_files_a_voice_note_and_a_place(page: Visit, tmp_path: Path) -> None:
    """Each by the menu of the clip; a text that was typed is the caption of a picture."""
    picture = tmp_path / "fern.png"
    picture.write_bytes(PIXEL)
    shown = page.open("phones", SHEENA)
    attach = phone(shown).get_by_role("button", name="Attach")

    phone(shown).get_by_label("Message of the customer").fill("Look")
    with shown.expect_file_chooser() as chosen:
        attach.click()
        shown.get_by_role("menuitem", name="Photo or video").click()
    chosen.value.set_files(picture)
    expect(phone(shown).get_by_role("img", name="Look")).to_be_visible()
    attach.click()
    shown.get_by_role("menuitem", name="Voice note").click()
    expect(phone(shown).locator("audio")).to_be_visible()
    attach.click()
    shown.get_by_role("menuitem", name="Location").click()
    shown.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(phone(shown).locator(".place")).to_contain_text("Brandenburg Gate")

    kinds = [(message.type, message.content.get("caption")) for message in written(page)]
    assert kinds == [("image", "Look"), ("audio", None), ("location", None)]
    assert written(page)[1].content["voice"] is True


def test_what_is_chosen_in_a_menu_has_the_focus_then(page: Visit) -> None:
    """A reply goes on in the field it is written in; a menu that is left alone gives the focus back."""
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)
    question = send(page, type="text", text={"body": "Shall we come?"})
    opener = bubble(shown, question).get_by_role("button", name="What can be done")
    expect(bubble(shown, question)).to_contain_text("read")  # it is not drawn again from here on

    bubble(shown, question).hover()
    opener.click()
    shown.get_by_role("menuitem", name="Reply").press("Enter")
    expect(shown.get_by_role("menu")).to_have_count(0)
    expect(phone(shown).get_by_label("Message of the customer")).to_be_focused()
    opener.click()
    shown.keyboard.press("Escape")
    expect(shown.get_by_role("menu")).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_customer_replies_blocks_opts_out_and_changes_number(page: Visit) -> None:
    """Each is an act of the person, and the phone says how it stands then."""
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)
    question = send(page, type="text", text={"body": "Shall we come?"})
    acts = phone(shown).get_by_role("button", name="What they can do")

    bubble(shown, question).hover()
    bubble(shown, question).get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="Reply").click()
    phone(shown).get_by_label("Message of the customer").fill("Please do")
    shown.keyboard.press("Enter")
    expect(phone(shown).locator(".is-own blockquote")).to_contain_text("Shall we come?")
    acts.click()
    shown.get_by_role("menuitem", name="Stop marketing").click()
    expect(phone(shown)).to_contain_text("no marketing")
    acts.click()
    shown.get_by_role("menuitem", name="Block the business").click()
    expect(phone(shown)).to_contain_text("has blocked the number")
    acts.click()
    shown.get_by_role("menuitem", name="Unblock the business").click()
    expect(phone(shown)).not_to_contain_text("has blocked")
    acts.click()
    shown.get_by_role("menuitem", name="Change number").click()
    shown.get_by_label("New phone number").fill("+1 650 555 0009")
    shown.get_by_role("button", name="Change", exact=True).click()
    expect(phone(shown)).to_contain_text("+16505550009")

    assert written(page)[1].context_id == question
    assert page.sandbox.people.get("16505550009").name == "Sheena Nelson"


def test_somebody_in_a_crowd_is_found(page: Visit) -> None:
    """By name and by number, also beyond those that the list has; their phone knows who they are."""
    page.sandbox.people.crowd(250)
    page.sandbox.people.add("Zora Quince", "16505559876")
    shown = page.open("phones", "16505559876")
    expect(phone(shown, "Zora Quince")).to_be_visible()
    shown.get_by_role("button", name="Close this phone").click()

    for wanted in ("quince zo", "+1 650 555 9876"):
        shown.get_by_label("Search people").fill(wanted)
        expect(shown.get_by_role("list", name="People").get_by_role("button")).to_have_count(1)
        shown.get_by_label("Search people").fill("")
    shown.get_by_label("Search people").fill("quince")
    shown.keyboard.press("Enter")

    expect(phone(shown, "Zora Quince")).to_be_visible()


def test_people_write_in_groups(page: Visit) -> None:
    """A group is a chat of its own on the phones of those in it, with who wrote what; they react there."""
    group = page.sandbox.groups.make("Fern lovers", SHEENA, PABLO)
    page.sandbox.people.say(SHEENA, "Only between us")
    asked = page.sandbox.people.say(PABLO, "Who has ferns?", group=group.id)
    shown = page.open("phones", SHEENA)
    phone(shown).get_by_text("Only between us").wait_for()
    expect(bubble(shown, asked.id)).to_have_count(0)

    phone(shown).get_by_label("Chat", exact=True).select_option("Group: Fern lovers")
    expect(bubble(shown, asked.id).locator(".author")).to_have_text("Pablo Morales")
    expect(phone(shown).get_by_text("Only between us")).to_have_count(0)
    expect(phone(shown).locator(".window-chip")).to_have_text("window 24 h")
    phone(shown).get_by_label("Message of the customer").fill("Not me")
    shown.keyboard.press("Enter")
    expect(phone(shown).locator(".message.is-own")).to_contain_text("Not me")
    answer = send(page, to=group.id, recipient_type="group", type="text", text={"body": "We have"})
    expect(bubble(shown, answer)).to_contain_text("We have")
    bubble(shown, answer).hover()
    bubble(shown, answer).get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="React 👍").click()

    expect(bubble(shown, answer).locator(".reactions")).to_contain_text("👍")
    assert [(each.text, each.group_id) for each in written(page)][2] == ("Not me", group.id)
    assert phone(shown).locator(".message").count() == 3


def test_ticks_in_a_group_are_those_of_each_participant(page: Visit) -> None:
    """On each phone its own; the details tell who has read it and who has not got it, and since when."""
    group = page.sandbox.groups.make("Fern lovers", SHEENA, PABLO, BEATRIZ)
    page.sandbox.people.change(BEATRIZ, habits={"reads": False})
    page.sandbox.people.go_offline(PABLO)
    page.sandbox.people.say(SHEENA, "Who has ferns?", group=group.id)
    shown = page.open("phones", SHEENA, PABLO)
    for name in ("Sheena Nelson", "Pablo Morales"):
        phone(shown, name).get_by_label("Chat", exact=True).select_option("Group: Fern lovers")

    answer = send(page, to=group.id, recipient_type="group", type="text", text={"body": "We have"})
    theirs = [
        phone(shown, name).locator(f'[data-id="{answer}"]') for name in ("Sheena Nelson", "Pablo Morales")
    ]
    expect(theirs[0].locator(".status")).to_have_text("read")
    expect(theirs[1].locator(".status")).to_have_text("sent")
    expect(theirs[0].locator(".meta")).to_have_attribute(
        "title", re.compile("delivered to 2 and read by 1 of 3$")
    )
    theirs[0].hover()
    theirs[0].get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="Details").click()
    participants = shown.get_by_role("list", name="Participants").get_by_role("listitem")
    expect(participants).to_contain_text(
        ["Sheena Nelsonread", "Pablo Moralesnot delivered yet", "Beatriz Santosdelivered"]
    )
    expect(participants.first).to_contain_text("2 Nov 2026, 09:00:00 UTC")
    shown.keyboard.press("Escape")

    page.sandbox.people.come_online(PABLO)
    expect(theirs[1].locator(".status")).to_have_text("delivered")
    theirs[1].hover()
    theirs[1].get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="Read", exact=True).click()
    expect(theirs[1].locator(".status")).to_have_text("read")


def test_files_are_sent_in_groups_and_nothing_that_groups_do_not_take(page: Visit, tmp_path: Path) -> None:
    """A picture and a voice note arrive there; a place, a contact and an ad are not offered."""
    group = page.sandbox.groups.make("Fern lovers", SHEENA, PABLO)
    shown = page.open("phones", SHEENA)
    phone(shown).get_by_label("Chat", exact=True).select_option("Group: Fern lovers")
    (tmp_path / "fern.png").write_bytes(PIXEL)

    phone(shown).get_by_role("button", name="Attach").click()
    offered = shown.get_by_role("menuitem").all_inner_texts()
    with shown.expect_file_chooser() as chosen:
        shown.get_by_role("menuitem", name="Photo or video").click()
    chosen.value.set_files(tmp_path / "fern.png")
    expect(phone(shown).locator(".message img")).to_be_visible()
    phone(shown).get_by_role("button", name="Attach").click()
    shown.get_by_role("menuitem", name="Voice note").click()
    expect(phone(shown).locator(".message audio")).to_be_visible()

    assert offered == ["Photo or video", "Document", "Audio file", "Sticker", "Voice note"]
    assert [(each.type, each.group_id) for each in written(page)] == [
        ("image", group.id),
        ("audio", group.id),
    ]


@pytest.mark.parametrize("told", ["messages", "unsupported"])
def test_what_was_edited_and_deleted_is_shown_so(page: Visit, told: str) -> None:
    """In the place of the message, as the phone has it, whatever the business is told."""
    page.sandbox.change_settings(edits_told=told)
    hello = page.sandbox.people.say(SHEENA, "Helo")
    shown = page.open("phones", SHEENA)
    oops = page.sandbox.people.say(SHEENA, "Wrong chat")

    bubble(shown, hello.id).hover()
    bubble(shown, hello.id).get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="Edit …").click()
    shown.get_by_label("New text").fill("Hello")
    shown.get_by_role("button", name="Change").click()
    bubble(shown, oops.id).hover()
    bubble(shown, oops.id).get_by_role("button", name="What can be done").click()
    shown.get_by_role("menuitem", name="Delete for everyone").click()

    expect(bubble(shown, hello.id).locator(".words")).to_have_text("Hello")
    expect(bubble(shown, hello.id)).to_contain_text("edited")
    expect(bubble(shown, oops.id)).to_contain_text("You deleted this message")
    assert phone(shown).locator(".message").count() == 2


def test_a_phone_that_is_off_gets_everything_when_it_is_on_again(page: Visit) -> None:
    """Meanwhile messages to it are sent, and no more."""
    page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)
    acts = phone(shown).get_by_role("button", name="What they can do")

    acts.click()
    shown.get_by_role("menuitem", name="Go offline").click()
    expect(phone(shown)).to_contain_text("offline")
    late = bubble(shown, send(page, type="text", text={"body": "Are you there?"}))
    expect(late.locator(".status")).to_have_text("sent")
    acts.click()
    shown.get_by_role("menuitem", name="Come back online").click()

    expect(late.locator(".status")).to_have_text("read")


def test_the_list_says_whose_window_is_open_and_for_how_long(page: Visit) -> None:
    """Those who wrote last stand first on the page."""
    page.sandbox.people.say(PABLO, "Hi")
    page.sandbox.clock.advance(timedelta(hours=3))
    shown = page.open("phones")
    listed = shown.get_by_role("list", name="People").get_by_role("button", name="Pablo Morales")

    expect(listed).to_contain_text("21 h")
    expect(phone(shown, "Pablo Morales")).to_be_visible()
    page.sandbox.clock.advance(timedelta(hours=21))
    expect(listed).to_contain_text("closed")


def test_a_person_is_added_and_their_phone_opens(page: Visit) -> None:
    """A name is enough; the number is invented."""
    shown = page.open("phones", SHEENA)

    shown.keyboard.press("a")
    shown.get_by_label("Name").fill("Ada Lovelace")
    shown.get_by_role("dialog").get_by_role("button", name="Add").click()

    expect(phone(shown, "Ada Lovelace")).to_be_visible()


def test_a_person_has_a_conversation_with_each_number(page: Visit) -> None:
    """What is written to one number is not in the conversation with the other."""
    shown = page.open("phones", SHEENA)
    page.sandbox.people.say(SHEENA, "To the first")
    expect(phone(shown).get_by_text("To the first")).to_be_visible()

    phone(shown).get_by_label("Chat", exact=True).select_option(TEST)
    expect(phone(shown)).to_contain_text("Nothing was written here yet.")
    phone(shown).get_by_label("Message of the customer").fill("To the test number")
    shown.keyboard.press("Enter")

    expect(phone(shown).get_by_text("To the test number")).to_be_visible()
    assert [message.phone_number_id for message in written(page)] == [PRODUCTION, TEST]


def test_somebody_of_the_business_types(page: Visit) -> None:
    """The person sees it, for 25 seconds of simulated time."""
    wrote = page.sandbox.people.say(SHEENA, "Hi")
    shown = page.open("phones", SHEENA)
    send_typing: Any = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wrote.id,
        "typing_indicator": {"type": "text"},
    }
    requests.post(
        f"{page.server.url}/v25.0/{PRODUCTION}/messages",
        json=send_typing,
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
        timeout=20,
    )

    expect(shown.get_by_text("The business is typing")).to_be_attached()
    page.sandbox.clock.advance(timedelta(seconds=26))
    expect(shown.get_by_text("The business is typing")).to_be_hidden()


def test_days_and_hours_between_messages_are_simulated_ones(page: Visit) -> None:
    """A separator for each day, and the time between two messages that are far apart."""
    page.sandbox.people.say(SHEENA, "On Monday")
    page.sandbox.clock.advance(timedelta(hours=5))
    page.sandbox.people.say(SHEENA, "In the afternoon")
    page.sandbox.clock.advance(timedelta(days=2))
    page.sandbox.people.say(SHEENA, "On Wednesday")

    shown = page.open("phones", SHEENA)

    expect(phone(shown).locator(".day")).to_have_text(
        ["Monday, 2 November 2026", "Wednesday, 4 November 2026"]
    )
    expect(phone(shown).locator(".gap")).to_have_text("5 h later")


def test_a_long_conversation_is_read_backwards_page_by_page(page: Visit) -> None:
    """However long it is, as many messages are on the page as are needed; the newest are a button away."""
    for number in range(700):
        page.sandbox.people.say(SHEENA, f"Message {number}")
    shown = page.open("phones", SHEENA)
    thread = phone(shown).get_by_role("log")
    expect(phone(shown).get_by_text("Message 699", exact=True)).to_be_visible()
    assert phone(shown).locator(".message").count() == 60

    for seen in (640, 580, 520, 460, 400, 340, 280, 220):
        thread.evaluate("list => { list.scrollTop = 0; }")
        expect(phone(shown).get_by_text(f"Message {seen - 60}", exact=True)).to_be_attached()

    assert phone(shown).locator(".message").count() <= 480
    phone(shown).get_by_role("button", name="To the newest").click()
    expect(phone(shown).get_by_text("Message 699", exact=True)).to_be_visible()


def test_templates_are_shown_as_they_were_filled(page: Visit) -> None:
    """Header and offer with their values, not with the examples; a flow is filled in on the phone."""
    page.sandbox.change_settings(us_marketing="delivered")
    header = {"type": "HEADER", "format": "TEXT", "text": "For {{1}}", "example": {"header_text": ["you"]}}
    words = {"type": "BODY", "text": "Book the table that you like best, at any time."}
    offer = {
        "type": "LIMITED_TIME_OFFER",
        "limited_time_offer": {"text": "Ends soon", "has_expiration": True},
    }
    flow = {"type": "FLOW", "text": "Book", "flow_id": "7", "flow_action": "NAVIGATE", "navigate_screen": "A"}
    link = {"type": "URL", "text": "Shop", "url": "https://example.com/"}
    submit(page.sandbox, "booking", components=(header, words, {"type": "BUTTONS", "buttons": [flow]}))
    submit(
        page.sandbox,
        "offer",
        category="MARKETING",
        components=(offer, words, {"type": "BUTTONS", "buttons": [link]}),
    )
    for each in page.sandbox.templates.all()[:2]:
        page.sandbox.templates.approve(each.id)
    shown = page.open("phones", SHEENA)

    def use(name: str, *components: Any) -> Locator:
        template = {"name": name, "language": {"code": "en_US"}, "components": list(components)}
        return bubble(shown, send(page, type="template", template=template))

    token = {"type": "action", "action": {"flow_token": "table-7"}}
    booking = use(
        "booking",
        {"type": "header", "parameters": [{"type": "text", "text": "Sheena"}]},
        {"type": "button", "sub_type": "flow", "index": "0", "parameters": [token]},
    )
    expect(booking.locator(".head")).to_have_text("For Sheena")
    ends = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1793700000000}}
    expect(use("offer", {"type": "limited_time_offer", "parameters": [ends]})).to_contain_text(
        "Ends soonuntil Tue, 3 Nov 2026, 10:00:00 UTC"
    )
    booking.get_by_role("button", name="Book").click()
    shown.get_by_label("Answers as JSON").fill('{"table": "by the window"}')
    shown.get_by_role("dialog").get_by_role("button", name="Send").click()

    expect(phone(shown).locator(".is-own")).to_contain_text("by the window")
