"""People who answer by rules, or as a function says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kit.graph import graph_of
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import notes, send, statuses
from kit.times import HOUR, MICROSECOND, START, after, seconds

from emulator import Emulator, Sandbox
from emulator.domain.people.answers.acts import ACTS
from emulator.domain.people.answers.answer import BOUNDS

BUTTONS = {
    "type": "button",
    "body": {"text": "Shall we?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]},
}
LIST = {
    "type": "list",
    "body": {"text": "Which?"},
    "action": {"button": "Plants", "sections": [{"title": "Green", "rows": [{"id": "m", "title": "Moss"}]}]},
}
FLOW = {
    "type": "flow",
    "body": {"text": "Book"},
    "action": {
        "name": "flow",
        "parameters": {
            "flow_message_version": "3",
            "flow_token": "t1",
            "flow_id": "1",
            "flow_cta": "Book",
        },
    },
}
CALLS = {
    "type": "call_permission_request",
    "body": {"text": "May we?"},
    "action": {"name": "call_permission_request"},
}


def answers(sandbox: Sandbox, *rules: Any, who: str = SHEENA, **habits: Any) -> None:
    """Give somebody rules, after they have written once."""
    sandbox.people.say(who, "Hello")
    sandbox.people.change(who, habits={"answers": list(rules), **habits})


def written(sandbox: Sandbox, who: str = SHEENA) -> list[str]:
    """What somebody wrote after their first word."""
    return [message.as_text for message in sandbox.messages.all(wa_id=who, outbound=False)[1:]]


def ask(emulator: Emulator, interactive: dict[str, Any]) -> None:
    """Send an interactive message, and settle."""
    answer = graph_of(emulator).send(type="interactive", interactive=interactive)
    assert answer.status_code == 200, answer.text
    emulator.get("default").settle()


# when they answer


def test_an_answer_comes_after_its_time(sandbox: Sandbox) -> None:
    """It counts from the delivery; at the instant itself it is there, and opens the window anew."""
    answers(sandbox, {"when": {"contains": "price"}, "then": "How much?", "after": "30s"})
    send(sandbox, "The price is 5 €")
    sandbox.clock.travel_to(after(30) - MICROSECOND)
    before = written(sandbox)
    sandbox.clock.advance(MICROSECOND)

    assert (before, written(sandbox)) == ([], ["How much?"])
    assert sandbox.messages.all()[-1].at == after(30)
    assert sandbox.people.windows_of(SHEENA)[0].last_inbound_at == after(30)


def test_without_a_time_they_answer_when_they_read(lifelike: Sandbox) -> None:
    """The message is read first, once."""
    answers(lifelike, {"then": "Yes"}, read_after=60)
    send(lifelike, "Shall we?")
    inbox = listen(lifelike)
    lifelike.clock.advance(HOUR)

    assert written(lifelike) == ["Yes"]
    assert inbox.events == ["sent", "delivered", "read", "text Yes"]


def test_who_answers_sooner_than_they_would_read_has_read_it(lifelike: Sandbox) -> None:
    """But for somebody who shows no receipts."""
    for who, reads in ((SHEENA, True), (PABLO, False)):
        answers(lifelike, {"then": "Yes", "after": "1s"}, who=who, read_after=60, reads=reads)
        send(lifelike, "Shall we?", who)
    lifelike.clock.advance(seconds(10))

    assert statuses(lifelike) == ["read", "delivered"]
    assert written(lifelike) == written(lifelike, PABLO) == ["Yes"]


def test_a_phone_that_is_off_answers_when_it_is_on(sandbox: Sandbox) -> None:
    """Also where it was switched off after the message had come."""
    answers(sandbox, {"then": "Yes", "after": "1 minute"})
    send(sandbox, "Shall we?")
    sandbox.settle()
    sandbox.people.go_offline(SHEENA, START + HOUR)
    sandbox.clock.travel_to(START + HOUR - MICROSECOND)
    before = written(sandbox)
    sandbox.clock.advance(MICROSECOND)

    assert (before, written(sandbox)) == ([], ["Yes"])


def test_a_delay_is_drawn_by_the_seed(sandbox: Sandbox) -> None:
    """Each time another one, between its ends; the same seed draws the same."""
    answers(sandbox, {"then": "Yes", "after": ["1 minute", "2 hours"]})
    image = sandbox.snapshot()
    drawn = []
    for _ in range(2):
        sandbox.restore(image)
        for _ in range(10):
            send(sandbox, "Shall we?")
        sandbox.clock.advance(3 * HOUR)
        drawn.append([message.at - START for message in sandbox.messages.all(outbound=False)[1:]])

    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 10
    assert all(seconds(60) <= each <= 2 * HOUR for each in drawn[0])


def test_a_part_of_the_messages_may_be_answered(sandbox: Sandbox) -> None:
    """By chance; where it is not so, the next rule is looked at."""
    answers(sandbox, {"then": "Yes", "chance": 0.5}, {"then": "Perhaps"})
    for _ in range(20):
        send(sandbox, "Shall we?")
    sandbox.settle()

    assert sorted(set(written(sandbox))) == ["Perhaps", "Yes"]
    assert len(written(sandbox)) == 20


# which rule


def test_the_first_rule_that_fits_answers(sandbox: Sandbox) -> None:
    """One alone; what no rule fits is not answered, and not everybody answers."""
    answers(
        sandbox,
        {"when": {"equals": "spam"}, "then": {"nothing": True}},
        {"when": {"contains": "a"}, "then": "A"},
        {"when": {"matches": "b$"}, "then": "B"},
        {"when": {"template": "order_shipped"}, "then": "Thanks"},
    )
    sandbox.people.say(PABLO, "Hello")
    for text in ("Spam", "a and b", "b", "c"):
        send(sandbox, text)
    send(sandbox, "a", PABLO)
    send(sandbox, order_shipped(), SHEENA)
    sandbox.settle()

    assert written(sandbox) == ["A", "B", "A"]
    assert written(sandbox, PABLO) == []


def test_a_rule_may_hold_for_the_message_of_a_number(sandbox: Sandbox) -> None:
    """Counted among those that have reached them: failed ones are none."""
    answers(
        sandbox, {"when": {"nth": 2, "number": PRODUCTION}, "then": [{"text": "Enough"}, {"block": True}]}
    )
    sandbox.people.change(SHEENA, on_whatsapp=False)
    send(sandbox, "Nought")
    sandbox.settle()
    sandbox.people.change(SHEENA, on_whatsapp=True)
    for text in ("One", "Two", "Three"):
        send(sandbox, text)
        sandbox.settle()

    assert written(sandbox) == ["Enough"]
    assert statuses(sandbox) == ["failed", "read", "read", "sent"]
    assert sandbox.people.relationship(SHEENA).blocked_number_at == START


# what they do


DOES: dict[str, tuple[dict[str, Any], Any, Callable[[Sandbox], Any], Any]] = {
    "text": (BUTTONS, "Yes", lambda sandbox: written(sandbox), ["Yes"]),
    "tap": (BUTTONS, "Yes", lambda sandbox: sandbox.messages.all()[-1].content["button_reply"]["id"], "y"),
    "choose": (LIST, "Moss", lambda sandbox: sandbox.messages.all()[-1].content["list_reply"]["id"], "m"),
    "flow_reply": (
        FLOW,
        {"day": "Friday"},
        lambda sandbox: "Friday" in sandbox.messages.all()[-1].content["nfm_reply"]["response_json"],
        True,
    ),
    "allow_calls": (
        CALLS,
        False,
        lambda sandbox: sandbox.messages.all()[-1].content["call_permission_reply"]["response"],
        "reject",
    ),
    "react": (BUTTONS, "👍", lambda sandbox: sandbox.messages.all()[-1].content["emoji"], "👍"),
    "read": (BUTTONS, True, statuses, ["read"]),
    "nothing": (BUTTONS, True, statuses, ["delivered"]),
    "report": (BUTTONS, True, lambda sandbox: "reported message" in notes(sandbox, "person")[-1], True),
    "stop_marketing": (
        BUTTONS,
        True,
        lambda sandbox: sandbox.people.relationship(SHEENA).stopped_marketing_at,
        START,
    ),
    "block": (BUTTONS, True, lambda sandbox: sandbox.people.relationship(SHEENA).blocked_number_at, START),
    "change_number": (
        BUTTONS,
        "+1 650 555 7777",
        lambda sandbox: sandbox.people.get("16505557777").name,
        "Sheena Nelson",
    ),
}
"""For each act: the message, its value, what it does, and how that is seen."""


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_carried_out(emulator: Emulator, sandbox: Sandbox, act: str) -> None:
    """And has its effect in the instant in which it is due."""
    message, value, seen, expected = DOES[act]
    answers(sandbox, {"then": {act: value}}, reads=act not in ("nothing", "read"))

    ask(emulator, message)

    assert seen(sandbox) == expected
    assert notes(sandbox, "warning") == []


def test_several_acts_come_in_their_order(emulator: Emulator, sandbox: Sandbox) -> None:
    """In one instant."""
    answers(sandbox, {"then": [{"react": "👍"}, {"tap": "Yes"}, {"text": "See you"}]})
    ask(emulator, BUTTONS)

    assert [message.type for message in sandbox.messages.all(outbound=False)[1:]] == [
        "reaction",
        "interactive",
        "text",
    ]


def test_what_they_cannot_do_is_noted(sandbox: Sandbox) -> None:
    """With what they see, and nothing fails."""
    answers(sandbox, {"then": {"tap": "Yes"}})
    send(sandbox, "Shall we?")
    sandbox.settle()

    (warning,) = notes(sandbox, "warning")
    assert warning.startswith("Sheena Nelson cannot answer as they would: no message with buttons")


def test_a_member_answers_in_the_group(sandbox: Sandbox) -> None:
    """As everybody there sees."""
    answers(sandbox, {"then": "Hello all"})
    group = sandbox.groups.make("Gardeners", SHEENA, PABLO)
    sandbox.people.say(PABLO, "Hello all", group=group.id)
    send(sandbox, "Hello", group.id, to_group=True)
    sandbox.settle()

    assert [message.group_id for message in sandbox.messages.all(wa_id=SHEENA)][1:] == [group.id]


def test_who_has_changed_their_number_answers_nothing_to_the_old_one(sandbox: Sandbox) -> None:
    """The chat is that of the old number; a snapshot of it can be restored."""
    answers(sandbox, {"then": "Yes", "after": "1 hour"})
    send(sandbox, "Shall we?")
    sandbox.settle()
    sandbox.people.change_number(SHEENA, "+1 650 555 7777")
    sandbox.restore(sandbox.snapshot())
    sandbox.clock.advance(2 * HOUR)

    assert written(sandbox, "16505557777") == []
    assert sandbox.people.get("16505557777").habits.answers


def test_what_follows_a_change_of_number_comes_from_the_new_one(sandbox: Sandbox) -> None:
    """The old one is nobody's any more."""
    answers(sandbox, {"then": [{"change_number": "+1 650 555 7777"}, {"text": "This is my new number"}]})
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Shall we?")
    sandbox.settle()

    newest = sandbox.messages.all()[-1]
    assert (newest.wa_id, newest.text) == ("16505557777", "This is my new number")
    assert written(sandbox, SHEENA)[-1:] != ["This is my new number"]


