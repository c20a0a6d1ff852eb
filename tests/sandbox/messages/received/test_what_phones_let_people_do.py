"""What people can do with their phones, act by act, and which of it a business hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from kit.identities import JONAS, PABLO, PRODUCTION, SHEENA, TEST
from kit.receivers import Inbox, hear_everything
from kit.sandboxes import notes, send

from emulator import Sandbox
from emulator.domain.ids import opened, scoped
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import CannotDo
from emulator.wire.requests.block_list import NamedUser

PRODUCT = {"catalog_id": "194836987003835", "product_retailer_id": "sku-1"}


def heard(sandbox: Sandbox, inbox: Inbox) -> list[str]:
    """The fields of the webhooks that come of what was done."""
    sandbox.settle()
    return [payload["entry"][0]["changes"][0]["field"] for payload in inbox.payloads]


# quoting


def test_a_quoted_message_of_their_own_is_named_as_theirs(sandbox: Sandbox, inbox: Inbox) -> None:
    """By an id with the user id inside, since July 2026; what the business wrote by the id that it knows."""
    first = sandbox.people.say(SHEENA, "Hello")
    ours = send(sandbox, "Hello back")
    sandbox.settle()

    sandbox.people.say(SHEENA, "I meant this", reply_to=first.id)
    sandbox.people.say(SHEENA, "Thank you", reply_to=ours)
    sandbox.settle()

    user_id = sandbox.people.get(SHEENA).user_id
    own, other = (message["context"] for message in inbox.messages[1:])
    assert own == {"from": SHEENA, "from_user_id": user_id, "id": scoped(first.id, user_id)}
    assert other == {"from": "15550783881", "id": ours}


def test_with_a_setting_every_quoted_message_has_the_id_it_was_told_by(sandbox: Sandbox) -> None:
    """As before July 2026."""
    sandbox.change_settings(quoted_ids="exact")
    first = sandbox.people.say(SHEENA, "Hello")

    again = sandbox.people.say(SHEENA, "I meant this", reply_to=first.id)

    assert again.context is not None
    assert again.context["id"] == again.context_id == first.id


def test_a_forwarded_message_says_so_and_nothing_else(sandbox: Sandbox, inbox: Inbox) -> None:
    """It has no author and no id."""
    sandbox.people.say(SHEENA, "Look", context={"forwarded": True})
    sandbox.people.send(
        SHEENA, "location", {"latitude": 1, "longitude": 2}, context={"frequently_forwarded": True}
    )
    sandbox.settle()

    assert [message["context"] for message in inbox.messages] == [
        {"forwarded": True},
        {"frequently_forwarded": True},
    ]


def test_a_product_that_is_asked_about_is_the_business_s(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the message that shows it as its id."""
    sandbox.people.say(SHEENA, "Is this in stock?", context={"referred_product": PRODUCT})
    sandbox.settle()

    (message,) = inbox.messages
    assert message["context"].pop("id").startswith("wamid.")
    assert message["context"] == {"from": "15550783881", "referred_product": PRODUCT}


@pytest.mark.parametrize("act", ["say", "react"])
def test_people_answer_only_what_is_on_their_phone(sandbox: Sandbox, act: str) -> None:
    """Not what is on its way or failed, what others wrote, or what they have deleted."""

    def answer(message_id: str) -> Message:
        if act == "react":
            return sandbox.people.react(SHEENA, message_id, "👍")
        return sandbox.people.say(SHEENA, "This one", reply_to=message_id)

    unheard = send(sandbox, "Too late")
    sandbox.settle()
    mine = sandbox.people.say(SHEENA, "Hello")
    on_its_way = send(sandbox, "Hello back")
    others = sandbox.people.say(PABLO, "Hi")
    gone = sandbox.people.say(SHEENA, "Never mind")
    sandbox.people.delete(SHEENA, gone.id)

    for message_id, problem in (
        (unheard, "it never will"),
        (on_its_way, "settle"),
        (others.id, "has no message"),
        ("wamid.X", "has no message"),
        (gone.id, "has deleted"),
        (sandbox.people.react(SHEENA, mine.id, "👍").id, "which no phone shows"),
    ):
        with pytest.raises(CannotDo, match=problem):
            answer(message_id)
    sandbox.settle()
    assert answer(mine.id).wa_id == answer(on_its_way).wa_id == SHEENA


