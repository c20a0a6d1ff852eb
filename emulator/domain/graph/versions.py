"""Versions of the Graph API, and what becomes of a call that names an old one.

A version is not rejected when it is old: the call is upgraded to the oldest one that still works, and a
header says so. Which one that is follows recorded answers: v19.0 became v20.0 in October 2024, v21.0 in May
2025 and v24.0 in February 2026, so the WhatsApp edges keep a version for about eight months after its
release, much shorter than the dates of the changelog. Release dates:
developers.facebook.com/docs/graph-api/changelog.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

SUPPORTED_FOR = timedelta(days=240)
"""How long after its release a version works: 230 days were seen to suffice, 258 to be too many."""
DEPRECATED_AFTER = timedelta(days=365)
"""How long after its release the header says "has been deprecated" instead of "will be"; inferred from the
same answers."""


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


RELEASED: dict[str, datetime] = {
    "v13.0": _day(2022, 2, 8),
    "v14.0": _day(2022, 5, 25),
    "v15.0": _day(2022, 9, 15),
    "v16.0": _day(2023, 2, 2),
    "v17.0": _day(2023, 5, 23),
    "v18.0": _day(2023, 9, 12),
    "v19.0": _day(2024, 1, 23),
    "v20.0": _day(2024, 5, 21),
    "v21.0": _day(2024, 10, 2),
    "v22.0": _day(2025, 1, 21),
    "v23.0": _day(2025, 5, 29),
    "v24.0": _day(2025, 10, 8),
    "v25.0": _day(2026, 2, 18),
    "v26.0": _day(2026, 7, 29),
    "v27.0": _day(2026, 11, 4),
}
LATEST = "v27.0"
NEXT = "v28.0"
"""The version after the last one of the table: a call may name it before the table has it."""
_SHAPE = re.compile(r"v\d+\.\d+")


def looks_like_version(segment: str) -> bool:
    """Say whether a path segment has the form of a version, ``v24.0``, whether it exists or not."""
    return _SHAPE.fullmatch(segment) is not None


def exists(version: str) -> bool:
    """Say whether a call may name ``version``: one of :data:`RELEASED`, or :data:`NEXT`, released or not."""
    return version in RELEASED or version == NEXT


def unknown_warning(version: str) -> str | None:
    """Word the warning about a call that names :data:`NEXT`; ``None`` for a version of the table."""
    if version != NEXT:
        return None
    return f"The emulator does not know {NEXT} yet: the call was carried out as in {LATEST}."


def effective(version: str, at: datetime) -> str:
    """Find the version under which a call is carried out at the instant ``at``.

    It is the one asked for, or the oldest that still works then. The newest release works however old it is,
    and a version that is not released yet is taken as asked.
    """
    if version == NEXT or at < RELEASED[version]:
        return version
    released = [each for each, since in RELEASED.items() if since <= at]
    return next(
        each
        for each in released
        if (at < RELEASED[each] + SUPPORTED_FOR or each == released[-1])
        and RELEASED[each] >= RELEASED[version]
    )


def upgrade_warning(asked: str, carried_out: str, at: datetime) -> str | None:
    """Word the header ``X-Ad-Api-Version-Warning`` of a call that was upgraded; ``None`` where it was not.

    ``asked`` and ``carried_out`` are versions; from :data:`DEPRECATED_AFTER` on it says "has been".
    """
    if asked == carried_out:
        return None
    tense = "has been" if at >= RELEASED[asked] + DEPRECATED_AFTER else "will be"
    return f"The call has been auto-upgraded to {carried_out} as {asked} {tense} deprecated."


def major(version: str) -> int:
    """Read the major number of a version: 24 of ``v24.0``."""
    return int(version[1:].split(".")[0])
