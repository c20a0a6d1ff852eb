"""Events of groups."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import EventAtNumber
from emulator.domain.messages.groups import Group


@dataclass(frozen=True, slots=True)
class GroupSuspensionChanged(EventAtNumber):
    """A group was suspended, or its suspension ended; ``group`` is the group after it."""

    group: Group
    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.group.id
