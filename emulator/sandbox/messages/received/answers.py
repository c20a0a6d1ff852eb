"""What people answer to a message with: they tap a button or a row, fill in a flow, or allow calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.messages import inbound_replies
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import ARRIVED, Message
from emulator.domain.messages.taps import TAPPABLE, choices, flows
from emulator.domain.people.person import Person
from emulator.domain.templates.components import template_parts
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.conversations import Conversations
from emulator.sandbox.messages.received.reception import Reception
from emulator.wire.webhooks.timestamps import seconds

NEWEST = 200
"""How many of the newest messages to a person are looked through for what they can tap."""


class Answers:
    """Taps of people on messages that have reached them, and what they fill in.

    Each is called inside the caller's transaction and happens at the present time. Raises
    :class:`~emulator.sandbox.errors.CannotDo` for what the person's phone would not let them do.
    """

    def __init__(self, core: Core, reception: Reception) -> None:
        self._core, self._store, self._reception = core, core.store, reception
        self._seen = Conversations(core)

    def tap(
        self,
        person: Person,
        label: str,
        *,
        message_id: str | None = None,
        row: bool | None = None,
        context: bool = True,
    ) -> Message:
        """Have a person tap a button, or the row of a list.

        On the newest message that has it, or on ``message_id``. It is found by its label, or else by its
        payload or id: the cards of a carousel often have the same labels. ``row`` says which of the two it
        is, ``None`` takes either. Without ``context`` the webhook does not say which message was tapped on,
        which happens on the platform (captured in July 2026). The newest 200 messages to the person are
        looked through. Raises :class:`~emulator.sandbox.errors.CannotDo`, naming what they see.
        """
        offered: list[str] = []
        for message in reversed(self._arrived(person, message_id)):
            found = [choice for choice in choices(message) if row in (None, choice.is_row)]
            meant = [c for c in found if c.label == label] or [c for c in found if c.key == label]
            if meant:
                return self._answer(person, message, meant[0].type, meant[0].content, context=context)
            offered.extend(choice.label for choice in found)
        seen = ", ".join(repr(each) for each in dict.fromkeys(offered)) or "none"
        what = "row" if row else "quick-reply button"
        raise CannotDo(
            f"{person.name} sees no {what} {label!r}; {'rows' if row else 'buttons'} they see: {seen}"
        )

    def fill_flow(
        self, person: Person, answers: Mapping[str, Any], *, message_id: str | None = None
    ) -> Message:
        """Have a person fill in the flow of a message, by default of the newest that has one, and send it.

        ``answers`` are what the flow's last screen sends, by name; the ``flow_token`` of the message is put
        beside them unless they have one. Raises :class:`~emulator.sandbox.errors.CannotDo` where no message
        with a flow has reached them, and for answers that are not JSON.
        """
        message = self._newest(person, message_id, lambda each: bool(flows(each)), "a flow")
        token = flows(message)[0].token
        try:
            reply = inbound_replies.flow_reply(answers, token)
        except (TypeError, ValueError) as problem:
            raise CannotDo(f"the answers of a flow are JSON: {problem}") from None
        return self._answer(person, message, "interactive", reply)

    def answer_call_permission(
        self, person: Person, response: str, *, message_id: str | None = None, permanent: bool = False
    ) -> Message:
        """Have a person ``accept`` or ``reject`` that the business may call them, as the newest message asks.

        What is accepted holds for seven days, or with ``permanent`` for ever. Raises
        :class:`~emulator.sandbox.errors.CannotDo` where no such message has reached them, for another word,
        and for a rejection for ever.
        """
        if response not in inbound_replies.ANSWERS:
            raise CannotDo(f"people {' or '.join(inbound_replies.ANSWERS)} calls; not {response!r}")
        if permanent and response != inbound_replies.ACCEPT:
            raise CannotDo("only what is accepted can be permanent")
        message = self._newest(person, message_id, self._asks_to_call, "a request to call")
        ends = self._core.clock.now() + inbound_replies.PERMITTED_FOR
        reply = inbound_replies.call_permission(response, None if permanent else seconds(ends))
        return self._answer(person, message, "interactive", reply)

    def _asks_to_call(self, message: Message) -> bool:
        """Whether it asks the person for permission to call them: by itself, or as its template does."""
        if message.type == "interactive":
            return bool(message.content.get("type") == "call_permission_request")
        template = self._store.templates.get(message.template_id or "")
        return template is not None and template_parts(template.components).asks_to_call

    def _answer(
        self, person: Person, message: Message, kind: str, content: Any, *, context: bool = True
    ) -> Message:
        number = self._reception.number(message.phone_number_id)
        return self._reception.receive(
            person,
            number,
            INBOUND_KINDS[kind],
            content,
            message.id,
            context=self._seen.quoting(person, number, message) if context else None,
        )

    def _newest(
        self, person: Person, message_id: str | None, has: Callable[[Message], bool], what: str
    ) -> Message:
        for message in reversed(self._arrived(person, message_id)):
            if has(message):
                return message
        raise CannotDo(f"{person.name} sees no message with {what}")

    def _arrived(self, person: Person, message_id: str | None) -> list[Message]:
        """The messages on the person's phone that something can be tapped on, the oldest first."""
        if message_id is not None:
            message = self._store.messages.get(message_id)
            if message is None or message.wa_id != person.wa_id or not message.outbound:
                raise CannotDo(f"{person.name} has no message {message_id}")
            messages = [message]
        else:
            messages = self._store.messages.select(wa_id=person.wa_id, outbound=True, limit=NEWEST)
        on_the_way = [message for message in messages if message.type in TAPPABLE]
        arrived = [message for message in on_the_way if message.status in ARRIVED]
        if not arrived:
            state = f" (the newest one is {on_the_way[-1].status})" if on_the_way else ""
            wanting = "settle() first" if on_the_way else "send one first"
            raise CannotDo(f"no message with buttons has reached {person.name} yet{state}; {wanting}")
        return arrived
