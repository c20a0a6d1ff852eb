"""The quality of templates and numbers: GREEN, YELLOW or RED, by what people made of their messages.

A template that becomes RED is paused. Source: D/templates/template-quality.
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.messages import MessageDelivered, MessageEvent, MessageRead
from emulator.domain.events.numbers import NumberQualityChanged
from emulator.domain.events.templates import TemplateQualityChanged, TemplateStatusChanged
from emulator.domain.messages.lifecycle import SEEN, Message
from emulator.domain.quality.scores import GREEN, RED, UNKNOWN, UNREAD_AFTER, score
from emulator.domain.templates.template import Status, Template
from emulator.sandbox import lookup
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.quality.feedback import DELIVERED, READ, RECENTLY, UNREAD, FeedbackCounts
from emulator.sandbox.quality.pacing import Pacing
from emulator.sandbox.store.instants import to_micros
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.service import TemplateLifecycle
from emulator.sandbox.timeline import DueKind


class QualityScores:
    """Counts what becomes of messages, and judges a template or a number when that may change its quality.

    Off while the setting ``quality_judged_after`` is. More deliveries cannot make what is GREEN worse, so
    most of them are counted and no more. A template that becomes RED is paused, or disabled after its second
    pause. It carries out the due work ``quality.unread`` (D/templates/template-quality).
    """

    def __init__(
        self,
        core: Core,
        lifecycle: TemplateLifecycle,
        pacing: Pacing,
        feedbacks: FeedbackCounts,
    ) -> None:
        self._core, self._store = core, core.store
        self._lifecycle, self._pacing, self._feedbacks = lifecycle, pacing, feedbacks
        core.listen(MessageDelivered, Listener.QUALITY, self._count_delivery)
        core.listen(MessageRead, Listener.QUALITY, self._count_read)
        core.listen(TemplateStatusChanged, Listener.QUALITY, self._begin_anew)
        core.on_due(DueKind.QUALITY_UNREAD, self._count_unread)

    @property
    def _is_on(self) -> bool:
        return self._core.settings.quality_judged_after is not None

    def complain(
        self, what: str, key: str, number: BusinessNumber, about: Message | None, at: datetime
    ) -> None:
        """Count a block or a report against a number at an instant, and against the template it is ``about``.

        ``what`` is :data:`BLOCKED` or :data:`REPORTED`; the same ``key`` counts once in seven days. A new
        quality of a template is reported by ``message_template_quality_update``; that of a number only the
        journal notes.
        """
        if not self._is_on:
            return
        self._feedbacks.add(what, number.id, key, at)
        self._feedbacks.add(RECENTLY, number.id, f"{what}:{key}", at)
        self._judge_number(number.id, at)
        if about is not None and (template_id := _template_of(about)) is not None:
            self._feedbacks.add(what, template_id, key, at)
            self._judge_template(template_id, at)

    def _count_delivery(self, event: MessageDelivered) -> None:
        if not self._is_on:
            return
        self._count(DELIVERED, event)
        if self._feedbacks.measure.counts_reads:
            self._core.plan(
                event.at + UNREAD_AFTER,
                DueKind.QUALITY_UNREAD,
                event.message.id,
                wa_id=event.person.wa_id if event.person else None,
            )

    def _count_read(self, event: MessageRead) -> None:
        if self._is_on and self._feedbacks.measure.counts_reads:
            self._count(READ, event)

    def _count_unread(self, work: DueWork) -> None:
        message = self._store.messages.get(work.subject)
        if message is None or message.status in SEEN or not self._is_on:
            return
        number = lookup.number_by_id(self._store.accounts, message.phone_number_id)
        person = None if work.wa_id is None else self._store.people.get(work.wa_id)
        self._count(UNREAD, MessageEvent(message, number, person, at=work.due), may_be_worse=True)

    def _count(self, what: str, event: MessageEvent, *, may_be_worse: bool = False) -> None:
        key, at = _key(event), event.at
        self._feedbacks.add(what, event.number.id, key, at)
        if may_be_worse or event.number.quality_rating != GREEN:
            self._judge_number(event.number.id, at)
        template_id = _template_of(event.message)
        if template_id is not None:
            self._feedbacks.add(what, template_id, key, at)
            if may_be_worse or self._store.templates.quality_of(template_id) != GREEN:
                self._judge_template(template_id, at)

    def _has_enough(self, subject: str, at: datetime) -> bool:
        return self._feedbacks.delivered(subject, at) >= self._feedbacks.measure.judged_after

    def _judge_template(self, template_id: str, at: datetime) -> None:
        if not self._has_enough(template_id, at):
            return
        template = self._store.templates.get(template_id)
        if template is None or template.status is not Status.APPROVED:
            return
        before, feedback = template.quality_score, self._feedbacks.of(template_id, at)
        reached = score(feedback, self._feedbacks.measure, before)
        if reached == before:
            return
        template = self._rate(template, reached, at)
        if reached == RED and not self._pacing.drop(template, at):
            self._lifecycle.pause(template, at, cause="quality")

    def _rate(self, template: Template, reached: str, at: datetime) -> Template:
        before, rated = template.quality_score, template.changed(quality_score=reached, quality_at=at)
        self._store.templates.replace(rated)
        self._core.happen(TemplateQualityChanged(rated, before, at=at))
        return rated

    def _judge_number(self, phone_number_id: str, at: datetime) -> None:
        if not self._has_enough(phone_number_id, at):
            return
        number = lookup.number_by_id(self._store.accounts, phone_number_id)
        before, feedback = number.quality_rating, self._feedbacks.of(number.id, at)
        reached = score(feedback, self._feedbacks.measure, before)
        if reached != before:
            self._store.accounts.change_number(number.id, quality_rating=reached)
            self._core.happen(NumberQualityChanged(number, before, reached, at=at))

    def _begin_anew(self, event: TemplateStatusChanged) -> None:
        """Forget what was before a pause when it ends: from then on only new feedback counts."""
        if event.before is Status.PAUSED and event.template.status is Status.APPROVED:
            self._feedbacks.forget(event.template.id)
            if event.template.quality_score != UNKNOWN:
                self._rate(event.template, UNKNOWN, event.at)


def _template_of(message: Message) -> str | None:
    """The template that feedback about a message counts for; those sent directly have none to judge."""
    return None if message.direct else message.template_id


def _key(event: MessageEvent) -> str:
    """What tells one message to one person from every other to which the same has happened, as it does once.

    That is the instant, and the end of the message's id, which is the random part. In this order the database
    puts it behind those of before, and not among them.
    """
    key = f"{to_micros(event.at):014x}{event.message.id[-24:]}"
    return f"{key}{event.person.wa_id}" if event.message.group_id and event.person else key
