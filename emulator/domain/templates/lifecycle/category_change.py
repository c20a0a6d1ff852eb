"""Category changes by the platform: what becomes of a template whose category is found to be wrong.

Source: D/templates/template-categorization of 2026-04-17.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from emulator.domain.values import dataclass

NOTICE = timedelta(hours=24)
"""How long before a utility template becomes marketing the business is notified."""
BECOMES_MARKETING_SINCE = date(2025, 4, 9)
"""Since this day a new utility template that reads as marketing becomes marketing; before it was rejected."""
NO_NOTICE_SINCE = date(2025, 4, 16)
"""Since this day an account that was warned of utility template abuse gets no notice."""


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """The change of one template's category: when it is due, and to which category.

    Until then the template's ``correct_category`` shows which one it should have.
    """

    due: datetime
    category: str | None
    """The new category; ``None`` when the template is rejected instead."""


def category_change(
    current: str, correct: str, at: datetime, *, warned: bool, timezone: str = "UTC"
) -> CategoryChange:
    """Decide when and how a template of category ``current`` changes that should be ``correct``.

    UTILITY becomes MARKETING 24 hours after ``at``, or at once where the account was ``warned``. One that
    should be AUTHENTICATION is rejected on the first of the next month, whose beginning ``timezone`` says.
    Any other change is a correction in the business's favour, and made at once; that is inferred.
    """
    if correct == "AUTHENTICATION":
        return CategoryChange(_next_month(at, ZoneInfo(timezone)), None)
    if (current, correct) != ("UTILITY", "MARKETING"):
        return CategoryChange(at, correct)
    instant = warned and at.date() >= NO_NOTICE_SINCE
    return CategoryChange(at if instant else at + NOTICE, correct)


def becomes_marketing(at: datetime, *, allowed: bool) -> bool:
    """Say whether a new utility template that reads as marketing becomes marketing at ``at``, or is rejected.

    Until 2025-04-09 it does only where the request ``allowed`` it, with ``allow_category_change``.
    """
    return allowed or at.date() >= BECOMES_MARKETING_SINCE


def _next_month(at: datetime, zone: ZoneInfo) -> datetime:
    there = at.astimezone(zone)
    year, month = (there.year, there.month + 1) if there.month < 12 else (there.year + 1, 1)
    return datetime(year, month, 1, tzinfo=zone).astimezone(UTC)
