"""Moving time: event by event, each at its own instant, until the sandbox is quiet."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from kit.graph import graph_of
from kit.identities import PABLO, PRODUCTION, RECEIVER, SHEENA
from kit.messages import order_shipped
from kit.receivers import Inbox, listen, words_of
from kit.sandboxes import notes, send, statuses
from kit.times import START, after, seconds

from emulator import Emulator, Sandbox, Webhook
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.engine import scheduler
from emulator.sandbox.engine.advance import CalledFromReceiver, NotQuiet, Progress
from emulator.sandbox.timeline import DueKind
from emulator.sandbox.webhooks.receivers import CallableReceiver


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """An endless conversation is told after a hundred events, so that the test is short."""
    monkeypatch.setattr(scheduler, "MOST_AT_ONE_INSTANT", 100)
    return 100


# doing what is due


def test_doing_what_is_due_tells_of_nothing_when_nothing_is(sandbox: Sandbox) -> None:
    """A word would wake the thread that asked, which would ask again: a sandbox at rest would never rest."""
    told: list[int] = []
    sandbox.services.core.on_change.append(lambda: told.append(1))

    sandbox.services.scheduler.carry_out_due()

    assert told == []


# settling


def test_settling_does_what_is_due_and_passes_no_time(lifelike: Sandbox) -> None:
    """What comes later stays to come."""
    inbox = listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    happened = lifelike.settle()

    assert (inbox.events, lifelike.clock.now(), lifelike.clock.next_due()) == (
        ["text Hello"],
        START,
        after(0.4),
    )
    assert (happened.since, happened.until, happened.events, happened.deliveries) == (START, START, 0, 1)


def test_settling_carries_a_conversation_to_its_rest(sandbox: Sandbox, inbox: Inbox) -> None:
    """Events cause webhooks and webhooks answers; all of it in the one instant."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello back")

    happened = sandbox.settle()

    assert inbox.events == ["text Hello", "sent", "delivered", "read"]
    assert (happened.events, happened.deliveries, happened.until) == (3, 4, START)


def test_a_quiet_sandbox_settles_to_nothing(sandbox: Sandbox) -> None:
    """Once more makes no difference."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    happened = sandbox.settle()

    assert (happened.events, happened.deliveries, happened.journal) == (0, 0, ())


def test_what_happened_is_told_from_the_journal(sandbox: Sandbox, inbox: Inbox) -> None:
    """Only what this move of the clock brought about, oldest first."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello back")

    happened = sandbox.settle()

    assert [entry.summary for entry in happened.journal if entry.kind == "status"] == [
        "sent",
        "delivered",
        "read",
    ]
    assert "Sheena Nelson wrote: Hello" not in [entry.summary for entry in happened.journal]


# advancing


def test_advancing_walks_event_by_event(lifelike: Sandbox) -> None:
    """Every webhook comes at its own instant."""
    inbox = listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    happened = lifelike.clock.advance(timedelta(minutes=1))

    assert inbox.times == [(0.0, "text Hello"), (0.4, "sent"), (1.3, "delivered"), (7.3, "read")]
    assert (happened.since, happened.until, lifelike.clock.now()) == (START, after(60), after(60))


def test_advancing_says_how_far_it_is(lifelike: Sandbox) -> None:
    """At each instant with an event or a webhook: until when it goes, and how much was done so far."""
    listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")
    steps = []

    def step(walk: Progress, at: datetime) -> None:
        steps.append(((at - START).total_seconds(), walk.until, walk.events, walk.deliveries))

    lifelike.clock.advance(timedelta(minutes=1), step)

    assert steps == [
        (0.0, after(60), 0, 1),
        (0.4, after(60), 1, 2),
        (1.3, after(60), 2, 3),
        (7.3, after(60), 3, 4),
    ]
    assert lifelike.services.scheduler.progress is None


