"""A question about limits: of which business numbers, which person, and at which instant."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class LimitQuery:
    """A question about limits: of which business numbers and which person, at which instant."""

    numbers: tuple[BusinessNumber, ...]
    wa_id: str | None
    """A person; the limits per person are reported for this one only."""
    at: datetime

    @property
    def waba_ids(self) -> tuple[str, ...]:
        """The ids of the WABAs of these numbers, each once, in the order of the numbers."""
        return tuple(dict.fromkeys(number.waba_id for number in self.numbers))