# two programs


@pytest.mark.parametrize(("after", "bound"), [("0 s", 0), ("100 s", 1)])
def test_two_programs_come_to_an_end(sandbox: Sandbox, after: str, bound: int) -> None:
    """An app that answers everything, and a person who does: so many messages in a time, then no more."""
    most, within = BOUNDS[bound]
    answers(sandbox, {"then": "And you?", "after": after})
    app = listen(sandbox)

    def answer(body: bytes) -> None:
        if b'"messages":' in body:
            send(sandbox, "And you?")

    app.listener = answer
    send(sandbox, "And you?")
    sandbox.clock.advance(within - seconds(1))

    assert len(written(sandbox)) + 1 == most
    (warning,) = notes(sandbox, "warning")
    assert f"they have written {most} messages within" in warning


# a function


def test_a_function_says_what_they_answer(sandbox: Sandbox) -> None:
    """It gets the message as it stands; rules are not looked at."""
    seen: list[Any] = []

    def answer(message: Any) -> Any:
        seen.append((message.text, str(message.status)))
        return {"One": "1", "Two": [{"react": "👍"}, "2"], "Three": None}[message.text]

    answers(sandbox, {"then": "By rule"})
    sandbox.people.answer_with(SHEENA, answer, "1 minute")
    for text in ("One", "Two", "Three"):
        send(sandbox, text)
    sandbox.settle()
    before = written(sandbox)
    sandbox.clock.advance(seconds(60))

    assert (before, written(sandbox)) == ([], ["1", "[reaction] 👍", "2"])
    assert seen == [("One", "read"), ("Two", "read"), ("Three", "read")]


