"""What each message of a business was sent for: the rule that finds it, and what it makes of the journal."""

from __future__ import annotations

from contextlib import suppress
from contextvars import Context, copy_context
from threading import Thread

import pytest
from kit.identities import PABLO, SHEENA
from kit.receivers import Inbox
from kit.sandboxes import send
from kit.times import DAY, seconds

from emulator import Emulator, Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.causes import Cause, CauseBasis
from emulator.domain.messages.outbound import FreeForm
from emulator.sandbox.messages.causes import _HANDLED


def found(sandbox: Sandbox, message_id: str) -> Cause | None:
    """The cause of a message, and what told it."""
    (message,) = [each for each in sandbox.messages.all() if each.id == message_id]
    return message.cause


def on_another_thread(act: object) -> None:
    """Call something as a server of an app does: in a thread of its own, with nothing of the caller's."""
    assert callable(act)
    thread = Thread(target=Context().run, args=(act,))
    thread.start()
    thread.join()


def test_a_reply_answers_what_it_quotes(sandbox: Sandbox) -> None:
    """Whatever came later, and also after the window has closed."""
    first = sandbox.people.say(SHEENA, "First")
    sandbox.people.say(SHEENA, "Second")
    sandbox.clock.advance(2 * DAY)

    reply = send(sandbox, "Re: first", context_id=first.id)

    assert found(sandbox, reply) == Cause(first.id, CauseBasis.CONTEXT)


def test_a_reaction_answers_what_it_is_on(sandbox: Sandbox) -> None:
    """It names a message as a reply does."""
    first = sandbox.people.say(SHEENA, "First")
    sandbox.people.say(SHEENA, "Second")

    reaction = send(sandbox, FreeForm(KINDS["reaction"], {"message_id": first.id, "emoji": "🌵"}))

    assert found(sandbox, reaction) == Cause(first.id, CauseBasis.CONTEXT)


def test_a_reply_to_a_message_of_the_business_names_nothing_of_a_person(sandbox: Sandbox) -> None:
    """The person's newest message is what it is sent for then."""
    sandbox.people.say(SHEENA, "Hello")
    own = send(sandbox, "Hi")
    newest = sandbox.people.say(SHEENA, "And?")

    reply = send(sandbox, "As I said", context_id=own)

    assert found(sandbox, reply) == Cause(newest.id, CauseBasis.UNANSWERED)


def test_what_an_app_sends_while_it_handles_a_webhook_is_sent_for_it(sandbox: Sandbox, inbox: Inbox) -> None:
    """To whomever, and as often as it likes; for a status it is the message of the status."""
    sent: list[str] = []

    def handle(body: bytes) -> None:
        if b'"text":{"body":"Help"}' in body:
            sent.extend(send(sandbox, "A customer waits", to=PABLO) for _ in range(2))
        elif b'"failed"' in body and len(sent) == 2:
            sent.append(send(sandbox, "Nobody is there", to=SHEENA))

    inbox.listener = handle
    said = sandbox.people.say(SHEENA, "Help")
    sandbox.settle()

    assert [found(sandbox, each) for each in sent] == [
        Cause(said.id, CauseBasis.HANDLER),
        Cause(said.id, CauseBasis.HANDLER),
        Cause(sent[0], CauseBasis.HANDLER),
    ]


def test_handling_ends_with_the_webhook(sandbox: Sandbox, inbox: Inbox) -> None:
    """Also when the receiver raises; nothing stands in the context afterwards."""

    def handle(_: bytes) -> None:
        raise RuntimeError("the app's fault")

    inbox.listener = handle
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert _HANDLED.get() is None
    assert found(sandbox, send(sandbox, "Unasked", to=PABLO)) is None


def test_the_webhook_of_one_sandbox_causes_nothing_in_another(
    emulator: Emulator, sandbox: Sandbox, inbox: Inbox
) -> None:
    """Nor in the same one after a reset; a task that goes on after the webhook still belongs to it."""
    other = emulator.create("other")
    tasks: list[Context] = []
    inbox.listener = lambda _: tasks.append(copy_context())
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    task = tasks[0]

    in_time = found(sandbox, task.run(send, sandbox, "A minute later", to=PABLO))
    elsewhere = found(other, task.run(send, other, "Elsewhere", to=PABLO))
    sandbox.reset()
    afterwards = found(sandbox, task.run(send, sandbox, "Anew", to=PABLO))

    assert in_time == Cause(said.id, CauseBasis.HANDLER)
    assert (elsewhere, afterwards) == (None, None)


