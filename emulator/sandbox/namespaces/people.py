"""``sandbox.people``: who is in a sandbox, what they are like, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.calls import PhoneCall
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.renamed import FormerlyAnAct
from emulator.sandbox.store.media.blobs import Source


class PeopleNamespace(FormerlyAnAct, Namespace):
    """The simulated WhatsApp users.

    ``number`` is the phone number of a person, in any way of writing it; ``to`` is the id or the digits of a
    business phone number, by default the first. Every act raises :class:`LookupError` for a number that
    nobody has, and :class:`~emulator.sandbox.errors.CannotDo` for what the person's phone would not let
    them do.
    """

    def all(self) -> list[Person]:
        """Everybody, in the order they were added."""
        with self._store.reading():
            return self._store.people.all()

    def get(self, number: str) -> Person:
        """The person with a phone number."""
        with self._store.reading():
            return self._services.people.get(number)

    def add(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        """Add a person; a name and a number that are left out are invented in their ``locale``.

        ``facts`` are those of :class:`~emulator.domain.people.person.Person`, and ``habits`` by name.
        Raises :class:`ValueError` for a number that is taken and for a fact that makes no sense.
        """
        with self._core.command():
            return self._services.people.add(name, number, **facts)

    def change(self, number: str, **facts: Any) -> Person:
        """Change some facts or habits of a person; returns the person as they are now."""
        with self._core.command():
            return self._services.people.change(self._services.people.get(number), **facts)

    # messages

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
        """Have a person write a text; it opens or restarts the customer service window.

        ``reply_to`` is the id of the message they quote, ``group`` the id of the group they write in,
        ``referral`` the ad or post they write from, on a ``device`` (``android``, ``ios``, ``web``,
        ``desktop``).
        """
        with self._core.command():
            return self._services.inbound.say(
                self._services.people.get(number),
                text,
                to=to,
                reply_to=reply_to,
                group=group,
                referral=referral,
                device=device,
            )

    def send(self, number: str, kind: str, content: Any, **more: Any) -> Message:
        """Have a person send a ``location`` or ``contacts``, with the content as a webhook shows it.

        ``more``: ``to``, ``reply_to``, ``referral``, ``device`` as in :meth:`say`.
        """
        with self._core.command():
            return self._services.inbound.write(self._services.people.get(number), kind, content, **more)

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
        """Have a person send a file: an ``image``, ``audio``, ``video``, ``document`` or ``sticker``.

        ``source`` is read before the transaction begins. ``more``: ``caption``, ``filename``, ``voice``,
        ``reply_to``, ``referral``, ``device``.
        """
        services = self._services
        with self._store.reading():
            person, business = services.people.get(number), services.inbound.number(to)
            services.inbound.check_file(person, kind, mime_type)
        media = services.media.receive(business, source, mime_type, more.get("filename"))
        with self._core.command():
            return services.inbound.show(person, kind, media, **more)

    def click_ad(
        self,
        number: str,
        text: str,
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person write from an ad, by default an invented one.

        On ``android`` or ``ios`` an answer within 24 hours opens a free entry point of 72 hours; on ``web``
        and ``desktop`` it does not.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.inbound.click_ad(person, text, to=to, referral=referral, device=device)

    def call(self, number: str, *, to: str | None = None, lasts: timedelta | None = None) -> PhoneCall:
        """Have a person call a business number; ``lasts`` is ``None`` when nobody answers."""
        with self._core.command():
            return self._services.calls.call(self._services.people.get(number), to, lasts)

    def react(self, number: str, message_id: str, emoji: str) -> Message:
        """Have a person react to a message; an empty ``emoji`` takes the reaction back."""
        with self._core.command():
            return self._services.inbound.react(self._services.people.get(number), message_id, emoji)

    def tap(
        self, number: str, label: str, *, message_id: str | None = None, row: bool | None = None
    ) -> Message:
        """Have a person tap a button, or the row of a list, by its label, payload or id.

        On the message ``message_id``, or on the newest that has it; ``row`` says that it is a row (``True``)
        or a button (``False``), ``None`` takes either.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.inbound.tap(person, label, message_id=message_id, row=row)

    def read(self, number: str) -> list[Message]:
        """Have a person read everything that was delivered to them; returns what they read."""
        with self._core.command():
            return self._services.inbound.read(self._services.people.get(number))

    def edit(self, number: str, message_id: str, text: str) -> Message:
        """Have a person change the text of a message of theirs; returns what the business gets of it."""
        with self._core.command():
            return self._services.revisions.edit(self._services.people.get(number), message_id, text)

    def delete(self, number: str, message_id: str) -> Message | None:
        """Have a person delete a message of theirs; returns what the business gets of it, if anything."""
        with self._core.command():
            return self._services.revisions.delete(self._services.people.get(number), message_id)

    # blocks, reports and opt-outs

    def relationship(self, number: str, *, to: str | None = None) -> Relationship:
        """Who of a person and a business number has blocked the other, and what marketing they want."""
        with self._store.reading():
            person, business = self._services.people.get(number), self._services.inbound.number(to)
            return self._services.blocks_and_reports.relationship(person, business)

    def block(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person block a business number: nothing it sends reaches them any more."""
        with self._core.command():
            person, business = self._services.people.get(number), self._services.inbound.number(to)
            return self._services.blocks_and_reports.block(person, business)

    def unblock(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person take a block back; what was sent meanwhile stays lost."""
        with self._core.command():
            person, business = self._services.people.get(number), self._services.inbound.number(to)
            return self._services.blocks_and_reports.unblock(person, business)

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
        with self._core.command():
            person = self._services.people.get(number)
            if template is not None:
                if message_id is not None:
                    raise CannotDo("a report names a message or a template, not both")
                message_id = self._services.blocks_and_reports.newest_of(person, template).id
            known = self._store.messages.get(message_id) if message_id is not None else None
            business = self._services.inbound.number(known.phone_number_id if known else to)
            return self._services.blocks_and_reports.report(person, business, message_id)

    def stop_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person stop the marketing messages of a business number (``user_preferences``)."""
        with self._core.command():
            person, business = self._services.people.get(number), self._services.inbound.number(to)
            return self._services.blocks_and_reports.stop_marketing(person, business)

    def resume_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person want the marketing messages of a business number again."""
        with self._core.command():
            person, business = self._services.people.get(number), self._services.inbound.number(to)
            return self._services.blocks_and_reports.stop_marketing(person, business, stopped=False)

    # windows

    def windows(self) -> list[Window]:
        """The customer service windows, the one that was restarted last first; closed ones, too."""
        with self._store.reading():
            return self._store.windows.all()

    def entry_points(self) -> dict[tuple[str, str], EntryPoint]:
        """The newest click on an ad and what became of it, by (phone number id, ``wa_id``)."""
        with self._store.reading():
            return self._store.entry_points.all()
