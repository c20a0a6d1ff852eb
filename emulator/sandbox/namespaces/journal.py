"""``sandbox.journal``: everything that happened, each entry with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from emulator.domain.journal import Outcome
from emulator.domain.values import dataclass
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.store.journal import OUTCOMES

if TYPE_CHECKING:
    from emulator.domain.journal import JournalEntry


__all__ = ["OUTCOMES", "Followed", "JournalNamespace"]


@dataclass(frozen=True, slots=True)
class Followed:
    """What has come in the journal, and where to go on."""

    entries: list[JournalEntry]
    after: int
    """The number after which the next ones come."""
    generation: int | None = None
    """How often the sandbox had been reset or restored; ``None`` before the first look."""
    is_another: bool = False
    """Whether the sandbox was reset or restored: numbers begin anew."""


class JournalNamespace(Namespace):
    """The journal of a sandbox: everything that happened, each entry with its cause. A reset empties it."""

    def all(self, **filters: Any) -> list[JournalEntry]:
        """List entries, oldest first: those that fit every filter that is given.

        Filters: ``kind``, ``wa_id``, ``subject``, ``cause``, ``chain`` (an id: what is about it, about what
        led to it, and about all that came of that), ``since`` (an instant, inclusive), ``until`` (an instant,
        exclusive), ``after`` and ``before`` (a ``seq``, exclusive), ``limit`` (keeps the oldest of those).
        With ``newest`` the newest come first, and ``limit`` keeps them.
        """
        self._services.outcomes.write_down()
        with self._core.looking():
            return self._store.journal.select(**filters)

    def calls(self, **filters: Any) -> tuple[list[JournalEntry], int | None]:
        """List calls of the Graph API, and messages that failed after they were accepted, the newest first.

        Returns them and the ``before`` of the next page, or ``None``. Filters: ``outcome`` (one of
        :data:`OUTCOMES`), ``edge`` (the last part of the path, such as ``messages``), ``code`` (of the
        error), ``wa_id``, ``search`` (a part of the path, of what was sent or of what was answered),
        ``before`` (a ``seq``, exclusive), ``limit``. One page looks at a part of the journal, so it may have
        fewer than ``limit`` and a ``before`` all the same.
        """
        with self._store.reading():
            self._core.closing.check()
            return self._store.journal.calls(**filters)

    def last(self) -> int:
        """Read the ``seq`` of the newest entry, 0 when there is none; :meth:`follow` goes on after it."""
        self._services.outcomes.write_down()
        with self._store.reading():
            self._core.closing.check()
            return self._store.journal.last()

    def follow(self, seen: Followed, *, within: float, limit: int = 500, **filters: Any) -> Followed:
        """Wait until there are entries after those that were ``seen``, up to ``within`` real seconds.

        Returns the oldest of them, up to ``limit``, at once when there are some; the next call takes what
        this one returns. A reset or a restore in the meantime is told, and then the first entries come.
        ``filters`` are ``kind`` and ``wa_id``. Raises :class:`~emulator.sandbox.errors.SandboxClosed` when
        the sandbox is closed.
        """
        core, after, known = self._core, seen.after, seen.generation
        with self._services.changes.awaited(within) as waiter:
            while True:
                waiter.look()
                last, generation = self.last(), core.generation
                known = generation if known is None else known
                if generation != known or last < after:
                    return Followed([], 0, generation, is_another=True)
                found = self.all(after=after, limit=limit, **filters)
                if found:
                    newest = found[-1].seq
                    return Followed(found, newest if len(found) == limit else max(last, newest), generation)
                after = last
                if waiter.is_late:
                    return Followed([], after, generation)
                waiter.wait()
                core.closing.check()

    @property
    def dropped(self) -> int:
        """How many entries are gone, the oldest: the setting ``keep_journal`` says how many are kept."""
        return self._store.journal.retention.dropped

    def write(
        self,
        kind: str,
        subject: str,
        summary: str,
        *,
        wa_id: str | None = None,
        cause: str | None = None,
        details: Mapping[str, object] | None = None,
        outcome: Outcome = Outcome.NEUTRAL,
        is_logged: bool = False,
    ) -> None:
        """Add an entry at the present time, such as a call of the API; ``details`` have to be JSON.

        ``subject`` is what it is about, ``cause`` the id of what caused it, ``wa_id`` the person concerned.
        The log gets it, too, with its ``outcome``, unless ``is_logged``: another line says it already.
        """
        with self._core.command():
            self._core.note(
                kind,
                subject,
                summary,
                wa_id=wa_id,
                cause=cause,
                details=details,
                outcome=outcome,
                is_logged=is_logged,
            )

    def new_trace(self) -> bytes:
        """Draw the bytes that the ``fbtrace_id`` of one more API call is made from.

        They are a function of the seed and of how many calls there were, so every run has the same.
        """
        with self._core.command():
            return self._core.ids.draw("trace")

    def due(self) -> tuple[int, int]:
        """Count the events and the webhooks that are due by now and not carried out yet.

        ``(events, webhooks)``. By the latest time the clock has shown, so it never raises.
        """
        with self._store.reading():
            now = self._core.clock.latest
            return self._store.timeline.count(now), self._store.deliveries.backlog(now)