def test_nobody_quotes_a_message_of_another_conversation(sandbox: Sandbox) -> None:
    """One with another number of the same business."""
    said = sandbox.people.say(SHEENA, "Hello", to=TEST)

    with pytest.raises(CannotDo, match="in this conversation"):
        sandbox.people.say(SHEENA, "This one", to=PRODUCTION, reply_to=said.id)


# devices


@pytest.mark.parametrize(
    ("device", "begins", "length"), [("android", "", 32), ("ios", "3A", 20), ("web", "3EB0", 22)]
)
def test_the_ids_of_people_are_those_of_their_devices(
    sandbox: Sandbox, device: str, begins: str, length: int
) -> None:
    """A fact of the person, unless the act says otherwise."""
    sandbox.people.change(SHEENA, device=device)

    own, borrowed = sandbox.people.say(SHEENA, "Hello"), sandbox.people.say(PABLO, "Hi", device=device)
    reaction = sandbox.people.react(SHEENA, own.id, "👍")

    for message in (own, borrowed, reaction):
        known = opened(message.id)
        assert known is not None
        assert (known.tail[: len(begins)], len(known.tail)) == (begins, length)


def test_nobody_writes_on_a_fridge(sandbox: Sandbox) -> None:
    """Refused with the devices there are."""
    with pytest.raises(CannotDo, match="android, ios, web, desktop"):
        sandbox.people.say(SHEENA, "Hello", device="fridge")


# reactions


def test_only_a_reaction_that_is_there_can_be_taken_back(sandbox: Sandbox) -> None:
    """Once, and again after another one."""
    said = sandbox.people.say(SHEENA, "Hello")

    with pytest.raises(CannotDo, match="no reaction"):
        sandbox.people.react(SHEENA, said.id, "")
    for emoji in ("👍", "🌱"):
        sandbox.people.react(SHEENA, said.id, emoji)
        sandbox.people.react(SHEENA, said.id, "")
        with pytest.raises(CannotDo, match="no reaction"):
            sandbox.people.react(SHEENA, said.id, "")


@pytest.mark.parametrize("emoji", ["👍", "❤️", "1️⃣", "🇩🇪", "👍🏽", "👩‍👩‍👧", "😮"])
def test_people_react_with_an_emoji(sandbox: Sandbox, emoji: str) -> None:
    """However many characters it has; words are none."""
    said = sandbox.people.say(SHEENA, "Hello")

    assert sandbox.people.react(SHEENA, said.id, emoji).content["emoji"] == emoji
    for words in ("ok", "👍 ok", "1", " ", "👍👍x"):
        with pytest.raises(CannotDo, match="with an emoji"):
            sandbox.people.react(SHEENA, said.id, words)


@pytest.mark.parametrize(
    ("age", "told"), [(timedelta(days=30) - timedelta(microseconds=1), True), (timedelta(days=30), False)]
)
def test_of_a_reaction_to_an_old_message_nobody_hears(
    sandbox: Sandbox, inbox: Inbox, age: timedelta, told: bool
) -> None:
    """Thirty days after it was written, and no window opens."""
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(age)
    inbox.clear()

    sandbox.people.react(SHEENA, said.id, "👍")

    assert bool(heard(sandbox, inbox)) is told
    assert sandbox.people.windows()[0].is_open(sandbox.clock.now()) is told


# files


