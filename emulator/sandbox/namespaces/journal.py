"""``sandbox.journal``: everything that happened, each entry with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.journal import JournalEntry
from emulator.sandbox.namespaces.namespace import Namespace


class JournalNamespace(Namespace):
    """The journal of a sandbox."""

    def all(self, **filters: Any) -> list[JournalEntry]:
        """Entries, oldest first.

        Filters: ``kind``, ``wa_id``, ``subject``, ``cause``, ``since`` (an instant), ``after`` (the last
        ``seq`` seen), ``limit``.
        """
        with self._store.reading():
            return self._store.journal.select(**filters)

    def write(
        self,
        kind: str,
        subject: str,
        summary: str,
        *,
        wa_id: str | None = None,
        cause: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Write down what happened now."""
        with self._core.command():
            self._core.note(kind, subject, summary, wa_id=wa_id, cause=cause, details=details)

    def new_trace(self) -> bytes:
        """What the ``fbtrace_id`` of one more API call is made from, by the seed and their count."""
        with self._core.command():
            return self._core.ids.draw("trace")

    def due(self) -> tuple[int, int]:
        """How many events and webhooks are due by now and not carried out yet."""
        with self._store.reading():
            now = self._core.clock.latest
            return self._store.timeline.count(now), self._store.deliveries.backlog(now)
