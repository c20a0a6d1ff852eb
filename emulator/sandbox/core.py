"""What every service of a sandbox works with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from emulator.domain.events.event import Event
from emulator.domain.settings import Settings, as_json, from_json
from emulator.sandbox.clock import Clock
from emulator.sandbox.consequences import CONSEQUENCES, E, Listener, Listeners
from emulator.sandbox.ids import Ids
from emulator.sandbox.store import Store
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

log = logging.getLogger("emulator.journal")

_DATED = frozenset({"message", "status", "webhook"})
"""What makes history: after one of these, time cannot begin anew in the past."""

Handler = Callable[[DueWork], None]


@dataclass
class Core:
    """The state, the time and the ids of one sandbox, and who carries out what is due."""

    store: Store
    clock: Clock
    ids: Ids = field(init=False)
    publish: Callable[[Event], None] = field(init=False)
    """Puts the webhooks of an event on their way, inside its transaction; the services hand it in."""
    handlers: dict[str, Handler] = field(default_factory=dict)
    listeners: Listeners = field(default_factory=Listeners)
    on_first: list[Callable[[], None]] = field(default_factory=list)
    """Called when the first thing happens in a sandbox, and whenever its time is moved."""
    on_change: Callable[[], None] | None = None
    """Called after every command that changed something, without the lock: something new may be due."""
    _settings: Settings | None = None

    def __post_init__(self) -> None:
        self.ids = Ids(self.store.facts)

    @property
    def settings(self) -> Settings:
        if self._settings is None:
            self._settings = from_json(self.store.facts.get("settings") or {})
        return self._settings

    def change_settings(self, settings: Settings) -> None:
        self.store.facts.put("settings", as_json(settings))
        self._settings = settings

    def forget(self) -> None:
        """Drop what was read from a database that has been replaced."""
        self._settings = None
        self.ids.forget()

    @contextmanager
    def command(self) -> Iterator[None]:
        """Carry out one command: a transaction, and then a word to whoever waits for work, if it made any."""
        database = self.store.database
        outermost, before = not database.in_transaction, database.changes
        with self.store.transaction():
            yield
        if outermost and database.changes != before:
            self.tell()

    def tell(self) -> None:
        """Say that something new may be due."""
        listener = self.on_change
        if listener is not None:
            listener()

    def listen(self, event: type[E], listener: Listener, handler: Callable[[E], None]) -> None:
        """Have ``handler`` called whenever such an event happens, inside its transaction.

        The table of consequences says in which order listeners are called. Raises :class:`ValueError` for one
        that it does not name.
        """
        self.listeners.add(event, listener, handler)

    def on_due(self, kind: DueKind, handler: Handler) -> None:
        """Have ``handler`` carry out the due work of a kind. Raises :class:`ValueError` if somebody does."""
        if kind in self.handlers:
            raise ValueError(f"somebody carries out {kind.value} already")
        self.handlers[kind.value] = handler

    def at_first(self, act: Callable[[], None]) -> None:
        """Have ``act`` called when the first thing happens, or time is moved, inside a transaction."""
        self.on_first.append(act)

    def begin(self) -> None:
        """From now on there is history: time does not begin anew in the past."""
        self.clock.has_history = True
        self.set_out()

    def set_out(self) -> None:
        """Time goes on from here, whether or not anything has happened yet."""
        for act in self.on_first:
            act()

    def happen(self, event: Event) -> None:
        """Carry out what follows from an event: its journal line, its webhooks, and what its listeners do."""
        consequence = CONSEQUENCES[type(event)]
        if consequence.webhooks_first:
            self.publish(event)
        if consequence.journal is not None:
            line = consequence.journal(event)
            self.note(
                line.kind,
                event.subject,
                line.summary,
                at=event.at,
                wa_id=line.wa_id,
                cause=line.cause,
                details=line.details,
            )
        if not consequence.webhooks_first:
            self.publish(event)
        self.listeners.tell(event)

    def plan(
        self, due: datetime, kind: DueKind, subject: str, details: Mapping[str, object] | None = None
    ) -> None:
        """Put work about ``subject`` on the timeline, due at an instant.

        Raises :class:`ValueError` for a kind that nobody carries out.
        """
        if kind not in self.handlers:
            raise ValueError(f"nobody carries out {kind!r}; known are {', '.join(self.handlers)}")
        self.store.timeline.plan(due, kind.value, subject, details)
        if not self.clock.has_history:
            self.begin()

    def note(
        self,
        kind: str,
        subject: str,
        summary: str,
        *,
        at: datetime | None = None,
        wa_id: str | None = None,
        cause: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Write down in the journal what happened, now or ``at`` an instant just carried out."""
        self.store.journal.write(
            at or self.clock.now(), kind, subject, summary, wa_id=wa_id, cause=cause, details=details
        )
        if kind in _DATED and not self.clock.has_history:
            self.begin()
        if log.isEnabledFor(logging.INFO):
            when = (at or self.clock.now()).strftime("%Y-%m-%d %H:%M:%S")
            log.info("%s  %-11s %s%s", when, kind, f"{wa_id}  " if wa_id else "", summary)
