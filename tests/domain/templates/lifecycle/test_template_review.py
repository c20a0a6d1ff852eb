"""Reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.domain.templates.lifecycle.review import (
    ADJACENT,
    DUPLICATE,
    EDGE_VARIABLES,
    Decision,
    decide,
    is_instant,
)
from emulator.domain.templates.template import Draft, Status, Template

WORDING = ({"type": "BODY", "text": "Your order is ready."}, {"type": "FOOTER", "text": "Bye"})
APPROVED = Decision(Status.APPROVED)


def draft(*components: Mapping[str, Any], name: str = "fresh", category: str = "UTILITY") -> Draft:
    return Draft(name, "en_US", category, components)


def template(
    *components: Mapping[str, Any], name: str = "other", status: Status = Status.APPROVED
) -> Template:
    return Template("1", "2", name, "en_US", "UTILITY", status, components, datetime(2026, 10, 1, tzinfo=UTC))


def test_an_ordinary_template_is_approved() -> None:
    """Nothing to complain about means approved."""
    assert decide(draft(*WORDING), []) == APPROVED


def test_variables_side_by_side_are_rejected_with_the_documented_sentences() -> None:
    """The rejection tells the reason and what to do."""
    body = {"type": "BODY", "text": "Dear customer {{1}} {{2}} your order is on its way now."}

    decision = decide(draft(body), [])

    assert decision == Decision(Status.REJECTED, "INVALID_FORMAT", ADJACENT)
    assert ADJACENT == (
        "Your template has parameters placed next to each other (like {{1}}{{2}}) without text or "
        "punctuation between them.",
        "Separate parameters with descriptive text and ensure each parameter is clearly contextualized.",
    )


@pytest.mark.parametrize(
    "text", ["{{1}} is your order number", "Your order is number {{1}}.", "Order {{1}} here"]
)
def test_variables_at_an_edge_or_in_great_number_are_rejected(text: str) -> None:
    """The editor lets such a template pass only before October 2025; in a card it counts, too."""
    written = {"type": "BODY", "text": text}
    card = {"type": "CAROUSEL", "cards": [{"components": [written]}]}

    assert decide(draft(written)) == Decision(Status.REJECTED, "INVALID_FORMAT", EDGE_VARIABLES)
    assert decide(draft(WORDING[0], card)) == Decision(Status.REJECTED, "INVALID_FORMAT", EDGE_VARIABLES)


def test_a_template_from_the_library_is_approved_at_once() -> None:
    """Whatever the platform has written in it."""
    body = {"type": "BODY", "text": "{{1}}, your order is ready."}
    made = Draft("fresh", "en_US", "UTILITY", (body,), options={"library_template_name": "order_ready_1"})

    assert (is_instant(made), decide(made)) == (True, APPROVED)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PENDING])
def test_the_wording_of_another_template_is_rejected(status: Status) -> None:
    """Body and footer may not repeat a living template of the account."""
    decision = decide(draft(*WORDING), [template(*WORDING, status=status)])

    assert decision == Decision(Status.REJECTED, "INVALID_FORMAT", DUPLICATE)


@pytest.mark.parametrize(
    "other",
    [
        template(*WORDING, name="fresh"),
        template(*WORDING, status=Status.REJECTED),
        template(WORDING[0]),
        template(WORDING[0], {"type": "FOOTER", "text": "Other"}),
    ],
    ids=["same name", "rejected", "no footer", "other footer"],
)
def test_other_wordings_and_the_same_name_are_no_repetition(other: Template) -> None:
    """A translation, a dead template or another footer do not count."""
    assert decide(draft(*WORDING), [other]) == APPROVED


def test_authentication_templates_are_approved_at_once_and_may_repeat() -> None:
    """Their texts are the platform's own."""
    code = draft({"type": "BODY"}, category="AUTHENTICATION")

    assert is_instant(code)
    assert not is_instant(draft(*WORDING))
    assert decide(code, [template({"type": "BODY"})]) == APPROVED
