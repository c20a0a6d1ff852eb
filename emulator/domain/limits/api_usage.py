"""The limit of management calls, and how much of it was used.

Source: D/about-the-platform#rate-limits (2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from emulator.domain.errors import PlatformError, refuse

CALLS_AN_HOUR = 200
CALLS_AN_HOUR_WITH_A_NUMBER = 5000
"""Management calls an hour, app and WABA, when the WABA has a registered number."""
CALLS_WITHIN = timedelta(hours=1)


def management_calls(*, has_a_number: bool) -> int:
    """Calls an hour of one app on one WABA's management edges."""
    return CALLS_AN_HOUR_WITH_A_NUMBER if has_a_number else CALLS_AN_HOUR


def too_many_calls(app_id: str, waba_id: str, *, most: int, used: int) -> PlatformError:
    """An app has made as many management calls on a WABA within an hour as it may (80008)."""
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
    """Until there is some again; zero while there is."""


UNUSED = Usage()
