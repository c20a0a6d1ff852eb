"""Pacing: messages of a new template are held, and go out or are dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.graph import graph_of
from kit.identities import PRODUCTION
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import crowd, notes, send, statuses
from kit.submissions import SALE, marketing
from kit.times import HOUR, MICROSECOND, START, WEEK
from kit.values import present

from emulator import Emulator, Sandbox
from emulator.domain.templates.template import Status, Template


@pytest.fixture
def people(sandbox: Sandbox) -> list[str]:
    """A marketing template that is held after two messages, and six people."""
    sandbox.change_settings(pacing_after=2)
    marketing(sandbox)
    return crowd(sandbox, 6)


@pytest.fixture
def sale(sandbox: Sandbox) -> Callable[[], Template]:
    """The template as it stands."""

    def look() -> Template:
        with sandbox.services.command() as store:
            found = store.templates.find(store.accounts.wabas()[0].id, "sale", "en_US")
        assert found is not None
        return found

    return look


def send_to(sandbox: Sandbox, wa_ids: list[str]) -> None:
    for wa_id in wa_ids:
        send(sandbox, SALE, wa_id)
    sandbox.settle()


def test_the_answer_says_that_a_message_is_held(
    emulator: Emulator, sandbox: Sandbox, people: list[str]
) -> None:
    """From the third of two on; before that it is accepted."""
    api = graph_of(emulator)
    template = {"name": "sale", "language": {"code": "en_US"}}
    told = []
    for wa_id in people[:3]:
        body = {"messaging_product": "whatsapp", "to": wa_id, "type": "template", "template": template}
        answer = api("POST", f"{PRODUCTION}/messages", body)
        told.append(answer.json["messages"][0]["message_status"])

    assert told == ["accepted", "accepted", "held_for_quality_assessment"]


def test_by_the_endpoint_of_marketing_messages_too(
    emulator: Emulator, sandbox: Sandbox, people: list[str]
) -> None:
    """Its answers say the same."""
    api = graph_of(emulator)
    sandbox.change_settings(pacing_after=0)
    template = {"name": "sale", "language": {"code": "en_US"}}
    body = {"messaging_product": "whatsapp", "to": people[0], "type": "template", "template": template}

    answer = api("POST", f"{PRODUCTION}/marketing_messages", body)

    assert answer.json["messages"][0]["message_status"] == "held_for_quality_assessment"


def test_what_is_held_goes_out_after_an_hour(sandbox: Sandbox, people: list[str]) -> None:
    """To the microsecond, when people liked what they got, or said nothing."""
    send_to(sandbox, people)
    at_first = statuses(sandbox)
    sandbox.clock.advance(HOUR - MICROSECOND)
    before = statuses(sandbox)
    sandbox.clock.advance(MICROSECOND)

    assert at_first == before == ["read"] * 2 + ["accepted"] * 4
    assert statuses(sandbox) == ["read"] * 6
    assert notes(sandbox, "template")[-2:] == [
        "messages of sale are held for pacing",
        "the messages that were held go out",
    ]


def test_what_is_held_goes_out_in_the_order_it_was_sent(sandbox: Sandbox, people: list[str]) -> None:
    """First come, first served."""
    inbox = listen(sandbox)
    send_to(sandbox, people)
    sandbox.clock.advance(HOUR)

    recipients = [status["recipient_id"] for status in inbox.statuses if status["status"] == "sent"]
    assert recipients == people


def test_after_that_nothing_is_held(sandbox: Sandbox, people: list[str]) -> None:
    """The template has passed."""
    send_to(sandbox, people[:3])
    sandbox.clock.advance(HOUR)
    send_to(sandbox, people[3:])

    assert statuses(sandbox) == ["read"] * 6


def test_how_long_it_is_held_can_be_told(sandbox: Sandbox, people: list[str]) -> None:
    """The platform aims at an hour."""
    sandbox.change_settings(pacing_hold=timedelta(minutes=5))
    send_to(sandbox, people)
    sandbox.clock.advance(timedelta(minutes=5))

    assert statuses(sandbox) == ["read"] * 6


def test_what_people_do_not_like_is_dropped(
    sandbox: Sandbox, people: list[str], sale: Callable[[], Template]
) -> None:
    """The template is paused without an end, and each held message fails with 132015."""
    inbox = listen(sandbox)
    send_to(sandbox, people)
    sandbox.people.report(people[0], template="sale")
    sandbox.clock.advance(HOUR - MICROSECOND)
    before = sale().status
    sandbox.clock.advance(MICROSECOND)
    after = sale().status
    sandbox.clock.advance(timedelta(days=90))

    assert (before, after, sale().status) == (Status.APPROVED, Status.PAUSED, Status.PAUSED)
    assert statuses(sandbox) == ["read"] * 2 + ["failed"] * 4
    assert inbox.events[-5:] == ["sale PAUSED"] + ["failed 132015"] * 4


def test_a_template_that_turns_red_meanwhile_is_dropped_at_once(
    sandbox: Sandbox, people: list[str], sale: Callable[[], Template]
) -> None:
    """The hour need not be over; it is paused by pacing, and not for three hours."""
    sandbox.change_settings(quality_judged_after=2)
    send_to(sandbox, people)
    sandbox.people.report(people[0], template="sale")
    sandbox.settle()
    at_once = statuses(sandbox)
    sandbox.clock.advance(timedelta(days=1))

    assert at_once == ["read"] * 2 + ["failed"] * 4
    assert (sale().status, sale().pauses) == (Status.PAUSED, 0)


def test_a_template_that_is_stopped_meanwhile_drops_what_is_held(sandbox: Sandbox, people: list[str]) -> None:
    """By a reviewer, for example."""
    send_to(sandbox, people)
    with sandbox.services.command() as store:
        template = present(store.templates.find(store.accounts.wabas()[0].id, "sale", "en_US"))
    sandbox.templates.review(template.id, "disable")
    sandbox.clock.advance(HOUR)

    assert statuses(sandbox) == ["read"] * 2 + ["failed"] * 4


def test_an_unpaused_template_is_paced_anew(
    sandbox: Sandbox, people: list[str], sale: Callable[[], Template]
) -> None:
    """Two go out, the third is held."""
    send_to(sandbox, people[:3])
    sandbox.clock.advance(HOUR)
    sandbox.templates.review(sale().id, "pause")
    sandbox.templates.review(sale().id, "unpause")
    send_to(sandbox, people[:3])

    assert statuses(sandbox) == ["read"] * 5 + ["accepted"]


def test_what_is_green_is_not_held(sandbox: Sandbox, people: list[str], sale: Callable[[], Template]) -> None:
    """A template that people are known to like."""
    sandbox.change_settings(quality_judged_after=2)
    send_to(sandbox, people[:2])
    send_to(sandbox, people)

    assert sale().quality_score == "GREEN"
    assert statuses(sandbox) == ["read"] * 8


@pytest.mark.parametrize(
    ("since", "held"), [(WEEK - MICROSECOND, True), (WEEK, False), (WEEK + MICROSECOND, False)]
)
def test_utility_is_held_for_a_week_after_a_pause(
    sandbox: Sandbox, people: list[str], since: timedelta, held: bool
) -> None:
    """Of another utility template of the account."""
    with sandbox.services.command() as store:
        paused = present(store.templates.find(store.accounts.wabas()[0].id, "appointment_reminder", "en_US"))
    sandbox.templates.review(paused.id, "pause")
    sandbox.clock.advance(since)
    for wa_id in people[:3]:
        send(sandbox, order_shipped(), wa_id)
    sandbox.settle()

    assert statuses(sandbox) == ["read"] * 2 + ["accepted" if held else "read"]


def test_nothing_is_held_unless_told(sandbox: Sandbox) -> None:
    """Nobody knows after how many messages the platform does."""
    marketing(sandbox)
    send_to(sandbox, crowd(sandbox, 20))

    assert statuses(sandbox) == ["read"] * 20


def test_what_is_held_survives_a_snapshot(sandbox: Sandbox, people: list[str]) -> None:
    """It goes out in the other sandbox at its time."""
    send_to(sandbox, people)
    image = sandbox.snapshot()
    sandbox.reset()
    sandbox.restore(image)
    sandbox.clock.advance(HOUR)

    assert sandbox.clock.now() == START + HOUR
    assert statuses(sandbox) == ["read"] * 6
