"""How the limits of a sandbox stand: each part of it that keeps one tells of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.limits.status import LimitStatus


@dataclass(frozen=True, slots=True)
class LimitQuery:
    """Whose limits somebody wants to know."""

    numbers: tuple[BusinessNumber, ...]
    wa_id: str | None
    """One person; limits that are somebody's own are told only of them."""
    at: datetime

    @property
    def waba_ids(self) -> tuple[str, ...]:
        """The accounts of these numbers, each once."""
        return tuple(dict.fromkeys(number.waba_id for number in self.numbers))


Lister = Callable[[LimitQuery], Iterable[LimitStatus]]