@pytest.mark.parametrize(
    ("kind", "more", "problem"),
    [
        ("audio", {"caption": "a"}, "audio has no caption"),
        ("sticker", {"caption": "a"}, "sticker has no caption"),
        ("image", {"filename": "a.jpg"}, "image has no filename"),
        ("video", {"voice": True}, "video has no voice"),
    ],
)
def test_a_file_has_only_what_its_kind_has(
    sandbox: Sandbox, kind: str, more: dict[str, Any], problem: str
) -> None:
    """Nothing is left out in silence, and no file is taken in."""
    with pytest.raises(CannotDo, match=problem):
        sandbox.people.show(SHEENA, kind, BytesIO(b"x"), "image/webp", **more)

    assert notes(sandbox, "media") == []


# edits and deletions


def test_what_is_deleted_or_forwarded_is_not_edited(sandbox: Sandbox) -> None:
    """Nor is anything deleted twice."""
    gone = sandbox.people.say(SHEENA, "Helo")
    forwarded = sandbox.people.say(SHEENA, "Look", context={"forwarded": True})
    sandbox.people.delete(SHEENA, gone.id)

    with pytest.raises(CannotDo, match="has deleted"):
        sandbox.people.edit(SHEENA, gone.id, "Hello")
    with pytest.raises(CannotDo, match="has deleted"):
        sandbox.people.delete(SHEENA, gone.id)
    with pytest.raises(CannotDo, match="forwarded"):
        sandbox.people.edit(SHEENA, forwarded.id, "Look!")


@pytest.mark.parametrize("told", ["unsupported", "messages"])
def test_an_edit_is_known_whatever_the_business_is_told(sandbox: Sandbox, told: str) -> None:
    """The phone has the last text; what the business receives names the message it revises."""
    sandbox.change_settings(edits_told=told)
    said = sandbox.people.say(SHEENA, "Helo")

    edits = [sandbox.people.edit(SHEENA, said.id, text) for text in ("Hullo", "Hello")]

    now = sandbox.messages.get(said.id)
    assert (now.text, now.edited_text, now.revises_id) == ("Helo", "Hello", None)
    assert [(each.revises_id, each.edited_text) for each in edits] == [(said.id, None)] * 2


@pytest.mark.parametrize("act", ["say", "call", "read"])
def test_who_is_not_on_whatsapp_does_nothing_there(sandbox: Sandbox, act: str) -> None:
    """Neither writes, calls nor reads."""
    with pytest.raises(CannotDo, match="not on WhatsApp"):
        getattr(sandbox.people, act)(JONAS, *(["Hello"] if act == "say" else []))


def test_who_has_blocked_a_number_does_not_call_it(sandbox: Sandbox) -> None:
    """Nor writes to it, nor deletes there."""
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.people.block(SHEENA)

    for act in (
        lambda: sandbox.people.call(SHEENA),
        lambda: sandbox.people.say(SHEENA, "Hello"),
        lambda: sandbox.people.delete(SHEENA, said.id),
    ):
        with pytest.raises(CannotDo, match="unblock first"):
            act()


# what a business hears

Unusable = Callable[[Sandbox], object]


def into(status: str) -> Unusable:
    """Brings the number into a status."""
    return lambda sandbox: sandbox.accounts.change_number(PRODUCTION, status=status)


UNUSABLE: dict[str, Unusable] = {
    "deregistered": lambda sandbox: sandbox.accounts.deregister(sandbox.accounts.number(PRODUCTION)),
    **{
        status: into(status)
        for status in ("PENDING", "DISCONNECTED", "UNVERIFIED", "MIGRATED", "DELETED", "UNKNOWN", "BANNED")
    },
    "disabled": lambda sandbox: sandbox.accounts.restrict("DISABLED"),
    "blocked by the business": lambda sandbox: sandbox.block_list.block(
        sandbox.accounts.number(PRODUCTION), [NamedUser(SHEENA)]
    ),
}


