"""The limit of management calls, and how much of it was used.

Source: D/about-the-platform#rate-limits (2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

CALLS_AN_HOUR = 200
CALLS_AN_HOUR_WITH_A_NUMBER = 5000
"""Management calls an hour, app and WABA, when the WABA has a registered number."""
CALLS_WITHIN = timedelta(hours=1)


def management_calls(*, has_a_number: bool) -> int:
    """Calls an hour of one app on one WABA's management edges."""
    return CALLS_AN_HOUR_WITH_A_NUMBER if has_a_number else CALLS_AN_HOUR


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a limit was used, as headers tell it."""

    percent: int = 0
    minutes: int = 0
    """Until there is some again; zero while there is."""


UNUSED = Usage()
