"""Faults of both sides over the control API, in one vocabulary."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.graph import Graph
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Sandbox
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS

USUAL: dict[str, Any] = {"code": 131000, "envelope": {"a": [1]}, "status": 503, "delay": 0.001, "by": 60}
"""A value of each parameter that a kind cannot do without."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for(control: Control, sandbox: Sandbox, kind: str) -> None:
    """With the parameter that it needs; the answer names all that there is, and is in the list."""
    mark = KINDS[kind].mark
    told = {name: value for name, value in USUAL.items() if name == mark}

    answer = control.post("/faults", {"kind": kind, **told})

    assert answer.status_code == 201
    assert answer.json.keys() == {
        *("id", "kind", "title", "when", "times", "every", "probability", "met"),
        *PARAMETERS,
        *CONDITIONS,
    }
    assert (answer.json["kind"], answer.json | told) == (kind, answer.json)
    assert control.get("/faults").json == {"faults": [answer.json]}


def test_answers_and_webhooks_go_wrong_alike(
    control: Control, graph: Graph, sandbox: Sandbox, inbox: Inbox
) -> None:
    """Each on its occasion, in the order in which they were asked for."""
    control.post("/faults", {"kind": "empty", "effect": "done", "text": "price"})
    control.post("/faults", {"kind": "drop", "message_status": "sent", "times": None})
    control.post("/faults", {"kind": "twice", "to": SHEENA, "type": "text", "text": "hello"})

    answers = [graph.text("Our price").data, graph.text("Hi").data]
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
    control.post("/settle")

    assert [bool(answer) for answer in answers] == [False, True]
    assert inbox.events == ["text Hello", "text Hello", "failed 131047", "failed 131047"]
    assert [fault["met"] for fault in control.get("/faults").json["faults"]] == [1, 0, 1]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"kind": "thrice"}, 400, "'kind' is one of throttle, error"),
        ({"kind": "late"}, 422, "late needs by"),
        ({"kind": "drop", "edge": "messages"}, 422, "edge is not known where this drop strikes (webhook)"),
        ({"kind": "reset", "effect": "half"}, 400, "'effect' is one of none, done"),
        (
            {"kind": "drop", "feild": "messages"},
            400,
            "there is no 'feild' here; did you mean field?; this call takes kind, when",
        ),
        ({"status": 99}, 422, "status is a whole number from 200 to 599"),
        ({"kind": "empty", "pattern": "["}, 422, "pattern is a regular expression"),
        ({"kind": "empty", "since": "now"}, 422, "'now' is no instant"),
    ],
)
def test_what_makes_no_sense_is_explained(
    control: Control, body: dict[str, Any], status: int, told: str
) -> None:
    """As a problem, with what there is."""
    found, detail = problem_of(control.post("/faults", body))

    assert (found, told in detail) == (status, True), detail


def test_places_are_listed_apart(control: Control, sandbox: Sandbox) -> None:
    """Each fault stands in one."""
    for body in ({"code": 131049}, {"kind": "reset", "when": "download"}, {"kind": "drop"}):
        control.post("/faults", body)

    found = {
        when: [fault["id"] for fault in control.get(f"/faults?when={when}").json["faults"]]
        for when in map(str, When)
    }

    assert {when: ids for when, ids in found.items() if ids} == {
        "async": [1],
        "download": [2],
        "webhook": [3],
    }
