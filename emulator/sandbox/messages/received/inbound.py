"""Messages from people: they write, send files, react and read, as their phone would let them.

Each message is stored, opens or restarts the window where its kind does, and is an event for the webhook
``messages``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.emojis import is_emoji
from emulator.domain.errors import MessageError, refuse
from emulator.domain.media import Media, is_mime_type
from emulator.domain.messages.inbound_kinds import (
    INBOUND_KINDS,
    REACTED,
    REACTION_REMOVED,
    UNSUPPORTED,
    WRITTEN_AS_JSON,
    InboundKind,
    Written,
    names,
)
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.devices import DEVICES
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.conversations import Conversations
from emulator.sandbox.messages.outbound import Outbound
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.messages.received.written import check_text, read_content
from emulator.sandbox.people.hearing import check_is_there
from emulator.wire.webhooks import messages as webhooks

REACTED_WITHIN = timedelta(days=30)
"""How old a message may be whose reaction the business hears of (D/webhooks/reference/messages/reaction)."""


@dataclass(frozen=True, slots=True)
class AboutFile:
    """What a person says of a file that they send; ``voice`` is an audio that they recorded."""

    caption: str | None = None
    filename: str | None = None
    voice: bool = False


class InboundMessages:
    """Acts of people towards a business number: they write, show files, react and read.

    Each is called inside the caller's transaction and happens at the present time. Raises
    :class:`~emulator.sandbox.errors.CannotDo` for what the person's phone would not let them do.
    """

    def __init__(self, core: Core, sending: Outbound, reception: Reception) -> None:
        self._core, self._store, self._sending = core, core.store, sending
        self._reception = reception
        self._seen = Conversations(core)

    def say(
        self, person: Person, text: str, *, to: str | None = None, group: str | None = None, **more: Any
    ) -> Message:
        """Have a person write a text to a business number (default: the first) or in a group.

        It opens or restarts the window; ``group`` is the id of the group. ``more`` may be ``reply_to``, the
        id of the message they quote; ``context``, which says that it is forwarded or asks about a product;
        ``referral``, the ad or post it is written from; ``device`` (default: the person's); ``written_at``,
        an earlier instant at which it was written, by a phone that was off meanwhile: the window counts from
        then. Raises :class:`~emulator.sandbox.errors.CannotDo` for an empty text, for one that is no Unicode
        text, for what their phone does not show, and for an instant that is still to come.
        """
        check_text(text)
        number = self.number_for(person, to, group)
        return self._write(person, number, INBOUND_KINDS["text"], {"body": text}, group=group, **more)

    def click_ad(
        self,
        person: Person,
        text: str,
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
    ) -> Message:
        """Have a person write a text from an ad.

        One is made up, by the seed, when no ``referral`` says which. On ``android`` and ``ios`` the click is
        a chance for a free entry point.
        """
        ad = self._reception.ads.invented() if referral is None else referral
        return self.say(person, text, to=to, referral=ad, device=device)

    def number_for(self, person: Person, to: str | None, group: str | None) -> BusinessNumber:
        """Find the business number a person writes to: that of a ``group``, or ``to`` (default: the first).

        Raises :class:`~emulator.sandbox.errors.CannotDo` for a group they are not in.
        """
        if group is None:
            return self._reception.number(to)
        known = self._store.groups.get(group)
        if known is None or person.wa_id not in known.participants:
            raise CannotDo(f"{person.name} is in no group {group}")
        return self._reception.number(known.phone_number_id)

    def write(
        self,
        person: Person,
        kind: str,
        content: Any,
        *,
        to: str | None = None,
        group: str | None = None,
        **more: Any,
    ) -> Message:
        """Have a person send what is written as in a webhook: a ``location``, ``contacts``, an ``order``, …

        ``content`` is what people's phones send, which is not what businesses may. A ``button`` and an
        ``interactive`` reply are not compared with what the person was sent, as a tap is. ``more`` is
        as in :meth:`say`. Raises :class:`~emulator.sandbox.errors.CannotDo` for another kind and for a
        content that no phone sends.
        """
        if kind not in WRITTEN_AS_JSON:
            written = dict.fromkeys((*names(Written.WORDS, Written.FILE), *WRITTEN_AS_JSON))
            raise CannotDo(f"people write {', '.join(written)}; not {kind}")
        known = INBOUND_KINDS[kind]
        read = read_content(known, content)
        if known is UNSUPPORTED:
            read = webhooks.unsupported(read["type"], _not_shown())
        elif group is not None:
            taken = ", ".join(names(Written.WORDS, Written.FILE))
            raise CannotDo(f"in a group the API shows {taken}, not {kind}; send it as unsupported")
        return self._write(person, self.number_for(person, to, group), known, read, group=group, **more)

    def _write(
        self,
        person: Person,
        number: BusinessNumber,
        kind: InboundKind,
        content: Any,
        *,
        reply_to: str | None = None,
        group: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
        context: Mapping[str, Any] | None = None,
        written_at: datetime | None = None,
    ) -> Message:
        """Have a person send something of their own, perhaps in reply to a message, or from an ad."""
        if device is not None and device not in DEVICES:
            raise CannotDo(f"people write on {', '.join(DEVICES)}; not {device!r}")
        if written_at is not None and written_at > (now := self._core.clock.now()):
            raise CannotDo(f"it is {now.isoformat()}: nothing was written at {written_at.isoformat()} yet")
        came_from = self._reception.ads.checked(referral, group)
        self._reception.hearing.check_can_write(person, number, group)
        shown = self._seen.context(person, number, reply_to, context, group)
        return self._reception.receive(
            person,
            number,
            kind,
            content,
            reply_to,
            context=shown,
            group_id=group,
            referral=came_from,
            device=device,
            written_at=written_at,
        )

    def check_file(self, person: Person, kind: str, mime_type: str, about: AboutFile) -> None:
        """Refuse what no phone can send, before its bytes are taken in.

        Raises :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp, a kind that is
        no file, a ``mime_type`` that is none, and a caption, a file name or a voice note of a kind that has
        none.
        """
        check_is_there(person)
        files = names(Written.FILE)
        if kind not in files:
            raise CannotDo(f"people show {', '.join(files)}; not {kind}")
        if not is_mime_type(mime_type):
            raise CannotDo(f"{mime_type!r} is no type of a file; write one like image/jpeg")
        file = INBOUND_KINDS[kind]
        for name, given, has in (
            ("caption", about.caption, file.words is not None),
            ("filename", about.filename, file.has_filename),
            ("voice", about.voice, file.can_be_recorded),
        ):
            if given and not has:
                raise CannotDo(f"{kind} has no {name}")

    def show(
        self,
        person: Person,
        kind: str,
        media: Media,
        about: AboutFile,
        *,
        url: str | None = None,
        **more: Any,
    ) -> Message:
        """Have a person send a file that was taken in before, to the number it was taken in for.

        ``url`` is where it can be downloaded for five minutes; ``more`` is as in :meth:`say`. What the kind
        does not have was refused by :meth:`check_file`.
        """
        file = INBOUND_KINDS[kind]
        content: dict[str, Any] = {}
        if about.caption and file.words is not None:
            content[file.words] = about.caption
        if about.filename and file.has_filename:
            content["filename"] = about.filename
        content |= {
            **media.in_webhooks,
            **({"url": url} if url else {}),
            **file.about_file(media, about.voice),
        }
        return self._write(person, self._reception.number(media.phone_number_id), file, content, **more)

    def react(self, person: Person, message_id: str, emoji: str) -> Message:
        """Have a person react to a message of the conversation; without an emoji the reaction is taken back.

        It is a message of its own; of one on a message that is 30 days old the business does not hear.
        Raises :class:`~emulator.sandbox.errors.CannotDo` for a message they do not see, for what is no emoji,
        and for a reaction to take back that is not there.
        """
        message = self._seen.seen(person, message_id)
        if emoji and not is_emoji(emoji):
            raise CannotDo(f"people react with an emoji, not with {emoji!r}")
        if not emoji and not self._seen.has_reacted(person, message):
            raise CannotDo(f"{person.name} has no reaction on {message_id} to take back")
        content = {"message_id": message_id} | ({"emoji": emoji} if emoji else {})
        kind = REACTED if emoji else REACTION_REMOVED
        is_old = self._core.clock.now() >= message.at + REACTED_WITHIN
        return self._reception.receive(
            person,
            self._reception.number(message.phone_number_id),
            kind,
            content,
            group_id=message.group_id,
            unheard="the message is 30 days old" if is_old else None,
        )

    def read(
        self, person: Person, *, phone_number_id: str | None = None, message_id: str | None = None
    ) -> list[Message]:
        """Have a person read everything that was delivered to them, of one number or of all, or one message.

        Returns those messages. Their status changes when the due work ``message.read``, planned for now, is
        carried out.
        """
        check_is_there(person)
        if message_id is not None:
            self._seen.seen(person, message_id)
        return self._sending.read_by(person, self._core.clock.now(), phone_number_id, message_id)


def _not_shown() -> MessageError:
    """Why the API does not show a message of a type that it does not know."""
    refusal = refuse(
        131051, by_webhook=True, rule="unsupported", hint="The API shows no message of its type."
    )
    assert isinstance(refusal, MessageError)
    return refusal
