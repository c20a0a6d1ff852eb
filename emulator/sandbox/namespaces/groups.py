"""``sandbox.groups``: groups of people and a business number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct

if TYPE_CHECKING:
    from emulator.domain.messages.groups import Group


class GroupsNamespace(FormerlyAnAct, Namespace):
    """The groups of people and a business number in a sandbox.

    The Graph API of groups is not emulated: they are made here.
    """

    def all(self, *, after: str | None = None, limit: int = -1) -> list[Group]:
        """List every group, suspended ones too, with its participants, in the order they were made.

        ``after``: only those that were made after the group with this id; ``limit`` keeps the first of them,
        -1 all. Raises :class:`LookupError` for an ``after`` that is not there.
        """
        with self._store.reading():
            if after is not None and self._store.groups.get(after) is None:
                raise LookupError(f"there is no group {after}")
            return self._store.groups.all(after=after, limit=limit)

    def make(self, subject: str, *people: str, to: str | None = None) -> Group:
        """Make a group of a business number (default: the first) and up to eight people.

        Returns it with its id. ``people`` are their phone numbers; ``to`` is the number's id or digits.
        Reported by ``group_lifecycle_update``, and each of the people, who join by its invite link, by
        ``group_participants_update``. Raises :class:`ValueError` for a group that the platform would not
        make, :class:`LookupError` for a number that nobody has.
        """
        with self._core.command():
            found = [self._services.people.get(number) for number in people]
            return self._services.groups.make(self._services.reception.number(to), subject, found)

    def suspend(self, group_id: str, suspended: bool = True) -> Group:
        """Suspend a group, so that sends to it are refused with 131207, or with ``suspended=False`` end that.

        Reported by ``group_status_update`` where it changes. Returns the group as it is then. Raises
        :class:`LookupError` for an id that is not there.
        """
        with self._core.command():
            return self._services.groups.suspend(group_id, suspended)
