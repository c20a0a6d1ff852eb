"""Webhooks that are spoilt on purpose: delivered twice, late, out of order, or forged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PABLO, SHEENA, TEST
from kit.messages import LIFE, LOGIN_CODE, order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import send
from kit.times import HOUR

from emulator import Emulator, Sandbox
from emulator.sandbox.webhooks.receivers import WsgiReceiver
from emulator.sandbox.webhooks.untaken import taken_unsigned, untaken
from emulator.wire import signing


def test_the_next_webhook_is_delivered_twice(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the same bytes, one after the other; the one after it once."""
    sandbox.faults.add(kind="twice")

    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.say(SHEENA, "Well?")
    sandbox.settle()

    assert inbox.events == ["text Hello", "text Hello", "text Well?"]
    assert inbox.bodies[0] == inbox.bodies[1]
    assert [fault.met for fault in sandbox.faults.all()] == [1]


def test_several_can_be_spoilt(sandbox: Sandbox, inbox: Inbox) -> None:
    """The next so many, each of them."""
    sandbox.faults.add(kind="twice", times=2)

    for text in ("1", "2", "3"):
        sandbox.people.say(SHEENA, text)
    sandbox.settle()

    assert inbox.events == ["text 1", "text 1", "text 2", "text 2", "text 3"]


def test_a_late_webhook_comes_when_its_time_has_passed(sandbox: Sandbox, inbox: Inbox) -> None:
    """Others overtake it."""
    sandbox.faults.add(kind="late", by=3 * HOUR)

    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.say(SHEENA, "Well?")
    sandbox.clock.advance(3 * HOUR - timedelta(seconds=1))
    before = inbox.events
    sandbox.clock.advance(timedelta(seconds=1))

    assert (before, inbox.events) == (["text Well?"], ["text Well?", "text Hello"])


def test_a_webhook_out_of_order_comes_after_the_next(sandbox: Sandbox, inbox: Inbox) -> None:
    """Those after that are not touched."""
    sandbox.faults.add(kind="out_of_order")

    for text in ("1", "2", "3"):
        sandbox.people.say(SHEENA, text)
    sandbox.settle()

    assert inbox.events == ["text 2", "text 1", "text 3"]


def test_statuses_can_come_out_of_order(sandbox: Sandbox, inbox: Inbox) -> None:
    """``delivered`` before ``sent``, though each is made when the one before has gone out."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    inbox.clear()
    sandbox.faults.add(kind="out_of_order")

    send(sandbox, "Hi")
    sandbox.settle()

    assert inbox.events == [LIFE[1], LIFE[0], LIFE[2]]


def test_a_batch_comes_in_one_request(sandbox: Sandbox, inbox: Inbox) -> None:
    """Once it is full, however often the sandbox settles before; of one number in one value."""
    sandbox.faults.add(kind="batch", size=3)

    for number, text in ((SHEENA, "1"), (SHEENA, "2"), (PABLO, "3"), (PABLO, "4")):
        before = len(inbox.payloads)
        sandbox.people.say(number, text)
        sandbox.settle()

    assert before == 1
    assert inbox.events == ["text 1", "text 2", "text 3", "text 4"]
    (entry,) = inbox.payloads[0]["entry"]
    (change,) = entry["changes"]
    assert [each["wa_id"] for each in change["value"]["contacts"]] == [SHEENA, PABLO]
    assert [each["text"]["body"] for each in change["value"]["messages"]] == ["1", "2", "3"]
    assert [(fault.met, sandbox.faults.waiting_in(fault)) for fault in sandbox.faults.all()] == [(1, 0)]


def test_a_batch_that_does_not_become_full_waits_a_minute(sandbox: Sandbox, inbox: Inbox) -> None:
    """Of simulated time; then what there is comes, and the next webhooks are not touched."""
    sandbox.faults.add(kind="batch", size=3)
    sandbox.people.say(SHEENA, "1")
    sandbox.people.say(SHEENA, "2")

    sandbox.clock.advance(timedelta(seconds=59))
    before = list(inbox.payloads)
    sandbox.clock.advance(timedelta(seconds=1))
    sandbox.people.say(SHEENA, "3")
    sandbox.settle()

    assert before == []
    assert [len(each["entry"][0]["changes"][0]["value"]["messages"]) for each in inbox.payloads] == [2, 1]
    assert [(fault.met, fault.is_spent) for fault in sandbox.faults.all()] == [(1, True)]


def test_a_batch_of_different_things_has_several_changes(sandbox: Sandbox, everything: Inbox) -> None:
    """And several entries, where their times differ or one has none."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    everything.clear()
    sandbox.faults.add(kind="batch", size=4)

    send(sandbox, "Hi")
    sandbox.people.stop_marketing(SHEENA)
    sandbox.settle()

    (payload,) = everything.payloads
    told = [
        (change["field"], [name for name in change["value"] if name.endswith("s")])
        for entry in payload["entry"]
        for change in entry["changes"]
    ]
    assert told == [
        ("user_preferences", ["contacts", "user_preferences"]),
        ("messages", ["contacts", "statuses"]),
    ]
    statuses = payload["entry"][0]["changes"][1]["value"]["statuses"]
    assert [each["status"] for each in statuses] == ["sent", "delivered", "read"]


