"""What a test has a simulated user do: write, show files, tap, call, read, edit and delete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import acted

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableMessage, AwaitableMessages, AwaitablePhoneCall

_INSTEAD: Mapping[str, str] = {
    "text": 'says("…")',
    **{
        kind: f'shows("{kind}", data, mime_type)'
        for kind in ("image", "audio", "video", "document", "sticker")
    },
    "reaction": 'reacts(message, "👍")',
    "button": "taps(label)",
    "interactive": "taps(label)",
}
"""What is written for kinds of messages that :meth:`PersonActs.sends` does not send."""


class PersonActs:
    """What a person does towards a business number: ``to`` is its id or its digits, by default the first."""

    _sandbox: Sandbox
    wa_id: str

    def says(
        self,
        text: str,
        *,
        to: str | None = None,
        reply_to: Message | None = None,
        group: Group | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
        context: Mapping[str, Any] | None = None,
        written_at: datetime | None = None,
    ) -> AwaitableMessage:
        """Write a text to a business number (default: the first) or in a group; returns the message.

        It opens or restarts the customer service window; ``settle()`` delivers the ``messages`` webhook.
        ``reply_to`` is the message they quote, ``context`` says that it is ``forwarded`` or
        ``frequently_forwarded``, or asks about a ``referred_product``; ``referral`` is the ad or post they
        write from, on a ``device``: ``android``, ``ios``, ``web`` or ``desktop`` (default: their own).
        ``written_at`` is an earlier instant, of a phone that was off meanwhile; the window counts from then.
        """
        reply_id = reply_to.id if reply_to else None
        group_id = group.id if group else None
        return acted(
            self._sandbox.people.say(
                self.wa_id,
                text,
                to=to,
                reply_to=reply_id,
                group=group_id,
                referral=referral,
                device=device,
                context=context,
                written_at=written_at,
            ),
            self._sandbox,
        )

    def clicks_ad(
        self,
        text: str = "Hello! Can I get more info on this?",
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str | None = None,
    ) -> AwaitableMessage:
        """Write to a business number from an ad: an invented one, unless ``referral`` says which.

        On ``android`` or ``ios`` an answer of the business within 24 hours opens a free entry point of 72
        hours.
        """
        return acted(
            self._sandbox.people.click_ad(self.wa_id, text, to=to, referral=referral, device=device),
            self._sandbox,
        )

    def calls(self, *, to: str | None = None, lasts: timedelta | None = None) -> AwaitablePhoneCall:
        """Call a business number (default: the first); nobody answers unless the call ``lasts`` some time.

        It opens or restarts the window. Causes a ``calls`` webhook now, and one when it ends: after
        ``lasts``, or after 45 seconds of ringing.
        """
        return acted(self._sandbox.people.call(self.wa_id, to=to, lasts=lasts), self._sandbox)

    def edits(self, message: Message, text: str) -> AwaitableMessage:
        """Change the text or caption of a message they wrote; returns what the business receives.

        By the setting ``edits_told`` that is an ``edit`` or an unsupported message. Raises :class:`CannotDo`
        from 15 minutes after it was written on.
        """
        return acted(self._sandbox.people.edit(self.wa_id, message.id, text), self._sandbox)

    def deletes(self, message: Message) -> AwaitableMessage | Any:
        """Delete a message they wrote.

        Returns what the business receives: by the setting ``edits_told`` nothing (``None``). With
        ``edits_told: messages`` it is a ``revoke`` message. Raises :class:`CannotDo` from two days and twelve
        hours after it was written on.
        """
        return acted(self._sandbox.people.delete(self.wa_id, message.id), self._sandbox)

    def sends(self, kind: str, content: Any, *, to: str | None = None) -> AwaitableMessage:
        """Send a ``location``, ``contacts`` or an ``order`` to a business number, with a webhook's content.

        ``unsupported`` is one that the API does not show, as ``{"type": "poll_creation"}``.

        Other kinds have methods of their own: :meth:`says`, :meth:`shows`, :meth:`reacts`, :meth:`taps`.
        Raises :class:`CannotDo` for them, naming the method.
        """
        if kind in _INSTEAD:
            raise CannotDo(
                f"sends() sends a location, contacts or an order; write {_INSTEAD[kind]} for {kind}"
            )
        return acted(self._sandbox.people.send(self.wa_id, kind, content, to=to), self._sandbox)

    def shows(
        self,
        kind: str,
        data: bytes,
        mime_type: str,
        *,
        caption: str | None = None,
        filename: str | None = None,
        voice: bool = False,
        to: str | None = None,
        group: Group | None = None,
    ) -> AwaitableMessage:
        """Send a file to a business number or in a group.

        It is an ``image``, ``audio``, ``video``, ``document`` or ``sticker``; ``data`` are its bytes,
        ``mime_type`` is like ``image/jpeg``; ``voice`` makes an audio a recording. The app can download it by
        its media id for seven simulated days.
        """
        return acted(
            self._sandbox.people.show(
                self.wa_id,
                kind,
                BytesIO(data),
                mime_type,
                to=to,
                group=group.id if group else None,
                caption=caption,
                filename=filename,
                voice=voice,
            ),
            self._sandbox,
        )

    def reacts(self, on: Message, emoji: str = "") -> AwaitableMessage:
        """React to a message of the conversation with an emoji; an empty one takes the reaction back.

        Raises :class:`CannotDo` for a message that is not theirs or to them.
        """
        return acted(self._sandbox.people.react(self.wa_id, on.id, emoji), self._sandbox)

    def taps(self, label: str, *, on: Message | None = None, context: bool = True) -> AwaitableMessage:
        """Tap a button or the row of a list by its label, payload or id.

        On a message, or on the newest that has it. Only what has reached them can be tapped: ``settle()``
        first. Without ``context`` the webhook does not name the message, as happens on the platform. Raises
        :class:`CannotDo` when they see no such button, naming those they see.
        """
        return acted(
            self._sandbox.people.tap(self.wa_id, label, message_id=on.id if on else None, context=context),
            self._sandbox,
        )

    def fills_flow(self, answers: Mapping[str, Any], *, on: Message | None = None) -> AwaitableMessage:
        """Fill in the flow of a message, by default of the newest that has one, and send it (``nfm_reply``).

        ``answers`` are what the last screen of the flow sends, by name; the ``flow_token`` of the message is
        put beside them. Raises :class:`CannotDo` when no flow has reached them: ``settle()`` first.
        """
        return acted(
            self._sandbox.people.fill_flow(self.wa_id, answers, message_id=on.id if on else None),
            self._sandbox,
        )

    def allows_calls(self, *, permanent: bool = False, on: Message | None = None) -> AwaitableMessage:
        """Accept that the business may call them, for seven days or for ever: ``call_permission_reply``.

        It answers a request to call, by default the newest. Raises :class:`CannotDo` when none has reached
        them.
        """
        return self._answers_calls("accept", on, permanent)

    def refuses_calls(self, *, on: Message | None = None) -> AwaitableMessage:
        """Reject that the business may call them, as the newest request, or ``on``, asks."""
        return self._answers_calls("reject", on, False)

    def _answers_calls(self, response: str, on: Message | None, permanent: bool) -> AwaitableMessage:
        return acted(
            self._sandbox.people.answer_call_permission(
                self.wa_id, response, message_id=on.id if on else None, permanent=permanent
            ),
            self._sandbox,
        )

    def plays(self, message: Message) -> AwaitableMessage:
        """Listen to an audio of the business for the first time; it is read then, too.

        Causes the status ``played``. Raises :class:`CannotDo` for a message that is no audio, has not reached
        them, or was played before.
        """
        return acted(self._sandbox.people.play(self.wa_id, message.id), self._sandbox)

    def opens_chat(self, *, to: str | None = None) -> AwaitableMessage:
        """Open a new chat with a business number, before writing: ``request_welcome``.

        The platform sends it for a number whose ``enable_welcome_message`` is on.
        """
        return acted(self._sandbox.people.open_chat(self.wa_id, to=to), self._sandbox)

    def reads(self, message: Message | None = None) -> AwaitableMessages:
        """Read everything that was delivered to them, or one ``message``; returns what they have read.

        Their status becomes ``read``, with its webhook, at the next ``settle()``.
        """
        return acted(self._sandbox.people.read(self.wa_id, message.id if message else None), self._sandbox)