def test_over_a_network_the_person_and_the_time_tell(sandbox: Sandbox, inbox: Inbox) -> None:
    """Each send to the person whose message is being delivered; one to somebody else does not count."""
    sent: list[str] = []

    def handle(body: bytes) -> None:
        if b'"messages":[' in body:
            on_another_thread(lambda: sent.extend(send(sandbox, each) for each in ("One", "Two")))
            on_another_thread(lambda: sent.append(send(sandbox, "A customer waits", to=PABLO)))

    inbox.listener = handle
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    likely = Cause(said.id, CauseBasis.DELIVERY)
    assert [found(sandbox, each) for each in sent] == [likely, likely, None]


def test_the_first_answer_afterwards_is_one_to_the_newest_message(sandbox: Sandbox) -> None:
    """What comes after it is sent for nothing that can be told."""
    sandbox.people.say(SHEENA, "Hello")
    newest = sandbox.people.say(SHEENA, "Anybody there?")
    sandbox.settle()

    first, second = send(sandbox, "Yes"), send(sandbox, "How can I help?")

    assert found(sandbox, first) == Cause(newest.id, CauseBasis.UNANSWERED)
    assert found(sandbox, second) is None


@pytest.mark.parametrize(("late", "counts"), [(seconds(1), True), (seconds(0), False)])
def test_what_is_sent_after_the_window_has_closed_answers_nothing(
    sandbox: Sandbox, late: object, counts: bool
) -> None:
    """One second before it closes it still does."""
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(DAY - late)  # type: ignore[operator]

    sent = send(sandbox, "There you are")

    assert found(sandbox, sent) == (Cause(said.id, CauseBasis.UNANSWERED) if counts else None)


def test_a_call_is_answered_too(sandbox: Sandbox) -> None:
    """It opens the window, and so is what the next message is sent for."""
    call = sandbox.people.call(SHEENA)

    assert found(sandbox, send(sandbox, "You called?")) == Cause(call.id, CauseBasis.UNANSWERED)


def test_what_is_undone_leaves_the_message_unanswered(sandbox: Sandbox) -> None:
    """As after a transaction that failed."""
    said = sandbox.people.say(SHEENA, "Hello")
    with suppress(ZeroDivisionError), sandbox.transaction():
        send(sandbox, "Undone")
        raise ZeroDivisionError

    assert found(sandbox, send(sandbox, "Done")) == Cause(said.id, CauseBasis.UNANSWERED)


def test_a_snapshot_keeps_causes_and_what_waits_for_an_answer(sandbox: Sandbox) -> None:
    """What is restored goes on in the same way."""
    said = sandbox.people.say(SHEENA, "Hello")
    reply = send(sandbox, "Hi", context_id=said.id)
    again = sandbox.people.say(SHEENA, "Again")
    snapshot = sandbox.snapshot()
    sandbox.reset()
    sandbox.restore(snapshot)

    assert found(sandbox, reply) == Cause(said.id, CauseBasis.CONTEXT)
    assert found(sandbox, send(sandbox, "Yes?")) == Cause(again.id, CauseBasis.UNANSWERED)


def test_the_journal_has_the_whole_chain(sandbox: Sandbox, inbox: Inbox) -> None:
    """From any of its ids: what was written, its webhook, the answer, its statuses and their webhooks."""
    sandbox.people.say(PABLO, "Something else")

    def handle(body: bytes) -> None:
        if b'"body":"Hello"' in body:
            send(sandbox, "Hi")

    inbox.listener = handle
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    answer = sandbox.messages.all()[-1].id
    sandbox.journal.write("call", answer, "POST", cause=said.id)

    chain = sandbox.journal.all(chain=said.id)

    told = [(entry.kind, entry.cause, entry.details.get("reports")) for entry in chain]
    assert sorted(told, key=str) == sorted(
        [
            ("message", said.id, None),
            ("webhook", said.id, None),
            ("call", said.id, None),
            *(("status", answer, None) for _ in range(3)),
            *(("webhook", answer, status) for status in ("sent", "delivered", "read")),
        ],
        key=str,
    )
    assert sandbox.journal.all(chain=answer) == chain
    assert {entry.wa_id for entry in chain if entry.kind == "webhook"} == {SHEENA}
    assert sandbox.journal.all(chain="nobody") == []


def test_a_batch_of_one_message_has_its_cause_and_one_of_several_has_none(
    sandbox: Sandbox, inbox: Inbox
) -> None:
    """Two webhooks of two people in one request are about no one thing."""
    sandbox.faults.add(kind="batch", size=2)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.say(PABLO, "Hello")
    sandbox.settle()

    (delivery,) = sandbox.webhooks.all()
    assert len(inbox.webhooks) == 1
    assert delivery.cause is None
