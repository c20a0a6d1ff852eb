"""The acts over templates and accounts, over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.identities import ORDER_SHIPPED

from emulator import Sandbox


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


DRAFT = {
    "name": "order_ready",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Your order is ready to be picked up."}],
}


def test_a_template_is_judged_as_one_types_and_nothing_is_made(control: Control, sandbox: Sandbox) -> None:
    """The complaint is the one that creating it would be refused with."""
    before = (len(sandbox.templates.all()), sandbox.journal.last())

    fine = control.post("/templates/check", {"template": DRAFT}).json
    wrong = control.post("/templates/check", {"template": {**DRAFT, "name": "Order Ready"}}).json
    unread = control.post("/templates/check", {"template": {"name": "order_ready"}}).json

    assert fine == {"complaint": None, "warning": None}
    assert (wrong["complaint"]["subcode"], wrong["complaint"]["blame"]) == (2388046, ["name"])
    assert unread["complaint"]["title"] == "(#100) The parameter language is required."
    assert (len(sandbox.templates.all()), sandbox.journal.last()) == before


def test_an_edit_is_judged_with_the_template_that_it_is_of(control: Control) -> None:
    """With its id; one that there is not is not found."""
    components = [{"type": "BODY", "text": "{{1}}"}]

    nothing = control.post("/templates/check", {"template": {}, "id": ORDER_SHIPPED}).json
    wrong = control.post("/templates/check", {"template": {"components": components}, "id": ORDER_SHIPPED})
    unknown = control.post("/templates/check", {"template": {}, "id": "1"})

    assert nothing["complaint"]["title"] == "(#100) The parameter components is required."
    assert wrong.json["complaint"]["code"] == 100
    assert unknown.status_code == 404


def test_a_template_of_the_library_is_judged_too(control: Control) -> None:
    """By what the library has."""
    draft = {"name": "mine", "language": "en_US", "category": "UTILITY", "library_template_name": "none"}

    answer = control.post("/templates/check", {"template": draft}).json

    assert answer["complaint"]["rule"] == "not_emulated"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=GREENHOUSE", ["order_shipped"]),
        ("search=order_s", ["order_shipped"]),
        ("search=%25", []),
        ("status=REJECTED", ["free_gift"]),
        ("category=AUTHENTICATION&language=en_US", ["login_code"]),
        ("language=xx", []),
    ],
)
def test_templates_are_found_by_filters(control: Control, query: str, names: list[str]) -> None:
    """By their status, category and language, and by a part of their name or texts."""
    found = control.get(f"/templates?{query}").json["templates"]

    assert [each["name"] for each in found] == names


def test_one_template_is_read_by_its_id(control: Control) -> None:
    """404 for another one."""
    assert control.get(f"/templates/{ORDER_SHIPPED}").json["name"] == "order_shipped"
    assert control.get("/templates/1").status_code == 404
