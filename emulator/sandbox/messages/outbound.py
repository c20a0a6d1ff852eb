"""Messages from businesses: accept one and plan its delivery, or refuse it at once.

And mark messages as read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from emulator.domain import rules
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter, invalid_parameter, message_error
from emulator.domain.ids import Direction, wamid_direction
from emulator.domain.messages import marketing_endpoint
from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.outbound import FreeForm, MarkRead, Send, TemplateUse
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import TYPING_FOR, Relationship
from emulator.domain.phones import aliases, digits_of, with_country_code
from emulator.domain.shapes import FileUse, bracketed
from emulator.domain.templates.filling.match import match
from emulator.domain.templates.filling.rendered import as_json, plain_text
from emulator.domain.templates.filling.sent import body_values
from emulator.domain.templates.template import Template
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Throughput
from emulator.sandbox.media.links import Links
from emulator.sandbox.messages.acceptance_context import AcceptanceContext
from emulator.sandbox.messages.causes import Causes
from emulator.sandbox.messages.context import FactSources
from emulator.sandbox.quality.pacing import Pacing
from emulator.sandbox.templates.generated import GeneratedTemplates
from emulator.sandbox.timeline import DueKind


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform's word that it took a message: a stored message and what the answer repeats.

    Not a promise.
    """

    message: Message
    """The message as it was stored, with its wamid and the status ``accepted``."""
    input: str | None
    """The number as the caller wrote it; ``None`` when only a user id was given."""
    user_id: str | None = None
    """The recipient's business-scoped user id, when the caller named them by one; ``None`` otherwise."""
    held: bool = False
    """Whether the message is held for pacing, until the quality of its template is known."""


