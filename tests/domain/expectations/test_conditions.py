"""What an expectation asks, of what it can be asked, and when it is met."""

from __future__ import annotations

import re
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MORNING

from emulator.domain.expectations.conditions import (
    CONDITIONS,
    agrees,
    expectation,
    forms_of,
    same_recipient,
    shown,
)
from emulator.domain.expectations.findings import WORDS, Finding, What
from emulator.domain.expectations.nearest import nearest
from emulator.domain.graph.api_calls import ApiCall
from emulator.domain.messages.lifecycle import Message, MessageStatus


def message(
    text: str = "Hello",
    *,
    status: MessageStatus = MessageStatus.READ,
    outbound: bool = True,
    wamid: str = "wamid.1",
    error: dict[str, Any] | None = None,
) -> Message:
    """A text between the first business number and Sheena."""
    return Message(
        wamid,
        PRODUCTION,
        SHEENA,
        outbound,
        "text",
        status,
        MORNING,
        {"body": text},
        as_text=text,
        context_id="wamid.0",
        error=error,
    )


def call(body: dict[str, Any], code: int | None = 131030) -> ApiCall:
    """A call that sends, refused unless it has no ``code``."""
    return ApiCall(17, MORNING, "POST", f"/v23.0/{PRODUCTION}/messages", body, 400, code, rule="allow_list")


# agreeing


@pytest.mark.parametrize(
    ("expected", "actual", "holds"),
    [
        ("a", "a", True),
        ("a", "b", False),
        (7, "7", True),
        ("7", 7, True),
        (None, None, True),
        ("None", None, False),
        (re.compile("b"), "abc", True),
        (re.compile("^b"), "abc", False),
        (re.compile("7"), 173, True),
        (re.compile("None"), None, False),
        (str.isdigit, "12", True),
        (str.isdigit, "x", False),
        (lambda value: "yes", "anything", True),
        (lambda value: "", "anything", False),
        (["a", 1], ["a", "1"], True),
        (["a"], ["a", "b"], False),
        (["a", "b"], ["a"], False),
        (["a", "b"], ["b", "a"], False),
        ([], [], True),
        (["a"], "a", False),
        (["a"], None, False),
        (["a"], {"name": "a"}, True),
        (["a", "b"], {"name": "a"}, False),
        ({"name": "a"}, {"name": "a", "day": "b"}, True),
        ({"name": "a", "day": "c"}, {"name": "a", "day": "b"}, False),
        ({"other": None}, {"name": "a"}, False),
        ({"name": re.compile("a")}, {"name": "cat"}, True),
        ({"name": "a"}, ["a"], False),
        ("ab", ["a", "b"], False),
    ],
)
def test_a_value_agrees_with_what_was_expected(expected: Any, actual: Any, holds: bool) -> None:
    """As the value, a regular expression, a function, a list or some members; a number as its text."""
    assert agrees(expected, actual) is holds


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (SHEENA, SHEENA, True),
        ("+1 (650) 555-1234", SHEENA, True),
        (SHEENA, "+1 650 555 1234", True),
        ("16505551235", SHEENA, False),
        ("group:abc", "group:abc", True),
        ("group:abc", "group:abd", False),
        ("group:abc", SHEENA, False),
        (re.compile("^1650"), SHEENA, True),
        (re.compile("^49"), SHEENA, False),
        (SHEENA, None, False),
    ],
)
def test_a_recipient_is_the_same_in_any_spelling(expected: Any, actual: Any, same: bool) -> None:
    """A number, or the id of a group, which is none."""
    assert same_recipient(expected, actual) is same
    if isinstance(expected, str) and actual != "+1 650 555 1234":  # calls alone have it as the app wrote it
        assert (actual in forms_of(expected)) is same


# asking


@pytest.mark.parametrize("what", What)
def test_each_thing_has_its_conditions(what: What) -> None:
    """And no others; the complaint names them."""
    for name, condition in CONDITIONS.items():
        asked: dict[str, Any] = {name: "1"}
        if what in condition.holds_for:
            assert expectation(what, **asked).conditions[name] == "1"
        else:
            with pytest.raises(ValueError, match=f"{WORDS[what]} has no {name}.*it has .*text"):
                expectation(what, **asked)


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (What.SENT, "to message text type template parameters buttons reply_to number"),
        (What.DELIVERED, "to message text type template parameters buttons reply_to number"),
        (What.FAILED, "to message text type template parameters buttons reply_to number code"),
        (What.REFUSED, "to text type template code rule method path"),
        (What.READ, "of message by text type template parameters buttons reply_to number"),
    ],
)
def test_the_conditions_of_each_thing_are_these(what: What, names: str) -> None:
    """In this order."""
    assert [name for name, each in CONDITIONS.items() if what in each.holds_for] == names.split()