def test_an_advance_that_is_cancelled_ends_where_it_has_come_to(lifelike: Sandbox) -> None:
    """What is due at that instant is done, the rest stays due, and the next advance goes on."""
    inbox = listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    def step(_: Progress, at: datetime) -> None:
        if at > after(1):
            lifelike.clock.cancel()

    cancelled = lifelike.clock.advance(timedelta(minutes=1), step)
    now, left = lifelike.clock.now(), [str(each.kind) for each in lifelike.clock.due()]
    lifelike.clock.advance(timedelta(minutes=1))

    assert (cancelled.until, now) == (after(1.3), after(1.3))
    assert "message.read" in left
    assert inbox.times[-1] == (7.3, "read")


def test_nothing_is_cancelled_while_time_stands(sandbox: Sandbox) -> None:
    """The answer says so, and the next advance is not cut short."""
    assert sandbox.clock.cancel() is False

    assert sandbox.clock.advance(timedelta(days=1)).until == START + timedelta(days=1)


def test_advancing_stops_at_its_end(lifelike: Sandbox) -> None:
    """What is due at the end is done, what is due after it is not."""
    inbox = listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    lifelike.clock.advance(timedelta(milliseconds=1300))

    assert inbox.events[-1] == "delivered"
    assert lifelike.clock.next_due() == after(7.3)


def test_two_halves_are_a_whole(emulator: Emulator) -> None:
    """Advancing twice brings about what advancing once does."""
    runs = []
    for name, steps in (("whole", [20.0]), ("halves", [0.4, 3.0, 16.6])):
        sandbox = emulator.create(name, at=START, speed=None)
        inbox = listen(sandbox)
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, "Hello back")
        for step in steps:
            sandbox.clock.advance(seconds(step))
        runs.append(inbox.times)

    assert runs[0] == runs[1]


def test_events_of_several_people_interleave_by_time(lifelike: Sandbox) -> None:
    """The order is that of the instants, not that of the calls."""
    inbox = listen(lifelike)
    lifelike.people.change(SHEENA, habits={"sent_after": 5, "delivered_after": 5})
    lifelike.people.change(PABLO, habits={"sent_after": 1, "delivered_after": 20})
    for person in (SHEENA, PABLO):
        send(lifelike, order_shipped(), person)

    lifelike.clock.advance(timedelta(seconds=30))

    whose = [status["recipient_id"] for status in inbox.statuses]
    assert list(zip(whose, inbox.times, strict=True)) == [
        (PABLO, (1.0, "sent")),
        (SHEENA, (5.0, "sent")),
        (SHEENA, (10.0, "delivered")),
        (SHEENA, (16.0, "read")),
        (PABLO, (21.0, "delivered")),
    ]


def test_a_receiver_sees_the_simulated_instant_and_may_answer_in_it(lifelike: Sandbox) -> None:
    """Time waits for the receiver: what it sends is accepted at the moment it was told."""
    answered: list[datetime] = []

    def answer(webhook: Webhook) -> None:
        if "read" in words_of(webhook.json) and not answered:
            answered.append(lifelike.clock.now())
            send(lifelike, "I see you have read it.")

    lifelike.webhooks.connect(RECEIVER, CallableReceiver(answer))
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    lifelike.clock.advance(timedelta(hours=1))

    assert answered == [after(7.3)]
    assert [message.at for message in lifelike.messages.all(outbound=True)] == [START, after(7.3)]
    assert statuses(lifelike) == ["read", "read"]


def test_an_answer_is_followed_to_its_end_on_the_way(lifelike: Sandbox) -> None:
    """A conversation of many turns needs one advance."""

    def talk(webhook: Webhook) -> None:
        for words in words_of(webhook.json):
            if words == "read" and len(lifelike.messages.all()) < 6:
                lifelike.people.say(SHEENA, "And then?")
            elif words.startswith("text"):
                send(lifelike, "Then this.")

    lifelike.webhooks.connect(RECEIVER, CallableReceiver(talk))
    lifelike.people.say(SHEENA, "Hello")

    lifelike.clock.advance(timedelta(hours=1))

    assert [message.text for message in lifelike.messages.all()] == [
        "Hello",
        "Then this.",
        "And then?",
        "Then this.",
        "And then?",
        "Then this.",
    ]