class Outbound:
    """Outbound messages, up to the answer of the call; what becomes of them is in :mod:`.delivery`.

    Its methods are called inside the caller's transaction.
    """

    def __init__(
        self,
        core: Core,
        links: Links,
        sources: FactSources,
        throughput: Throughput,
        messaging_limit: MessagingLimit,
        pacing: Pacing,
        causes: Causes,
    ) -> None:
        self._core, self._store, self._links = core, core.store, links
        self._sources, self._pacing, self._causes = sources, pacing, causes
        self._throughput, self._messaging_limit = throughput, messaging_limit
        self._generated = GeneratedTemplates(core)

    def accept(self, number: BusinessNumber, command: Send) -> Accepted:
        """Accept a message from an integrator.

        Check the rules, store it, and put its delivery on the timeline. Nothing is delivered here. Raises the
        first refusal of :data:`emulator.domain.rules.AT_ONCE`, of the template's parameters, of a media id,
        and with ``window_errors: sync`` or ``messaging_limit_errors: sync`` those of the closed window and
        the messaging limit; then nothing is stored. A template to somebody who never opted in is a warning in
        the journal.
        """
        now = self._core.clock.now()
        files = command.content.files
        self._check_uploads(number, files, now)
        group = self._group(command)
        dialled = None if group else self._dialled(number, command)
        wa_id, person = (group.id, None) if group else self._recipient(dialled, command)
        context = AcceptanceContext(self._sources, number, wa_id, dialled, command, person, now, group)
        rules.check(context, rules.AT_ONCE)
        if self._core.settings.window_errors == "sync":
            rules.check(context, (rules.WINDOW,))
        counts_at_once = self._core.settings.messaging_limit_errors == "sync"
        if counts_at_once:
            rules.check(context, rules.MESSAGING_LIMIT)
        made = self._generated_of(context, command)
        message = self._message(context, command, made)
        self._store.messages.add(message)
        if (window := context.window) is not None and window.unanswered_id is not None:
            self._store.windows.answer(window)
        if person is not None and not (person.shows_number or context.by_user_id):
            self._store.people.put(person.changed(shows_number=True))
        if person is not None and self._store.relationships.anybody_typed:
            self._type(number.id, wa_id, None)
        self._throughput.take(number, wa_id, context.reservations)
        if counts_at_once and context.messaging_limit is not None:
            self._messaging_limit.hit(number, wa_id, now)
        habits = person.habits if person else Habits.at_once()
        links = [use.link for use in files if use.link is not None]
        remembered = context.remembered(files)
        template = context.template
        held = template is not None and self._pacing.holds(template, now)
        if template is not None and held:
            self._pacing.hold(template, message.id, links, remembered)
        else:
            self._links.plan(now + habits.sent_after, message.id, links, remembered)
        self._warn(context, message)
        user_id = person.user_id if command.recipient and person else None
        return Accepted(message, command.to, user_id, held)

    def _warn(self, context: AcceptanceContext, message: Message) -> None:
        """Note what the platform lets pass and its policy does not."""
        person = context.person
        if context.template and person and not person.opted_in:
            self._core.note(
                "warning",
                message.id,
                f"{person.name} never opted in: WhatsApp's policy wants an opt-in before a template is sent",
                wa_id=person.wa_id,
                cause=message.id,
            )

    def _group(self, command: Send) -> Group | None:
        """The group a message is written in. Raises 131041 for one that is not there."""
        if not command.to_group:
            return None
        group = self._store.groups.get(command.to or "")
        if group is None:
            raise message_error(131041, rule="recipient", hint=f"This sandbox has no group {command.to}.")
        return group

    def _dialled(self, number: BusinessNumber, command: Send) -> str | None:
        """The international digits of the number that the caller wrote; ``None`` when there is none."""
        if command.to is None:
            return None
        prepends = self._core.settings.missing_plus == "prepend"
        return with_country_code(command.to, number.digits) if prepends else digits_of(command.to)

    def _recipient(self, dialled: str | None, command: Send) -> tuple[str, Person | None]:
        """The number a message goes to, and who has it; a number goes before a user id."""
        if dialled is not None:
            person = self._store.people.find(aliases(dialled))
            return person.wa_id if person else dialled, person
        person = self._store.people.by_user_id(command.recipient or "")
        if person is None:
            raise invalid_parameter(
                "Parameter Invalid",
                rule="recipient",
                hint=f"Nobody in this sandbox has the business-scoped user id {command.recipient}.",
            )
        return person.wa_id, person

    def _check_uploads(self, number: BusinessNumber, files: Iterable[FileUse], at: datetime) -> None:
        """Refuse the id of a file that this number has not, or not any more."""
        for use in files:
            media = self._store.media.get(use.id, at) if use.id is not None else None
            if use.id is not None and (media is None or media.phone_number_id != number.id):
                raise bad_parameter(
                    f"Param {bracketed((*use.path, 'id'))} is not a valid whatsapp business account media "
                    "attachment ID",
                    hint=f"Upload the file to {number.id}: an id is good for 30 days, and for that number.",
                )

    def _generated_of(self, context: AcceptanceContext, command: Send) -> Template | None:
        """The template that a message makes of itself when it is sent directly."""
        if command.direct is None:
            return None
        content = command.content
        assert isinstance(content, FreeForm)
        return self._generated.template_of(context.number.waba_id, content, command.direct, context.at)

    def _message(self, context: AcceptanceContext, command: Send, made: Template | None) -> Message:
        facts: dict[str, Any]
        content, template = command.content, context.template
        if isinstance(content, TemplateUse):
            assert template is not None
            rendered = match(template, content.components)
            by_messages = command.marketing_version is None
            facts = {
                "type": "template",
                "content": {
                    "name": content.name,
                    "language": {"code": content.language},
                    "parameters": body_values(content.components),
                    "rendered": as_json(rendered),
                },
                "category": template.category if by_messages else marketing_endpoint.MARKETING_LITE,
                "as_text": plain_text(rendered),
            }
        else:
            facts = {"type": content.kind.name, "content": content.value, "as_text": content.as_text}
            if command.direct:
                facts["category"] = command.direct.category
        cause = self._causes.of(command, context.window, context.at)
        return Message(
            id=self._core.ids.outbound(_digits(context)),
            phone_number_id=context.number.id,
            wa_id=context.wa_id,
            outbound=True,
            status=MessageStatus.ACCEPTED,
            at=context.at,
            context_id=command.context_id,
            callback_data=command.callback_data,
            group_id=context.group.id if context.group else None,
            template_id=known.id if (known := template or made) else None,
            direct=context.direct,
            cause_id=None if cause is None else cause.id,
            cause_basis=None if cause is None else cause.basis,
            **facts,
        )

    def mark_read(self, number: BusinessNumber, command: MarkRead) -> None:
        """Mark an inbound message as read, and those of the same person before it.

        The journal notes the blue ticks. With ``command.typing`` the person also sees somebody type, for 25
        seconds or until the next message to them. Raises ``(#100)`` for the id of an outbound message, and
        for one that was not written to this number.
        """
        if wamid_direction(command.message_id) is Direction.OUTBOUND:
            raise invalid_parameter(
                f"Message supplied to mark message as read API with message ID: {command.message_id} is "
                "outgoing. Please use an incoming message ID.",
                rule="mark_as_read",
                hint="The business sent it; the wamid of a message that a person wrote is needed.",
            )
        message = self._store.messages.get(command.message_id)
        if message is None or message.outbound or message.phone_number_id != number.id:
            raise invalid_parameter(
                "Please check the message ID you have provided.",
                rule="mark_as_read",
                hint="No message with this id was written to this number.",
            )
        self._store.messages.mark_inbound_read(number.id, message.wa_id, message.id)
        if command.typing and message.group_id is None:
            self._type(number.id, message.wa_id, self._core.clock.now() + TYPING_FOR)
        shown = "the blue ticks and that somebody types" if command.typing else "the blue ticks"
        self._core.note(
            "message", message.id, f"the person sees {shown}", wa_id=message.wa_id, cause=message.id
        )

    def _type(self, phone_number_id: str, wa_id: str, until: datetime | None) -> None:
        """Have a person see that a number types, until an instant, or with ``None`` no longer."""
        known = self._store.relationships.get(phone_number_id, wa_id) or Relationship(phone_number_id, wa_id)
        if known.typing_until != until:
            self._store.relationships.put(known.changed(typing_until=until))

    def read_by(
        self,
        person: Person,
        at: datetime,
        phone_number_id: str | None = None,
        message_id: str | None = None,
    ) -> list[Message]:
        """Have a person read, at an instant, what was delivered to them.

        Of one number, or with ``None`` of all; ``message_id`` is the one message to read, which alone may be
        one of a group. Returns those messages. The reading that their habits had planned is replaced; the
        status comes when the new one is carried out.
        """
        message = None if message_id is None else self._store.messages.get(message_id)
        if message is not None and message.group_id is not None:
            return self._read_in_group(person, message, at)
        delivered = self._store.messages.delivered_to(person.wa_id, phone_number_id)
        read = [message for message in delivered if message_id in (None, message.id)]
        for message in read:
            self._store.timeline.cancel(DueKind.MESSAGE_READ, message.id)
            self._core.plan(at, DueKind.MESSAGE_READ, message.id, {"asked": True})
        return read

    def _read_in_group(self, person: Person, message: Message, at: datetime) -> list[Message]:
        receipt = self._store.groups.receipts([message.id]).get(message.id, {}).get(person.wa_id)
        if receipt is None or receipt.status is not MessageStatus.DELIVERED:
            return []
        self._core.plan(at, DueKind.GROUP_READ, message.id, {"asked": True}, wa_id=person.wa_id)
        return [message]


def _digits(context: AcceptanceContext) -> str:
    """What stands in the id of a message: digits of the group, or what the recipient was addressed by."""
    if context.group is not None:
        return context.group.digits
    if context.by_user_id and context.person is not None:
        return context.person.digits_in_ids
    return context.wa_id
