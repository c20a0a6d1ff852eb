"""What is known of the people that marketing is for: who stopped it, and how much of it they got."""

from __future__ import annotations

from datetime import datetime

from emulator.domain import ids, rules, windows
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.checks.audience import Audience
from emulator.domain.checks.marketing import WINDOW
from emulator.domain.events.messages import MessageDelivered, MessageFailed, MessageReceived
from emulator.domain.messages import marketing_endpoint
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingWindow

_MARKETING = ("MARKETING", marketing_endpoint.MARKETING_LITE)


class MarketingAudiences:
    """Finds what is known of the people that marketing is for: who stopped it, and how much of it they got.

    While the setting ``marketing_per_user`` limits it, marketing messages that are delivered are counted, but
    for those in the 24 hours after a person answered one, and refusals by that limit, too.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        self._received = SlidingWindow(core.store, "marketing", WINDOW)
        self._refused = SlidingWindow(core.store, "refused", WINDOW)
        core.listen(MessageDelivered, Listener.MARKETING_AUDIENCE, self._note_delivery)
        core.listen(MessageFailed, Listener.MARKETING_AUDIENCE, self._note_refusal)
        core.listen(MessageReceived, Listener.MARKETING_AUDIENCE, self._note_answer)

    def of(
        self, message: Message, number: BusinessNumber, relationship: Relationship | None, at: datetime
    ) -> Audience | None:
        """Find the facts about the recipient of a marketing template at an instant.

        ``None`` for any other message. ``None`` in a group, too. They are what the rules about marketing ask
        for.
        """
        if not is_marketing(message) or message.group_id is not None:
            return None
        settings, received, refused = self._core.settings, 0, 0
        if settings.marketing_per_user is not None:
            received = self._received.used(message.wa_id, at=at)
            refused = self._refused.used(number.waba_id, message.wa_id, at=at)
        entry = self._store.entry_points.get(number.id, message.wa_id)
        return Audience(
            free_entry=entry is not None and entry.is_open(at),
            stopped_at=relationship.stopped_marketing_at if relationship is not None else None,
            us_paused=settings.us_marketing == "paused",
            limit=settings.marketing_per_user,
            received=received,
            refused=refused,
            held_out=self._is_held_out(message.wa_id),
        )

    def _is_held_out(self, wa_id: str) -> bool:
        """Whether the experiment takes this person: the same ones as long as the seed and the share stay."""
        share = self._core.settings.experiment
        return share > 0 and ids.chance(ids.draw(self._core.ids.seed, f"experiment:{wa_id}", 0)) < share

    def _note_delivery(self, event: MessageDelivered) -> None:
        message, person = event.message, event.person
        if person is None or self._core.settings.marketing_per_user is None or not is_marketing(message):
            return
        relationship = self._store.relationships.get(event.number.id, person.wa_id)
        answered = relationship.answered_marketing_at if relationship is not None else None
        if answered is None or not answered <= message.at < answered + windows.LENGTH:
            self._received.hit(person.wa_id, key=message.id, at=event.at)

    def _note_refusal(self, event: MessageFailed) -> None:
        if event.error.rule == rules.MARKETING_LIMIT.name:
            message = event.message
            self._refused.hit(event.number.waba_id, message.wa_id, key=message.id, at=event.at)

    def _note_answer(self, event: MessageReceived) -> None:
        """Remember who answered marketing: what they get in the window after that does not count."""
        person, message = event.person, event.message
        if message.type == "system" or self._core.settings.marketing_per_user is None:
            return
        about = (
            self._store.messages.get(message.context_id)
            if message.context_id is not None
            else self._store.messages.newest_to(event.number.id, person.wa_id)
        )
        if about is not None and is_marketing(about):
            known = self._store.relationships.get(event.number.id, person.wa_id)
            relationship = known or Relationship(event.number.id, person.wa_id)
            self._store.relationships.put(relationship.changed(answered_marketing_at=event.at))


def is_marketing(message: Message) -> bool:
    """Say whether a message is made of a marketing template, by whichever endpoint it was sent.

    By the category it was sent with: a template that became marketing later does not count.
    """
    return message.outbound and message.template_id is not None and message.category in _MARKETING
