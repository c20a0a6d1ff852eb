"""How a limit stands: what is used of it, what is left, and when it frees up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.limits.policies import SOURCES, Policy


@dataclass(frozen=True, slots=True)
class LimitQuery:
    """Whose limits somebody asks about, at an instant."""

    numbers: tuple[BusinessNumber, ...]
    wa_id: str | None
    """One person; a limit that each person has is reported for this one only."""
    at: datetime

    @property
    def waba_ids(self) -> tuple[str, ...]:
        """The WABAs of these numbers, each once."""
        return tuple(dict.fromkeys(number.waba_id for number in self.numbers))


@dataclass(frozen=True, slots=True)
class LimitStatus:
    """How a limit stands: what is used of it and what is left."""

    name: str
    scope: str
    """``number``, ``person``, ``portfolio`` or ``WABA``."""
    subject: str
    """Whose it is: the id of the number, the portfolio or the WABA, or ``number → person``."""
    policy: str | int
    most: int | None
    """``None`` where there is no end of it."""
    used: int
    frees_up_at: datetime | None
    """When there is some again; ``None`` when there is some now."""
    source: str

    @property
    def left(self) -> int | None:
        """How many more there may be; ``None`` for any number."""
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
    """How a limit stands: with the page it comes from, and with no instant to wait for while some is left.

    ``most`` is ``None`` for any number. ``frees_up_at`` is when the first of those that are used comes back.
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
