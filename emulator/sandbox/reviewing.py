"""Templates: submit, review, edit, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emulator.domain.errors import bad_parameter
from emulator.domain.templates import categories, editor, review
from emulator.domain.templates.editor_limits import Limits, limits_at
from emulator.domain.templates.library import written_by_hand
from emulator.domain.templates.template import Draft, Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.outbox import Outbox
from emulator.sandbox.store.timeline import DueWork
from emulator.wire.requests.templates import Edit
from emulator.wire.webhooks.envelope import TEMPLATE_STATUS
from emulator.wire.webhooks.templates import template_status

NAME_LOCK = timedelta(days=30)
"""How long the name of a deleted approved template stays taken (D/templates/template-management)."""
MOST_TEMPLATES = 250
"""How many templates a WABA may have; each language counts (D/templates/overview)."""
PAUSES = (("FIRST_PAUSE", timedelta(hours=3)), ("SECOND_PAUSE", timedelta(hours=6)))
"""How long a template is paused; instead of a third pause it is disabled (D/templates/template-pausing)."""
REASONS = (
    "ABUSIVE_CONTENT",
    "CATEGORY_NOT_AVAILABLE",
    "INCORRECT_CATEGORY",
    "INVALID_FORMAT",
    "NONE",
    "PROMOTIONAL",
    "SCAM",
    "TAG_CONTENT_MISMATCH",
)
"""Why a template may be rejected (D/webhooks/reference/message_template_status_update)."""
DECISIONS = ("approve", "reject", "pause", "unpause", "disable")


class CannotDecide(ValueError):
    """A decision that does not fit the template's state, or an unknown one."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A template that was taken, and what the emulator has to say about it."""

    template: Template
    warning: str | None = None