# to the next thing


def test_advancing_to_the_next_thing_goes_just_so_far(lifelike: Sandbox) -> None:
    """One instant at a time, until nothing is left."""
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")

    instants = [lifelike.clock.advance_to_next().until for _ in range(4)]

    assert instants == [after(0.4), after(1.3), after(7.3), after(7.3)]


def test_the_next_thing_may_be_a_webhook(sandbox: Sandbox) -> None:
    """One that has failed is due again."""
    inbox = listen(sandbox, answers=[500])
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    happened = sandbox.clock.advance_to_next()

    assert (inbox.times, happened.until) == ([(0.0, "text Hello"), (15.0, "text Hello")], after(15))


def test_what_is_overdue_is_done_without_going_back(lifelike: Sandbox) -> None:
    """Something planned for the past is due now."""
    with lifelike.services.command() as store:
        lifelike.services.core.handlers[DueKind.CALL_END] = lambda work: lifelike.services.core.note(
            "person", work.subject, "done"
        )
        store.timeline.plan(after(-60), DueKind.CALL_END, "late")

    happened = lifelike.clock.advance_to_next()

    assert (happened.events, happened.until) == (1, START)


# no rest, and other trouble


def test_an_app_that_answers_its_own_statuses_never_comes_to_rest(sandbox: Sandbox, few: int) -> None:
    """It is told so, with the instant, instead of hanging."""

    def send_again(_: Webhook) -> None:
        send(sandbox, order_shipped())

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(send_again))
    send(sandbox, order_shipped())

    with pytest.raises(NotQuiet, match=r"at 2026-10-05T09:00:00\+00:00 and still no rest"):
        sandbox.settle()


def test_a_person_who_answers_every_webhook_never_comes_to_rest(sandbox: Sandbox, few: int) -> None:
    """A webhook that causes a webhook, without an event in between, is a conversation too."""
    wrote: list[Message] = []

    def write_again(_: Webhook) -> None:
        if len(wrote) < 5 * few:  # else a sandbox that does not notice would hang here
            wrote.append(sandbox.people.say(SHEENA, "Hello again"))

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(write_again))
    sandbox.people.say(SHEENA, "Hello")

    with pytest.raises(NotQuiet):
        sandbox.settle()


