"""``sandbox.people``: who is in a sandbox, what they are like, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.media import Media
from emulator.domain.messages.chats import Chat
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.answers.answer import spread_from_json
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox import lookup
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.calls import PhoneCall
from emulator.sandbox.messages.chats import chats_of
from emulator.sandbox.messages.received.habitual_answers import AnswerFunction
from emulator.sandbox.messages.received.inbound import AboutFile
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct
from emulator.sandbox.store.media.blobs import Source
from emulator.wire import attachments


class PeopleNamespace(FormerlyAnAct, Namespace):
    """The simulated WhatsApp users of a sandbox: who they are, and everything they do.

    ``number`` is the phone number of a person, in any way of writing it; ``to`` is the id or the digits of a
    business phone number, by default the first. Every act raises :class:`LookupError` for a number that
    nobody has, and :class:`~emulator.sandbox.errors.CannotDo` (a :class:`ValueError`) for what the person's
    phone would not let them do. Each is one transaction at the present time; the webhooks it causes go out
    when the sandbox settles.
    """

    def all(self, *, after: str | None = None, limit: int = -1, search: str = "") -> list[Person]:
        """List everybody in the sandbox, in the order they were added: the people of the seed first.

        ``after``: only those who were added after the person with this number; ``limit`` keeps the first of
        them, -1 all. ``search``: words that all stand in the name, A to Z in any case, or digits of the
        number. Raises :class:`LookupError` for an ``after`` that nobody has.
        """
        digits = "".join(filter(str.isdigit, search)) if not any(map(str.isalpha, search)) else ""
        with self._store.reading():
            last = None if after is None else self._services.people.get(after).wa_id
            return self._store.people.all(after=last, limit=limit, words=search.split(), digits=digits)

    def chats(self, *, after: str | None = None, limit: int = -1, search: str = "") -> list[Chat]:
        """List people as :meth:`all` does, each with how their conversation with the business stands now.

        That is their window, who has blocked whom and whether marketing is stopped, how much they have not
        read, and the last message.
        """
        with self._store.reading():
            now, people = self._core.clock.now(), self.all(after=after, limit=limit, search=search)
            return list(chats_of(self._store, people, now))

    def get(self, number: str) -> Person:
        """Find the person with a phone number, in any way of writing it, as they are now.

        Raises :class:`LookupError` for a number that nobody has, naming some that there are.
        """
        with self._store.reading():
            return self._services.people.get(number)

    def add(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        """Add a person; a name and a number that are left out are invented in their ``locale``, by the seed.

        ``facts`` are those of :class:`~emulator.domain.people.person.Person`, and ``habits`` a mapping by
        name; habits that are left out are the seed's. Raises :class:`ValueError` for a number that is taken
        and for a fact that cannot be.
        """
        with self._core.command():
            return self._services.people.add(name, number, **facts)

    def get_or_add(self, number: str, name: str) -> Person:
        """Find the person with a number, as :meth:`get` does; where nobody has it, add one of this ``name``.

        Raises :class:`ValueError` for a number that cannot be.
        """
        with self._core.command():
            return self._services.people.get_or_add(number, name)

    def crowd(self, count: int, **facts: Any) -> list[Person]:
        """Add a crowd of ``count`` people, up to 10,000, who receive and read at different times.

        Names and numbers are invented in their ``locale``, by the seed, and habits are drawn: most get a
        message within seconds and read it within the hour, some later, some never. ``facts`` hold for all of
        them; single ``habits`` by name do, too, and are not drawn then. Returns them. Raises
        :class:`ValueError` for another count and for a fact that cannot be.
        """
        with self._core.command():
            return self._services.people.crowd(count, **facts)

    def change(self, number: str, **facts: Any) -> Person:
        """Change some facts of a person, or some of their ``habits`` by name.

        Returns the person as they are now. It holds for what happens from now on; deliveries that are planned
        already keep their instants. Raises :class:`ValueError` for an unknown fact or a value that cannot be.
        """
        with self._core.command():
            return self._services.people.change(self._services.people.get(number), **facts)

    def change_number(self, number: str, new: str) -> Person:
        """Have a person change from one phone number to a ``new`` one; returns them as they are then.

        The business numbers they have written to and not blocked hear of it by a ``system`` message from the
        old number, without contacts, and by ``user_id_update``. Nobody has the old number any more: what is
        sent there fails with 131026. Raises :class:`CannotDo` for somebody who is not on WhatsApp, and for a
        number that is taken.
        """
        with self._core.command():
            person = self._services.people.get(number)
            changed = self._services.number_changes.change(person, new)
            self._services.habitual_answers.rename(person.wa_id, changed.wa_id)
            return changed

    def go_offline(self, number: str, until: datetime | None = None) -> Person:
        """Have a person's phone be off, until an instant, or without one until they :meth:`come_online`.

        Nothing is delivered, read or answered meanwhile; at that instant everything arrives at once. The
        platform keeps messages for 30 days. What a person is asked to do by an act happens all the same.
        Returns the person. Raises :class:`CannotDo` for an instant that is not to come.
        """
        with self._core.command():
            return self._services.absences.switch_off(self._services.people.get(number), until)

    def come_online(self, number: str) -> Person:
        """Have a person's phone be on again: what waits for it arrives when the sandbox settles.

        Returns the person; where it is on, nothing changes. Raises :class:`CannotDo` for a phone that is off
        every day at this time.
        """
        with self._core.command():
            return self._services.absences.switch_on(self._services.people.get(number))

    def answer_with(self, number: str, function: AnswerFunction | None, after: Any = None) -> None:
        """Have a function say what a person answers to each message that reaches them, in place of rules.

        It is given the message and returns a text, acts as the ``then`` of a rule has them, or ``None`` for
        no answer. It is called when the answer is due: ``after`` the delivery, a duration or a list of the
        least and the most (default: when they would read it). That is inside a transaction of the sandbox: it
        must not call the app or wait. What it raises, ``settle`` raises. ``None`` takes it away, as do a
        reset and a restore.
        """
        spread = None if after is None else spread_from_json(after)
        with self._core.command():
            self._services.habitual_answers.ask(self._services.people.get(number), function, spread)

    # messages

    def say(self, number: str, text: str, **more: Any) -> Message:
        """Have a person write a text.

        It opens or restarts the customer service window, and causes a ``messages`` webhook. ``more``: ``to``;
        ``reply_to``, the id of the message they quote; ``context``, which says that it is ``forwarded`` or
        ``frequently_forwarded`` (``True``), or asks about a ``referred_product``; ``group``, the id of the
        group they write in; ``referral``, the ad or post they write from; ``device`` (``android``, ``ios``,
        ``web``, ``desktop``; default: the person's); ``written_at``, an earlier instant at which it was
        written by a phone that was off meanwhile: webhooks have its timestamp, and the window counts from
        then. Where the business cannot hear (its number is not registered or banned, its account disabled, or
        it has blocked the person), the journal says so and nothing else happens. Raises :class:`CannotDo` for
        an empty text, for a message to quote that they do not see, for somebody who is not on WhatsApp or not
        in the group, and for who has blocked the number.
        """
        with self._core.command():
            return self._services.inbound.say(self._services.people.get(number), text, **more)

    def send(self, number: str, kind: str, content: Any, **more: Any) -> Message:
        """Have a person send a ``location``, ``contacts`` or an ``order``, with the content of the webhook.

        So can a ``button`` and an ``interactive`` reply be sent, of any message, also of one that the sandbox
        has not; :meth:`tap` compares them with what the person was sent. ``more``: ``to``, ``reply_to``,
        ``context``, ``referral``, ``device`` as in :meth:`say`; in a ``group`` only what is ``unsupported``.
        Opens or restarts the window, and causes a ``messages`` webhook. Raises :class:`CannotDo` for another
        kind, which has a method of its own, and for a content that no phone sends.
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
        group: str | None = None,
        caption: str | None = None,
        filename: str | None = None,
        voice: bool = False,
        **more: Any,
    ) -> Message:
        """Have a person send a file: an ``image``, ``audio``, ``video``, ``document`` or ``sticker``.

        ``source`` is read to its end before the transaction begins; ``mime_type`` is like ``image/jpeg``;
        images, videos and documents may have a ``caption``, documents a ``filename``, and ``voice`` is an
        audio that was recorded. ``group`` and ``more`` (``reply_to``, ``context``, ``referral``, ``device``)
        are as in :meth:`say`. The file has a media id, good for seven days, and where the emulator is served
        a ``url``, good for five minutes. Opens or restarts the window. Raises :class:`CannotDo` for another
        kind or no type, and for what the kind does not have.
        """
        services = self._services
        about = AboutFile(caption, filename, voice)
        with self._store.reading():
            person = services.people.get(number)
            business = services.inbound.number_for(person, to, group)
            services.inbound.check_file(person, kind, mime_type, about)
        media = services.media.receive(business, source, mime_type, filename)
        with self._core.command():
            url = self._url_of(media)
            return services.inbound.show(person, kind, media, about, url=url, group=group, **more)

    def _url_of(self, media: Media) -> str | None:
        """Where a file that a webhook tells of can be downloaded; ``None`` while nobody serves the emulator.

        Webhooks carry it since autumn 2025 (captures of 2026).
        """
        base, now = self._core.base_url(), self._core.clock.now()
        if base is None:
            return None
        secret = lookup.app(self._store.accounts).secret
        return attachments.download_url(base, media.id, now, secret, source="webhook")

    def click_ad(
        self,
        number: str,
        text: str,
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
    ) -> Message:
        """Have a person write a text from an ad: an invented one, unless ``referral`` says which.

        On ``android`` or ``ios`` an answer of the business within 24 hours opens a free entry point of 72
        hours; on ``web`` and ``desktop`` it does not. Raises :class:`CannotDo` for a referral or device that
        cannot be.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.inbound.click_ad(person, text, to=to, referral=referral, device=device)

    def call(self, number: str, *, to: str | None = None, lasts: timedelta | None = None) -> PhoneCall:
        """Have a person call a business number; the call opens or restarts the window, answered or not.

        ``lasts`` is how long they speak; ``None`` is a call that nobody answers, and that ends after 45
        seconds. Causes a ``calls`` webhook now and one when it ends. Raises :class:`CannotDo` for somebody
        who is not on WhatsApp.
        """
        with self._core.command():
            return self._services.calls.call(self._services.people.get(number), to, lasts)

    def react(self, number: str, message_id: str, emoji: str) -> Message:
        """Have a person react to a message of their conversation with an ``emoji``.

        An empty one takes the reaction back. Causes a ``messages`` webhook. Whether it opens the window says
        the setting ``window_opened_by``. Raises :class:`CannotDo` for a message that is not in their
        conversation.
        """
        with self._core.command():
            return self._services.inbound.react(self._services.people.get(number), message_id, emoji)

    def tap(
        self,
        number: str,
        label: str,
        *,
        message_id: str | None = None,
        row: bool | None = None,
        context: bool = True,
    ) -> Message:
        """Have a person tap a button, or the row of a list, by its label, or by its payload or id.

        On the message ``message_id``, or on the newest that has reached them and has it; ``row`` says that it
        is a row (``True``) or a button (``False``), ``None`` takes either. Without ``context`` the webhook
        does not name the message, as happens on the platform. Opens or restarts the window. Raises
        :class:`CannotDo` when they see no such button, naming those they see.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.answers.tap(person, label, message_id=message_id, row=row, context=context)

    def fill_flow(self, number: str, answers: Mapping[str, Any], *, message_id: str | None = None) -> Message:
        """Have a person fill in the flow of a message and send it: an ``interactive`` reply, ``nfm_reply``.

        ``answers`` are what the last screen of the flow sends, by name, as JSON. The flow is that of
        ``message_id``, or of the newest message that has one; its ``flow_token`` is put beside the answers.
        Opens or restarts the window. Raises :class:`CannotDo` when no flow has reached them.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.answers.fill_flow(person, answers, message_id=message_id)

    def answer_call_permission(
        self, number: str, response: str, *, message_id: str | None = None, permanent: bool = False
    ) -> Message:
        """Have a person ``accept`` or ``reject`` that the business may call them.

        They answer the message ``message_id``, or the newest that asks. What is accepted holds for seven
        days, or with ``permanent`` for ever. Opens or restarts the window. Raises :class:`CannotDo` when
        nobody asked, and for another ``response``.
        """
        with self._core.command():
            person = self._services.people.get(number)
            return self._services.answers.answer_call_permission(
                person, response, message_id=message_id, permanent=permanent
            )

    def open_chat(self, number: str, *, to: str | None = None) -> Message:
        """Have a person open a new chat with a business number, before anything is written.

        It is a ``request_welcome`` message, which the platform sends for a number whose
        ``enable_welcome_message`` is on. By the setting ``window_opened_by`` it may open the window; no
        source says so.
        """
        return self.send(number, "request_welcome", {}, to=to)

    def read(self, number: str, message_id: str | None = None) -> list[Message]:
        """Have a person read everything that was delivered to them, or one message; returns what they read.

        The status ``read`` and its webhook come when the sandbox settles, or by the worker. Messages that
        have not been delivered yet are not read.
        """
        with self._core.command():
            return self._services.inbound.read(self._services.people.get(number), message_id=message_id)

    def play(self, number: str, message_id: str) -> Message:
        """Have a person listen to an audio of the business for the first time: the status ``played``.

        It is ``read`` then, too. Returns the message. Raises :class:`CannotDo` for one that is no audio, has
        not reached them, or was played before.
        """
        with self._core.command():
            return self._services.status_reports.play(self._services.people.get(number), message_id)

    def edit(self, number: str, message_id: str, text: str) -> Message:
        """Have a person change the text or caption of a message they wrote.

        Returns what the business receives. By the setting ``edits_told`` that is an ``edit`` message or one
        of a type that is not supported. Raises :class:`CannotDo` from 15 minutes after it was written on, for
        a message without words, and for an empty ``text``.
        """
        with self._core.command():
            return self._services.revisions.edit(self._services.people.get(number), message_id, text)

    def delete(self, number: str, message_id: str) -> Message | None:
        """Have a person delete a message they wrote; returns what the business receives.

        By the setting ``edits_told`` that is a ``revoke`` message, or nothing (``None``) but a line in the
        journal. Raises :class:`CannotDo` from two days and twelve hours after it was written on.
        """
        with self._core.command():
            return self._services.revisions.delete(self._services.people.get(number), message_id)

    # blocks, reports and opt-outs

    def relationship(self, number: str, *, to: str | None = None) -> Relationship:
        """Find who of a person and a business number has blocked the other, and whether marketing is stopped.

        Each is the instant since when, or ``None``; where nothing ever happened between the two, all are.
        ``typing_until`` is until when the person sees that the business types: 25 seconds, or until its next
        message to them.
        """
        with self._store.reading():
            person, business = self._services.people.get(number), self._services.reception.number(to)
            return self._services.blocks_and_reports.relationship(person, business)

    def relationships(self, number: str) -> list[Relationship]:
        """List how a person stands to each business number, as :meth:`relationship` does, the first first."""
        with self._store.reading():
            person = self._services.people.get(number)
            return [
                self._services.blocks_and_reports.relationship(person, business)
                for business in self._store.accounts.numbers()
            ]

    def block(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person block a business number: what it sends, and what is on its way, reaches them no more.

        Such a message stays ``sent``, or fails with 131026 by the setting ``when_blocked``. The block counts
        against the quality of the number, and of the template they got last within seven days. No webhook is
        sent; the journal notes it. Returns the relationship; blocking twice changes nothing.
        """
        with self._core.command():
            person, business = self._services.people.get(number), self._services.reception.number(to)
            return self._services.blocks_and_reports.block(person, business)

    def unblock(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person take a block back: they receive what is sent from now on.

        What was sent meanwhile stays lost, and the block still counts for the quality. Returns the
        relationship; without a block nothing changes.
        """
        with self._core.command():
            person, business = self._services.people.get(number), self._services.reception.number(to)
            return self._services.blocks_and_reports.unblock(person, business)

    def report(
        self,
        number: str,
        *,
        to: str | None = None,
        message_id: str | None = None,
        template: str | None = None,
    ) -> Message | None:
        """Have a person report a message, the newest message of a ``template``, or else just a number.

        It counts against the quality of the business number, and of the template the message is made of; no
        webhook is sent. Returns the message, if one is named. Raises :class:`CannotDo` for a message that has
        not reached them, and when a message and a template are named.
        """
        with self._core.command():
            person = self._services.people.get(number)
            if template is not None:
                if message_id is not None:
                    raise CannotDo("a report names a message or a template, not both")
                message_id = self._services.blocks_and_reports.newest_of(person, template).id
            known = self._store.messages.get(message_id) if message_id is not None else None
            business = self._services.reception.number(known.phone_number_id if known else to)
            return self._services.blocks_and_reports.report(person, business, message_id)

    def stop_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person stop the marketing messages of a business number: from now on they fail with 131050.

        Reported by ``user_preferences``. Returns the relationship; stopping twice changes nothing.
        """
        with self._core.command():
            person, business = self._services.people.get(number), self._services.reception.number(to)
            return self._services.blocks_and_reports.stop_marketing(person, business)

    def resume_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person want the marketing messages of a business number again, after they stopped them.

        Reported by ``user_preferences``. Returns the relationship; where marketing was not stopped, nothing
        changes.
        """
        with self._core.command():
            person, business = self._services.people.get(number), self._services.reception.number(to)
            return self._services.blocks_and_reports.stop_marketing(person, business, stopped=False)

    # windows

    def windows(self, *, after: Window | None = None, limit: int = -1) -> list[Window]:
        """List the customer service windows, the one that was restarted last first.

        Closed ones are listed, too. One a business number and person (or group) who ever wrote or called;
        :meth:`Window.is_open` says whether it is open at an instant. ``after``: only those that come after
        this one; ``limit`` keeps the first of them, -1 all.
        """
        with self._store.reading():
            return self._store.windows.all(after=after, limit=limit)

    def windows_of(self, wa_id: str) -> list[Window]:
        """List the windows of a person (or group), one a business number, restarted last first."""
        with self._store.reading():
            return self._store.windows.of(wa_id, [number.id for number in self._store.accounts.numbers()])

    def entry_point(self, phone_number_id: str, wa_id: str) -> EntryPoint | None:
        """Find a person's newest click on an ad of a number, and what became of it; ``None`` without one.

        It is a free entry point once an answer of the business has opened it (``opened_at``). Clicks on
        ``web`` and ``desktop`` are none.
        """
        with self._store.reading():
            return self._store.entry_points.get(phone_number_id, wa_id)

    def entry_points(self) -> dict[tuple[str, str], EntryPoint]:
        """Map (phone number id, ``wa_id``) to the newest click of each, as :meth:`entry_point` finds one."""
        with self._store.reading():
            return self._store.entry_points.all()
