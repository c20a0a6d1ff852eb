"""What an account may not do for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.times import MICROSECOND

from emulator.domain.accounts.restrictions import (
    BIZ_INITIATED,
    COUNTRIES,
    LOCKED,
    TYPES,
    Restriction,
    merged,
    restriction,
    restrictions_as_json,
    restrictions_from_json,
)

END = datetime(2026, 11, 5, tzinfo=UTC)


def test_a_restriction_ends_at_its_expiration() -> None:
    """It holds at the instant before, and not at the instant itself."""
    given = Restriction(BIZ_INITIATED, END)

    assert [given.holds(at) for at in (END - MICROSECOND, END, END + MICROSECOND)] == [True, False, False]


def test_a_lock_lasts() -> None:
    """Without an expiration there is no end to it."""
    assert restriction(LOCKED).holds(END + timedelta(days=3650))


def test_of_each_type_the_newest_holds() -> None:
    """A second restriction of a type takes the place of the first."""
    first, second = Restriction(BIZ_INITIATED, END), Restriction(BIZ_INITIATED, END + MICROSECOND)

    assert merged([first, Restriction(LOCKED)], [second]) == (second, Restriction(LOCKED))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("RESTRICTED_BREATHING", {"expires_at": END}),
        (COUNTRIES, {}),
        (COUNTRIES, {"countries": ["India"]}),
        (COUNTRIES, {"countries": ["I"]}),
        (COUNTRIES, {"countries": ["IND"]}),
        (COUNTRIES, {"countries": ["in"]}),
        (COUNTRIES, {"countries": ["ÅÄ"]}),
        (LOCKED, {"countries": ["IN"]}),
        (BIZ_INITIATED, {}),
    ],
)
def test_a_restriction_that_makes_no_sense_is_refused(kind: str, more: dict[str, Any]) -> None:
    """An unknown one, countries that are none, and what never ends although its kind does."""
    with pytest.raises(ValueError, match=r"restriction|countr|ends"):
        restriction(kind, **more)


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_webhooks_has_an_end(kind: str) -> None:
    """And no countries; a restriction without an end is one of our own types."""
    assert restriction(kind, END) == Restriction(kind, END)
    with pytest.raises(ValueError, match="ends by itself"):
        restriction(kind)
    with pytest.raises(ValueError, match="countries are named with COUNTRIES"):
        restriction(kind, END, ["IN"])


def test_the_first_code_that_is_none_is_named() -> None:
    """Of several."""
    with pytest.raises(ValueError, match=r"two letters, not 'in'$"):
        restriction(COUNTRIES, countries=["IN", "in", "br"])


def test_restrictions_survive_the_way_through_json() -> None:
    """With all that is known of them, and without."""
    held = (
        restriction(BIZ_INITIATED, END, remediation="Read the policy."),
        restriction(COUNTRIES, countries=["IN", "BR"]),
    )

    assert restrictions_as_json(held) == [
        {
            "type": BIZ_INITIATED,
            "expires_at": "2026-11-05T00:00:00Z",
            "countries": [],
            "remediation": "Read the policy.",
        },
        {"type": COUNTRIES, "expires_at": None, "countries": ["IN", "BR"], "remediation": None},
    ]
    assert restrictions_from_json(restrictions_as_json(held)) == held