def test_a_condition_that_is_none_is_left_out() -> None:
    """But one that there is not is refused, whatever its value."""
    assert dict(expectation("sent", to=None, text="a").conditions) == {"text": "a"}
    with pytest.raises(ValueError, match="has no txet; did you mean text"):
        expectation("sent", txet=None)


def test_what_there_is_not_cannot_be_expected() -> None:
    """The complaint names what there is."""
    with pytest.raises(ValueError, match="there is no 'lost' to expect; there are sent, delivered"):
        expectation("lost")


@pytest.mark.parametrize("times", [0, 1, 2, None])
def test_a_number_of_times(times: int | None) -> None:
    """Without one it is at least once."""
    assert expectation("sent", times=times).wanted == (1 if times is None else times)


@pytest.mark.parametrize("times", [-1, True, False, "1", 1.0])
def test_a_number_of_times_that_is_none(times: Any) -> None:
    """Neither below 0, nor a truth, nor a text."""
    with pytest.raises(ValueError, match="times is a whole number from 0"):
        expectation("sent", times=times)


def test_what_was_read_is_a_persons_unless_it_is_named() -> None:
    """An app marks what people wrote; and what the app wrote is read by people."""
    assert dict(expectation("read").conditions) == {"by": "person"}
    assert dict(expectation("read", by="business").conditions) == {"by": "business"}
    assert dict(expectation("read", message="wamid.1").conditions) == {"message": "wamid.1"}
    assert dict(expectation("sent").conditions) == {}


# what happened


@pytest.mark.parametrize(
    ("subject", "what"),
    [
        (message(status=MessageStatus.ACCEPTED), {What.SENT}),
        (message(status=MessageStatus.SENT), {What.SENT}),
        (message(status=MessageStatus.DELIVERED), {What.SENT, What.DELIVERED}),
        (message(status=MessageStatus.READ), {What.SENT, What.DELIVERED, What.READ}),
        (message(status=MessageStatus.FAILED), {What.FAILED}),
        (message(status=MessageStatus.RECEIVED, outbound=False), set()),
        (message(status=MessageStatus.READ, outbound=False), {What.READ}),
        (call({}), {What.REFUSED}),
        (call({}, code=None), set()),
    ],
)
def test_what_has_happened_to_a_message_or_a_call(subject: Message | ApiCall, what: set[What]) -> None:
    """By its status and its direction, or by its answer."""
    found = Finding(subject)

    assert {each for each in What if found.is_a(each)} == what
    assert {each for each in What if expectation(each).fits(found)} == what - _by_business(subject)


def _by_business(subject: Message | ApiCall) -> set[What]:
    """What was read by a person is found only if it is named."""
    return {What.READ} if isinstance(subject, Message) and subject.outbound else set()


def test_the_members_of_a_message_are_those_of_conditions() -> None:
    """By their names."""
    found = Finding(message("Hi", error={"code": 131047}))

    assert found.key == "wamid.1"
    assert dict(found.members) == {
        "to": SHEENA,
        "of": SHEENA,
        "by": "business",
        "message": "wamid.1",
        "text": "Hi",
        "type": "text",
        "template": None,
        "parameters": [],
        "buttons": [],
        "reply_to": "wamid.0",
        "number": PRODUCTION,
        "code": 131047,
    }
    assert Finding(message(outbound=False)).members["by"] == "person"
    assert Finding(message()).members["code"] is None


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ({"to": 7, "type": "text", "text": {"body": "Hi"}}, ("7", "text", "Hi", None)),
        ({"to": "7", "text": {"body": "Hi"}}, ("7", "text", "Hi", None)),
        ({"to": "7", "type": "image", "image": {"caption": "Look"}}, ("7", "image", "Look", None)),
        (
            {"to": "7", "type": "interactive", "interactive": {"body": {"text": "Well?"}}},
            ("7", "interactive", "Well?", None),
        ),
        ({"to": "7", "type": "template", "template": {"name": "a"}}, ("7", "template", None, "a")),
        ({"to": "7", "type": "text", "text": "Hi"}, ("7", "text", None, None)),
        ({"to": "7", "template": "a"}, ("7", "text", None, None)),
        ({"name": "a"}, (None, None, None, None)),
    ],
)
def test_the_members_of_a_call_are_what_it_wanted_to_send(
    body: dict[str, Any], members: tuple[str | None, ...]
) -> None:
    """Where it wanted to send something."""
    found = Finding(call(body))

    assert found.key == "call:17"
    assert tuple(found.members[name] for name in ("to", "type", "text", "template")) == members
    assert [found.members[name] for name in ("code", "rule", "method")] == [131030, "allow_list", "POST"]
    assert found.members["path"] == f"/v23.0/{PRODUCTION}/messages"


