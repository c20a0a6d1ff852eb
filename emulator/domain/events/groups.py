"""Events of groups."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import Event
from emulator.domain.messages.groups import Group


@dataclass(frozen=True, slots=True)
class GroupSuspensionChanged(Event):
    """A group was suspended, or its suspension ended; ``group`` is the group after it."""

    group: Group
    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.group.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.number.waba_id,)

    @property
    def business_number(self) -> BusinessNumber:
        return self.number
