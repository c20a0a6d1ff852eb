"""What people do beside writing: click ads, call, edit and delete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.core import Core
from emulator.sandbox.messages.calls import Calls, PhoneCall
from emulator.sandbox.messages.inbound import InboundMessages
from emulator.sandbox.messages.revisions import Revisions
from emulator.sandbox.people.people import PeopleDirectory


class ConversingActs:
    """Acts of people that open windows, or do not."""

    core: Core
    peopling: PeopleDirectory
    receiving: InboundMessages
    calling: Calls
    revising: Revisions

    def click_ad(
        self,
        number: str,
        text: str,
        *,
        to: str | None = None,
        referral: Mapping[str, Any] | None = None,
        device: str = "android",
    ) -> Message:
        """Have a person write to a business number from an ad, by default an invented one.

        On ``android`` or ``ios`` an answer within 24 hours opens a free entry point; on ``web`` and
        ``desktop`` it does not.
        """
        with self.core.command():
            person = self.peopling.get(number)
            return self.receiving.click_ad(person, text, to=to, referral=referral, device=device)

    def call(self, number: str, *, to: str | None = None, lasts: timedelta | None = None) -> PhoneCall:
        """Have a person call a business number; ``lasts`` is ``None`` when nobody answers."""
        with self.core.command():
            return self.calling.call(self.peopling.get(number), to, lasts)

    def edit(self, number: str, message_id: str, text: str) -> Message:
        """Have a person change the words of a message; returns what the business gets of it."""
        with self.core.command():
            return self.revising.edit(self.peopling.get(number), message_id, text)

    def delete(self, number: str, message_id: str) -> Message | None:
        """Have a person delete a message; returns what the business gets of it, if anything."""
        with self.core.command():
            return self.revising.delete(self.peopling.get(number), message_id)
