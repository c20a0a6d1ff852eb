"""The acts over templates and accounts, over the control API."""

from __future__ import annotations

from typing import Any

import pytest

SHIPPED = "1689556908129832"
BASE = "/_emulator/sandboxes/default"


@pytest.fixture
def post(client: Any, sandbox: Any) -> Any:
    return lambda path, body: client.post(f"{BASE}{path}", json=body)


def test_a_category_is_corrected(post: Any):
    """The answer is the template, with what it will be."""
    answer = post(f"/templates/{SHIPPED}/category", {"category": "MARKETING"})

    assert (answer.status_code, answer.json["category"], answer.json["correct_category"]) == (
        200,
        "UTILITY",
        "MARKETING",
    )


def test_an_appeal_is_filed_and_decided(post: Any):
    """By the same act as a review."""
    post(f"/templates/{SHIPPED}/review", {"decision": "reject", "reason": "SCAM"})

    filed = post(f"/templates/{SHIPPED}/review", {"decision": "appeal"})
    granted = post(f"/templates/{SHIPPED}/review", {"decision": "approve"})

    assert (filed.json["status"], granted.json["status"]) == ("IN_APPEAL", "APPROVED")


def test_an_account_is_treated_as_one_that_misuses_categories(post: Any):
    """The answer says how it stands."""
    answer = post("/utility-abuse", {"step": "restriction"})

    assert answer.json == {
        "warned_at": "2026-11-02T09:00:00Z",
        "limited_until": None,
        "restricted_until": "2026-11-09T09:00:00Z",
        "restrictions": 1,
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "problem"),
    [
        (f"/templates/{SHIPPED}/category", {"category": "SALES"}, 400, "'category' is one of UTILITY"),
        (f"/templates/{SHIPPED}/category", {"category": "UTILITY"}, 422, "order_shipped is APPROVED and"),
        ("/templates/42/category", {"category": "UTILITY"}, 404, "there is no template 42"),
        (f"/templates/{SHIPPED}/review", {"decision": "appeal"}, 422, "there is nothing to appeal"),
        (f"/templates/{SHIPPED}/review", {"decision": "pause", "reason": "x"}, 422, "quality or pacing"),
        ("/utility-abuse", {"step": "hanging"}, 400, "'step' is one of warning"),
        ("/utility-abuse", {"step": "warning", "waba_id": "42"}, 404, "there is no account 42"),
    ],
)
def test_an_act_that_does_not_fit_is_explained(post: Any, path: str, body: Any, status: int, problem: str):
    """As problem details."""
    answer = post(path, body)

    assert answer.status_code == status
    assert problem in answer.json["detail"]