@pytest.mark.slow
def test_an_endless_conversation_leaves_a_usable_sandbox(
    sandbox: Sandbox, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the receiver has come to its senses, the rest is done."""

    def send_again(_: Webhook) -> None:
        send(sandbox, order_shipped())

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(send_again))
    send(sandbox, order_shipped())
    with pytest.raises(NotQuiet):
        sandbox.settle()
    monkeypatch.undo()

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: None))
    sandbox.settle()

    assert set(statuses(sandbox)) == {"read"}


@pytest.mark.slow
def test_a_burst_is_no_endless_conversation(sandbox: Sandbox, few: int) -> None:
    """Many messages of one instant come to rest, however many they are."""
    inbox = listen(sandbox)
    for _ in range(5 * few):
        send(sandbox, order_shipped())

    sandbox.settle()

    assert (statuses(sandbox), len(inbox.webhooks)) == (["read"] * 5 * few, 15 * few)


@pytest.mark.parametrize("move", ["settle", "advance", "advance_to_next", "travel_to"])
def test_a_receiver_may_not_move_the_time_that_waits_for_it(sandbox: Sandbox, move: str) -> None:
    """The refusal says who waits for whom."""
    refusals = []
    known: dict[str, list[Any]] = {"advance": [seconds(1)], "travel_to": [after(1)]}
    arguments = known.get(move, [])

    def receive(_: Webhook) -> None:
        with pytest.raises(CalledFromReceiver) as refused:
            (sandbox.settle if move == "settle" else getattr(sandbox.clock, move))(*arguments)
        refusals.append(str(refused.value))

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert refusals == [
        "a webhook receiver must answer before time can go on: settle(), advance() and reset() wait for it. "
        "Call them from the test, after the receiver has returned."
    ]


def test_time_can_be_moved_again_after_a_receiver_tried(sandbox: Sandbox) -> None:
    """The refusal is the receiver's problem; its webhook is tried again later."""
    tries = []

    def receive(_: Webhook) -> None:
        tries.append(sandbox.clock.now())
        if len(tries) == 1:
            sandbox.settle()

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    sandbox.clock.advance(timedelta(minutes=1))

    assert tries == [START, after(15)]


def break_at(sandbox: Sandbox, due: float) -> None:
    """Plan an event that cannot be carried out."""

    def fail(work: object) -> None:
        sandbox.services.core.note("person", "half", "done halfway")
        raise RuntimeError("this event is broken")

    sandbox.services.core.handlers[DueKind.CALL_END] = fail
    with sandbox.services.command():
        sandbox.services.core.plan(after(due), DueKind.CALL_END, "it")


def test_an_event_that_cannot_be_carried_out_is_journalled(sandbox: Sandbox) -> None:
    """Whoever moves the clock hears of it, and nothing of it is half done."""
    break_at(sandbox, 1)

    with pytest.raises(RuntimeError, match="this event is broken"):
        sandbox.clock.advance(timedelta(seconds=5))

    assert notes(sandbox, "warning") == ["call.end could not be carried out"]
    assert notes(sandbox, "person") == []
    assert sandbox.clock.now() == after(1)


def test_a_broken_event_does_not_block_the_timeline(lifelike: Sandbox) -> None:
    """The next move of the clock carries out what comes after it."""
    inbox = listen(lifelike)
    break_at(lifelike, 0.2)
    send(lifelike, order_shipped())
    with pytest.raises(RuntimeError):
        lifelike.clock.advance(timedelta(minutes=1))

    lifelike.clock.advance(timedelta(minutes=1))

    assert inbox.times == [(0.4, "sent"), (1.3, "delivered"), (7.3, "read")]


# who else is at work


def test_the_api_answers_while_time_moves(emulator: Emulator, sandbox: Sandbox) -> None:
    """A receiver's other threads are answered, in the simulated instant of the webhook."""
    answers = []
    api = graph_of(emulator)

    def receive(webhook: Webhook) -> None:
        if spoken_text(webhook):
            caller = Thread(target=lambda: answers.append(api.text("Hello back")))
            caller.start()
            caller.join(5)

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.clock.advance(seconds(30))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.clock.advance(timedelta(seconds=30))

    assert [answer.status_code for answer in answers] == [200]
    assert [message.at for message in sandbox.messages.all(outbound=True)] == [after(30)]


def spoken_text(webhook: Webhook) -> bool:
    return any(words.startswith("text") for words in words_of(webhook.json))


def test_two_threads_may_move_the_time(sandbox: Sandbox) -> None:
    """One after the other; nothing is done twice."""
    inbox = Inbox()
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(inbox))
    for _ in range(20):
        send(sandbox, order_shipped(), from_=PRODUCTION)

    movers = [Thread(target=sandbox.settle) for _ in range(2)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(10)

    assert sorted(inbox.events) == ["delivered"] * 20 + ["read"] * 20 + ["sent"] * 20


def test_a_receiver_cannot_reset_the_sandbox_that_waits_for_it(sandbox: Sandbox) -> None:
    """It is told so, and the webhook counts as not taken."""
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: sandbox.reset()))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    with sandbox.services.command() as store:
        (attempt,) = store.deliveries.attempts(1)
    assert "reset() wait" in (attempt.problem or "")
