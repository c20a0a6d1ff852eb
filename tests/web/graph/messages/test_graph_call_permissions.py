"""Requests for permission to call: one a day and two a week for each pair, in rolling windows (138009)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.times import DAY, MICROSECOND, WEEK
from kit.values import code_of

from emulator.sandbox.sandbox import Sandbox


@pytest.fixture
def ask(graph: Any, sandbox: Sandbox) -> Any:
    """Has the person write, asks them for permission, and tells 200 or the code of the refusal."""

    def send(person: str = graph.sheena, number: str = graph.number, *, written: bool = True) -> int:
        if written:
            sandbox.people.say(person, "Hello", to=number)
        action = {"name": "call_permission_request"}
        interactive = {"type": "call_permission_request", "body": {"text": "May we call?"}, "action": action}
        answer = graph.send(number=number, to=person, type="interactive", interactive=interactive)
        sandbox.settle()
        return int(answer.json["error"]["code"] if "error" in answer.json else answer.status_code)

    return send


@pytest.mark.parametrize(
    ("after", "expected"),
    [(timedelta(0), 138009), (DAY - MICROSECOND, 138009), (DAY, 200), (DAY + MICROSECOND, 200)],
)
def test_a_person_is_asked_once_in_24_hours(
    sandbox: Sandbox, ask: Any, after: timedelta, expected: int
) -> None:
    """To the microsecond, from the request before."""
    first = ask()
    sandbox.clock.advance(after)

    assert (first, ask()) == (200, expected)


@pytest.mark.parametrize(
    ("after", "expected"), [(WEEK - MICROSECOND, 138009), (WEEK, 200), (WEEK + MICROSECOND, 200)]
)
def test_a_person_is_asked_twice_in_seven_days(
    sandbox: Sandbox, ask: Any, after: timedelta, expected: int
) -> None:
    """The days roll: a third request waits until the first is a week old."""
    first = ask()
    sandbox.clock.advance(timedelta(days=3))
    second = ask()
    sandbox.clock.advance(after - timedelta(days=3))

    assert (first, second, ask()) == (200, 200, expected)


def test_the_refusal_is_the_answer(graph: Any, sandbox: Sandbox, ask: Any, inbox: Any, refusal: Any) -> None:
    """No message exists, and no webhook follows."""
    ask()
    sent = len(sandbox.messages.all(outbound=True))
    inbox.clear()
    action = {"name": "call_permission_request"}
    interactive = {"type": "call_permission_request", "body": {"text": "Please?"}, "action": action}

    answer = graph.send(type="interactive", interactive=interactive)
    sandbox.settle()

    status, error = refusal(answer)
    assert (status, error["code"], error["message"]) == (
        400,
        138009,
        "(#138009) Call Permission Request Limit Hit",
    )
    assert answer.headers["X-Emulator-Rule"] == "call_may_be_asked_for"
    assert (len(sandbox.messages.all(outbound=True)), inbox.webhooks) == (sent, [])


def test_every_pair_has_its_own_count(graph: Any, ask: Any) -> None:
    """Another person may be asked, and the same one by another number."""
    assert [ask(), ask(graph.pablo), ask(number=graph.test_number)] == [200, 200, 200]
    assert [ask(), ask(graph.pablo), ask(number=graph.test_number)] == [138009, 138009, 138009]


def test_a_request_that_failed_does_not_count(sandbox: Sandbox, ask: Any) -> None:
    """Nobody was asked outside the window."""
    assert [ask(written=False), ask(written=False)] == [200, 200]
    assert [code_of(message) for message in sandbox.messages.all(outbound=True)] == [131047, 131047]

    assert [ask(), ask()] == [200, 138009]


def test_a_refused_request_does_not_count(sandbox: Sandbox, ask: Any) -> None:
    """Asking too early does not make it later."""
    ask()
    sandbox.clock.advance(DAY - MICROSECOND)
    refused = ask()
    sandbox.clock.advance(MICROSECOND)

    assert (refused, ask()) == (138009, 200)


def test_other_messages_do_not_count(graph: Any, sandbox: Sandbox, ask: Any) -> None:
    """Only requests do; and a text may follow one."""
    sandbox.people.say(graph.sheena, "Hello")
    answers = [graph.text().status_code, ask(), graph.text().status_code]

    assert answers == [200, 200, 200]
