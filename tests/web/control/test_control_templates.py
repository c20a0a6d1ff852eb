"""The acts over templates and accounts, over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.identities import ORDER_SHIPPED


def test_a_category_is_corrected(control: Control) -> None:
    """The answer is the template, with what it will be."""
    answer = control.post(f"/templates/{ORDER_SHIPPED}/category", {"category": "MARKETING"})

    assert (answer.status_code, answer.json["category"], answer.json["correct_category"]) == (
        200,
        "UTILITY",
        "MARKETING",
    )


def test_an_appeal_is_filed_and_decided(control: Control) -> None:
    """By the same act as a review."""
    control.post(f"/templates/{ORDER_SHIPPED}/review", {"decision": "reject", "reason": "SCAM"})

    filed = control.post(f"/templates/{ORDER_SHIPPED}/review", {"decision": "appeal"})
    granted = control.post(f"/templates/{ORDER_SHIPPED}/review", {"decision": "approve"})

    assert (filed.json["status"], granted.json["status"]) == ("IN_APPEAL", "APPROVED")


def test_an_account_is_treated_as_one_that_misuses_categories(control: Control) -> None:
    """The answer says how it stands."""
    answer = control.post("/utility-abuse", {"step": "restriction"})

    assert answer.json == {
        "warned_at": "2026-11-02T09:00:00Z",
        "limited_until": None,
        "restricted_until": "2026-11-09T09:00:00Z",
        "restrictions": 1,
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "problem"),
    [
        (f"/templates/{ORDER_SHIPPED}/category", {"category": "SALES"}, 400, "'category' is one of UTILITY"),
        (
            f"/templates/{ORDER_SHIPPED}/category",
            {"category": "UTILITY"},
            422,
            "order_shipped is APPROVED and",
        ),
        ("/templates/42/category", {"category": "UTILITY"}, 404, "there is no template 42"),
        (f"/templates/{ORDER_SHIPPED}/review", {"decision": "appeal"}, 422, "there is nothing to appeal"),
        (
            f"/templates/{ORDER_SHIPPED}/review",
            {"decision": "pause", "reason": "x"},
            422,
            "quality or pacing",
        ),
        ("/utility-abuse", {"step": "hanging"}, 400, "'step' is one of warning"),
        ("/utility-abuse", {"step": "warning", "waba_id": "42"}, 404, "there is no account 42"),
    ],
)
def test_an_act_that_does_not_fit_is_explained(
    control: Control, path: str, body: Any, status: int, problem: str
) -> None:
    """As problem details."""
    answer = control.post(path, body)

    assert answer.status_code == status
    assert problem in answer.json["detail"]
