"""``whatsapp.person()``: the simulated users a test talks to, and what it has them do."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.received.habitual_answers import AnswerFunction
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import acted
from emulator.testing.clocks.durations import duration
from emulator.testing.members.messages import Messages

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import (
        AwaitableMessage,
        AwaitableMessages,
        AwaitablePhoneCall,
        AwaitableRelationship,
    )

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
"""What is written for kinds of messages that :meth:`PersonHandle.sends` does not send."""


class PersonHandle:
    """A simulated WhatsApp user in a test, and what they do: what ``whatsapp.person()`` returns.

    Acts happen at once, at the present simulated time; the webhooks they cause go out with the next
    ``settle()``. ``to`` is the id or the digits of a business number, by default the first. What their phone
    would not let them do raises :class:`~emulator.sandbox.errors.CannotDo`. In an async test an act may be
    awaited, ``await ana.says("hi")``, which settles at once.
    """

    def __init__(self, sandbox: Sandbox, wa_id: str) -> None:
        self._sandbox = sandbox
        self.wa_id = wa_id

    @property
    def facts(self) -> Person:
        """Everything known about them now.

        ``name``, ``locale``, ``opted_in``, ``on_whatsapp`` and their ``habits``.
        """
        return self._sandbox.people.get(self.wa_id)

    @property
    def name(self) -> str:
        """Their profile name, as webhooks show it."""
        return self.facts.name

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
        Raises :class:`CannotDo` for them, naming the
        method.
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

    def changes_number(self, new: str) -> PersonHandle:
        """Change to a ``new`` phone number; returns the handle, which goes with them.

        The business numbers they have written to hear of it by a ``system`` message from the old number,
        which nobody has any more. Raises :class:`CannotDo` for a number that is taken.
        """
        self.wa_id = self._sandbox.people.change_number(self.wa_id, new).wa_id
        return self

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

    def blocks(self, *, to: str | None = None) -> AwaitableRelationship:
        """Block a business number (default: the first).

        What it sends, and what is on its way, arrives no more. It counts against the quality of the number.
        No webhook says so; a message to them stays ``sent``.
        """
        return acted(self._sandbox.people.block(self.wa_id, to=to), self._sandbox)

    def unblocks(self, *, to: str | None = None) -> AwaitableRelationship:
        """Take a block back.

        What is sent from now on arrives again, and what was sent meanwhile stays lost.
        """
        return acted(self._sandbox.people.unblock(self.wa_id, to=to), self._sandbox)

    def reports(
        self, message: Message | None = None, *, template: str | None = None, to: str | None = None
    ) -> Awaitable[None]:
        """Report a message, the newest message of a ``template``, or with neither the business number.

        It counts against the quality of the number and of the template. Raises :class:`CannotDo` for a
        message that has not reached them.
        """
        message_id = message.id if message else None
        self._sandbox.people.report(self.wa_id, to=to, message_id=message_id, template=template)
        return acted(None, self._sandbox)

    def stops_marketing(self, *, to: str | None = None) -> AwaitableRelationship:
        """Stop the marketing messages of a business number (default: the first).

        From now on they fail with 131050. The app hears of it by ``user_preferences``, if it is subscribed to
        that field.
        """
        return acted(self._sandbox.people.stop_marketing(self.wa_id, to=to), self._sandbox)

    def resumes_marketing(self, *, to: str | None = None) -> AwaitableRelationship:
        """Want the marketing messages of a business number again, after having stopped them.

        The app hears of it by ``user_preferences``, if it is subscribed to that field.
        """
        return acted(self._sandbox.people.resume_marketing(self.wa_id, to=to), self._sandbox)

    def standing(self, *, to: str | None = None) -> Relationship:
        """The former name of :meth:`relationship`, with a :class:`DeprecationWarning`.

        It goes with the next version.
        """
        warnings.warn(
            "standing() is called relationship() now; the former name goes with the next version",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.relationship(to=to)

    def relationship(self, *, to: str | None = None) -> Relationship:
        """Who of the person and a business number (default: the first) has blocked the other, and since when.

        It also says since when they want no marketing, and until when they see that the business types; what
        never happened is ``None``.
        """
        return self._sandbox.people.relationship(self.wa_id, to=to)

    @property
    def sees_typing(self) -> bool:
        """Whether they see now that a business number types an answer.

        That ends with its next message to them, or after 25 seconds; ``relationship().typing_until`` says
        when.
        """
        return any(each.typing_until for each in self._sandbox.people.relationships(self.wa_id))

    def becomes(self, **facts: Any) -> PersonHandle:
        """Change their facts, as ``on_whatsapp=False``, or some habits: ``habits={"reads": False}``.

        Returns the handle. Raises :class:`ValueError` for an unknown fact or a value that cannot be.
        """
        self._sandbox.people.change(self.wa_id, **facts)
        return self

    def answers(
        self, *rules: AnswerFunction | Mapping[str, Any] | str | None, after: Any = None
    ) -> PersonHandle:
        """Have them answer what reaches them, by rules or by a function; what they answered before ends.

        A rule is a mapping with ``when``, ``then``, ``after`` and ``chance``, or a text that answers
        everything. A function gets the message and returns a text, acts such as ``{"tap": "Yes"}``, or
        ``None``; it must not call the app. ``after`` the delivery: a duration such as ``"30s"``, or a list of
        the least and the most (default: when they would read it). Without rules they answer nothing. Returns
        the handle. Raises :class:`ValueError` for a rule that cannot be.
        """
        function = rules[0] if len(rules) == 1 and callable(rules[0]) else None
        if function is None:
            given = [each for each in rules if each is not None]
            usual = {} if after is None else {"after": after}
            written = [usual | ({"then": each} if isinstance(each, str) else dict(each)) for each in given]  # type: ignore[arg-type]
            self._sandbox.people.change(self.wa_id, habits={"answers": written})
        self._sandbox.people.answer_with(self.wa_id, function, after)
        return self

    def goes_offline(
        self, delta: timedelta | None = None, *, until: datetime | None = None, **units: float
    ) -> PersonHandle:
        """Have their phone be off for a time (a timedelta, or ``hours=3``), until an instant, or for good.

        Nothing reaches them meanwhile, and they read and answer nothing; at the end everything arrives at
        once. What a test has them do happens all the same. Returns the handle.
        """
        if delta is not None or units:
            until = self._sandbox.clock.now() + duration("goes_offline", delta, units)
        self._sandbox.people.go_offline(self.wa_id, until)
        return self

    def comes_online(self) -> PersonHandle:
        """Have their phone be on again: what waits for it arrives with the next ``settle()``.

        Returns the handle.
        """
        self._sandbox.people.come_online(self.wa_id)
        return self

    @property
    def messages(self) -> Messages:
        """Their conversation with the business in both directions, as it stands when you look."""
        return Messages(lambda: self._sandbox.messages.all(wa_id=self.wa_id))

    @property
    def window(self) -> Window | None:
        """The customer service window they opened or restarted last, open or closed.

        ``None`` when they never wrote.
        """
        mine = self._sandbox.people.windows_of(self.wa_id)
        return mine[0] if mine else None

    @property
    def entry_point(self) -> EntryPoint | None:
        """Their newest click on an ad and the free entry point it became.

        ``None`` when they never clicked one.
        """
        every = self._sandbox.people.entry_points().values()
        mine = [entry for entry in every if entry.wa_id == self.wa_id]
        return max(mine, key=lambda entry: entry.clicked_at, default=None)

    @property
    def can_be_answered(self) -> bool:
        """Whether a customer service window with them is open now; only then a free-form message arrives."""
        window = self.window
        return window is not None and window.is_open(self._sandbox.clock.now())

    def __repr__(self) -> str:
        return f"<{self.name} +{self.wa_id}>"
