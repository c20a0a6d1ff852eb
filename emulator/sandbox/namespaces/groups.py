"""``sandbox.groups``: groups of people and a business number."""

from __future__ import annotations

from dataclasses import replace

from emulator.domain.messages.groups import Group
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.renamed import FormerlyAnAct


class GroupsNamespace(FormerlyAnAct, Namespace):
    """The groups of a sandbox."""

    def all(self) -> list[Group]:
        """Every group, in the order they were made."""
        with self._store.reading():
            return self._store.groups.all()

    def make(self, subject: str, *people: str, to: str | None = None) -> Group:
        """Make a group of a business number (default: the first) and up to eight people, by their numbers.

        Raises :class:`ValueError` for a group that the platform would not make.
        """
        with self._core.command():
            found = [self._services.people.get(number) for number in people]
            return self._services.groups.make(self._services.inbound.number(to), subject, found)

    def suspend(self, group_id: str, suspended: bool = True) -> Group:
        """Suspend a group: nothing can be sent in it (131207); or take that back. Raises LookupError."""
        with self._core.command():
            group = self._store.groups.get(group_id)
            if group is None:
                raise LookupError(f"there is no group {group_id}")
            group = replace(group, suspended=suspended)
            self._store.groups.put(group)
            return group
