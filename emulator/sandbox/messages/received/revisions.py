"""Edits and deletions by people of messages they have written, and what the business receives of them."""

from __future__ import annotations

from dataclasses import replace

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.messages import revisions
from emulator.domain.messages.inbound_kinds import EDITED, REVOKED, UNSUPPORTED
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.people.hearing import check_is_there
from emulator.sandbox.transcript import one_line
from emulator.wire.webhooks.messages import unsupported

_NOT_SHOWN = 131051


class Revisions:
    """Acts of people on messages they have written.

    They edit and delete them, inside the caller's transaction.
    """

    def __init__(self, core: Core, receiving: Reception) -> None:
        self._core, self._store, self._receiving = core, core.store, receiving

    def edit(self, person: Person, message_id: str, words: str) -> Message:
        """Have a person change the text or caption of a message.

        Returns the message that the business receives. By the setting ``edits_told`` that is an ``edit``, or
        one of a type that is not supported (131051). Raises :class:`~emulator.sandbox.errors.CannotDo` for an
        empty text, a message they did not write, and one that is 15 minutes old.
        """
        original, number = self._own(person, message_id)
        if not words:
            raise CannotDo("a message needs some text")
        try:
            edited = revisions.edited(original, words, self._core.clock.now())
        except ValueError as problem:
            raise CannotDo(str(problem)) from None
        kind, content = EDITED, edited
        if self._core.settings.edits_told != "messages":
            kind = replace(EDITED, type=UNSUPPORTED.type)
            content = unsupported(
                EDITED.name, message_error(_NOT_SHOWN, hint="The setting edits_told does not show edits.")
            )
        received = self._receiving.receive(
            person,
            number,
            kind,
            content,
            text=words,
            group_id=original.group_id,
            revises_id=original.id,
        )
        self._store.messages.set_edited(original.id, words)
        return received

    def delete(self, person: Person, message_id: str) -> Message | None:
        """Have a person delete a message.

        Returns what the business receives: a ``revoke``, or ``None`` for nothing. By the setting
        ``edits_told``; where the business hears nothing, the journal has a line. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for a message they did not write, and one that is two days
        and twelve hours old.
        """
        original, number = self._own(person, message_id)
        try:
            revoked = revisions.revoked(original, self._core.clock.now())
        except ValueError as problem:
            raise CannotDo(str(problem)) from None
        self._receiving.hearing.check_can_write(person, number, original.group_id)
        self._store.messages.mark_deleted(original.id, self._core.clock.now())
        if self._core.settings.edits_told != "messages":
            self._core.note(
                "message",
                original.id,
                f"{person.name} deleted: {one_line(original.as_text)}; the business does not hear of it",
                wa_id=person.wa_id,
                cause=original.id,
            )
            return None
        return self._receiving.receive(
            person, number, REVOKED, revoked, group_id=original.group_id, revises_id=original.id
        )

    def _own(self, person: Person, message_id: str) -> tuple[Message, BusinessNumber]:
        message = self._store.messages.get(message_id)
        if message is None or message.outbound or message.wa_id != person.wa_id:
            raise CannotDo(f"{person.name} wrote no message {message_id}")
        check_is_there(person)
        if message.deleted_at is not None:
            raise CannotDo(f"{person.name} has deleted {message_id}")
        return message, self._receiving.number(message.phone_number_id)
