"""The limit of management calls, and how much of it was used.

Source: D/about-the-platform#rate-limits (2026).
"""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.errors import PlatformError, refuse
from emulator.domain.values import dataclass

CALLS_AN_HOUR = 200
CALLS_AN_HOUR_WITH_A_NUMBER = 5000
"""Management calls an hour, app and WABA, when the WABA has a registered number."""
CALLS_WITHIN = timedelta(hours=1)


def management_calls(*, has_a_number: bool) -> int:
    """Find how many calls an hour an app may make on the management edges of one WABA.

    5,000 when the WABA has a registered number, else 200 (D/about-the-platform#rate-limits).
    """
    return CALLS_AN_HOUR_WITH_A_NUMBER if has_a_number else CALLS_AN_HOUR


def too_many_calls(app_id: str, waba_id: str, *, most: int, used: int) -> PlatformError:
    """Build the error about one management call more than an app may make in an hour (80008)."""
    return refuse(
        80008,
        rule="management_calls",
        hint=f"{most} calls an hour for app {app_id} on WABA {waba_id}; `GET …/limits` says when "
        "there is one more.",
        facts={"most": most, "used": used},
    )


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of the limit of management calls was used, as the usage header shows it."""

    percent: int = 0
    minutes: int = 0
    """How many minutes until calls are possible again; zero while they are."""


UNUSED = Usage()
