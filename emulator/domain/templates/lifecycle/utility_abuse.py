"""Utility template abuse: how an account is treated that submits marketing as utility, step by step.

Source: D/templates/template-categorization of 2026-04-17. From how many templates on is not published; a user
decides, or they are counted by :data:`MARKETING_PER_STEP` where the setting ``utility_abuse`` says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from emulator.domain.values import dataclass

STEPS = ("warning", "rate_limit", "restriction")
"""The steps of the enforcement, the mildest first."""
LIFT = "lift"
"""Ends a rate limit or a restriction before its time."""

LIMITED_FOR = timedelta(days=7)
"""How long utility messages are rate limited at least; the emulator lifts the limit after it."""
RESTRICTED_FOR = timedelta(days=7)
RESTRICTED_AGAIN_FOR = timedelta(days=30)
"""How long a repeated restriction lasts, and one of a whole portfolio."""
CAP_WINDOW = timedelta(hours=24)

MARKETING_PER_STEP = 5
"""How many templates found to be marketing bring an account one step further, where they are counted: our
convention."""
STEP_WINDOW = timedelta(days=30)
"""The rolling time in which they are counted."""

VIOLATION = "UTILITY_TEMPLATE_ABUSE"
"""The ``violation_type`` of a warning and of a restriction."""
LIMITED, LIMIT_LIFTED = f"{VIOLATION}_RATE_LIMIT", f"{VIOLATION}_RATE_LIMIT_RECOVERY"
RESTRICTION_LIFTED = f"{VIOLATION}_UNBAN"
CAPPED_TYPE = "RATE_LIMITED_UTILITY_TEMPLATE_MESSAGING"
RESTRICTED_TYPE = "RESTRICTED_UTILITY_TEMPLATES"


class UtilityAbuseChange(Enum):
    """A change of the enforcement, with its webhook's ``violation_type`` and its meaning in the journal.

    ``restriction`` is the type of the restriction that begins with it, ``None`` where none does.
    """

    WARNED = VIOLATION, None, "was warned of misuse"
    CAPPED = LIMITED, CAPPED_TYPE, "may send few utility messages"
    UNCAPPED = LIMIT_LIFTED, None, "may send utility messages again"
    RESTRICTED = VIOLATION, RESTRICTED_TYPE, "may have no utility templates"
    UNRESTRICTED = RESTRICTION_LIFTED, None, "may have utility templates again"

    def __init__(self, violation: str, restriction: str | None, meaning: str) -> None:
        self.violation, self.restriction, self.meaning = violation, restriction, meaning


@dataclass(frozen=True, slots=True)
class UtilityAbuse:
    """The enforcement of one account for utility template abuse, as it stands.

    A rate limit and a restriction end at their instant by themselves, or when they are lifted; a warning
    stays.
    """

    warned_at: datetime | None = None
    limited_until: datetime | None = None
    restricted_until: datetime | None = None
    restrictions: int = 0
    """How often it has been restricted."""

    @property
    def is_warned(self) -> bool:
        """Whether its templates become marketing without notice."""
        return self.warned_at is not None

    def is_limited(self, at: datetime) -> bool:
        """Say whether its utility messages are rate limited at the instant ``at``.

        At exactly the end of the limit they are not any more. Beyond the setting ``utility_cap`` they fail
        with 131064.
        """
        return self.limited_until is not None and at < self.limited_until

    def is_restricted(self, at: datetime) -> bool:
        """Say whether at the instant ``at`` it may create no utility templates and appeal no category."""
        return self.restricted_until is not None and at < self.restricted_until

    def warned(self, at: datetime) -> UtilityAbuse:
        """Warn the account at the instant ``at``; an earlier warning keeps its instant.

        From then on its utility templates become marketing without notice.
        """
        return self._changed(warned_at=self.warned_at or at)

    def limited(self, at: datetime) -> UtilityAbuse:
        """Rate limit its utility messages from ``at`` on for seven days; it counts as warned from then on."""
        return self.warned(at)._changed(limited_until=at + LIMITED_FOR)

    def restricted(self, at: datetime, *, portfolio: bool = False) -> UtilityAbuse:
        """Restrict it from ``at`` on: for 7 days, for 30 the next time or as part of a whole ``portfolio``.

        It counts as warned from then on.
        """
        length = RESTRICTED_AGAIN_FOR if portfolio or self.restrictions else RESTRICTED_FOR
        return self.warned(at)._changed(restricted_until=at + length, restrictions=self.restrictions + 1)

    def without_expired(self, at: datetime) -> UtilityAbuse:
        """Drop the rate limit and the restriction that are over at the instant ``at``; the warning stays."""
        return self._changed(
            limited_until=self.limited_until if self.is_limited(at) else None,
            restricted_until=self.restricted_until if self.is_restricted(at) else None,
        )

    def lifted(self) -> UtilityAbuse:
        """Drop the rate limit and the restriction before their time; the warning stays."""
        return self._changed(limited_until=None, restricted_until=None)

    def _changed(self, **facts: Any) -> UtilityAbuse:
        return replace(self, **facts)


def step_after(found: int) -> str | None:
    """Find the step that follows when a ``found``-th template within 30 days is found to be marketing.

    Every fifth takes the next step of :data:`STEPS`, and beyond the last one the last again; the others take
    none.
    """
    rung, rest = divmod(found, MARKETING_PER_STEP)
    return None if rest or not rung else STEPS[min(rung, len(STEPS)) - 1]
