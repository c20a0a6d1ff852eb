"""Messages from people: they write, send files, react, tap buttons and read, as their phone would let them.

Each message is stored, opens or restarts the window where its kind does, and is an event for the webhook
``messages``.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.messages import MessageReceived
from emulator.domain.media import Media, is_mime_type
from emulator.domain.messages.groups import Group
from emulator.domain.messages.inbound_kinds import (
    INBOUND_KINDS,
    REACTED,
    REACTION_REMOVED,
    InboundKind,
    Written,
    names,
)
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.taps import TAPPABLE, choices
from emulator.domain.people.person import Person
from emulator.domain.windows import opens
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.messages.outbound import Outbound
from emulator.sandbox.messages.referrals import Referrals


class InboundMessages:
    """Acts of people towards a business number: they write, show files, react, tap and read.

    Each is called inside the caller's transaction and happens at the present time. Raises
    :class:`~emulator.sandbox.errors.CannotDo` for what the person's phone would not let them do.
    """

    def __init__(self, core: Core, sending: Outbound, faults: FaultInjection) -> None:
        self._core, self._store, self._sending = core, core.store, sending
        self._faults = faults
        self._ads = Referrals(core)

    def say(
        self,
        person: Person,
        text: str,
        *,
        to: str | None = None,
        reply_to: str | None = None,
        group: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person write a text to a business number (default: the first) or in a group.

        It opens or restarts the window. ``reply_to`` is the id of the message they quote, ``group`` the id of
        the group, ``referral`` the ad or post it is written from, on a ``device``. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for an empty text, and for one that is no Unicode text.
        """
        if not text:
            raise CannotDo("a message needs some text")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise CannotDo("the text holds half a surrogate pair, which no phone can write") from None
        if group is not None:
            to = self._group_of(person, group).phone_number_id
        number = self.number(to)
        came_from = self._ads.click(person, number, referral, device, group)
        said = {"body": text}
        return self.receive(
            person, number, INBOUND_KINDS["text"], said, reply_to, group_id=group, referral=came_from
        )

    def click_ad(
        self,
        person: Person,
        text: str,
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person write a text from an ad.

        One is made up, by the seed, when no ``referral`` says which. On ``android`` and ``ios`` the click is
        a chance for a free entry point.
        """
        ad = self._ads.invented() if referral is None else referral
        return self.say(person, text, to=to, referral=ad, device=device)

    def write(
        self,
        person: Person,
        kind: str,
        content: Any,
        *,
        to: str | None = None,
        reply_to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person send what is written as in a webhook: a ``location`` or ``contacts``.

        ``content`` is kept as it is given; the door has checked its shape. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for another kind.
        """
        if kind not in names(Written.JSON):
            written = names(Written.WORDS, Written.FILE, Written.JSON)
            raise CannotDo(f"people write {', '.join(written)}; not {kind}")
        number = self.number(to)
        came_from = self._ads.click(person, number, referral, device)
        return self.receive(person, number, INBOUND_KINDS[kind], content, reply_to, referral=came_from)

    def check_file(self, person: Person, kind: str, mime_type: str) -> None:
        """Refuse what no phone can send, before its bytes are taken in.

        Raises :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp, a kind that is
        no file, and a ``mime_type`` that is none.
        """
        self.check_is_there(person)
        files = names(Written.FILE)
        if kind not in files:
            raise CannotDo(f"people show {', '.join(files)}; not {kind}")
        if not is_mime_type(mime_type):
            raise CannotDo(f"{mime_type!r} is no type of a file; write one like image/jpeg")

    def show(
        self,
        person: Person,
        kind: str,
        media: Media,
        *,
        caption: str | None = None,
        filename: str | None = None,
        voice: bool = False,
        reply_to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person send a file that was taken in before, to the number it was taken in for.

        ``caption`` and ``filename`` are kept where the kind has them; ``voice`` marks an audio as recorded.
        """
        file = INBOUND_KINDS[kind]
        content: dict[str, Any] = {}
        if caption and file.words is not None:
            content[file.words] = caption
        if filename and file.has_filename:
            content["filename"] = filename
        content |= {
            "mime_type": media.mime_type,
            "sha256": base64.b64encode(bytes.fromhex(media.sha256)).decode(),
            "id": media.id,
            **file.about_file(media, voice),
        }
        number = self.number(media.phone_number_id)
        came_from = self._ads.click(person, number, referral, device)
        return self.receive(person, number, file, content, reply_to, referral=came_from)

    def react(self, person: Person, message_id: str, emoji: str) -> Message:
        """Have a person react to a message of the conversation; without an emoji the reaction is taken back.

        It is a message of its own. Raises :class:`~emulator.sandbox.errors.CannotDo` for a message that is
        not theirs.
        """
        message = self._store.messages.get(message_id)
        if message is None or message.wa_id != person.wa_id:
            raise CannotDo(f"{person.name} has no message {message_id}")
        content = {"message_id": message_id} | ({"emoji": emoji} if emoji else {})
        kind = REACTED if emoji else REACTION_REMOVED
        return self.receive(person, self.number(message.phone_number_id), kind, content)

    def tap(
        self, person: Person, label: str, *, message_id: str | None = None, row: bool | None = None
    ) -> Message:
        """Have a person tap a button, or the row of a list.

        On the newest message that has it, or on ``message_id``. It is found by its label, or else by its
        payload or id: the cards of a carousel often have the same labels. ``row`` says which of the two it
        is, ``None`` takes either. The newest 200 messages that have reached the person are looked through.
        Raises :class:`~emulator.sandbox.errors.CannotDo`, naming what they see.
        """
        offered: list[str] = []
        for message in reversed(self._tappable(person, message_id)):
            found = [choice for choice in choices(message) if row in (None, choice.is_row)]
            meant = [c for c in found if c.label == label] or [c for c in found if c.key == label]
            if meant:
                number = self.number(message.phone_number_id)
                kind = INBOUND_KINDS[meant[0].type]
                return self.receive(person, number, kind, meant[0].content, message.id)
            offered.extend(choice.label for choice in found)
        seen = ", ".join(repr(each) for each in dict.fromkeys(offered)) or "none"
        what = "row" if row else "quick-reply button"
        raise CannotDo(
            f"{person.name} sees no {what} {label!r}; {'rows' if row else 'buttons'} they see: {seen}"
        )

    def read(self, person: Person, *, phone_number_id: str | None = None) -> list[Message]:
        """Have a person read everything that was delivered to them, of one number or of all.

        Returns those messages. Their status changes when the due work ``message.read``, planned for now, is
        carried out.
        """
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
        on_the_way = [message for message in messages if message.type in TAPPABLE]
        tappable = [message for message in on_the_way if message.status in arrived]
        if not tappable:
            state = f" (the newest one is {on_the_way[-1].status})" if on_the_way else ""
            wanting = "settle() first" if on_the_way else "send one first"
            raise CannotDo(f"no message with buttons has reached {person.name} yet{state}; {wanting}")
        return tappable

    @staticmethod
    def check_is_there(person: Person) -> None:
        """Raise :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp."""
        if not person.on_whatsapp:
            raise CannotDo(f"{person.name} is not on WhatsApp and cannot write")

    def receive(
        self,
        person: Person,
        number: BusinessNumber,
        kind: InboundKind,
        content: Any,
        context_id: str | None = None,
        *,
        text: str | None = None,
        group_id: str | None = None,
        referral: Mapping[str, Any] | None = None,
    ) -> Message:
        """Store a message from a person, open or restart the window, and let the business hear of it.

        ``text`` is what the person sees of it, where that is not what its content says; ``context_id`` is the
        message it quotes. A fault may make it one of a type that is not supported. One whom the business has
        blocked writes a line of the journal and nothing else. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for who has blocked the number.
        """
        self.check_is_there(person)
        relationship = None if group_id else self._store.relationships.get(number.id, person.wa_id)
        if relationship is not None and relationship.blocked_number_at is not None:
            raise CannotDo(
                f"{person.name} has blocked {number.verified_name} and cannot write; unblock first"
            )
        text = kind.as_text(content) if text is None else text
        shown, content = self._faults.inbound(person.wa_id, number.id, kind.type, content)
        if shown != kind.type:
            kind = INBOUND_KINDS[shown]
        now = self._core.clock.now()
        message = Message(
            id=self._core.ids.inbound(person.wa_id),
            phone_number_id=number.id,
            wa_id=person.wa_id,
            outbound=False,
            type=kind.type,
            status=MessageStatus.RECEIVED,
            at=now,
            content=content,
            text=text,
            context_id=context_id,
            group_id=group_id,
            referral=referral,
        )
        if relationship is not None and relationship.blocked_person_at is not None:
            summary = f"{person.name} wrote and nobody hears of it: {number.verified_name} has blocked them"
            self._core.note("message", message.id, summary, wa_id=person.wa_id, cause=message.id)
            return message
        self._store.messages.add(message)
        if opens(kind.name, self._core.settings.window_opened_by):
            self._store.windows.restart(number.id, group_id or person.wa_id, now)
        self._core.happen(MessageReceived(message, number, person, at=now))
        return message

    def _group_of(self, person: Person, group_id: str) -> Group:
        group = self._store.groups.get(group_id)
        if group is None or person.wa_id not in group.participants:
            raise CannotDo(f"{person.name} is in no group {group_id}")
        return group

    def number(self, phone_number_id: str | None) -> BusinessNumber:
        """Find a business number by its id or digits; the first one for ``None``.

        Raises :class:`~emulator.sandbox.errors.CannotDo`, naming those that there are.
        """
        return lookup.number(self._store.accounts, phone_number_id)