@pytest.mark.parametrize("why", UNUSABLE)
def test_a_business_that_cannot_hear_hears_nothing(sandbox: Sandbox, why: str) -> None:
    """Nothing that people write, show, click, react or call; no window opens; the journal says so."""
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(hours=1))
    UNUSABLE[why](sandbox)
    inbox = hear_everything(sandbox)
    sandbox.settle()
    inbox.clear()
    before = sandbox.people.windows()

    sandbox.people.say(SHEENA, "Anybody there?")
    sandbox.people.click_ad(SHEENA, "From an ad")
    sandbox.people.send(SHEENA, "location", {"latitude": 1, "longitude": 2})
    sandbox.people.show(SHEENA, "image", BytesIO(b"x"), "image/jpeg")
    sandbox.people.react(SHEENA, said.id, "👍")
    sandbox.people.call(SHEENA)
    sandbox.people.stop_marketing(SHEENA)
    sandbox.clock.advance(timedelta(minutes=2))

    assert heard(sandbox, inbox) == []
    assert sandbox.people.windows() == before
    assert sandbox.people.entry_points() == {}
    assert len(sandbox.messages.all()) == 1
    assert len([note for note in notes(sandbox, "message") if "nobody hears of it" in note]) == 7


@pytest.mark.parametrize("status", ["CONNECTED", "FLAGGED", "RESTRICTED", "RATE_LIMITED"])
def test_a_number_that_is_limited_hears_everything(sandbox: Sandbox, inbox: Inbox, status: str) -> None:
    """It may not send as much; people may."""
    sandbox.accounts.change_number(PRODUCTION, status=status)

    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert len(inbox.messages) == 1


def test_a_number_hears_again_when_it_is_registered_again(sandbox: Sandbox, inbox: Inbox) -> None:
    """What was written meanwhile stays unheard."""
    number = sandbox.accounts.number(PRODUCTION)
    sandbox.accounts.deregister(number)
    sandbox.people.say(SHEENA, "Anybody there?")
    sandbox.accounts.register(sandbox.accounts.number(PRODUCTION), number.pin or "123456")

    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert [message["text"]["body"] for message in inbox.messages] == ["Hello"]


# in groups


def test_files_are_sent_in_groups(sandbox: Sandbox, inbox: Inbox) -> None:
    """Texts and files are what the API shows of a group; nobody writes in one that they are not in."""
    group = sandbox.groups.make("Plants", SHEENA, PABLO, to=TEST)
    picture = BytesIO(b"\x89PNG")

    sent = sandbox.people.show(SHEENA, "image", picture, "image/png", caption="A fern", group=group.id)
    poll = sandbox.people.send(SHEENA, "unsupported", {"type": "poll_creation"}, group=group.id)
    with pytest.raises(CannotDo, match=r"in a group the API shows text, image, .*, not location"):
        sandbox.people.send(SHEENA, "location", {"latitude": 1.0, "longitude": 2.0}, group=group.id)
    with pytest.raises(CannotDo, match="is in no group"):
        sandbox.people.show(JONAS, "image", picture, "image/png", group=group.id)
    sandbox.settle()

    assert [(each.group_id, each.phone_number_id) for each in (sent, poll)] == [(group.id, TEST)] * 2
    told = inbox.messages[0]
    assert (told["group_id"], told["image"]["caption"]) == (group.id, "A fern")


def test_a_message_in_a_group_is_read_by_one_at_a_time(sandbox: Sandbox, inbox: Inbox) -> None:
    """Whoever reads it by an act does so once, also where their habits would read it later."""
    group = sandbox.groups.make("Plants", SHEENA, PABLO)
    sandbox.people.change(SHEENA, habits={"read_after": 3600})
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    sent = send(sandbox, "Hello all", to=group.id, to_group=True)
    sandbox.settle()

    read = sandbox.people.read(SHEENA, sent)
    sandbox.settle()
    again = sandbox.people.read(SHEENA, sent)
    sandbox.clock.advance(timedelta(hours=2))

    assert ([each.id for each in read], again) == ([sent], [])
    assert [each["recipient_participant_id"] for each in inbox.statuses if each["status"] == "read"] == [
        SHEENA
    ]
    receipts = sandbox.messages.receipts(sandbox.messages.all())
    assert {each.wa_id: str(each.status) for each in receipts[sent]} == {SHEENA: "read", PABLO: "delivered"}
