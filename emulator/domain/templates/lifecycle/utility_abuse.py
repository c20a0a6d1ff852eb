"""Marketing that passes for utility: how an account that keeps doing it is treated, step by step.

Source: D/templates/template-categorization of 2026-04-17. How much is too much is not published; the emulator
is told, or counts as :data:`RUNG` says where the setting ``utility_abuse`` asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

STEPS = ("warning", "rate_limit", "restriction")
"""The rungs of the ladder, the lowest first."""
LIFT = "lift"
"""Takes a rate limit or a restriction away before its time."""

LIMITED_FOR = timedelta(days=7)
"""The least time that utility messages are capped; the emulator lifts the cap after it."""
RESTRICTED_FOR = timedelta(days=7)
RESTRICTED_AGAIN_FOR = timedelta(days=30)
"""How long a repeated restriction lasts, and one of a whole portfolio."""
CAP_WINDOW = timedelta(hours=24)

RUNG = 5
"""So many templates found to be marketing bring an account one step up, if it is counted: our convention."""
RUNG_WINDOW = timedelta(days=30)
"""The rolling time in which they are counted."""

VIOLATION = "UTILITY_TEMPLATE_ABUSE"
"""The ``violation_type`` of a warning and of a restriction."""
LIMITED, LIMIT_LIFTED = f"{VIOLATION}_RATE_LIMIT", f"{VIOLATION}_RATE_LIMIT_RECOVERY"
RESTRICTION_LIFTED = f"{VIOLATION}_UNBAN"
CAPPED_TYPE = "RATE_LIMITED_UTILITY_TEMPLATE_MESSAGING"
RESTRICTED_TYPE = "RESTRICTED_UTILITY_TEMPLATES"


class UtilityAbuseChange(Enum):
    """What an account is told: the violation, the restriction that begins if one does, and what it means."""

    WARNED = VIOLATION, None, "was warned of misuse"
    CAPPED = LIMITED, CAPPED_TYPE, "may send few utility messages"
    UNCAPPED = LIMIT_LIFTED, None, "may send utility messages again"
    RESTRICTED = VIOLATION, RESTRICTED_TYPE, "may have no utility templates"
    UNRESTRICTED = RESTRICTION_LIFTED, None, "may have utility templates again"

    def __init__(self, violation: str, restriction: str | None, meaning: str) -> None:
        self.violation, self.restriction, self.meaning = violation, restriction, meaning


@dataclass(frozen=True, slots=True)
class UtilityAbuse:
    """How an account has behaved with its utility templates."""

    warned_at: datetime | None = None
    limited_until: datetime | None = None
    restricted_until: datetime | None = None
    restrictions: int = 0
    """How often it was restricted."""

    @property
    def is_warned(self) -> bool:
        """Whether a change to marketing comes without notice."""
        return self.warned_at is not None

    def is_limited(self, at: datetime) -> bool:
        """Whether its utility messages are capped."""
        return self.limited_until is not None and at < self.limited_until

    def is_restricted(self, at: datetime) -> bool:
        """Whether it may create no utility templates and ask for no review of a category."""
        return self.restricted_until is not None and at < self.restricted_until

    def warned(self, at: datetime) -> UtilityAbuse:
        return self._changed(warned_at=self.warned_at or at)

    def limited(self, at: datetime) -> UtilityAbuse:
        return self.warned(at)._changed(limited_until=at + LIMITED_FOR)

    def restricted(self, at: datetime, *, portfolio: bool = False) -> UtilityAbuse:
        """Restricted for 7 days; for 30 the next time, and as part of a whole portfolio."""
        length = RESTRICTED_AGAIN_FOR if portfolio or self.restrictions else RESTRICTED_FOR
        return self.warned(at)._changed(restricted_until=at + length, restrictions=self.restrictions + 1)

    def freed(self, at: datetime) -> UtilityAbuse:
        """Without the cap and the restriction that are over ``at`` this instant; the warning stays."""
        return self._changed(
            limited_until=self.limited_until if self.is_limited(at) else None,
            restricted_until=self.restricted_until if self.is_restricted(at) else None,
        )

    def lifted(self) -> UtilityAbuse:
        """Without a cap and a restriction before their time; the warning stays."""
        return self._changed(limited_until=None, restricted_until=None)

    def _changed(self, **facts: Any) -> UtilityAbuse:
        return replace(self, **facts)


def step_after(found: int) -> str | None:
    """The step an account takes when the ``found``-th template within 30 days turns out to be marketing."""
    rung, rest = divmod(found, RUNG)
    return None if rest or not rung else STEPS[min(rung, len(STEPS)) - 1]
