"""Several clients move the time of one sandbox at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
import requests
from kit.hanging import PATIENCE, HangingInbox
from kit.identities import SHEENA
from kit.receivers import ServedInbox
from kit.served import Served, until
from kit.times import START

from emulator.sandbox.engine import backpressure
from emulator.sandbox.webhooks.dispatcher import SHORTEST_PATIENCE

TWELVE = 12


def path_of(call: tuple[str, ...]) -> str:
    return call[1]


def test_advances_at_the_same_time_add_up(served: Served) -> None:
    """Each of twelve moves the clock a day on, from where another has left it."""
    served.sandbox.people.say(SHEENA, "Hello")
    begun = [served.begin(served.control, "POST", "/clock/advance", {"hours": 24}) for _ in range(TWELVE)]

    answers = [each.result(PATIENCE) for each in begun]

    assert [answer.status_code for answer in answers] == [200] * TWELVE
    assert served.sandbox.clock.now() == START + timedelta(days=TWELVE)
    ends = sorted(datetime.fromisoformat(answer.json()["now"]) for answer in answers)
    assert ends == [START + timedelta(days=day + 1) for day in range(TWELVE)]


def test_an_advance_waits_for_another_that_waits_for_a_receiver(
    served: Served, hanging: HangingInbox
) -> None:
    """It comes from somebody else, so its turn comes."""
    served.sandbox.webhooks.connect(hanging.url)
    served.sandbox.people.say(SHEENA, "Hello")
    first = served.begin(served.control, "POST", "/clock/advance", {"hours": 24})
    until(lambda: served.sandbox.clock.is_advancing)
    hanging.wait()
    second = served.begin(served.control, "POST", "/clock/advance", {"hours": 24})

    Event().wait(SHORTEST_PATIENCE / 4)
    hanging.release()

    assert [first.result(PATIENCE).status_code, second.result(PATIENCE).status_code] == [200, 200]
    assert served.sandbox.clock.now() == START + timedelta(days=2)


@pytest.mark.parametrize(
    "call",
    [("POST", "/clock/advance", {"hours": 1}), ("POST", "/settle"), ("POST", "/reset")],
    ids=path_of,
)
def test_a_receiver_that_moves_the_time_that_waits_for_it_is_refused(
    served: Served, hanging: HangingInbox, call: tuple[str, ...]
) -> None:
    """The sentence says why; after its answer time goes on."""
    served.sandbox.worker.stop()  # the advance itself delivers
    answers = _move_from_inside(served, hanging, *call)

    advance = served.control("POST", "/clock/advance", {"hours": 1})

    assert advance.status_code == 200
    assert [answer.status_code for answer in answers] == [409]
    assert answers[0].json()["detail"].startswith("time is moving already, and waits for a webhook")


@pytest.mark.parametrize("call", [("POST", "/clock/advance", {"hours": 1}), ("POST", "/settle")], ids=path_of)
def test_a_receiver_that_waits_for_its_own_answer_is_refused(
    served: Served, hanging: HangingInbox, call: tuple[str, ...]
) -> None:
    """Nobody moved time before: its call would wait for the webhook that the worker delivers to it."""
    served.sandbox.change_settings(webhook_timeout=2)

    answers = _move_from_inside(served, hanging, *call)

    until(lambda: bool(answers))
    assert [answer.status_code for answer in answers] == [409]
    until(lambda: served.sandbox.webhooks.all()[0].state == "delivered")


def _move_from_inside(served: Served, inbox: HangingInbox, *call: Any) -> list[requests.Response]:
    """Have the first webhook, which a person causes now, answered only after a call of the control API."""
    answers: list[requests.Response] = []

    def move(_: bytes) -> int:
        if not answers:
            answers.append(served.control(*call))
        return 200

    inbox.listener = move
    inbox.release()
    served.sandbox.webhooks.connect(inbox.url)
    served.sandbox.people.say(SHEENA, "Hello")
    return answers


@pytest.mark.parametrize(
    "call",
    [
        ("POST", "/clock/advance", {"hours": 1}),
        ("POST", "/settle"),
        ("POST", "/reset"),
        ("GET", "/snapshot"),
    ],
    ids=path_of,
)
def test_a_stream_of_sends_keeps_nobody_from_an_end(
    served: Served, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    """Four senders that never stop wait a little for their answers, once time has been moving for long."""
    monkeypatch.setattr(backpressure, "LONG_MOVE", 0.2)
    inbox = ServedInbox()
    stop = Event()

    def stream() -> int:
        sent = 0
        while not stop.is_set():
            sent += served.send().status_code == 200
        return sent

    with inbox.server:
        served.sandbox.webhooks.connect(inbox.url)
        streams = [served.begin(stream) for _ in range(4)]
        answer = served.control(*call)
        stop.set()
        sent = [each.result(PATIENCE) for each in streams]

    assert answer.status_code in {200, 204}
    assert min(sent) > 0
