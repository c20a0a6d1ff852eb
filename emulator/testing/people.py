"""The people a test talks to, and what it has them do."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox.messages.calls import PhoneCall
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.messages import Messages


class PersonHandle:
    """A simulated WhatsApp user, and what they can do."""

    def __init__(self, sandbox: Sandbox, wa_id: str) -> None:
        self._sandbox = sandbox
        self.wa_id = wa_id

    @property
    def facts(self) -> Person:
        """Everything known about them."""
        return self._sandbox.people.get(self.wa_id)

    @property
    def name(self) -> str:
        return self.facts.name

    def says(
        self,
        text: str,
        *,
        to: str | None = None,
        reply_to: Message | None = None,
        group: Group | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Write to a business number (default: the first) or in a group; ``settle()`` sends the webhook.

        ``referral`` is the ad or post it is written from, on a ``device``: ``android``, ``ios``, ``web`` or
        ``desktop``.
        """
        reply_id = reply_to.id if reply_to else None
        group_id = group.id if group else None
        return self._sandbox.people.say(
            self.wa_id, text, to=to, reply_to=reply_id, group=group_id, referral=referral, device=device
        )

    def clicks_ad(
        self,
        text: str = "Hello! Can I get more info on this?",
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Write from an ad, by default an invented one; an answer within 24 hours opens 72 free ones."""
        return self._sandbox.people.click_ad(self.wa_id, text, to=to, referral=referral, device=device)

    def calls(self, *, to: str | None = None, lasts: timedelta | None = None) -> PhoneCall:
        """Call a business number; nobody answers unless the call ``lasts``."""
        return self._sandbox.people.call(self.wa_id, to=to, lasts=lasts)

    def edits(self, message: Message, text: str) -> Message:
        """Change the words of a message of theirs; returns what the business gets of it."""
        return self._sandbox.people.edit(self.wa_id, message.id, text)

    def deletes(self, message: Message) -> Message | None:
        """Delete a message of theirs; returns what the business gets of it, if anything."""
        return self._sandbox.people.delete(self.wa_id, message.id)

    def sends(self, kind: str, content: Any, *, to: str | None = None) -> Message:
        """Send a ``location`` or ``contacts``, as they stand in a webhook."""
        return self._sandbox.people.send(self.wa_id, kind, content, to=to)

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
    ) -> Message:
        """Send a file: an ``image``, ``audio``, ``video``, ``document`` or ``sticker``."""
        return self._sandbox.people.show(
            self.wa_id,
            kind,
            BytesIO(data),
            mime_type,
            to=to,
            caption=caption,
            filename=filename,
            voice=voice,
        )

    def reacts(self, on: Message, emoji: str = "") -> Message:
        """React to a message; without an emoji the reaction is taken back."""
        return self._sandbox.people.react(self.wa_id, on.id, emoji)

    def taps(self, label: str, *, on: Message | None = None) -> Message:
        """Tap a button or the row of a list by its label, on the newest message that has it."""
        return self._sandbox.people.tap(self.wa_id, label, message_id=on.id if on else None)

    def reads(self) -> list[Message]:
        """Read everything that was delivered."""
        return self._sandbox.people.read(self.wa_id)

    def blocks(self, *, to: str | None = None) -> Relationship:
        """Block a business number (default: the first): nothing it sends arrives any more."""
        return self._sandbox.people.block(self.wa_id, to=to)

    def unblocks(self, *, to: str | None = None) -> Relationship:
        """Take the block back."""
        return self._sandbox.people.unblock(self.wa_id, to=to)

    def reports(
        self, message: Message | None = None, *, template: str | None = None, to: str | None = None
    ) -> None:
        """Report a message, the newest message of a template, or with neither the business number."""
        message_id = message.id if message else None
        self._sandbox.people.report(self.wa_id, to=to, message_id=message_id, template=template)

    def stops_marketing(self, *, to: str | None = None) -> Relationship:
        """Stop marketing messages of a business number; the app hears of it by ``user_preferences``."""
        return self._sandbox.people.stop_marketing(self.wa_id, to=to)

    def resumes_marketing(self, *, to: str | None = None) -> Relationship:
        """Want marketing messages again."""
        return self._sandbox.people.resume_marketing(self.wa_id, to=to)

    def standing(self, *, to: str | None = None) -> Relationship:
        """The former name of :meth:`relationship`; it goes with the next version."""
        warnings.warn(
            "standing() is called relationship() now; the former name goes with the next version",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.relationship(to=to)

    def relationship(self, *, to: str | None = None) -> Relationship:
        """Who of the two has blocked the other, and since when marketing is not wanted."""
        return self._sandbox.people.relationship(self.wa_id, to=to)

    def becomes(self, **facts: Any) -> PersonHandle:
        """Change facts, as in ``on_whatsapp=False``, or habits: ``habits={"reads": False}``."""
        self._sandbox.people.change(self.wa_id, **facts)
        return self

    @property
    def messages(self) -> Messages:
        """Their conversation."""
        return Messages(lambda: self._sandbox.messages.all(wa_id=self.wa_id))

    @property
    def window(self) -> Window | None:
        """The service window they opened last, ``None`` when they never wrote."""
        mine = [window for window in self._sandbox.people.windows() if window.wa_id == self.wa_id]
        return mine[0] if mine else None

    @property
    def entry_point(self) -> EntryPoint | None:
        """Their newest click on an ad and what became of it, ``None`` when they never clicked one."""
        every = self._sandbox.people.entry_points().values()
        mine = [entry for entry in every if entry.wa_id == self.wa_id]
        return max(mine, key=lambda entry: entry.clicked_at, default=None)

    @property
    def can_be_answered(self) -> bool:
        """Whether a free-form message would reach them now."""
        window = self.window
        return window is not None and window.is_open(self._sandbox.clock.now())

    def __repr__(self) -> str:
        return f"<{self.name} +{self.wa_id}>"
