"""What people do: write, tap a button, read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts import BusinessNumber
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people import Person
from emulator.domain.templates.rendering import from_json
from emulator.sandbox.core import Core
from emulator.sandbox.outbox import Outbox
from emulator.sandbox.sending import Sending
from emulator.sandbox.transcript import one_line
from emulator.wire import webhooks


class CannotDo(ValueError):
    """A person was asked to do what they cannot: the sentence says why, and what they could do."""


class Receiving:
    """Acts of people towards a business number."""

    def __init__(self, core: Core, outbox: Outbox, sending: Sending) -> None:
        self._core, self._store, self._outbox, self._sending = core, core.store, outbox, sending

    def say(
        self, person: Person, text: str, *, to: str | None = None, reply_to: str | None = None
    ) -> Message:
        """Write a text to a business number (default: the first); opens or restarts the window."""
        if not text:
            raise CannotDo("a message needs some text")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise CannotDo("the text holds half a surrogate pair, which no phone can write") from None
        return self._write(person, self._number(to), "text", {"body": text}, text, reply_to)

    def tap(self, person: Person, button: str, *, message_id: str | None = None) -> Message:
        """Tap a quick-reply button by its label, on the newest message that has it or on ``message_id``.

        The cards of a carousel often have the same labels: a payload tells one card's button from another's.
        """
        offered: list[str] = []
        for message in reversed(self._tappable(person, message_id)):
            every = from_json(message.content["rendered"]).every_button()
            replies = [candidate for candidate in every if candidate.type == "QUICK_REPLY"]
            labelled = [candidate for candidate in replies if candidate.text == button]
            meant = labelled or [candidate for candidate in replies if candidate.payload == button]
            if meant:
                content = {"payload": meant[0].payload or meant[0].text, "text": meant[0].text}
                number = self._number(message.phone_number_id)
                return self._write(person, number, "button", content, meant[0].text, message.id)
            offered.extend(candidate.text for candidate in replies)
        seen = ", ".join(repr(label) for label in dict.fromkeys(offered)) or "none"
        raise CannotDo(f"{person.name} sees no quick-reply button {button!r}; buttons they see: {seen}")

    def read(self, person: Person, *, phone_number_id: str | None = None) -> list[Message]:
        """Read everything that was delivered; returns the messages read."""
        return self._sending.read_by(person, self._core.clock.now(), phone_number_id)

    def _tappable(self, person: Person, message_id: str | None) -> list[Message]:
        if message_id is not None:
            message = self._store.messages.get(message_id)
            if message is None or message.wa_id != person.wa_id or not message.outbound:
                raise CannotDo(f"{person.name} has no message {message_id}")
            messages = [message]
        else:
            messages = self._store.messages.select(wa_id=person.wa_id, outbound=True, limit=200)
        arrived = (MessageStatus.DELIVERED, MessageStatus.READ)
        tappable = [m for m in messages if m.type == "template" and m.status in arrived]
        if not tappable:
            on_the_way = [m for m in messages if m.type == "template"]
            state = f" (the newest one is {on_the_way[-1].status})" if on_the_way else ""
            wanting = "settle() first" if on_the_way else "send one first"
            raise CannotDo(f"no template message has reached {person.name} yet{state}; {wanting}")
        return tappable

    def _write(
        self,
        person: Person,
        number: BusinessNumber,
        kind: str,
        content: Mapping[str, Any],
        text: str,
        context_id: str | None,
    ) -> Message:
        if not person.on_whatsapp:
            raise CannotDo(f"{person.name} is not on WhatsApp and cannot write")
        kind, content = self._core.faulting.inbound(person.wa_id, number.id, kind, content)
        now = self._core.clock.now()
        message = Message(
            id=self._core.ids.inbound(person.wa_id),
            phone_number_id=number.id,
            wa_id=person.wa_id,
            outbound=False,
            type=kind,
            status=MessageStatus.RECEIVED,
            at=now,
            content=content,
            text=text,
            context_id=context_id,
        )
        self._store.messages.add(message)
        self._store.windows.restart(number.id, person.wa_id, now)
        self._core.note(
            "message",
            message.id,
            f"{person.name} wrote: {one_line(text)}",
            wa_id=person.wa_id,
            cause=message.id,
        )
        self._outbox.publish(
            webhooks.MESSAGES,
            number.waba_id,
            lambda _: webhooks.inbound(number, person, message),
            now,
            cause=message.id,
            number=number,
        )
        return message

    def _number(self, phone_number_id: str | None) -> BusinessNumber:
        numbers = self._store.accounts.numbers()
        if phone_number_id is None:
            return numbers[0]
        for number in numbers:
            if phone_number_id in (number.id, number.digits):
                return number
        known = ", ".join(f"{number.id} ({number.digits})" for number in numbers)
        raise CannotDo(f"there is no business number {phone_number_id}; there are {known}")
