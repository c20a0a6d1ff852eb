"""What people do towards a business number: they write, show files, tap, call, read, edit and delete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.wire import attachments

if TYPE_CHECKING:
    from emulator.domain.media import Media
    from emulator.domain.messages.lifecycle import Message
    from emulator.sandbox.messages.calls import PhoneCall
    from emulator.sandbox.store.media.blobs import Source


class ActsOfPeople(Namespace):
    """What people do, each act towards the business number ``to``, by default the first."""

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
        from emulator.sandbox.messages.received.inbound import AboutFile

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