def test_one_that_nothing_overtakes_comes_all_the_same(sandbox: Sandbox, inbox: Inbox) -> None:
    """When the sandbox comes to rest."""
    sandbox.faults.add(kind="out_of_order")

    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert inbox.events == ["text Hello"]


def test_what_was_asked_for_is_part_of_the_state(sandbox: Sandbox, inbox: Inbox) -> None:
    """A snapshot keeps it, with what is held back; a reset takes it away."""
    sandbox.faults.add(kind="out_of_order")
    sandbox.faults.add(kind="twice")
    sandbox.people.say(SHEENA, "1")
    snapshot = sandbox.snapshot()
    sandbox.reset()
    nothing = sandbox.faults.all()

    sandbox.restore(snapshot)
    sandbox.people.say(PABLO, "2")
    sandbox.settle()

    assert nothing == []
    assert inbox.events == ["text 2", "text 2", "text 1"]


def test_what_is_undone_has_met_no_fault(sandbox: Sandbox, inbox: Inbox) -> None:
    """An act that fails takes back what it did to the fault."""
    sandbox.faults.add(kind="twice")

    def say_and_fail() -> None:
        with sandbox.transaction():
            sandbox.people.say(SHEENA, "never said")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        say_and_fail()
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert inbox.events == ["text Hello", "text Hello"]


def test_what_was_spoilt_counts_as_no_fault_of_the_app(sandbox: Sandbox) -> None:
    """An app may refuse the second of two; its refusal of the first counts."""
    listen(sandbox, answers=[200, 409])
    sandbox.faults.add(kind="twice")
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    refused = untaken(sandbox.journal.all(kind="webhook"))

    listen(sandbox, answers=[409, 200])
    sandbox.faults.add(kind="twice")
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert refused == []
    assert [each.status for each in untaken(sandbox.journal.all(kind="webhook"))] == [409]


def test_a_forged_webhook_has_another_signature(sandbox: Sandbox) -> None:
    """Or none; the answer is returned, and nothing is tried again."""
    inbox = listen(sandbox)

    answers = [sandbox.webhooks.forge(b"{}", secret=secret).status for secret in ("another", None)]
    sandbox.settle()

    signed, unsigned = inbox.headers
    assert answers == [200, 200]
    assert signed["x-hub-signature-256"].startswith("sha256=")
    assert not any(name.startswith("x-hub") for name in unsigned)
    assert sandbox.webhooks.all() == []
    assert untaken(sandbox.journal.all(kind="webhook")) == []


