"""Changes of a template's status or category: stored, with due work cancelled, and said to have happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.domain.events.templates import (
    TemplateCategoryChanged,
    TemplateEditedCategoryApproved,
    TemplateStatusChanged,
)
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.timeline import DueKind

_KEEP_REASON = (Status.IN_APPEAL, Status.ARCHIVED, Status.PENDING_DELETION)
_PLANNED = tuple(kind for kind in DueKind if kind.family == "template")
"""Whatever may wait on the timeline for one template."""
_END_APPEALS = (Status.REJECTED, Status.DISABLED, Status.ARCHIVED, Status.PENDING_DELETION)


class CannotDecide(ValueError):
    """A decision over a template that does not fit its state, or that does not exist.

    The sentence says which.
    """


class Transitions:
    """The changes of a template that its services share.

    Store it, cancel what was planned, say that it happened.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

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
        """Give a template another status at an instant, reported by ``message_template_status_update``.

        ``event`` is what the webhook calls it, if not the status; ``reason`` is the rejection's, ``extra``
        are members of the webhook. What was planned for the old status is cancelled; a category that was
        edited is reported when it is approved.
        """
        former = template.status
        if status not in _KEEP_REASON:
            rejected = reason if status is Status.REJECTED and reason else "NONE"
            template = template.changed(rejected_reason=rejected)
        if template.history.appealed_at and (template.status is Status.IN_APPEAL or status in _END_APPEALS):
            template = template.with_history(appealed_at=None)
            self.cancel(DueKind.TEMPLATE_APPEAL, template)
        if template.status is Status.PAUSED and status is not Status.PAUSED:
            self.cancel(DueKind.TEMPLATE_UNPAUSE, template)
        if template.status is Status.PENDING:
            self.cancel(DueKind.TEMPLATE_REVIEW, template)
        if status not in (Status.PAUSED, Status.ARCHIVED):
            template = template.with_history(paused_at=None, pause_cause=None)
        before = template.history.category_before if status is Status.APPROVED else None
        if status is Status.APPROVED:
            template = template.with_history(
                approved_at=template.history.approved_at or at, category_before=None
            )
        changed = template.changed(status=status, last_updated_at=at)
        self._store.templates.replace(changed)
        event_name = event or str(status)
        self._core.happen(TemplateStatusChanged(changed, former, event_name, reason, extra or {}, at=at))
        if before is not None and before != changed.category:
            self._core.happen(TemplateEditedCategoryApproved(changed, before, at=at))
        return changed

    def recategorize(self, template: Template, category: str, at: datetime) -> Template:
        """Give a template another category at an instant, whatever its status; returns it.

        Reported by ``template_category_update``. The old category is kept as the previous one.
        """
        changed = template.changed(
            category=category,
            previous_category=template.category,
            correct_category=category,
            last_updated_at=at,
        ).with_history(category_changed_at=at)
        self._store.templates.replace(changed)
        self._core.happen(TemplateCategoryChanged(changed, template.category, at=at))
        return changed

    def cancel(self, kind: DueKind, template: Template) -> None:
        """Cancel one kind of due work that was planned for a template; without any nothing changes."""
        self._store.timeline.cancel(kind, template.id)

    def cancel_all(self, template: Template) -> None:
        """Cancel all due work that was planned for a template, as when it is edited or deleted.

        That is its review, its appeal, the end of a pause, a change of category, and deletions.
        """
        self._store.timeline.cancel_all(_PLANNED, template.id)

    def note(self, template: Template, summary: str, at: datetime) -> None:
        """Write a line about a template in the journal, for what is no event and has no webhook.

        Its kind is ``template``; the template is its subject and its cause.
        """
        self._core.note("template", template.id, summary, at=at, cause=template.id)
