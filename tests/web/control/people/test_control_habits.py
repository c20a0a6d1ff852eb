"""Habits of people over the control API: they answer, and their phones are off."""

from __future__ import annotations

import pytest
from kit.control import Control, problem_of
from kit.graph import Graph
from kit.identities import SHEENA

from emulator.sandbox.sandbox import Sandbox

PERSON = f"/people/{SHEENA}"


@pytest.fixture(autouse=True)
def _written(control: Control) -> None:
    """So that she can be answered."""
    control.post(f"{PERSON}/messages", {"text": {"body": "Hello"}})


def test_a_person_is_given_rules(control: Control, graph: Graph, sandbox: Sandbox) -> None:
    """They are shown with every member, and durations in seconds."""
    rule = {"when": {"contains": "price"}, "then": "How much?", "after": "30s"}

    shown = control.patch(PERSON, {"habits": {"answers": [rule]}}).json
    graph.text("The price")
    sandbox.settle()
    control.post("/clock/advance", {"seconds": 30})

    assert shown["habits"]["answers"] == [
        {"when": {"contains": "price"}, "then": [{"text": "How much?"}], "after": 30.0, "chance": 1.0}
    ]
    assert control.get("/messages").json["messages"][-1]["text"] == {"body": "How much?"}
    assert control.get(PERSON).json == shown


def test_a_phone_is_switched_off_and_on(control: Control, graph: Graph, sandbox: Sandbox) -> None:
    """Until an instant, or for good; the answer is the person."""
    off = control.post(f"{PERSON}/absences", {"until": "2026-11-02T12:00:00Z"})
    graph.text("Hello")
    sandbox.settle()
    during = str(sandbox.messages.all()[-1].status)
    on = control.post(f"{PERSON}/absences", {"offline": False})
    sandbox.settle()

    assert off.json["habits"]["offline"] == [
        {"from": "2026-11-02T09:00:00Z", "until": "2026-11-02T12:00:00Z"}
    ]
    assert on.json["habits"]["offline"] == []
    assert (during, str(sandbox.messages.all()[-1].status)) == ("sent", "read")


def test_a_habit_may_say_how_long_a_phone_is_off(control: Control) -> None:
    """From the call on; it is answered as instants."""
    control.post("/clock/advance", {"hours": 1})

    shown = control.patch(PERSON, {"habits": {"offline": [{"after": "1 h", "for": 1800}]}}).json

    assert shown["habits"]["offline"] == [{"from": "2026-11-02T11:00:00Z", "until": "2026-11-02T11:30:00Z"}]
    assert control.get(PERSON).json == shown


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        (PERSON, {"habits": {"answers": [{"when": {}}]}}, "answers[0]: then is missing"),
        (PERSON, {"habits": {"offline": [{"from": "soon"}]}}, "offline[0].from: expected an instant such as"),
        (PERSON, {"habits": {"offline": [{"for": "ever"}]}}, "offline[0].for: expected a duration such as"),
        (PERSON, {"habits": {"old_client": 1}}, "the habit old_client is true or false; got 1"),
        (f"{PERSON}/absences", {"until": "2026-11-02T09:00:00Z"}, "a phone cannot be off until"),
        (f"{PERSON}/absences", {"until": "soon"}, "'soon' is no instant"),
    ],
)
def test_what_cannot_be_is_refused(control: Control, path: str, body: object, why: str) -> None:
    """With the place, and what was expected."""
    answer = control.patch(path, body) if path == PERSON else control.post(path, body)

    status, detail = problem_of(answer)
    assert (status, why in detail) == (422, True), detail
