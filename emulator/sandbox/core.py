"""What every service of a sandbox is given.

State, time, ids and settings, and the transaction around a command. Services register there what they carry
out when it is due, and which events they hear of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from emulator.domain.journal import Outcome
from emulator.domain.masking import masked, may_hold_secret
from emulator.domain.quoting import LONGEST_SENTENCE, cut
from emulator.domain.settings.settings import as_json, from_json
from emulator.domain.values import dataclass
from emulator.sandbox.engine.commands import Command, Look
from emulator.sandbox.ids import Ids
from emulator.sandbox.log_records import happened, is_heard
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import KINDS

if TYPE_CHECKING:
    from emulator.domain.events.event import Event
    from emulator.domain.settings.settings import Settings
    from emulator.sandbox.clock import Clock
    from emulator.sandbox.closing import Closing
    from emulator.sandbox.consequences import E, Listener, Listeners
    from emulator.sandbox.store import Store
    from emulator.sandbox.timeline import DueKind

_DATED = frozenset({"message", "status", "webhook"})
"""What makes history: after one of these, time cannot begin anew in the past."""

Handler = Callable[[DueWork], None]


@dataclass
class Core:
    """The state, the time and the ids of one sandbox; its handlers of due work and listeners to events.

    Every service is given it, and registers there what it carries out and hears of.
    """

    store: Store
    clock: Clock
    closing: Closing
    """What everybody hears who waits in the sandbox when it is closed."""
    ids: Ids = field(init=False)
    publish: Callable[[Event], None] = field(init=False)
    """Puts the webhooks of an event on their way, inside its transaction; the services hand it in."""
    make_owner: Callable[[str], None] = field(init=False)
    """Makes the service of a module under ``emulator.sandbox``, so that it registers; handed in as well."""
    handlers: dict[str, Handler] = field(default_factory=dict)
    """What carries out each kind of due work, by the kind's name, of the services that have been made."""
    base_url: Callable[[], str | None] = lambda: None
    """Says where the emulator is reached, for the URLs that webhooks carry; ``None``: nobody serves it."""
    on_first: list[Callable[[], None]] = field(default_factory=list)
    """Called when the first thing happens in a sandbox, and whenever its time is moved."""
    on_change: list[Callable[[], None]] = field(default_factory=list)
    """Called after every command that changed something, without the lock: something new may be due."""
    before_command: Callable[[], None] | None = None
    """Called before every outermost command, with the lock: a worker has what is due carried out first."""
    generation: int = 0
    """How often the sandbox has become another, by a reset or a restore, in this process."""
    _listeners: Listeners | None = field(init=False, default=None)
    _settings: tuple[int, Settings] | None = None
    """What was read, and the stamp of the database then: a change that was undone is none."""

    def __post_init__(self) -> None:
        self.ids = Ids(self.store.facts)
        self.store.journal.retention.most = lambda: self.settings.keep_journal
        self.store.deliveries.retention.most = lambda: self.settings.keep_deliveries
        for retention in (self.store.journal.retention, self.store.deliveries.retention):
            retention.check = self.closing.check

    @property
    def listeners(self) -> Listeners:
        """Who is called when something happens; what can happen is imported at the first look."""
        found = self._listeners
        if found is None:
            from emulator.sandbox.consequences import Listeners

            with self.store.reading():  # or two threads would add handlers to two of them
                self._listeners = found = self._listeners or Listeners(make_owner=self.make_owner)
        return found

    @property
    def settings(self) -> Settings:
        """The settings that hold now: the seed's, and what was changed since the last reset.

        They are remembered until something is undone or replaced.
        """
        known, stamp = self._settings, self.store.database.stamp
        if known is None or known[0] != stamp:
            with self.store.reading():  # SQLite must not be asked while another thread closes it
                self.closing.check()
                self._settings = known = stamp, from_json(self.store.facts.get("settings") or {})
        return known[1]

    def change_settings(self, settings: Settings) -> None:
        """Replace all settings, inside the caller's transaction.

        They hold from the next look on, until a reset.
        """
        self.store.facts.put("settings", as_json(settings))
        self._settings = self.store.database.stamp, settings

    def forget(self) -> None:
        """Drop what was remembered of a database that has been replaced, as by a reset or a restore.

        Settings and the seed's word are read anew at the next look.
        """
        self._settings = None
        self.generation += 1
        self.ids.forget()

    def command(self) -> AbstractContextManager[object]:
        """Carry out the ``with`` block as one command: one transaction under the lock, whole or not at all.

        Commands nest by joining the outer one. When the outermost one has changed something, whoever waits
        for work is told afterwards, without the lock. Nothing inside may wait for the network or sleep.
        """
        database = self.store.database
        return database.transaction() if database.in_transaction else Command(self)

    def looking(self) -> AbstractContextManager[object]:
        """Look in the ``with`` block at what there is once everything is carried out that is due by now.

        It is a command that writes nothing, and needs no transaction: the lock is held.
        """
        return Look(self)

    def tell(self) -> None:
        """Wake whoever waits for a change, such as a worker's threads: something new may be due.

        Without anybody it does nothing.
        """
        for listener in tuple(self.on_change):
            listener()

    def listen(self, event: type[E], listener: Listener, handler: Callable[[E], None]) -> None:
        """Have ``handler`` called whenever such an event happens, inside its transaction.

        The table of consequences says in which order listeners are called. Raises :class:`ValueError` for one
        that it does not name.
        """
        self.listeners.add(event, listener, handler)

    def on_due(self, kind: DueKind, handler: Handler) -> None:
        """Have ``handler`` carry out the due work of a kind, each in a transaction of its own.

        Raises :class:`ValueError` when somebody does already.
        """
        if kind in self.handlers:
            raise ValueError(f"somebody carries out {kind.value} already")
        self.handlers[kind.value] = handler

    def handler(self, kind: str) -> Handler:
        """Find what carries out due work of a kind, by its name. Its owner is made if it is not there yet.

        Raises :class:`KeyError` for a kind that there is not.
        """
        if kind not in self.handlers:
            self.make_owner(KINDS[kind].owner)
        return self.handlers[kind]

    def at_first(self, act: Callable[[], None]) -> None:
        """Have ``act`` called when the first thing happens, or time is moved, inside a transaction.

        It may be called again later, and then has to do nothing.
        """
        self.on_first.append(act)

    def begin(self) -> None:
        """Note that there is history from now on: time cannot begin anew in the past.

        Called with the first message, status, webhook or due work. It also calls what waits for that; see
        :meth:`at_first`.
        """
        self.clock.has_history = True
        self.set_out()

    def set_out(self) -> None:
        """Call what waits for time to go on, whether or not anything has happened yet.

        See :meth:`at_first`.
        """
        for act in self.on_first:
            act()

    def happen(self, event: Event) -> None:
        """Carry out what follows from an event, as :data:`~emulator.sandbox.consequences.CONSEQUENCES` has
        it.

        That is the journal's line, the webhooks (before it where the table says so), and then what its
        listeners do. Called inside the transaction in which it happens; what a listener raises is raised, and
        undoes all of it.
        """
        consequence = self.listeners.consequence_of(event)
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
                outcome=line.outcome,
            )
        if not consequence.webhooks_first:
            self.publish(event)
        self.listeners.tell(event)

    def plan(
        self,
        due: datetime,
        kind: DueKind,
        subject: str,
        details: Mapping[str, object] | None = None,
        *,
        wa_id: str | None = None,
    ) -> None:
        """Put work of a kind about ``subject`` on the timeline, due at an instant.

        Called inside the caller's transaction; ``details`` have to be JSON, ``wa_id`` is the person whose
        work it is, where it is that of one. Raises :class:`ValueError` for a kind that nobody carries out.
        """
        if kind not in KINDS:
            raise ValueError(f"nobody carries out {kind!r}; known are {', '.join(KINDS)}")
        self.store.timeline.plan(due, kind.value, subject, details, wa_id)
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
        outcome: Outcome = Outcome.NEUTRAL,
        is_logged: bool = False,
    ) -> None:
        """Write an entry of the journal, at the present time or ``at`` an instant just carried out.

        ``subject`` is what it is about, ``cause`` the id of what caused it, ``wa_id`` the person concerned;
        ``details`` have to be JSON. It is logged as well, with its ``outcome`` and the ``hint`` of its
        details. Tokens and passwords are masked in both, and a long text is cut. ``is_logged``: it has been
        logged before, by :meth:`log`, or another line says it.
        """
        written = compact(details) if details else "{}"
        if may_hold_secret(written) or may_hold_secret(f"{subject} {summary} {cause}"):
            subject, summary, cause = masked(subject), masked(summary), masked(cause)
            if details:
                details = masked(details)
                written = compact(details)
        subject, summary = cut(subject, LONGEST_SENTENCE), cut(summary, LONGEST_SENTENCE)
        self.store.journal.write(
            at or self.clock.now(),
            kind,
            subject,
            summary,
            wa_id=wa_id,
            cause=cause and cut(cause, LONGEST_SENTENCE),
            details=written,
        )
        if kind in _DATED and not self.clock.has_history:
            self.begin()
        if not is_logged:
            hint = details.get("hint") if details else None
            self.log(kind, summary, subject=subject, at=at, wa_id=wa_id, outcome=outcome, hint=hint)

    def log(
        self,
        kind: str,
        summary: str,
        *,
        subject: str = "",
        at: datetime | None = None,
        wa_id: str | None = None,
        outcome: Outcome = Outcome.NEUTRAL,
        hint: object = None,
    ) -> None:
        """Log what the journal says, or will say, or what is none of its entries, such as a reset.

        See :func:`~emulator.sandbox.log_records.happened`; ``at`` is by default the present time.
        """
        if is_heard():
            happened(
                kind,
                summary,
                at=at or self.clock.now(),
                sandbox=self.closing.name,
                subject=subject,
                wa_id=wa_id,
                outcome=outcome,
                hint=hint,
            )
