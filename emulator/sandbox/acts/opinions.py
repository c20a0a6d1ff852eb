"""What people do about a business they do not like."""

from __future__ import annotations

from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.inbound import InboundMessages
from emulator.sandbox.people.blocks_and_reports import BlocksAndReports
from emulator.sandbox.people.people import PeopleDirectory
from emulator.sandbox.store import Store


class OpinionActs:
    """Acts of people who had enough; ``to`` is a business number, by default the first."""

    core: Core
    store: Store
    peopling: PeopleDirectory
    receiving: InboundMessages
    opinions: BlocksAndReports

    def standing(self, number: str, *, to: str | None = None) -> Relationship:
        """How a person and a business number stand to each other."""
        with self.store.reading():
            return self.opinions.relationship(self.peopling.get(number), self.receiving.number(to))

    def block(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person block a business number."""
        with self.core.command():
            return self.opinions.block(self.peopling.get(number), self.receiving.number(to))

    def unblock(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person take a block back."""
        with self.core.command():
            return self.opinions.unblock(self.peopling.get(number), self.receiving.number(to))

    def report(
        self,
        number: str,
        *,
        to: str | None = None,
        message_id: str | None = None,
        template: str | None = None,
    ) -> Message | None:
        """Have a person report a message, the newest message of a template, or just a business number.

        Returns the message. Raises :class:`CannotDo` for one that has not reached them.
        """
        with self.core.command():
            person = self.peopling.get(number)
            if template is not None:
                if message_id is not None:
                    raise CannotDo("a report names a message or a template, not both")
                message_id = self.opinions.newest_of(person, template).id
            known = self.store.messages.get(message_id) if message_id is not None else None
            business = self.receiving.number(known.phone_number_id if known else to)
            return self.opinions.report(person, business, message_id)

    def stop_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person stop the marketing messages of a business number."""
        with self.core.command():
            return self.opinions.stop_marketing(self.peopling.get(number), self.receiving.number(to))

    def resume_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person want marketing messages again."""
        with self.core.command():
            person, business = self.peopling.get(number), self.receiving.number(to)
            return self.opinions.stop_marketing(person, business, stopped=False)
