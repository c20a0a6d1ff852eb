"""What people are like, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.media.files import MediaFiles
from emulator.sandbox.messages.inbound import InboundMessages
from emulator.sandbox.people.people import PeopleDirectory
from emulator.sandbox.store import Store
from emulator.sandbox.store.blobs import Source


class PeopleActs:
    """Acts of people."""

    core: Core
    store: Store
    peopling: PeopleDirectory
    receiving: InboundMessages
    filing: MediaFiles

    def person(self, number: str) -> Person:
        with self.store.reading():
            return self.peopling.get(number)

    def people(self) -> list[Person]:
        with self.store.reading():
            return self.store.people.all()

    def add_person(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        with self.core.command():
            return self.peopling.add(name, number, **facts)

    def change_person(self, number: str, **facts: Any) -> Person:
        with self.core.command():
            return self.peopling.change(self.peopling.get(number), **facts)

    def say(
        self,
        number: str,
        text: str,
        *,
        to: str | None = None,
        reply_to: str | None = None,
        group: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person write a text to a business number, or in a group, perhaps from an ad."""
        with self.core.command():
            return self.receiving.say(
                self.peopling.get(number),
                text,
                to=to,
                reply_to=reply_to,
                group=group,
                referral=referral,
                device=device,
            )

    def write(self, number: str, kind: str, content: Any, **more: Any) -> Message:
        """Have a person send a place or contact cards, as they stand in a webhook."""
        with self.core.command():
            return self.receiving.write(self.peopling.get(number), kind, content, **more)

    def show(
        self,
        number: str,
        kind: str,
        source: Source,
        mime_type: str,
        *,
        to: str | None = None,
        **more: Any,
    ) -> Message:
        """Have a person send a file: ``image``, ``audio``, ``video``, ``document`` or ``sticker``."""
        with self.store.reading():
            person, business = self.peopling.get(number), self.receiving.number(to)
            self.receiving.check_file(person, kind, mime_type)
        media = self.filing.receive(business, source, mime_type, more.get("filename"))
        with self.core.command():
            return self.receiving.show(person, kind, media, **more)

    def react(self, number: str, message_id: str, emoji: str) -> Message:
        """Have a person react to a message, or take that back without an emoji."""
        with self.core.command():
            return self.receiving.react(self.peopling.get(number), message_id, emoji)

    def tap(
        self, number: str, label: str, *, message_id: str | None = None, row: bool | None = None
    ) -> Message:
        """Have a person tap a button or the row of a list on a message they received."""
        with self.core.command():
            return self.receiving.tap(self.peopling.get(number), label, message_id=message_id, row=row)

    def read(self, number: str) -> list[Message]:
        """Have a person read what was delivered to them."""
        with self.core.command():
            return self.receiving.read(self.peopling.get(number))
