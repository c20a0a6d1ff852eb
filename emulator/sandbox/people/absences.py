"""Phones that are off: what is due on them waits until they are on again, and happens at once then."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.people.offline import KEPT_FOR, Offline, back_at
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import KINDS


class Absences:
    """Puts off the due work of people whose phone is off, and switches phones off and on.

    Its methods are called inside the caller's transaction.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def put_off(self, work: DueWork, person: Person, kept_since: datetime | None = None) -> bool:
        """Plan due work anew for when a person's phone is on; ``False`` where it is on when the work is due.

        ``kept_since`` is when the platform accepted the message that is to be delivered: after 30 days it is
        dropped. Other work of a phone that stays off waits in steps of 30 days. What the person was ``asked``
        to do does not wait.
        """
        back = back_at(person.habits.offline, work.due)
        if back == work.due or work.details.get("asked"):
            return False
        details = {**work.details, "put_off": True}
        due = (kept_since or work.due) + KEPT_FOR
        if back is not None and back < due:
            due = back
        elif kept_since is not None:
            details.setdefault("ttl", KEPT_FOR.total_seconds())
        self._core.plan(due, KINDS[work.kind], work.subject, details, wa_id=person.wa_id)
        return True

    def switch_off(self, person: Person, until: datetime | None) -> Person:
        """Have a person's phone be off from now on, until an instant, or without one until it is switched on.

        Returns the person as they are then. Raises :class:`~emulator.sandbox.errors.CannotDo` for an instant
        that is not to come.
        """
        now = self._core.clock.now()
        if until is not None and until <= now:
            raise CannotDo(f"it is {now.isoformat()}: a phone cannot be off until {until.isoformat()}")
        until_when = "" if until is None else f" until {until.isoformat()}"
        offline = (*person.habits.offline, Offline(now, until))
        return self._change(person, offline, f"the phone of {person.name} is off{until_when}")

    def switch_on(self, person: Person) -> Person:
        """Have a person's phone be on from now on: what waits for it happens now.

        Returns the person as they are then. Raises :class:`~emulator.sandbox.errors.CannotDo` for a phone
        that is off every day at this time.
        """
        now = self._core.clock.now()
        ended = [each for each in person.habits.offline if each.ends(now) != now]
        if any(each.is_daily for each in ended):
            raise CannotDo(f"the phone of {person.name} is off every day at this time; change their habits")
        if not ended:
            return person
        kept = tuple(each for each in person.habits.offline if each not in ended)
        changed = self._change(person, kept, f"the phone of {person.name} is on")
        self._store.timeline.hasten(person.wa_id, now)
        return changed

    def _change(self, person: Person, offline: tuple[Offline, ...], summary: str) -> Person:
        changed = person.changed(habits=person.habits.changed(offline=offline))
        self._store.people.put(changed)
        self._core.note("person", person.wa_id, summary, wa_id=person.wa_id)
        return changed
