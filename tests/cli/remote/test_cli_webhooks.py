"""``fire`` and ``redeliver``: webhooks of any field, and old ones once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from kit.identities import SHEENA
from kit.receivers import Inbox, listen

from emulator import Sandbox

Invoke = Callable[..., Result]


def test_fire_sends_a_documented_sample(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """And prints its value; without a field it lists them all."""
    result = invoke("fire", "flows", "--sample", "ENDPOINT_LATENCY")

    assert (result.exit_code, '"p90_latency": 8000' in result.output) == (0, True)
    assert "flows is sent on purpose" in [entry.summary for entry in sandbox.journal.all()]
    listed = invoke("fire").output.splitlines()
    assert "message_echoes: only its name is known" in listed
    assert any(line.startswith("flows: FLOW_STATUS_CHANGE, ") for line in listed)


def test_fire_sends_a_value(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """As it is given."""
    result = invoke("fire", "history", "--value", '{"a": "é"}')

    assert (result.exit_code, result.output) == (0, '{\n  "a": "é"\n}\n')


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nonsense",), "there is no webhook field 'nonsense'"),
        (("history", "--value", "{"), "it is no JSON"),
        (("history", "--value", "[]"), "it is a JSON object"),
        (("history", "--person", "12125550000"), "no person has the number"),
    ],
)
def test_what_cannot_be_fired_is_explained(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: tuple[str, ...], problem: str
) -> None:
    """In a sentence."""
    result = invoke("fire", *arguments)

    assert (result.exit_code != 0, problem in result.output) == (True, True), result.output


@pytest.fixture
def inbox(sandbox: Sandbox) -> Inbox:
    return listen(sandbox)


def test_redeliver_sends_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """One by its number, or all that failed."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    result = invoke("redeliver", "1")
    sandbox.settle()

    assert result.output.startswith("1: messages goes to ")
    assert inbox.events == ["text Hello", "text Hello"]
    assert invoke("redeliver", "--failed").output == "no webhook has failed\n"


def test_all_that_failed_are_sent_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """After a week in which nobody took them."""
    inbox.listener = lambda _: 500
    for text in ("1", "2"):
        sandbox.people.say(SHEENA, text)
    while sandbox.clock.next_due() is not None:
        sandbox.clock.advance_to_next()
    inbox.clear()
    inbox.listener = lambda _: 200

    result = invoke("redeliver", "--failed")
    sandbox.settle()

    assert len(result.output.splitlines()) == 2
    assert inbox.events == ["text 1", "text 2"]


def test_a_range_is_sent_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """From one number to another; many are not told one by one."""
    for number in range(1, 25):
        sandbox.people.say(SHEENA, str(number))
    sandbox.settle()
    inbox.clear()

    some = invoke("redeliver", "2", "--to", "3")
    sandbox.settle()
    many = invoke("redeliver", "--to", "22")

    assert some.output == "2 is sent once more\n3 is sent once more\n"
    assert inbox.events == ["text 2", "text 3"]
    assert many.output.splitlines()[-2:] == ["20 is sent once more", "and 2 others"]
    assert invoke("redeliver", "30", "--to", "40").output == "there are no such webhooks\n"


@pytest.mark.parametrize("arguments", [(), ("7",)])
def test_redeliver_needs_to_know_what(invoke: Invoke, sandbox: Sandbox, arguments: tuple[str, ...]) -> None:
    """Something, and one that is there."""
    assert invoke("redeliver", *arguments).exit_code != 0
