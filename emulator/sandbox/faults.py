"""Faults: add and remove them, and find the one that strikes an occasion.

An occasion is a call of the API, a message that is about to leave or one that a person writes, a download, or
a webhook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from emulator.domain import ids
from emulator.domain.errors import MessageError, PlatformError
from emulator.domain.faults.fault import RULE, Fault
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.journal import Outcome
from emulator.domain.phones import digits_of
from emulator.domain.quoting import did_you_mean
from emulator.sandbox import lookup
from emulator.sandbox.core import Core

if TYPE_CHECKING:
    from emulator.domain.messages.lifecycle import Message


class NoSuchFault(LookupError):
    """No fault has this number; the sentence names those that there are."""


class FaultInjection:
    """Adds and removes the faults of a sandbox, and finds the one that strikes an occasion.

    Each time one strikes it is counted, and the journal says so. They are part of the state: a reset takes
    away all but those of the seed.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def add(self, fault: Fault) -> Fault:
        """Store a fault; returns it with its number. The journal notes that it was asked for.

        Called inside the caller's transaction. Raises :class:`ValueError` for a business number or a webhook
        field that is not there.
        """
        if fault.phone_number_id is not None:
            number = lookup.number(self._store.accounts, fault.phone_number_id)
            fault = replace(fault, conditions={**fault.conditions, "phone_number_id": number.id})
        field = fault.conditions.get("field")
        if field is not None:
            _check_field(field)
        fault = replace(fault, id=self._store.facts.count("faults"))
        self._store.faults.add(fault)
        summary = f"asked for: {fault.sentence}, {fault.often}"
        self._core.note(RULE, fault.name, summary, wa_id=fault.to)
        return fault

    def remove(self, fault_id: int | None) -> None:
        """Remove one fault by its number, or with ``None`` all.

        Raises :class:`NoSuchFault`, naming those that there are.
        """
        if fault_id is None:
            self._store.faults.clear()
        elif not self._store.faults.remove(fault_id):
            known = ", ".join(str(fault.id) for fault in self._store.faults.all()) or "none"
            raise NoSuchFault(f"there is no fault {fault_id}; there are: {known}")

    def call(self, occasion: Callable[[], Occasion], to: Any, user_id: Any) -> Fault | None:
        """Find the fault that strikes a call of the API, and count it.

        ``None`` when none does. ``occasion`` is made only where a fault waits; ``to`` and ``user_id`` are the
        recipient as the caller wrote it. Makes its own transaction.
        """
        with self._store.reading():
            if not self._store.faults.waiting(When.SYNC):
                return None
            return self.meet(When.SYNC, lambda: replace(occasion(), wa_id=self._recipient(to, user_id)))

    def later(self, message: Message, when: When = When.ASYNC) -> None:
        """Raise the error that an accepted message meets on its way, if a fault strikes it.

        It then fails with it. ``when`` is ``async`` before it is sent, and ``delivered`` once it has arrived.
        """
        met = self.meet(when, lambda: self._of_message(when, message))
        if met is not None:
            raise met.refusal()

    def inbound(
        self, wa_id: str, phone_number_id: str, kind: str, content: Mapping[str, Any], text: str
    ) -> tuple[str, Mapping[str, Any]]:
        """Return what the business is shown of a message that a person writes: its type and its content.

        Where a fault strikes it is a message of a type that is not supported, with the fault's error; else
        what the person wrote.
        """
        now = self._core.clock.now
        met = self.meet(
            When.INBOUND,
            lambda: Occasion(When.INBOUND, now(), wa_id, phone_number_id, type=kind, text=text),
        )
        if met is None:
            return kind, content
        from emulator.domain.messages.inbound_kinds import UNSUPPORTED
        from emulator.wire.webhooks import messages as webhooks

        refusal = met.refusal()
        assert isinstance(refusal, MessageError)
        return UNSUPPORTED.type, webhooks.unsupported(kind, refusal)

    def meet(self, when: When, occasion: Callable[[], Occasion]) -> Fault | None:
        """Take the first fault that strikes an occasion in a place, count it, and write it down.

        ``None`` when none does. Where no fault waits nothing is asked of the database, and no ``occasion`` is
        made.
        """
        waiting = self._store.faults.waiting(when)
        if not waiting:
            return None
        with self._core.command():
            struck = occasion()
            for fault in tuple(waiting):
                if not fault.fits(struck):
                    continue
                counted = fault.counted(met=False)
                happens = counted.is_turn() and self._happens(counted)
                if happens or fault.every > 1:
                    counted = self._store.faults.count(fault, met=happens)
                if happens:
                    self._note(counted, struck)
                    return counted
        return None

    def _note(self, met: Fault, occasion: Occasion) -> None:
        self._core.note(
            RULE,
            met.name,
            f"met: {met.sentence}",
            wa_id=occasion.wa_id,
            cause=met.name,
            details={"kind": met.kind, "code": met.code, "met": met.met, "times": met.times},
            outcome=Outcome.WARNING,
        )

    def _happens(self, fault: Fault) -> bool:
        if fault.probability == 1:
            return True
        return ids.chance(self._core.ids.draw(fault.name)) < fault.probability

    def _of_message(self, when: When, message: Message) -> Occasion:
        return Occasion(
            when,
            self._core.clock.now(),
            message.wa_id,
            message.phone_number_id,
            type=message.type,
            text=message.as_text,
            template=message.template,
        )

    def _recipient(self, to: Any, user_id: Any) -> str | None:
        if to not in (None, ""):
            try:
                return digits_of(str(to))
            except PlatformError:
                return None
        person = self._store.people.by_user_id(str(user_id)) if user_id else None
        return person.wa_id if person else None


def _check_field(name: str) -> None:
    from emulator.wire.webhooks.fields import FIELDS

    if name not in FIELDS:
        raise ValueError(f"there is no webhook field {name!r}{did_you_mean(name, FIELDS)}")
