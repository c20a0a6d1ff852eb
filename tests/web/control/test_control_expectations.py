"""Waiting for an app over the control API: the same expectations that tests in Python have."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.messages import order_shipped
from kit.sandboxes import send

from emulator import Sandbox


def wait(control: Control, what: str = "sent", *, status: int = 200, within: float = 0, **given: Any) -> Any:
    return control.expect("POST", "/wait", {"for": what, "within": within, **given}, status=status)


@pytest.fixture(autouse=True)
def _open_window(sandbox: Sandbox) -> None:
    sandbox.people.say(SHEENA, "Hello")


@pytest.mark.parametrize(
    "conditions",
    [
        {"to": "+1 650 555 1234"},
        {"text": {"matches": "^Good news, S"}},
        {"template": "order_shipped", "type": "template"},
        {"parameters": ["Sheena", "860198"]},
        {"buttons": ["Where is it?", "Track it"]},
        {"number": PRODUCTION, "times": 1},
    ],
)
def test_what_was_sent_is_found_by_its_parts(
    control: Control, sandbox: Sandbox, conditions: dict[str, Any]
) -> None:
    """And answered as the list of messages has it, settled."""
    wamid = send(sandbox, order_shipped())

    found = wait(control, **conditions)["found"]

    assert [(each["id"], each["status"]) for each in found] == [(wamid, "read")]
    assert found[0]["template"]["parameters"] == ["Sheena", "860198"]


def test_each_call_looks_beyond_what_an_earlier_one_found(control: Control, sandbox: Sandbox) -> None:
    """In the order in which they were sent; then there is nothing more."""
    sent = [send(sandbox, text) for text in ("Hi", "Hi", "Bye")]

    found = [wait(control, text="Hi")["found"][0]["id"] for _ in range(2)]
    after = wait(control, after=found[1])["found"][0]["id"]

    assert [*found, after] == sent
    assert wait(control, "nothing_more") == {"found": []}


def test_what_has_not_come_is_answered_with_408_and_what_did(control: Control, sandbox: Sandbox) -> None:
    """The nearest miss in a sentence, the conversation, and what came."""
    send(sandbox, "Hi!")

    problem = wait(control, text="Hi", status=408)

    assert problem["title"] == "Request Timeout"
    assert problem["detail"].splitlines() == [
        "expected a message that was sent with text='Hi'; there are none",
        "  nearest: 09:00:00  business → Sheena Nelson: Hi!   ✓✓ read",
        "    text is 'Hi!', not 'Hi'",
    ]
    assert problem["transcript"].splitlines()[-1] == "09:00:00  business → Sheena Nelson: Hi!   ✓✓ read"
    assert problem["found"] == []


def test_what_came_too_often_is_answered_with_408(control: Control, sandbox: Sandbox) -> None:
    """With all of it."""
    send(sandbox, "Hi")
    send(sandbox, "Hi")

    assert [each["type"] for each in wait(control, times=1, status=408)["found"]] == ["text", "text"]
    assert len(wait(control, "nothing_more", to=SHEENA, status=408)["found"]) == 2
    wait(control, "nothing_more", to=PABLO)


def test_a_refused_call_is_found(control: Control, graph: Any) -> None:
    """With what was asked, and why it was refused."""
    graph("POST", f"{PRODUCTION}/messages", {"to": SHEENA, "text": {"body": "Hi"}})

    (found,) = wait(control, "refused", code=100, to=SHEENA)["found"]

    assert (found["method"], found["status"], found["code"]) == ("POST", 400, 100)
    assert found["body"]["text"] == {"body": "Hi"}
    assert found["hint"]


def test_what_comes_later_is_waited_for(control: Control, sandbox: Sandbox) -> None:
    """From another thread, as an app in another process sends it."""
    sender = Thread(target=lambda: send(sandbox, "Later"))
    sender.start()

    assert wait(control, text="Later", within=30)["found"][0]["status"] == "read"
    sender.join()


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 400, "'for' is missing"),
        ({"for": "sended"}, 400, "'for' is one of sent, delivered, failed, refused, read, nothing_more"),
        (
            {"for": "sent", "txt": "Hi"},
            400,
            "there is no 'txt' here; did you mean text?; this call takes for, to, ",
        ),
        ({"for": "sent", "text": {"matches": "("}}, 400, "text.matches is no regular expression: "),
        ({"for": "sent", "text": {"like": "Hi"}}, 400, "there is no 'like' in 'text'; it takes matches"),
        ({"for": "sent", "within": 61}, 400, "within is a number of seconds from 0 to 60, not 61"),
        ({"for": "sent", "within": -1}, 400, "within is a number of seconds from 0 to 60, not -1"),
        ({"for": "sent", "rule": "window"}, 422, "a message that was sent has no rule; it has to"),
        ({"for": "sent", "times": 0.5}, 422, "times is a whole number from 0, not 0.5"),
        (
            {"for": "nothing_more", "text": "Hi"},
            400,
            "nothing_more takes nothing but to and within; got text",
        ),
    ],
)
def test_what_makes_no_sense_is_told(control: Control, body: dict[str, Any], status: int, told: str) -> None:
    """With what does."""
    answered, sentence = problem_of(control.post("/wait", body))

    assert answered == status
    assert sentence.startswith(told)