def test_what_a_forged_webhook_makes_the_app_raise_is_returned(sandbox: Sandbox) -> None:
    """With its line; it is not raised here."""

    def app(environ: object, start: object) -> None:
        raise KeyError("order")

    sandbox.webhooks.connect("http://receiver.invalid/", WsgiReceiver(app))

    answer = sandbox.webhooks.forge(b"{}", secret=None)

    assert answer.status is None
    assert str(answer).startswith("the app raised KeyError: 'order' at ")


def test_nothing_can_be_forged_without_a_receiver(emulator: Emulator) -> None:
    """Nobody would get it."""
    with pytest.raises(LookupError, match="has no callback URL"):
        emulator.create("alone").webhooks.forge(b"{}", secret=None)


def test_a_lost_webhook_is_not_delivered(sandbox: Sandbox, inbox: Inbox) -> None:
    """And not tried again; it is journalled with its cause, and can be sent after all."""
    sandbox.faults.add(kind="drop")

    sandbox.people.say(SHEENA, "Lost")
    sandbox.people.say(SHEENA, "Found")
    sandbox.clock.advance(timedelta(days=8))
    (lost, _) = sandbox.webhooks.all()

    assert inbox.events == ["text Found"]
    assert (lost.state, lost.attempts, sandbox.webhooks.attempts(lost.id)) == ("failed", 0, [])
    told = [(entry.kind, entry.summary) for entry in sandbox.journal.all(cause="fault:1")]
    assert told == [
        ("fault", "met: drop: a webhook is lost: it is not delivered, and not tried again, webhook"),
        ("webhook", "messages is lost on purpose: it is not delivered"),
    ]

    sandbox.webhooks.redeliver(lost.id)
    sandbox.settle()

    assert inbox.events == ["text Found", "text Lost"]


@pytest.mark.parametrize("kind", ["bad_signature", "no_signature", "wrong_secret"])
def test_a_wrong_signature_is_tried_again_with_the_right_one(sandbox: Sandbox, kind: str) -> None:
    """By an app that refuses it; its refusal is no fault of the app."""
    inbox = listen(sandbox, answers=[403, 200])
    sandbox.faults.add(kind=kind)

    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    sandbox.clock.advance(timedelta(seconds=15))

    secret = sandbox.accounts.app().secret
    right = [
        headers.get("x-hub-signature-256") == signing.signature(body, secret)
        for headers, body in zip(inbox.headers, inbox.bodies, strict=True)
    ]
    assert right == [False, True]
    assert inbox.bodies[0] == inbox.bodies[1]
    assert ("x-hub-signature-256" in inbox.headers[0]) is (kind != "no_signature")
    entries = sandbox.journal.all(kind="webhook")
    assert (untaken(entries), taken_unsigned(entries)) == ([], [])


def test_an_app_that_takes_a_wrong_signature_is_told(sandbox: Sandbox, inbox: Inbox) -> None:
    """By a warning; one that was spoilt in another way may be taken."""
    sandbox.faults.add(kind="wrong_secret", times=2)
    sandbox.faults.add(kind="twice")

    for text in ("1", "2", "3"):
        sandbox.people.say(SHEENA, text)
    sandbox.settle()

    assert taken_unsigned(sandbox.journal.all(kind="webhook")) == ["wrong_secret"]
    told = "was taken, though its signature is not the platform's"
    subjects = [entry.subject for entry in sandbox.journal.all(kind="webhook") if entry.summary == told]
    assert subjects == ["delivery:1", "delivery:2"]


def test_a_refusal_of_a_right_signature_is_the_app_s_own(sandbox: Sandbox) -> None:
    """The second attempt is as the platform makes it."""
    listen(sandbox, answers=[403, 500])
    sandbox.faults.add(kind="no_signature")

    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(seconds=15))

    assert [each.status for each in untaken(sandbox.journal.all(kind="webhook"))] == [500]