def test_without_its_function_they_answer_by_rule(sandbox: Sandbox) -> None:
    """When it is taken away, and after a reset or a restore."""
    answers(sandbox, {"then": "By rule"})
    acts: tuple[Callable[[], None], ...] = (
        lambda: sandbox.people.answer_with(SHEENA, None),
        lambda: sandbox.restore(sandbox.snapshot()),
    )
    for take_away in acts:
        sandbox.people.answer_with(SHEENA, lambda _: "By function")
        take_away()
        send(sandbox, "Shall we?")
        sandbox.settle()

    assert written(sandbox) == ["By rule", "By rule"]


def test_a_function_goes_with_its_person(sandbox: Sandbox) -> None:
    """To their new number."""
    sandbox.people.answer_with(SHEENA, lambda _: "Yes")
    sandbox.people.change_number(SHEENA, "+1 650 555 7777")
    sandbox.people.say("16505557777", "Hello")
    send(sandbox, "Shall we?", "16505557777")
    sandbox.settle()

    assert written(sandbox, "16505557777") == ["Yes"]


def test_what_a_function_raises_is_raised(sandbox: Sandbox) -> None:
    """So is that what it returned is no answer."""

    def broken(message: Any) -> Any:
        raise ZeroDivisionError(message.text)

    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.answer_with(SHEENA, broken)
    send(sandbox, "Shall we?")
    with pytest.raises(ZeroDivisionError, match="Shall we"):
        sandbox.settle()
    sandbox.people.answer_with(SHEENA, lambda _: 3)
    send(sandbox, "Shall we?")
    with pytest.raises(ValueError, match="what Sheena Nelson is to answer: expected a text, or an act"):
        sandbox.settle()


# what it comes of


def test_an_answer_by_rule_comes_of_the_message_that_it_answers(sandbox: Sandbox) -> None:
    """In the message, in the journal, and in the chain of what was asked; not so what is done by hand."""
    answers(sandbox, {"when": {"contains": "price"}, "then": "Too much!"})
    asked = send(sandbox, "The price is 5 €")
    sandbox.clock.advance(HOUR)
    sandbox.people.say(SHEENA, "Bye")

    _, answer, bye = sandbox.messages.all(wa_id=SHEENA, outbound=False)

    assert (answer.cause_id, answer.cause_basis) == (asked, "habit")
    assert (bye.cause_id, bye.cause_basis) == (None, None)
    assert [entry.cause for entry in sandbox.journal.all(subject=answer.id, kind="message")] == [asked]
    assert {asked, answer.id} <= {entry.subject for entry in sandbox.journal.all(chain=asked)}
    assert bye.id not in {entry.subject for entry in sandbox.journal.all(chain=asked)}
