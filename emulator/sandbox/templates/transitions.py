"""A change of a template: kept, written down, and told by webhook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.events import TemplateStatusChanged
from emulator.sandbox.timeline import DueKind
from emulator.sandbox.webhooks.publisher import Publisher
from emulator.wire.webhooks.envelope import TEMPLATE_CATEGORY, TEMPLATE_COMPONENTS, TEMPLATE_STATUS
from emulator.wire.webhooks.templates import (
    category_changed,
    category_will_change,
    template_components,
    template_status,
)

_KEEP_REASON = (Status.IN_APPEAL, Status.ARCHIVED, Status.PENDING_DELETION)
_PLANNED = tuple(kind for kind in DueKind if kind.family == "template")
"""Whatever may wait on the timeline for one template."""
_END_APPEALS = (Status.REJECTED, Status.DISABLED, Status.ARCHIVED, Status.PENDING_DELETION)


class CannotDecide(ValueError):
    """A decision that does not fit the template's state, or an unknown one."""


class Transitions:
    """What every service that changes templates does it with."""

    def __init__(self, core: Core, outbox: Publisher) -> None:
        self._core, self._store, self._outbox = core, core.store, outbox

    def become(
        self,
        template: Template,
        status: Status,
        at: datetime,
        *,
        reason: str | None = "NONE",
        extra: Mapping[str, object] | None = None,
        event: str | None = None,
    ) -> Template:
        """Give a template another status; ``event`` is what the webhook calls it, if not the same.

        What was planned for the old status is called off, and an edited category is told when it is approved.
        """
        former = template.status
        if status not in _KEEP_REASON:
            rejected = reason if status is Status.REJECTED and reason else "NONE"
            template = template.changed(rejected_reason=rejected)
        if template.life.appealed_at and (template.status is Status.IN_APPEAL or status in _END_APPEALS):
            template = template.lived(appealed_at=None)
            self.cancel(DueKind.TEMPLATE_APPEAL, template)
        if template.status is Status.PAUSED and status is not Status.PAUSED:
            self.cancel(DueKind.TEMPLATE_UNPAUSE, template)
        if template.status is Status.PENDING:
            self.cancel(DueKind.TEMPLATE_REVIEW, template)
        if status not in (Status.PAUSED, Status.ARCHIVED):
            template = template.lived(paused_at=None, pause_cause=None)
        before = template.life.category_before if status is Status.APPROVED else None
        if status is Status.APPROVED:
            template = template.lived(approved_at=template.life.approved_at or at, category_before=None)
        changed = template.changed(status=status, last_updated_at=at)
        self._store.templates.replace(changed)
        self.note(changed, f"{changed.name} is {status}", at)
        self.tell_status(changed, event or str(status), at, reason=reason, extra=extra)
        self._core.happen(TemplateStatusChanged(changed, former, at))
        if before is not None and before != changed.category:
            self.tell_category(changed, before, at)
        return changed

    def recategorize(self, template: Template, category: str, at: datetime) -> Template:
        """Give a template another category, whatever its status."""
        changed = template.changed(
            category=category,
            previous_category=template.category,
            correct_category=category,
            last_updated_at=at,
        ).lived(category_changed_at=at)
        self._store.templates.replace(changed)
        self.note(changed, f"{changed.name} is {category}, no longer {template.category}", at)
        self.tell_category(changed, template.category, at)
        return changed

    def cancel(self, kind: DueKind, template: Template) -> None:
        """Call off one kind of work that was planned for a template."""
        self._store.timeline.cancel(kind, template.id)

    def cancel_all(self, template: Template) -> None:
        """Call off whatever was planned for a template."""
        self._store.timeline.cancel_all(_PLANNED, template.id)

    def note(self, template: Template, summary: str, at: datetime) -> None:
        """Write it down in the journal."""
        self._core.note("template", template.id, summary, at=at, cause=template.id)

    def tell_status(
        self,
        template: Template,
        event: str,
        at: datetime,
        *,
        reason: str | None = "NONE",
        extra: Mapping[str, object] | None = None,
    ) -> None:
        self._publish(
            TEMPLATE_STATUS, template, template_status(template, event, reason=reason, extra=extra), at
        )

    def tell_components(self, template: Template, at: datetime) -> None:
        self._publish(TEMPLATE_COMPONENTS, template, template_components(template), at)

    def tell_category(self, template: Template, previous: str, at: datetime) -> None:
        self._publish(TEMPLATE_CATEGORY, template, category_changed(template, previous), at)

    def give_notice(self, template: Template, correct: str, due: datetime, at: datetime) -> None:
        self._publish(TEMPLATE_CATEGORY, template, category_will_change(template, correct, due), at)

    def _publish(self, field: str, template: Template, value: Mapping[str, object], at: datetime) -> None:
        self._outbox.publish(field, template.waba_id, lambda _: value, at, cause=template.id)