@pytest.mark.parametrize(
    ("condition", "lost"),
    [
        ({"message_status": "delivered"}, [LIFE[1]]),
        ({"message_status": "read", "type": "text", "text": "hi"}, [LIFE[2]]),
        ({"text": "HELLO", "type": "text"}, ["text Hello"]),
        ({"pattern": "^H(ello|i)$", "field": "messages"}, ["text Hello", *LIFE]),
        ({"to": PABLO}, []),
        ({"to": SHEENA, "every": 2}, [LIFE[0], LIFE[2]]),
        ({"phone_number_id": TEST}, []),
        ({"type": "image"}, []),
    ],
)
def test_only_webhooks_that_fit_are_struck(
    sandbox: Sandbox, inbox: Inbox, condition: dict[str, Any], lost: list[str]
) -> None:
    """By what they report, and of which message."""
    sandbox.faults.add(kind="drop", **condition | {"times": None})

    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hi")
    sandbox.settle()

    assert [event for event in ("text Hello", *LIFE) if event not in inbox.events] == lost


def test_statuses_of_a_template_are_known_by_its_name(sandbox: Sandbox, inbox: Inbox) -> None:
    """And what is said about the template itself."""
    sandbox.webhooks.subscribe("message_template_status_update")
    sandbox.faults.add(kind="drop", template="order_shipped", times=None)

    send(sandbox, order_shipped())
    send(sandbox, LOGIN_CODE)
    for template in sandbox.templates.all():
        if template.name in ("order_shipped", "login_code"):
            sandbox.templates.pause(template.id)
    sandbox.settle()

    assert [event for event in inbox.events if event in LIFE] == list(LIFE)
    kept = [each for each in sandbox.webhooks.all() if each.state != "failed"]
    assert sum(b"login_code" in each.body for each in kept) == 1
    assert not any(b"order_shipped" in each.body for each in kept)


def test_a_field_that_there_is_not_is_refused(sandbox: Sandbox) -> None:
    """With the one that was meant."""
    with pytest.raises(ValueError, match="there is no webhook field 'mesages'; did you mean messages"):
        sandbox.faults.add(kind="drop", field="mesages")


def test_webhooks_that_do_not_fit_are_not_in_a_batch(sandbox: Sandbox, inbox: Inbox) -> None:
    """Those of others go out meanwhile; a second batch begins when the first is full."""
    sandbox.faults.add(kind="batch", size=2, to=SHEENA, times=2)

    for person, text in ((SHEENA, "1"), (PABLO, "2"), (SHEENA, "3"), (SHEENA, "4"), (SHEENA, "5")):
        sandbox.people.say(person, text)
        sandbox.settle()

    assert inbox.events == ["text 2", "text 1", "text 3", "text 4", "text 5"]
    assert len(inbox.payloads) == 3
    assert [fault.met for fault in sandbox.faults.all()] == [2]


def test_a_batch_whose_fault_is_removed_is_delivered_all_the_same(sandbox: Sandbox, inbox: Inbox) -> None:
    """After its minute, with what it has; what is made then goes out at once."""
    sandbox.faults.add(kind="batch", size=3)
    sandbox.people.say(SHEENA, "1")
    sandbox.faults.remove()
    sandbox.people.say(SHEENA, "2")
    sandbox.settle()

    before = list(inbox.events)
    sandbox.clock.advance(timedelta(minutes=1))

    assert (before, inbox.events) == (["text 2"], ["text 2", "text 1"])


def test_what_was_spoilt_is_forgotten_with_its_delivery(sandbox: Sandbox) -> None:
    """Old deliveries are dropped, and with them what was known of them."""
    listen(sandbox)
    sandbox.change_settings(keep_deliveries=1)
    sandbox.faults.add(kind="late", by=1, times=None)
    for _ in range(600):
        sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(seconds=1))
    for _ in range(300):
        sandbox.people.say(SHEENA, "Hello")

    with sandbox.services.command() as store:
        kept = store.database.execute("SELECT COUNT(*) FROM deliveries").fetchone()
        spoilt = store.database.execute("SELECT COUNT(*) FROM spoilt_deliveries").fetchone()
        assert kept == spoilt
        assert kept[0] < 700
