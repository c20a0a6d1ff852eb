"""``sandbox.messages``: what was written in both directions, and sending for a business."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct
from emulator.sandbox.store.rows import in_parts
from emulator.sandbox.transcript_formats import FORMATS

if TYPE_CHECKING:
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.domain.messages.groups import Receipt
    from emulator.domain.messages.lifecycle import Message
    from emulator.domain.messages.outbound import MarkRead, Send
    from emulator.sandbox.messages.outbound import Accepted


class MessagesNamespace(FormerlyAnAct, Namespace):
    """The messages of a sandbox in both directions, and the calls that send and mark as read.

    What people write is :class:`~emulator.sandbox.namespaces.people.people.PeopleNamespace`.
    """

    def all(self, **filters: Any) -> list[Message]:
        """List messages as they stand now, oldest first; with a ``limit`` the newest ones.

        Filters: ``wa_id`` (of one person), ``phone_number_id`` (of one business number), ``group_id`` (of one
        group; empty for those in none), ``outbound`` (``True`` for those of the business, ``False`` for those
        of people), ``limit``, ``after`` (the wamid of a message that they came after, empty for the
        beginning; ``limit`` keeps the oldest of them then), ``before`` (the wamid of a message that they came
        before). Raises :class:`LookupError` for an ``after`` or a ``before`` that is not there.
        """
        with self._store.reading():
            for name in ("after", "before"):
                if message_id := filters.get(name):
                    self.get(message_id)
            return self._store.messages.select(**filters)

    def get(self, message_id: str) -> Message:
        """Find one message by its wamid, with its status, price and error as they stand now.

        Raises :class:`LookupError` for an id that is not there.
        """
        with self._store.reading():
            message = self._store.messages.read(message_id)
        if message is None:
            raise LookupError(f"there is no message {message_id}")
        return message

    def receipts(self, messages: Collection[Message]) -> dict[str, list[Receipt]]:
        """Find how far messages have come with each participant of their group, by the messages' ids.

        Of those that a business has sent to groups; whom a message has not reached is left out.
        """
        asked = [each.id for each in messages if each.outbound and each.group_id is not None]
        with self._store.reading():
            known = [self._store.groups.receipts(some) for some in in_parts(asked)]
        found = {message_id: receipts for part in known for message_id, receipts in part.items()}
        return {message_id: list(found.get(message_id, {}).values()) for message_id in asked}

    def transcript(self, form: str = "text", limit: int = 200) -> Any:
        """Write the newest messages in simulated time: a line a message, with what became of it.

        ``form`` is ``text``, ``markdown``, ``html`` (a whole page), or ``json`` (an object: a list of
        ``messages``, and one of the ``faults`` that struck since the first of them, each in order);
        ``limit`` is how many messages. A line of text reads ``09:00:00  business → Sheena: Hello   ✓✓ read``;
        the day stands above the first message of a day. Raises :class:`ValueError` for another form.
        """
        if form not in FORMATS:
            raise ValueError(f"a transcript is written as {', '.join(FORMATS)}; not {form!r}")
        with self._store.reading():
            return FORMATS[form](self._store, limit)

    def send(self, number: BusinessNumber, command: Send) -> Accepted:
        """Accept a message from a business number or refuse it, as ``POST /{phone_number_id}/messages`` does.

        Nothing is delivered in this call: the delivery is put on the timeline, and statuses follow as time
        comes to it. Raises the :class:`~emulator.domain.errors.PlatformError` of the first rule of
        :data:`emulator.domain.rules.AT_ONCE` that the message breaks; then no message exists.
        """
        with self._core.command():
            return self._services.outbound.accept(number, command)

    def report_status(
        self, message_id: str, status: str, *, code: int | None = None, details: str | None = None
    ) -> Message:
        """Have the platform report a status of a message to a person now: again, late, or in another order.

        ``status`` is ``sent``, ``delivered``, ``read``, ``played`` or ``failed``; ``failed`` needs the
        ``code`` of an error and may have ``details`` of its own. Where the status may follow the present one
        the message has it from now on; else nothing but the webhook comes of it, which is sent in any case.
        Returns the message. Raises :class:`LookupError` for a message that is not there, and
        :class:`CannotDo` for what no webhook reports.
        """
        with self._core.command():
            return self._services.status_reports.report(message_id, status, code=code, details=details)

    def echo(self, to: str, kind: str, content: Any, *, number: str | None = None) -> str:
        """Have somebody of the business write to a person in the WhatsApp Business app (coexistence).

        ``to`` is the person's number, ``kind`` is ``text``, ``location`` or ``contacts``, ``content`` as
        webhooks show it, ``number`` the business number (default: the first). The webhook
        ``smb_message_echoes`` tells of it; the message is not one that the API sent. Returns its id. Raises
        :class:`LookupError` for a number that nobody has, and :class:`CannotDo` for what the app does not
        send.
        """
        with self._core.command():
            person = self._services.people.get(to)
            return self._services.echoes.write(person, kind, content, number)

    def mark_read(self, number: BusinessNumber, command: MarkRead) -> None:
        """Mark a message that a person wrote as read, with all their earlier ones to this number.

        The person sees blue ticks. With ``command.typing`` they also see that somebody types. No webhook is
        sent. Raises ``(#100)`` for an outbound message and for one that was not written to this number.
        """
        with self._core.command():
            self._services.outbound.mark_read(number, command)
