"""The control API's doors to limits, the portfolio, the account and the numbers."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.graph import Graph
from kit.identities import PORTFOLIO, WABA_ID

BIZ_INITIATED = "RESTRICTED_BIZ_INITIATED_MESSAGING"


def test_limits_tell_what_is_used_and_left(control: Control, graph: Graph) -> None:
    """Every limit of every number, and when it frees up only when nothing is left."""
    control.expect("PATCH", "/settings", {"limits": {"throughput": 2, "messaging": "always"}})
    graph.reminder()
    graph.reminder(to=graph.pablo)

    told = {(each["name"], each["subject"]): each for each in control.expect("GET", "/limits")["limits"]}

    assert told["throughput", graph.number] == {
        "name": "throughput",
        "scope": "number",
        "subject": graph.number,
        "policy": 2,
        "most": 2,
        "used": 2,
        "left": 0,
        "frees_up_at": "2026-11-02T09:00:00.500000Z",
        "source": "https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput",
    }
    assert {name for name, _ in told} == {
        "throughput",
        "messaging",
        "management_calls",
        "registrations",
        "template_creations",
    }
    assert told["messaging", PORTFOLIO]["policy"] == "always"
    assert told["messaging", PORTFOLIO]["frees_up_at"] is None


def test_limits_of_one_person_and_one_number(control: Control, graph: Graph) -> None:
    """The pair rate is somebody's own."""
    control.expect("PATCH", "/settings", {"limits": {"pair_rate": "always"}})
    graph.reminder()

    told = control.expect("GET", "/limits", wa_id="+1 650 555 1234", phone_number_id=graph.number)["limits"]

    pairs = [each for each in told if each["name"] == "pair_rate"]
    assert [(each["subject"], each["used"], each["left"]) for each in pairs] == [
        (f"{graph.number} → {graph.sheena}", 1, 44)
    ]
    assert {each["subject"] for each in told if each["scope"] == "number"} == {graph.number}


def test_a_number_that_is_not_there_has_no_limits(control: Control) -> None:
    """404, which names it."""
    assert "number 1" in control.expect("GET", "/limits", phone_number_id="1", status=404)["detail"]


@pytest.mark.parametrize(
    ("limits", "status"),
    [({"speed": "on"}, 400), ({"throughput": "sometimes"}, 422), ({"throughput": 0}, 422)],
)
def test_a_policy_that_there_is_not_is_refused(control: Control, limits: dict[str, Any], status: int) -> None:
    """And none of the settings changes."""
    problem = control.expect("PATCH", "/settings", {"limits": limits}, status=status)

    assert "limit" in problem["detail"]


def test_the_portfolio_is_verified_and_given_a_tier(control: Control) -> None:
    """The lowest tier ends with the verification."""
    new = control.expect("GET", "/portfolio")
    verified = control.expect("PATCH", "/portfolio", {"verification": "verified"})
    given = control.expect("PATCH", "/portfolio", {"tier": "TIER_100K", "name": "Luckier Shrub"})

    assert new == {
        "id": PORTFOLIO,
        "name": "Lucky Shrub",
        "verification": "not_verified",
        "tier": "TIER_250",
    }
    assert verified == new | {"verification": "verified", "tier": "TIER_2K"}
    assert given == verified | {"tier": "TIER_100K", "name": "Luckier Shrub"}


def test_an_account_is_restricted_for_some_days(control: Control, graph: Graph) -> None:
    """And freed again, one restriction or all."""
    made = control.expect(
        "POST",
        "/restrictions",
        {"types": [BIZ_INITIATED, "RESTRICTED_ADD_PHONE_NUMBER_ACTION"], "days": 3, "violation": "SCAM"},
        status=201,
    )
    assert [(each["type"], each["expires_at"]) for each in made["restrictions"]] == [
        (BIZ_INITIATED, "2026-11-05T09:00:00Z"),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", "2026-11-05T09:00:00Z"),
    ]
    assert graph.reminder().json["error"]["code"] == 368

    control.expect("DELETE", f"/restrictions/{BIZ_INITIATED}", status=204)
    assert graph.reminder().status_code == 200
    assert len(control.expect("GET", "/restrictions")["restrictions"]) == 1
    control.expect("DELETE", "/restrictions", status=204)
    assert control.expect("GET", "/restrictions") == {"restrictions": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"types": ["RESTRICTED_BREATHING"]}, 400),
        ({"types": []}, 422),
        ({"types": [1], "days": 1}, 400),
        ({"types": [BIZ_INITIATED]}, 422),
        ({"types": [BIZ_INITIATED], "days": 0}, 400),
        ({"types": [BIZ_INITIATED], "days": 1, "expires_at": "2026-11-05T09:00:00Z"}, 400),
        ({"types": [BIZ_INITIATED], "expires_at": "2026-11-01T09:00:00Z"}, 422),
        ({"types": ["COUNTRIES"]}, 422),
        ({"types": ["LOCKED"], "violation": "RUDENESS"}, 400),
    ],
)
def test_a_restriction_that_makes_no_sense_is_refused(
    control: Control, body: dict[str, Any], status: int
) -> None:
    """And none holds afterwards."""
    control.expect("POST", "/restrictions", body, status=status)

    assert control.expect("GET", "/restrictions") == {"restrictions": []}


def test_a_restriction_that_does_not_hold_cannot_be_lifted(control: Control) -> None:
    """404, which names it."""
    assert "LOCKED" in control.expect("DELETE", "/restrictions/LOCKED", status=404)["detail"]


def test_an_account_is_reviewed_and_loses_its_payment_method(control: Control) -> None:
    """Each on its own."""
    assert control.expect("PATCH", "/account", {"review": "PENDING"})["review"] == "PENDING"
    changed = control.expect("PATCH", "/account", {"review": "APPROVED", "payment_method": False})

    assert changed == {
        "waba_id": WABA_ID,
        "review": "APPROVED",
        "payment_method": False,
        "restrictions": [],
    }
    assert control.expect("GET", "/account") == changed


def test_a_number_has_the_status_it_is_given(control: Control, graph: Graph) -> None:
    """With its quality, throughput and name."""
    facts = {"status": "FLAGGED", "quality_rating": "RED", "throughput": "HIGH", "name_status": "DECLINED"}

    told = control.expect("PATCH", f"/numbers/{graph.number}", {**facts, "on_business_app": True})

    assert facts.items() <= told.items()
    assert told["on_business_app"] is True
    reviewed = control.expect("POST", f"/numbers/{graph.number}/name-review", {"decision": "APPROVED"})
    assert reviewed["name_status"] == "APPROVED"
    control.expect("PATCH", "/numbers/1", {"status": "BANNED"}, status=404)
    control.expect("PATCH", f"/numbers/{graph.number}", {"status": "HAPPY"}, status=400)


def test_the_people_of_a_test_number_are_replaced(control: Control, graph: Graph) -> None:
    """A production number has no such list."""
    told = control.expect("PUT", f"/numbers/{graph.test_number}/allowed", {"people": ["+1 650 555 4321"]})

    assert told == {"allowed": [graph.pablo]}
    assert graph.text(number=graph.test_number).json["error"]["code"] == 131030
    control.expect("PUT", f"/numbers/{graph.number}/allowed", {"people": [graph.pablo]}, status=422)
    control.expect("PUT", f"/numbers/{graph.test_number}/allowed", {"people": [1]}, status=400)
