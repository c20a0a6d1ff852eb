"""What is said of a send that brings another number of values than its template has variables."""

from __future__ import annotations

import pytest
from kit.refusals import refusal_of

from emulator.domain.templates.filling.mismatches import check_count, count_mismatch


@pytest.mark.parametrize(("given", "difference"), [(0, "5 more"), (3, "2 more"), (7, "2 fewer")])
def test_the_hint_says_how_many_more_or_fewer_to_send(given: int, difference: str) -> None:
    """132000 has the two numbers, and the hint their difference."""
    error = refusal_of(check_count, "body", given, 5)

    assert (error.code, error.hint) == (
        132000,
        f"Send 5 for the body, {difference}: as many as the template has variables there.",
    )


def test_as_many_as_there_are_variables_pass() -> None:
    """Also none for none."""
    check_count("body", 5, 5)
    check_count("body", 0, 0)


def test_a_hint_of_one_s_own_takes_its_place() -> None:
    """Where the values are no parameters, such as cards."""
    assert count_mismatch("carousel", "cards", 1, 2, "Send both cards.").hint == "Send both cards."
