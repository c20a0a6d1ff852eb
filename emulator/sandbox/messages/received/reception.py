"""What becomes of whatever a person sends: it is stored, opens the window, and the business hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.messages import MessageReceived
from emulator.domain.messages.causes import Cause, CauseBasis
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS, InboundKind
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.windows import opens
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.messages.received.referrals import Referrals
from emulator.sandbox.people.hearing import Hearing


class Reception:
    """Takes in what people send to business numbers, at the present time and in the caller's transaction."""

    def __init__(self, core: Core, faults: FaultInjection) -> None:
        self._core, self._store, self._faults = core, core.store, faults
        self.hearing = Hearing(core)
        self.ads = Referrals(core)
        self._cause: Cause | None = None

    @contextmanager
    def answering(self, message_id: str) -> Iterator[None]:
        """Have a message be the cause of what people send inside the ``with`` block."""
        self._cause = Cause(message_id, CauseBasis.HABIT)
        try:
            yield
        finally:
            self._cause = None

    def receive(
        self,
        person: Person,
        number: BusinessNumber,
        kind: InboundKind,
        content: Any,
        context_id: str | None = None,
        *,
        text: str | None = None,
        context: Mapping[str, Any] | None = None,
        group_id: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
        unheard: str | None = None,
        written_at: datetime | None = None,
        revises_id: str | None = None,
    ) -> Message:
        """Store a message from a person, open or restart the window, and let the business hear of it.

        ``text`` is what the person sees of it, where that is not what its content says; ``context_id`` is the
        message it quotes, ``context`` what webhooks say of that; ``written_at`` is when it was written
        (default: now), from which the window counts; ``revises_id`` the message it edits or deletes. A fault
        may make it one of a type that is not supported. Where the business cannot hear, or ``unheard`` says
        why it does not, the journal has a line and nothing else happens. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for who is not on WhatsApp or has blocked the number.
        """
        self.hearing.check_can_write(person, number, group_id)
        cause = self._cause
        used, now = device or person.device, self._core.clock.now()
        unheard = self.hearing.why_not(person, number, group_id) or unheard
        text = kind.as_text(content) if text is None else text
        if unheard is None:
            shown, content = self._faults.inbound(person.wa_id, number.id, kind.type, content, text)
            kind = kind if shown == kind.type else INBOUND_KINDS[shown]
        message = Message(
            id=self._core.ids.inbound(person.digits_in_ids, used),
            phone_number_id=number.id,
            wa_id=person.wa_id,
            outbound=False,
            type=kind.type,
            status=MessageStatus.RECEIVED,
            at=written_at or now,
            content=content,
            as_text=text,
            context_id=context_id,
            group_id=group_id,
            referral=referral,
            context=context,
            cause_id=None if cause is None else cause.id,
            cause_basis=None if cause is None else cause.basis,
            revises_id=revises_id,
        )
        if unheard is not None:
            self.hearing.note(person, message.id, "wrote", unheard)
            return message
        self._store.messages.add(message)
        if referral is not None:
            self.ads.count(person, number, used)
        if opens(kind.name, self._core.settings.window_opened_by):
            self._store.windows.restart(number.id, group_id or person.wa_id, message.at, message.id)
        self._core.happen(MessageReceived(message, number, person, at=now))
        return message

    def number(self, phone_number_id: str | None) -> BusinessNumber:
        """Find a business number by its id or digits; the first one for ``None``.

        Raises :class:`~emulator.sandbox.errors.CannotDo`, naming those that there are.
        """
        return lookup.number(self._store.accounts, phone_number_id)
