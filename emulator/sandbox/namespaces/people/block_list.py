"""``sandbox.block_list``: the people a business phone number has blocked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.sandbox.people.block_list import BlockListPage
    from emulator.wire.block_list import BlockResult
    from emulator.wire.requests.block_list import NamedUser


class BlockListNamespace(Namespace):
    """The block lists of the business numbers, one a number, as ``block_users`` keeps them (D/block-users).

    What a person whom a business has blocked writes reaches it no more. A person who blocks a business is
    :meth:`PeopleNamespace.block`.
    """

    def block(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Put people on the block list of a number.

        Returns one result a person, with the problem of those that failed. Only people on WhatsApp who wrote
        to the number in the last 24 hours can be blocked, and a list has 64,000 places. One who is blocked
        already counts as blocked. Raises 130429 for more than a thousand people in one call.
        """
        with self._core.command():
            return self._services.block_list.block(number, named)

    def unblock(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Take people off the block list of a number.

        Returns one result a person, with the problem of those that failed. Who was not blocked counts as
        unblocked; nobody on WhatsApp is a problem. Raises 130429 for more than a thousand people in one call.
        """
        with self._core.command():
            return self._services.block_list.unblock(number, named)

    def page(self, number: BusinessNumber, start: int, limit: int) -> BlockListPage:
        """Read a page of a number's block list, the person blocked the longest first.

        It begins at place ``start`` (from 0), has at most ``limit`` people, and says how many the whole list
        has.
        """
        with self._store.reading():
            return self._services.block_list.page(number, start, limit)

    def version(self, number: BusinessNumber) -> int:
        """The version of a number's block list: it grows with every change, and is 0 before the first.

        The cursors of the Graph API carry it, so that a page of a list that has changed since is refused.
        """
        with self._store.reading():
            return self._services.block_list.version(number)
