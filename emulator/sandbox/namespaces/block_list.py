"""``sandbox.block_list``: the people a business phone number has blocked."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.people.block_list import BlockListPage
from emulator.wire.block_list import BlockResult
from emulator.wire.requests.block_list import NamedUser


class BlockListNamespace(Namespace):
    """The block lists of the business numbers (D/block-users)."""

    def block(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Block people who wrote in the last 24 hours. Raises 130429 for more than a thousand at once."""
        with self._core.command():
            return self._services.block_list.block(number, named)

    def unblock(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Unblock people; who was not blocked counts as unblocked. Raises 130429 as :meth:`block`."""
        with self._core.command():
            return self._services.block_list.unblock(number, named)

    def page(self, number: BusinessNumber, start: int, limit: int) -> BlockListPage:
        """The people on the list from place ``start`` on, at most ``limit`` of them."""
        with self._store.reading():
            return self._services.block_list.page(number, start, limit)

    def version(self, number: BusinessNumber) -> int:
        """The number of the list's present state: every change makes another."""
        with self._store.reading():
            return self._services.block_list.version(number)
