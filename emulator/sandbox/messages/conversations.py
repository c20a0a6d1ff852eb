"""What a person sees of a conversation, and can quote, react to, or take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.messages import contexts
from emulator.domain.messages.lifecycle import ARRIVED, Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo

_NO_BUBBLE = ("reaction", "edit", "revoke", "system")
"""Types of messages that stand at another one, or change it."""


class Conversations:
    """Finds messages as a person sees them. Its methods are called inside the caller's transaction.

    Raises :class:`~emulator.sandbox.errors.CannotDo` for a message that is not on the person's phone: one of
    another conversation, one that has not arrived, one they have deleted.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def seen(
        self,
        person: Person,
        message_id: str,
        *,
        number: BusinessNumber | None = None,
        group: str | None = None,
    ) -> Message:
        """Find a message that a person sees; in the conversation with a ``number``, or in a ``group``."""
        message = self._store.messages.get(message_id)
        if message is None or not self._is_in(message, person, number, group):
            where = "" if number is None else f" in this {'group' if group else 'conversation'}"
            raise CannotDo(f"{person.name} has no message {message_id}{where}")
        if message.type in _NO_BUBBLE:
            raise CannotDo(f"{message_id} is a {message.type}, which no phone shows as a message")
        if message.outbound and not self._has_arrived(message, person):
            hint = "it never will" if message.status is MessageStatus.FAILED else "settle() first"
            raise CannotDo(f"{message_id} has not reached {person.name} (it is {message.status}); {hint}")
        if message.deleted_at is not None:
            raise CannotDo(f"{person.name} has deleted {message_id}")
        return message

    def _has_arrived(self, message: Message, person: Person) -> bool:
        if message.group_id is not None:
            return self._store.groups.has_received(message.id, person.wa_id)
        return message.status in ARRIVED

    def _is_in(
        self, message: Message, person: Person, number: BusinessNumber | None, group: str | None
    ) -> bool:
        if number is not None and (message.phone_number_id != number.id or message.group_id != group):
            return False
        if message.group_id is None:
            return message.wa_id == person.wa_id
        known = self._store.groups.get(message.group_id)
        return known is not None and person.wa_id in known.participants

    def context(
        self,
        person: Person,
        number: BusinessNumber,
        reply_to: str | None,
        said: Mapping[str, Any] | None,
        group: str | None = None,
    ) -> dict[str, Any] | None:
        """Build the ``context`` of what a person writes: the message they quote, and what is ``said`` beside.

        Without either it is ``None``. The product that somebody asks about is the business's, and so is the
        message that shows it. Raises :class:`~emulator.sandbox.errors.CannotDo` for what no phone can do.
        """
        try:
            beside = contexts.check(said or {}, quotes=reply_to is not None)
        except ValueError as problem:
            raise CannotDo(str(problem)) from None
        if reply_to is not None:
            quoted = self.seen(person, reply_to, number=number, group=group)
            return self.quoting(person, number, quoted) | beside
        if contexts.REFERRED_PRODUCT in beside:
            return {"from": number.digits, "id": self._core.ids.outbound(person.digits_in_ids), **beside}
        return beside or None

    def quoting(self, person: Person, number: BusinessNumber, quoted: Message) -> dict[str, Any]:
        """Build the context of a message that quotes one the person sees."""
        author = None if quoted.outbound else self._store.people.get(quoted.wa_id)
        named, now = self._core.settings.quoted_ids, self._core.clock.now()
        return contexts.quoting(quoted, author, number, person, named=named, at=now)

    def has_reacted(self, person: Person, message: Message) -> bool:
        """Say whether a person has a reaction on a message: their newest one on it is no removal."""
        newest = self._store.messages.reaction_to(person.wa_id, message.id)
        return newest is not None and bool(newest.content.get("emoji"))