class Reviewing:
    """The life of templates."""

    def __init__(self, core: Core, outbox: Outbox) -> None:
        self._core, self._store, self._outbox = core, core.store, outbox
        core.handlers["template.review"] = self._review
        core.handlers["template.unpause"] = self._end_pause

    def submit(self, waba_id: str, draft: Draft) -> Submitted:
        """Take a new template. Raises the refusals of the template editor.

        Authentication templates are approved at once; others are pending until the review is done.
        """
        now = self._core.clock.now()
        chosen = categories.choose(draft.category, self._core.settings.template_categories)
        draft = replace(draft, category=categories.billed_as(chosen.category))
        editor.check(draft, self._limits(now))
        if self._store.templates.find(waba_id, draft.name, draft.language):
            raise editor.already_exists(draft.language)
        for translation in self._store.templates.named(waba_id, draft.name):
            if translation.category != chosen.category:
                raise editor.category_differs(chosen.category, translation.category)
        locked_until = self._store.templates.name_locked_until(waba_id, draft.name, draft.language)
        if locked_until is not None and now < locked_until:
            raise editor.being_deleted(draft.language, locked_until - now)
        if self._store.templates.count(waba_id) >= MOST_TEMPLATES:
            raise editor.limit_exceeded()
        template = Template(
            id=self._core.ids.template(),
            waba_id=waba_id,
            name=draft.name,
            language=draft.language,
            category=chosen.category,
            status=Status.PENDING,
            components=draft.components,
            created_at=now,
            parameter_format=draft.parameter_format,
            previous_category=chosen.previous,
            message_send_ttl_seconds=draft.message_send_ttl_seconds,
            last_updated_at=now,
            options=draft.options,
            parameter_types=draft.parameter_types,
        )
        self._store.templates.add(template)
        self._core.note("template", template.id, f"{template.name} was submitted", cause=template.id)
        if chosen.warning:
            self._core.note("warning", template.id, chosen.warning, cause=template.id)
        if review.is_instant(draft):
            template = self._decide(template, now)
        else:
            self._core.plan(now + self._core.settings.review_after, "template.review", template.id)
        return Submitted(template, chosen.warning)

    def edit(self, template: Template, edit: Edit) -> Submitted:
        """Replace parts of a template and have it reviewed again. Raises the editor's refusals."""
        now = self._core.clock.now()
        if edit == Edit():
            raise bad_parameter(
                "The parameter components is required.",
                hint="An edit names components, category or message_send_ttl_seconds.",
            )
        chosen = categories.Chosen(template.category, template.previous_category)
        if edit.category is not None:
            chosen = categories.choose(edit.category, self._core.settings.template_categories)
        category = chosen.category
        keeps = template.status is Status.APPROVED or chosen.previous is None
        previous = template.previous_category if keeps else chosen.previous
        editor.check_edit(template, now, None if category == template.category else category)
        components = template.components if edit.components is None else edit.components
        ttl = edit.message_send_ttl_seconds
        if edit.components is not None:
            template = written_by_hand(template)
        edited = template.changed(
            category=category,
            previous_category=previous,
            components=components,
            message_send_ttl_seconds=template.message_send_ttl_seconds if ttl is None else ttl,
            status=Status.PENDING,
            rejected_reason="NONE",
            last_updated_at=now,
            edits=(*template.edits, now) if template.status is Status.APPROVED else template.edits,
        )
        editor.check(
            Draft(
                edited.name,
                edited.language,
                categories.billed_as(edited.category),
                edited.components,
                edited.parameter_format,
                edited.message_send_ttl_seconds,
                edited.options,
            ),
            self._limits(now),
        )
        self._store.templates.replace(edited)
        self._store.timeline.cancel("template.review", template.id)
        self._core.plan(now + self._core.settings.review_after, "template.review", template.id)
        self._core.note("template", template.id, f"{template.name} was edited", cause=template.id)
        if chosen.warning:
            self._core.note("warning", template.id, chosen.warning, cause=template.id)
        return Submitted(edited, chosen.warning)

    def _limits(self, at: datetime) -> Limits:
        return limits_at(at, self._core.settings.marketing_body_limit)

    def delete(self, waba_id: str, name: str, template_id: str | None = None) -> None:
        """Delete a template in all its languages, or in the one with ``template_id``.

        The name of one that was approved stays taken for 30 days. Raises when there is none, when it is
        disabled, and for the samples.
        """
        found = [
            template
            for template in self._store.templates.named(waba_id, name)
            if template_id is None or template.id == template_id
        ]
        if not found:
            raise editor.not_found(name)
        self._delete(found)

    def delete_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> None:
        """Delete several templates by id, all or none."""
        found = []
        for template_id in template_ids:
            template = self._store.templates.get(template_id)
            if template is None or template.waba_id != waba_id:
                raise editor.not_found(template_id)
            found.append(template)
        self._delete(found)

    def _delete(self, templates: list[Template]) -> None:
        now = self._core.clock.now()
        for template in templates:
            editor.check_delete(template)
        for template in templates:
            if template.status in (Status.APPROVED, Status.PAUSED):
                self._store.templates.lock_name(
                    template.waba_id, template.name, template.language, now + NAME_LOCK
                )
            self._store.templates.remove(template.id)
            self._store.timeline.cancel("template.review", template.id)
            self._core.note("template", template.id, f"{template.name} was deleted", cause=template.id)

    def decide(self, template: Template, decision: str, reason: str | None = None) -> Template:
        """Be the reviewer: approve, reject (with a reason), pause, unpause or disable a template."""
        now = self._core.clock.now()
        reason = (reason or "NONE").upper()
        match decision:
            case "approve" if template.status in (Status.PENDING, Status.REJECTED):
                return self._become(template, Status.APPROVED, now)
            case "reject" if reason not in REASONS:
                raise CannotDecide(f"a reason is one of {', '.join(REASONS)}; got {reason!r}")
            case "reject" if template.status in (Status.PENDING, Status.APPROVED):
                return self._become(
                    template, Status.REJECTED, now, reason="INVALID_FORMAT" if reason == "NONE" else reason
                )
            case "pause" if template.status is Status.APPROVED:
                return self._pause(template, now)
            case "unpause" if template.status is Status.PAUSED:
                return self._unpause(template, now)
            case "disable" if template.status in (Status.APPROVED, Status.PAUSED):
                return self._disable(template, now)
        if decision not in DECISIONS:
            raise CannotDecide(f"a decision is one of {', '.join(DECISIONS)}; got {decision!r}")
        raise CannotDecide(f"{template.name} is {template.status} and cannot be told {decision!r}")

    def _pause(self, template: Template, at: datetime) -> Template:
        paused = template.changed(pauses=template.pauses + 1)
        if paused.pauses > len(PAUSES):
            return self._disable(paused, at)
        title, length = PAUSES[paused.pauses - 1]
        self._core.plan(at + length, "template.unpause", template.id)
        hours, until = length // timedelta(hours=1), f"{at + length:%b %d at %H:%M} UTC"
        told = f"Your WhatsApp message template has been paused for {hours} hours until {until}."
        info = {"other_info": {"title": title, "description": told}}
        return self._become(paused, Status.PAUSED, at, extra=info)

    def _unpause(self, template: Template, at: datetime) -> Template:
        told = "Your WhatsApp message template has been unpaused."
        info = {"other_info": {"title": "UNPAUSE", "description": told}}
        return self._become(template, Status.APPROVED, at, extra=info)

    def _disable(self, template: Template, at: datetime) -> Template:
        info = {"disable_info": {"disable_date": int(at.timestamp())}}
        return self._become(template, Status.DISABLED, at, extra=info)

    def _end_pause(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PAUSED:
            self._unpause(template, work.due)

    def _review(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PENDING:
            self._decide(template, work.due)

    def _decide(self, template: Template, at: datetime) -> Template:
        newest_first = self._store.templates.of(template.waba_id)
        place = next(place for place, each in enumerate(newest_first) if each.id == template.id)
        others = [
            each
            for other, each in enumerate(newest_first)
            if not each.is_generated and (other > place or (other < place and each.status is Status.APPROVED))
        ]
        decision = review.decide(template, others)
        extra: dict[str, object] = {}
        if decision.rejection_info is not None:
            cause, advice = decision.rejection_info
            extra = {"rejection_info": {"reason": cause, "recommendation": advice}}
        return self._become(template, decision.status, at, reason=decision.reason, extra=extra)

    def _become(
        self,
        template: Template,
        status: Status,
        at: datetime,
        *,
        reason: str = "NONE",
        extra: Mapping[str, object] | None = None,
    ) -> Template:
        changed = template.changed(
            status=status,
            rejected_reason=reason if status is Status.REJECTED else "NONE",
            last_updated_at=at,
        )
        self._store.templates.replace(changed)
        self._store.timeline.cancel("template.review", template.id)
        if status is not Status.PAUSED:
            self._store.timeline.cancel("template.unpause", template.id)
        self._core.note("template", template.id, f"{template.name} is {status}", at=at, cause=template.id)
        self._outbox.publish(
            TEMPLATE_STATUS,
            template.waba_id,
            lambda _: template_status(changed, str(status), reason=reason, extra=extra),
            at,
            cause=template.id,
        )
        return changed
