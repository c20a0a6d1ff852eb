"""The customer service windows of people, and their free entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.pricing.entry_points import EntryPoint
    from emulator.domain.windows import Window


class Windows(Namespace):
    """The windows that people have opened, and what became of their clicks on ads."""

    def windows(self, *, after: Window | None = None, limit: int = -1) -> list[Window]:
        """List the customer service windows, the one that was restarted last first.

        Closed ones are listed, too. One a business number and person (or group) who ever wrote or called;
        :meth:`Window.is_open` says whether it is open at an instant. ``after``: only those that come after
        this one; ``limit`` keeps the first of them, -1 all.
        """
        with self._store.reading():
            return self._store.windows.all(after=after, limit=limit)

    def windows_of(self, wa_id: str) -> list[Window]:
        """List the windows of a person (or group), one a business number, restarted last first."""
        with self._store.reading():
            return self._store.windows.of(wa_id, [number.id for number in self._store.accounts.numbers()])

    def entry_point(self, phone_number_id: str, wa_id: str) -> EntryPoint | None:
        """Find a person's newest click on an ad of a number, and what became of it; ``None`` without one.

        It is a free entry point once an answer of the business has opened it (``opened_at``). Clicks on
        ``web`` and ``desktop`` are none.
        """
        with self._store.reading():
            return self._store.entry_points.get(phone_number_id, wa_id)

    def entry_points(self) -> dict[tuple[str, str], EntryPoint]:
        """Map (phone number id, ``wa_id``) to the newest click of each, as :meth:`entry_point` finds one."""
        with self._store.reading():
            return self._store.entry_points.all()
