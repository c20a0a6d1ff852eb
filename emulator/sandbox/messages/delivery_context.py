"""The facts around a message when it is about to leave; see :mod:`emulator.sandbox.messages.context`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.checks.audience import Audience
from emulator.domain.checks.content import ShownFile
from emulator.domain.content.interactive.orders import Order
from emulator.domain.content.kinds import KINDS
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.messages.outbound import Content, FreeForm, TemplateUse
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.windows import Window
from emulator.sandbox.messages.context import FactSources, SendContext, looked_up
from emulator.sandbox.store.media.media import Looked
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category_abuse import utility_left


class DeliveryContext(SendContext):
    """A message that was accepted and is about to leave.

    What :data:`emulator.domain.rules.LATER` may ask of it. Facts are those of the present instant, but for
    the window and the files, which are as they were on acceptance.
    """

    def __init__(
        self,
        sources: FactSources,
        work: DueWork,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
    ) -> None:
        super().__init__(
            sources, message.at, number, message.wa_id, _content(message), person, direct=message.direct
        )
        self._message, self._details, self._due = message, work.details, work.due

    @looked_up
    def window(self) -> Window | None:
        """The customer service window as it was when the message was accepted.

        ``None`` when the person had never written.
        """
        last = self._details["last_inbound_at"]
        return Window(self.number.id, self.wa_id, datetime.fromisoformat(last)) if last else None

    @property
    def outside(self) -> bool:
        """Whether no customer service window was open when the message was accepted.

        Only a template may then leave.
        """
        return self.window is None or not self.window.is_open(self.at)

    @looked_up
    def group(self) -> Group | None:
        """The group it is written in, instead of to a person; ``None`` for a message to a person."""
        group_id = self._message.group_id
        return self._store.groups.get(group_id) if group_id else None

    @looked_up
    def relationship(self) -> Relationship | None:
        """Who of the number and the person has blocked the other, and since when marketing is stopped.

        ``None`` in a group, and where nothing ever happened between the two.
        """
        if self._message.group_id is not None:
            return None
        return self._store.relationships.get(self.number.id, self.wa_id)

    @property
    def fails_when_blocked(self) -> bool:
        """Whether a message to somebody who blocked the number fails (131026), instead of staying ``sent``.

        By the setting ``when_blocked``; on the platform it stays.
        """
        return self._sources.core.settings.when_blocked != "silent"

    @property
    def name_taken(self) -> bool:
        """Whether the name that a direct message asks for its template is that of an ordinary one.

        Then no template was made of it when it was accepted, and it fails.
        """
        return self.direct and self._message.template_id is None

    @looked_up
    def utility_left(self) -> int | None:
        """How many utility messages the WABA may still send in this 24 hours.

        ``None`` while they are not capped. ``None`` for any other category, too.
        """
        if self._message.category != "UTILITY":
            return None
        return utility_left(self._sources.core, self.number.waba_id, self._due)

    @looked_up
    def files(self) -> tuple[ShownFile, ...]:
        """The files that it shows, in order, each as it was uploaded, or as it was found behind its link.

        One that has expired since, or whose link led nowhere, has no file; the latter says the problem.
        """
        return tuple(self._shown(file) for file in self._details.get("files", ()))

    @looked_up
    def audience(self) -> Audience | None:
        """What is known of the recipient of a marketing template.

        ``None`` for any other message and in a group.
        """
        return self._sources.audiences.of(self._message, self.number, self.relationship, self._due)

    @looked_up
    def target(self) -> Message | None:
        """The message that a reaction is about; ``None`` when there is none, and for what is no reaction."""
        content = self.content
        if self._message.type != "reaction" or not isinstance(content, FreeForm):
            return None
        return self._store.messages.get(content.value["message_id"])

    @looked_up
    def order(self) -> Order | None:
        """The order that an ``order_status`` message is about, as it stands.

        ``None`` when that order was never sent, and for any other message.
        """
        content = self.content
        if not isinstance(content, FreeForm) or content.subtype != "order_status":
            return None
        reference = content.value["action"]["parameters"]["reference_id"]
        return self._store.orders.get(self.number.id, self.wa_id, reference)

    @looked_up
    def messaging_limit(self) -> MessagingLimitUse | None:
        """How many people the portfolio has reached outside their windows, where one more may be too many.

        Counted over the 24 hours before the message leaves. ``None`` where the window was open on acceptance,
        in a group, for a number nobody has, and where the limit is not enforced.
        """
        return self._messaging_limit(self.window, self._due)

    def _shown(self, file: Mapping[str, Any]) -> ShownFile:
        if file["link"] is None:
            media = self._store.media.get(file["id"], self.at)
            return ShownFile(file["kind"], media.file if media else None)
        looked = self._store.media.link(file["link"]) or Looked(None, None)
        return ShownFile(file["kind"], looked.file, looked.problem)


def _content(message: Message) -> Content:
    """What was sent, as far as later rules look at it."""
    if message.type == "template":
        return TemplateUse(message.content["name"], message.content["language"]["code"])
    return FreeForm(KINDS[message.type], message.content)
