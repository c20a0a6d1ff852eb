"""Groups of people and a business number."""

from __future__ import annotations

from dataclasses import replace

from emulator.domain.messages.groups import Group
from emulator.sandbox.core import Core
from emulator.sandbox.messages.groups import Groups
from emulator.sandbox.messages.inbound import InboundMessages
from emulator.sandbox.people.people import PeopleDirectory
from emulator.sandbox.store import Store


class GroupActs:
    """Acts on groups."""

    core: Core
    store: Store
    peopling: PeopleDirectory
    receiving: InboundMessages
    grouping: Groups

    def make_group(self, subject: str, *people: str, to: str | None = None) -> Group:
        """Make a group of a business number (default: the first) and up to eight people, by their numbers."""
        with self.core.command():
            found = [self.peopling.get(number) for number in people]
            return self.grouping.make(self.receiving.number(to), subject, found)

    def groups(self) -> list[Group]:
        with self.store.reading():
            return self.store.groups.all()

    def suspend_group(self, group_id: str, suspended: bool = True) -> Group:
        """Suspend a group, or take that back. Raises :class:`LookupError`."""
        with self.core.command():
            group = self.store.groups.get(group_id)
            if group is None:
                raise LookupError(f"there is no group {group_id}")
            group = replace(group, suspended=suspended)
            self.store.groups.put(group)
            return group
