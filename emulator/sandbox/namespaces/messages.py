"""``sandbox.messages``: what was written in both directions, and sending for a business."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.messages.content import MarkRead, Send
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.messages.outbound import Accepted
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.renamed import FormerlyAnAct
from emulator.sandbox.transcript import transcript


class MessagesNamespace(FormerlyAnAct, Namespace):
    """The messages of a sandbox."""

    def all(self, **filters: Any) -> list[Message]:
        """Messages, oldest first; ``limit`` keeps the newest.

        Filters: ``wa_id``, ``outbound`` (``True`` or ``False``), ``limit``.
        """
        with self._store.reading():
            return self._store.messages.select(**filters)

    def get(self, message_id: str) -> Message:
        """One message as it stands now. Raises :class:`LookupError`."""
        with self._store.reading():
            message = self._store.messages.get(message_id)
        if message is None:
            raise LookupError(f"there is no message {message_id}")
        return message

    def transcript(self) -> str:
        """The conversations in simulated time, a line a message, as a person would read them."""
        with self._store.reading():
            return transcript(self._store)

    def send(self, number: BusinessNumber, command: Send) -> Accepted:
        """Accept a message from a business number, as ``POST /{phone_number_id}/messages`` does.

        Nothing is delivered yet: what becomes of it is put on the timeline. Raises the
        :class:`~emulator.domain.errors.PlatformError` of the first rule it breaks.
        """
        with self._core.command():
            return self._services.outbound.accept(number, command)

    def mark_read(self, number: BusinessNumber, command: MarkRead) -> None:
        """Show the person that their message, and those before it, were read. Raises ``(#100)``."""
        with self._core.command():
            self._services.outbound.mark_read(number, command)
