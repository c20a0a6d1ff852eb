"""People who had enough: they block, report, and stop marketing; asked to, or out of habit."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST, WABA_ID
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import crowd, notes, send, statuses
from kit.submissions import SALE, marketing
from kit.times import START
from kit.values import code_of, present

from emulator import Emulator, Sandbox
from emulator.sandbox.errors import CannotDo

# blocks


@pytest.mark.parametrize(("setting", "expected"), [("silent", "sent"), ("131026", "failed")])
def test_what_is_sent_to_who_blocked_never_arrives(sandbox: Sandbox, setting: str, expected: str) -> None:
    """It is accepted, and stays ``sent`` or fails with 131026, as the sandbox is told."""
    sandbox.change_settings(when_blocked=setting)
    sandbox.people.block(SHEENA)

    send(sandbox, order_shipped())
    sandbox.clock.advance(timedelta(days=1))

    (message,) = sandbox.messages.all(outbound=True)
    assert str(message.status) == expected
    assert (message.error or {"code": None})["code"] == (131026 if expected == "failed" else None)


def test_the_journal_says_why_nothing_arrives(sandbox: Sandbox) -> None:
    """Since the platform does not."""
    sandbox.people.block(SHEENA)
    send(sandbox, order_shipped())
    sandbox.settle()

    assert notes(sandbox, "status")[-1] == "it will never arrive: the recipient has blocked the number"


def test_what_was_on_its_way_does_not_arrive_either(lifelike: Sandbox) -> None:
    """It was sent before the block and would have arrived after it."""
    send(lifelike, order_shipped())
    lifelike.clock.advance(timedelta(milliseconds=500))
    lifelike.people.block(SHEENA)
    lifelike.clock.advance(timedelta(days=1))

    assert statuses(lifelike) == ["sent"]


def test_after_an_unblock_new_messages_arrive(sandbox: Sandbox) -> None:
    """What was sent meanwhile stays lost."""
    sandbox.people.block(SHEENA)
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.people.unblock(SHEENA)
    send(sandbox, order_shipped())
    sandbox.clock.advance(timedelta(days=1))

    assert statuses(sandbox) == ["sent", "read"]


def test_who_blocked_a_number_cannot_write_to_it(sandbox: Sandbox) -> None:
    """They have to unblock it first, as on a phone."""
    sandbox.people.block(SHEENA)
    with pytest.raises(CannotDo, match="unblock first"):
        sandbox.people.say(SHEENA, "Hello")
    sandbox.people.unblock(SHEENA)

    assert sandbox.people.say(SHEENA, "Hello").text == "Hello"


def test_a_block_is_between_one_person_and_one_number(sandbox: Sandbox) -> None:
    """Other people, and other numbers, have nothing to do with it."""
    sandbox.people.block(SHEENA, to=TEST)
    send(sandbox, order_shipped())
    send(sandbox, order_shipped(), PABLO)
    sandbox.settle()

    assert statuses(sandbox) == ["read", "delivered"]
    assert sandbox.people.relationship(SHEENA, to=TEST).blocked_number_at == START
    assert sandbox.people.relationship(SHEENA).blocked_number_at is None


def test_a_block_tells_the_integrator_nothing(sandbox: Sandbox) -> None:
    """As on the platform."""
    inbox = listen(sandbox)
    sandbox.webhooks.subscribe("user_preferences", "message_template_quality_update")
    sandbox.people.block(SHEENA)
    sandbox.people.unblock(SHEENA)
    sandbox.settle()

    assert inbox.webhooks == []


# marketing


def test_who_stops_marketing_gets_no_more_of_it(sandbox: Sandbox) -> None:
    """131050 for marketing; utility templates and answers reach them, and so does marketing later."""
    marketing(sandbox)
    sandbox.people.say(BEATRIZ, "Oi")
    sandbox.people.stop_marketing(BEATRIZ)
    for content in (SALE, order_shipped(), "Oi!"):
        send(sandbox, content, BEATRIZ)
    sandbox.settle()
    sandbox.people.resume_marketing(BEATRIZ)
    send(sandbox, SALE, BEATRIZ)
    sandbox.settle()

    assert statuses(sandbox) == ["failed", "read", "read", "read"]
    assert code_of(sandbox.messages.all(outbound=True)[0]) == 131050


def test_stopping_marketing_is_told_by_webhook(sandbox: Sandbox) -> None:
    """As documented: field, words, integers; a second stop tells nothing new."""
    inbox = listen(sandbox)
    sandbox.webhooks.subscribe("user_preferences")
    sandbox.people.stop_marketing(SHEENA)
    sandbox.people.stop_marketing(SHEENA)
    sandbox.clock.advance(timedelta(hours=1))
    sandbox.people.resume_marketing(SHEENA)
    sandbox.settle()

    user_id = sandbox.people.get(SHEENA).user_id
    first, second = (json.loads(body) for body in inbox.bodies)
    assert first == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": WABA_ID,
                "changes": [
                    {
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "15550783881",
                                "phone_number_id": PRODUCTION,
                            },
                            "contacts": [
                                {
                                    "profile": {"name": "Sheena Nelson"},
                                    "wa_id": SHEENA,
                                    "user_id": user_id,
                                }
                            ],
                            "user_preferences": [
                                {
                                    "wa_id": SHEENA,
                                    "user_id": user_id,
                                    "detail": "User requested to stop marketing messages",
                                    "category": "marketing_messages",
                                    "value": "stop",
                                    "timestamp": int(START.timestamp()),
                                }
                            ],
                        },
                        "field": "user_preferences",
                    }
                ],
            }
        ],
    }
    (resumed,) = second["entry"][0]["changes"][0]["value"]["user_preferences"]
    assert (resumed["value"], resumed["detail"], resumed["timestamp"]) == (
        "resume",
        "User requested to resume marketing messages",
        int(START.timestamp()) + 3600,
    )


def test_a_text_that_says_stop_is_a_text(sandbox: Sandbox) -> None:
    """The platform does not read it."""
    marketing(sandbox)
    sandbox.people.say(BEATRIZ, "STOP")
    send(sandbox, SALE, BEATRIZ)
    sandbox.settle()

    assert statuses(sandbox) == ["read"]
    assert sandbox.people.relationship(BEATRIZ).stopped_marketing_at is None


def test_an_opt_out_holds_for_one_number(sandbox: Sandbox) -> None:
    """Another number of the same business may go on."""
    sandbox.people.stop_marketing(SHEENA, to=TEST)

    assert sandbox.people.relationship(SHEENA).stopped_marketing_at is None
    assert sandbox.people.relationship(SHEENA, to=TEST).stopped_marketing_at == START


# reports


def test_only_what_arrived_can_be_reported(sandbox: Sandbox) -> None:
    """And only by who got it."""
    message_id = send(sandbox, order_shipped())
    with pytest.raises(CannotDo, match="has reached Sheena Nelson"):
        sandbox.people.report(SHEENA, message_id=message_id)
    sandbox.settle()
    with pytest.raises(CannotDo, match="has reached Pablo Morales"):
        sandbox.people.report(PABLO, message_id=message_id)

    assert present(sandbox.people.report(SHEENA, message_id=message_id)).id == message_id


def test_the_newest_message_of_a_template_can_be_reported(sandbox: Sandbox) -> None:
    """By the name of the template."""
    for _ in range(2):
        newest = send(sandbox, order_shipped())
        sandbox.settle()

    assert present(sandbox.people.report(SHEENA, template="order_shipped")).id == newest
    with pytest.raises(CannotDo, match="no message of the template spring_sale"):
        sandbox.people.report(SHEENA, template="spring_sale")
    with pytest.raises(CannotDo, match="not both"):
        sandbox.people.report(SHEENA, template="order_shipped", message_id=newest)


def test_a_number_can_be_reported_without_a_message(sandbox: Sandbox) -> None:
    """It is noted."""
    assert sandbox.people.report(SHEENA) is None
    assert notes(sandbox, "person")[-1] == "Sheena Nelson reported Lucky Shrub"


# habits


def acts_of(sandbox: Sandbox) -> Counter[str]:
    """What people did, by its verb."""
    return Counter(
        verb
        for note in notes(sandbox, "person")
        for verb in ("blocked", "reported", "stopped")
        if verb in note
    )


def test_people_without_such_habits_mind_nothing(sandbox: Sandbox) -> None:
    """As usual: all chances are zero."""
    marketing(sandbox)
    for wa_id in crowd(sandbox, 20):
        send(sandbox, SALE, wa_id)
    sandbox.settle()

    assert acts_of(sandbox) == Counter()


def test_a_chance_of_one_is_certain(sandbox: Sandbox) -> None:
    """Each reports, stops and blocks, and so gets one message and no second."""
    marketing(sandbox)
    people = crowd(sandbox, 3, blocks=1, reports=1, stops=1)
    for _ in range(2):
        for wa_id in people:
            send(sandbox, SALE, wa_id)
        sandbox.settle()

    assert acts_of(sandbox) == Counter(blocked=3, reported=3, stopped=3)
    assert statuses(sandbox) == ["read"] * 3 + ["failed"] * 3


def test_a_chance_is_a_chance(sandbox: Sandbox) -> None:
    """Of two hundred people with one in four about fifty report."""
    for wa_id in crowd(sandbox, 200, reports=0.25):
        send(sandbox, order_shipped(), wa_id)
    sandbox.settle()

    assert 35 <= acts_of(sandbox)["reported"] <= 65


def test_only_marketing_makes_people_stop_it(sandbox: Sandbox) -> None:
    """A utility template has nothing to stop."""
    (wa_id,) = crowd(sandbox, 1, stops=1)
    send(sandbox, order_shipped(), wa_id)
    sandbox.settle()

    assert acts_of(sandbox) == Counter()


def test_texts_are_not_minded(sandbox: Sandbox) -> None:
    """The habits are about templates."""
    (wa_id,) = crowd(sandbox, 1, blocks=1, reports=1, stops=1)
    sandbox.people.say(wa_id, "Oi")
    send(sandbox, "Oi", wa_id)
    sandbox.settle()

    assert acts_of(sandbox) == Counter()


def test_people_mind_when_they_would_have_read(lifelike: Sandbox) -> None:
    """Not at the moment of delivery."""
    (wa_id,) = crowd(lifelike, 1, reports=1)
    send(lifelike, order_shipped(), wa_id)
    lifelike.clock.advance(timedelta(days=1))

    with lifelike.services.command() as store:
        reported = [entry.at for entry in store.journal.select(kind="person") if "reported" in entry.summary]
    assert reported == [START + timedelta(seconds=7, milliseconds=300)]


def who_reported(seed: str, others: int) -> set[str]:
    with Emulator() as emulator:
        sandbox = emulator.create("same", at=START, speed=None, at_once=True)
        with sandbox.services.command() as store:
            store.facts.put("seed", seed)
        sandbox.services.core.forget()
        people = crowd(sandbox, 40, reports=0.3)
        for place in range(others):
            extra = sandbox.people.add(f"X{place}", f"+55 21 9{place:08}", habits={"reports": 0.3})
            send(sandbox, order_shipped(), extra.wa_id)
        for wa_id in people:
            send(sandbox, order_shipped(), wa_id)
        sandbox.settle()
        told = [note for note in notes(sandbox, "person") if "reported" in note]
        return {note.split()[0] for note in told if note.startswith("P")}


def test_the_same_people_mind_in_every_run() -> None:
    """Chance is a function of the seed and of each person: others change nothing."""
    first = who_reported("one", 0)

    assert first
    assert who_reported("one", 0) == first
    assert who_reported("one", 5) == first
    assert who_reported("two", 0) != first


def test_what_people_think_survives_a_snapshot(sandbox: Sandbox) -> None:
    """Blocks and opt-outs are part of the state, and a reset forgets them."""
    sandbox.people.block(SHEENA)
    sandbox.people.stop_marketing(PABLO)
    image = sandbox.snapshot()
    sandbox.reset()
    fresh = sandbox.people.relationship(SHEENA)
    sandbox.restore(image)

    assert fresh.blocked_number_at is None
    assert sandbox.people.relationship(SHEENA).blocked_number_at == START
    assert sandbox.people.relationship(PABLO, to=PRODUCTION).stopped_marketing_at == START
