"""``whatsapp.journal``: everything that happened in a test, each entry with its cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, overload

from emulator.domain.journal import JournalEntry
from emulator.domain.messages.lifecycle import Message
from emulator.domain.phones import digits_of
from emulator.testing.members.messages import HasNumber


class Journal(Sequence[JournalEntry]):
    """The entries of the journal, oldest first, as they stand when you look: ``whatsapp.journal``.

    A sequence of :class:`~emulator.domain.journal.JournalEntry`, each with ``kind``, ``at``, ``summary``,
    ``subject``, ``wa_id``, ``cause`` and ``details``. It is read anew at each look.
    """

    def __init__(self, look: Callable[..., list[JournalEntry]], **filters: Any) -> None:
        self._look, self._filters = look, filters

    @overload
    def __getitem__(self, place: int) -> JournalEntry: ...

    @overload
    def __getitem__(self, place: slice) -> list[JournalEntry]: ...

    def __getitem__(self, place: int | slice) -> JournalEntry | list[JournalEntry]:
        return self._entries()[place]

    def __len__(self) -> int:
        return len(self._entries())

    def only(self, kind: str) -> Journal:
        """The entries of one kind, such as ``call``, ``message``, ``status``, ``webhook`` or ``template``."""
        return self._where(kind=kind)

    def of(self, person: HasNumber | str) -> Journal:
        """The entries that concern one person: a handle, or a phone number in any way of writing it."""
        return self._where(wa_id=digits_of(person) if isinstance(person, str) else person.wa_id)

    def since(self, at: datetime) -> Journal:
        """The entries from a simulated instant on."""
        return self._where(since=at)

    def chain(self, of: Message | str) -> Journal:
        """The entries about a message, about what led to it, and about all that came of that.

        ``of``: the message, or the id of anything that has entries. From what a person wrote to the webhook,
        the app's answer, its statuses and theirs.
        """
        return self._where(chain=of if isinstance(of, str) else of.id)

    def _entries(self) -> list[JournalEntry]:
        return self._look(**self._filters)

    def _where(self, **filters: Any) -> Journal:
        return Journal(self._look, **{**self._filters, **filters})

    def __repr__(self) -> str:
        shown = "\n  ".join(
            f"{entry.at:%H:%M:%S}  {entry.kind:<8} {entry.summary}" for entry in self._entries()
        )
        return f"<Journal\n  {shown}>" if shown else "<Journal: none>"