# telling


@pytest.mark.parametrize(
    ("value", "text"),
    [(re.compile("^a"), "/^a/"), (str.isdigit, "isdigit()"), ("a", "'a'"), (7, "7"), (["a"], "['a']")],
)
def test_a_value_is_shown_in_a_sentence(value: Any, text: str) -> None:
    """A regular expression as its pattern, a function by its name."""
    assert shown(value) == text


def test_an_expectation_is_described_in_words() -> None:
    """With the names of people, how often, and every condition."""
    names = {SHEENA: "Sheena"}

    assert expectation("sent").described(names.get) == "a message that was sent"
    assert (
        expectation("failed", to=SHEENA, code=131047, times=2).described(names.get)
        == "a message that failed exactly 2× with to=Sheena, code=131047"
    )
    assert expectation("sent", to="7", text=SHEENA).described(names.get) == (
        f"a message that was sent with to='7', text={SHEENA!r}"
    )
    assert (
        expectation("sent", to=re.compile("7")).described(names.get) == "a message that was sent with to=/7/"
    )


# the nearest miss


def test_the_nearest_differs_in_the_fewest_members() -> None:
    """And says in which."""
    found = [Finding(message("Hello", wamid="wamid.1")), Finding(message("Hi", wamid="wamid.2"))]

    miss = nearest(expectation("sent", text="Hi", reply_to="wamid.9"), found, lambda _: None)

    assert miss is not None
    assert miss.nearest.key == "wamid.2"
    assert miss.why == ("reply_to is 'wamid.0', not 'wamid.9'",)


def test_of_those_that_differ_as_much_the_likest_is_nearest() -> None:
    """By its text, without regard to case; and of those that are as like the newest."""
    texts = {"wamid.1": "Your parcel is here", "wamid.2": "Hello", "wamid.3": "YOUR PARCEL IS ON ITS WAY"}
    found = [Finding(message(text, wamid=wamid)) for wamid, text in texts.items()]
    wanted = expectation("sent", text="your parcel is on its way!")

    miss = nearest(wanted, found, lambda _: None)
    newest = nearest(expectation("sent", type="image"), found, lambda _: None)

    assert miss is not None
    assert newest is not None
    assert (miss.nearest.key, newest.nearest.key) == ("wamid.3", "wamid.3")


def test_the_very_message_goes_before_any_other() -> None:
    """However much it differs."""
    found = [
        Finding(message("a", wamid="wamid.1", status=MessageStatus.FAILED)),
        Finding(message("b", wamid="wamid.2")),
    ]

    miss = nearest(expectation("sent", message="wamid.1", text="b"), found, lambda _: None)

    assert miss is not None
    assert miss.nearest.key == "wamid.1"
    assert miss.why == ("it is failed, and not sent", "text is 'a', not 'b'")


def test_a_call_that_was_refused_is_no_message() -> None:
    """That stands before what differs; why one that fits does not count stands last."""
    refused = Finding(call({"to": SHEENA, "text": {"body": "Hi"}}))
    wanted = expectation("sent", text="Hi")

    only = nearest(wanted, [refused], lambda _: "another expectation found it")

    assert only is not None
    assert only.why == ("it was refused, and not sent", "another expectation found it")
    assert nearest(wanted, [], lambda _: None) is None
