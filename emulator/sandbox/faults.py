"""Errors that are made to happen on purpose: add and remove them, and find the one that fits an occasion.

An occasion is a call of the API, a message that is about to leave, or one that a person writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from emulator.domain import ids
from emulator.domain.catalogue import ErrorChannel
from emulator.domain.errors import MessageError, PlatformError
from emulator.domain.faults import RULE, Fault, Occasion
from emulator.domain.journal import Outcome
from emulator.domain.messages.inbound_kinds import UNSUPPORTED
from emulator.domain.messages.lifecycle import Message
from emulator.domain.phones import digits_of
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.wire.webhooks import messages as webhooks


class NoSuchFault(LookupError):
    """No fault has this number; the sentence names those that there are."""


class FaultInjection:
    """Adds and removes the faults of a sandbox, and finds the one that fits an occasion.

    Each time one is met it is counted, and the journal says so. They are part of the state: a reset takes
    them away.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def add(self, fault: Fault) -> Fault:
        """Store a fault; returns it with its number. The journal notes that it was asked for.

        Called inside the caller's transaction. Raises :class:`ValueError` for a business number that is not
        there.
        """
        if fault.phone_number_id is not None:
            number = lookup.number(self._store.accounts, fault.phone_number_id)
            fault = replace(fault, phone_number_id=number.id)
        fault = replace(fault, id=self._store.facts.count("faults"))
        self._store.faults.add(fault)
        often = "until it is removed" if fault.times is None else f"{fault.times}×"
        self._core.note(
            RULE,
            fault.name,
            f"asked for: {fault.code} {fault.title}, {fault.when}, {often}",
            wa_id=fault.to,
            cause=RULE,
        )
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

    def call(
        self, occasion: Occasion, to: Any, user_id: Any, words: Callable[[], Mapping[str, str]]
    ) -> PlatformError | None:
        """Find the error that a call of the API meets, and count its fault as met.

        ``None`` when it meets none. ``to`` and ``user_id`` are the recipient as the caller wrote it;
        ``words`` gives what Graph's sentences quote of the call, and is called only then. Makes its own
        transaction.
        """
        with self._store.reading():
            waiting = self._store.faults.waiting(ErrorChannel.SYNC)
            if not waiting:
                return None
            met = self._meet(waiting, replace(occasion, wa_id=self._recipient(to, user_id)))
        return None if met is None else met.refusal(words())

    def later(self, message: Message, when: ErrorChannel = ErrorChannel.ASYNC) -> None:
        """Raise the error that an accepted message meets on its way, if a fault fits.

        It then fails with it. ``when`` is ``async`` before it is sent, and ``delivered`` once it has arrived.
        """
        waiting = self._store.faults.waiting(when)
        occasion = Occasion(when, message.wa_id, message.phone_number_id)
        if waiting and (met := self._meet(waiting, occasion)):
            raise met.refusal()

    def inbound(
        self, wa_id: str, phone_number_id: str, kind: str, content: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        """Return what the business is shown of a message that a person writes: its type and its content.

        Where a fault fits it is a message of a type that is not supported, with the fault's error; else what
        the person wrote.
        """
        waiting = self._store.faults.waiting(ErrorChannel.INBOUND)
        occasion = Occasion(ErrorChannel.INBOUND, wa_id, phone_number_id)
        if waiting and (met := self._meet(waiting, occasion)):
            refusal = met.refusal()
            assert isinstance(refusal, MessageError)
            return UNSUPPORTED.type, webhooks.unsupported(kind, refusal)
        return kind, content

    def _meet(self, waiting: list[Fault], occasion: Occasion) -> Fault | None:
        """Take the first fault that fits, count it, and write it down."""
        with self._core.command():
            for fault in waiting:
                if not fault.fits(occasion) or not self._happens(fault):
                    continue
                met = self._store.faults.count(fault)
                self._core.note(
                    RULE,
                    met.name,
                    f"met: {met.code} {met.title}, {met.when}",
                    wa_id=occasion.wa_id,
                    cause=RULE,
                    details={"code": met.code, "met": met.met, "times": met.times},
                    outcome=Outcome.WARNING,
                )
                return met
        return None

    def _happens(self, fault: Fault) -> bool:
        if fault.probability == 1:
            return True
        return ids.chance(self._core.ids.draw(fault.name)) < fault.probability

    def _recipient(self, to: Any, user_id: Any) -> str | None:
        if to not in (None, ""):
            try:
                return digits_of(str(to))
            except PlatformError:
                return None
        person = self._store.people.by_user_id(str(user_id)) if user_id else None
        return person.wa_id if person else None
