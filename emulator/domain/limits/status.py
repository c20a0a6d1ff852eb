"""The status of a limit: what is used, what is left, and when it frees up."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.limits.policies import SOURCES, Policy
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class LimitStatus:
    """The status of one limit: what is used of it and what is left, as ``GET …/limits`` shows it."""

    name: str
    scope: str
    """``number``, ``person``, ``portfolio`` or ``WABA``."""
    subject: str
    """The id of the number, the portfolio or the WABA it belongs to, or ``number → person``."""
    policy: str | int
    most: int | None
    """The number of the limit; ``None``: there is no limit."""
    used: int
    frees_up_at: datetime | None
    """When some is available again; ``None``: some is available now."""
    source: str

    @property
    def left(self) -> int | None:
        """How much is left; ``None`` where there is no limit."""
        return None if self.most is None else max(0, self.most - self.used)


def limit_status(
    name: str,
    scope: str,
    subject: str,
    policy: Policy,
    most: int | None,
    used: int,
    frees_up_at: datetime | None,
) -> LimitStatus:
    """Build the status of a limit; ``frees_up_at`` counts only where nothing is left.

    ``most`` is ``None`` where there is no limit; ``frees_up_at`` is when the first of those used comes back.
    """
    is_free = most is None or used < most
    return LimitStatus(
        name,
        scope,
        subject,
        policy.as_json,
        most,
        used,
        None if is_free else frees_up_at,
        SOURCES[name],
    )
