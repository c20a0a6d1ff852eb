"""Calls that people make to a business number: it rings, and it ends.

There is no sound and nobody to pick up: whoever has a person call says whether they were answered.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.events.people import CallConnected, CallEnded
from emulator.domain.ids import numeric
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

RINGS_FOR = timedelta(seconds=45)
"""How long an unanswered call rings before it ends; the platform's page says about 30 to 60 seconds."""


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call that a person has made to a business number, as it was planned: nobody can cut it short."""

    id: str
    phone_number_id: str
    wa_id: str
    at: datetime
    lasts: timedelta | None
    """How long they speak; ``None`` when nobody answers, and then it rings for :data:`RINGS_FOR`."""

    @property
    def ends_at(self) -> datetime:
        """The instant at which both hang up, or at which it stops ringing.

        After ``lasts``, or after 45 seconds unanswered.
        """
        return self.at + (RINGS_FOR if self.lasts is None else self.lasts)


class Calls:
    """Calls of people to business numbers; a call opens or restarts the window, whatever becomes of it.

    It carries out the due work ``call.end``. Its methods are called inside the caller's transaction.
    """

    def __init__(self, core: Core, receiving: Reception) -> None:
        self._core, self._store, self._receiving = core, core.store, receiving
        core.on_due(DueKind.CALL_END, self._end)

    def call(self, person: Person, to: str | None = None, lasts: timedelta | None = None) -> PhoneCall:
        """Have a person call a number (default: the first) now; ``lasts`` is ``None`` if nobody answers.

        The ``calls`` webhook ``connect`` goes out at once, and ``terminate`` when the call ends. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp or has blocked the
        number, a number that is not there, and a negative length. Where the business cannot hear, nothing
        comes of it but a line in the journal.
        """
        if lasts is not None and lasts < timedelta(0):
            raise CannotDo("a call lasts a while, or no time at all")
        number = self._receiving.number(to)
        self._receiving.hearing.check_can_write(person, number)
        now = self._core.clock.now()
        call = PhoneCall(self._core.ids.call(person.digits_in_ids), number.id, person.wa_id, now, lasts)
        if (unheard := self._receiving.hearing.why_not(person, number)) is not None:
            self._receiving.hearing.note(person, call.id, "called", unheard)
            return call
        session = numeric(self._core.ids.draw("session"), 19)
        self._store.windows.restart(number.id, person.wa_id, now, call.id)
        self._core.happen(CallConnected(person, number, call.id, session, at=now))
        self._core.plan(
            call.ends_at,
            DueKind.CALL_END,
            call.id,
            {"phone_number_id": number.id, "lasted": None if lasts is None else lasts.total_seconds()},
            wa_id=person.wa_id,
        )
        return call

    def _end(self, work: DueWork) -> None:
        number = self._store.accounts.number(work.details["phone_number_id"])
        person = self._store.people.get(work.whose)
        assert number is not None
        assert person is not None
        seconds = work.details["lasted"]
        lasted = None if seconds is None else timedelta(seconds=seconds)
        self._core.happen(CallEnded(person, number, work.subject, lasted, at=work.due))
