"""Scenarios over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import SHEENA

STEPS: list[Any] = [
    {"Sheena Nelson says": "Hello"},
    {"expect sent": {"to": "Sheena Nelson"}},
    "expect no more",
]


def test_a_scenario_is_played(control: Control) -> None:
    """As an object; a step that fails is no error of the call."""
    answer = control.post("/scenarios", {"scenario": {"steps": STEPS}, "patience": 0})

    assert (answer.status_code, answer.json["passed"], answer.json["scenario"]) == (200, False, "scenario")
    assert [each["outcome"] for each in answer.json["steps"]] == ["passed", "failed", "not played"]
    assert "09:00:00  Sheena Nelson → business: Hello" in answer.json["explanation"]
    assert control.get("/messages").json["messages"][0]["wa_id"] == SHEENA


def test_a_scenario_may_be_the_text_of_a_file(control: Control) -> None:
    """Its name and lines stand in the answer; the sandbox may be reset before."""
    text = "scenario: Greeting\nsteps:\n  - Sheena Nelson says: Hello\n"

    for _ in range(2):
        answer = control.post("/scenarios", {"scenario": text, "file": "a.yaml", "reset": True})

        assert (answer.json["passed"], answer.json["file"], answer.json["steps"][0]["line"]) == (
            True,
            "a.yaml",
            3,
        )
    assert len(control.get("/messages").json["messages"]) == 1


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ({}, 400, "scenario"),
        ({"scenario": {"steps": STEPS}, "patience": 61}, 400, "patience is a number of seconds from 0 to 60"),
        (
            {"scenario": "steps: [Ana sayz: Hi]", "file": "a.yaml"},
            422,
            "a.yaml:1: steps[0].Ana sayz: there is no",
        ),
        ({"scenario": {"steps": [{"Ana says": 3}], "settings": {"pace": 1}}}, 422, "it cannot begin"),
    ],
)
def test_what_cannot_be_played_is_refused(control: Control, body: Any, status: int, why: str) -> None:
    """With the place of what is wrong."""
    answered, detail = problem_of(control.post("/scenarios", body))

    assert answered == status
    assert why in detail
