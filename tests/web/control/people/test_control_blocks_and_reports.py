"""People who do not like a business, over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.identities import PRODUCTION, SHEENA, TEST

from emulator.sandbox.sandbox import Sandbox

NINE = "2026-11-02T09:00:00Z"


@pytest.fixture
def act(control: Control) -> Any:
    """Has Sheena do something."""
    return lambda what, body=None: control.post(f"/people/{SHEENA}/{what}", body or {})


def standing(**more: Any) -> dict[str, Any]:
    return {
        "phone_number_id": PRODUCTION,
        "wa_id": SHEENA,
        "blocked_number_at": None,
        "stopped_marketing_at": None,
        "blocked_person_at": None,
        "typing_until": None,
        **more,
    }


def test_a_person_blocks_and_unblocks_a_number(act: Any) -> None:
    """The answer is how the two stand to each other."""
    assert act("blocks").json == standing(blocked_number_at=NINE)
    assert act("blocks", {"blocked": False}).json == standing()
    other = act("blocks", {"to": TEST}).json
    assert other == standing(phone_number_id=TEST, blocked_number_at=NINE)


def test_a_person_stops_and_resumes_marketing(act: Any) -> None:
    """Of one number."""
    assert act("opt-outs").json == standing(stopped_marketing_at=NINE)
    assert act("opt-outs", {"stopped": False}).json == standing()


def test_a_person_reports_a_message_a_template_or_a_number(act: Any, graph: Any, sandbox: Sandbox) -> None:
    """The answer is the message."""
    sent = graph.reminder().json["messages"][0]["id"]
    sandbox.settle()

    assert act("reports", {"message_id": sent}).json["message"]["id"] == sent
    assert act("reports", {"template": "appointment_reminder"}).json["message"]["id"] == sent
    assert act("reports").json == {"message": None}


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("reports", {"message_id": "wamid.x"}, 422),
        ("reports", {"template": "order_shipped"}, 422),
        ("blocks", {"to": "1"}, 422),
        ("blocks", {"blocked": "yes"}, 400),
        ("opt-outs", {"until": "tomorrow"}, 400),
    ],
)
def test_what_makes_no_sense_is_explained(act: Any, what: str, body: dict[str, Any], status: int) -> None:
    """As problem details."""
    answer = act(what, body)

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_nobody_blocks_who_is_not_there(control: Control, sandbox: Sandbox) -> None:
    """404."""
    assert control.post("/people/12125550000/blocks", {}).status_code == 404


def test_habits_of_minding_can_be_set(control: Control, sandbox: Sandbox) -> None:
    """Chances from 0 to 1, and nothing else."""
    person = f"/people/{SHEENA}"

    changed = control.patch(person, {"habits": {"blocks": 0.5, "reports": 1, "stops": 0}})
    wrong = [
        control.patch(person, {"habits": {"blocks": value}}).status_code for value in (1.1, -0.1, True, "x")
    ]

    assert {name: changed.json["habits"][name] for name in ("blocks", "reports", "stops")} == {
        "blocks": 0.5,
        "reports": 1,
        "stops": 0,
    }
    assert wrong == [422] * 4


def test_a_number_shows_its_quality(control: Control, graph: Any, sandbox: Sandbox) -> None:
    """In the control API and as fields of the node."""
    sandbox.change_settings(quality_judged_after=1)
    graph.reminder()
    sandbox.settle()
    sandbox.people.report(graph.sheena)

    node = graph.get(f"{graph.number}?fields=quality_rating,quality_score").json
    assert control.get("/numbers").json["numbers"][0]["quality_rating"] == "RED"
    assert (node["quality_rating"], node["quality_score"]) == ("RED", {"score": "RED"})


def test_a_template_shows_its_quality_and_since_when(graph: Any, sandbox: Sandbox) -> None:
    """As a field of the node."""
    sandbox.change_settings(quality_judged_after=1)
    graph.reminder()
    sandbox.settle()

    node = graph.get("1689556908129833?fields=quality_score").json
    assert node["quality_score"] == {"score": "GREEN", "date": int(sandbox.clock.now().timestamp())}


def test_how_a_person_stands_to_each_number(act: Any, control: Control) -> None:
    """In the order of the numbers, also where nothing ever happened."""
    act("blocks")

    answer = control.get(f"/people/{SHEENA}/relationships").json

    assert answer == {
        "relationships": [standing(blocked_number_at=NINE), standing(phone_number_id=TEST)],
    }
