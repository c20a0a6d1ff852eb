"""Archive templates by hand or when they were not used for twelve months; delete what stays archived.

Source: D/templates/template-archival of 2026-06-02.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta

from emulator.domain.quoting import cut
from emulator.domain.templates.lifecycle import archival
from emulator.domain.templates.template import Status, Template
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.deletion import Deletion, check_ids
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.sandbox.timeline import DueKind

_LOOK_AGAIN = timedelta(days=28)
"""How often a sandbox looks whether archiving has been switched on."""


@dataclass
class ArchivalResult:
    """What became of the templates that a call named: the ids it was done for, and those that failed."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """The reasons of those it was not done for, by id."""


class Archival:
    """Archives templates by hand, and those that were not used for twelve months.

    When a template was last sent is not written down with every message. One check waits on the timeline (the
    due work ``template.idle``) for the moment at which the first template may have become idle; then it looks
    at the newest message of each. What is archived for 28 days is deleted (D/templates/template-archival).
    Methods are called inside the caller's transaction.
    """

    def __init__(self, core: Core, transitions: Transitions, deletion: Deletion) -> None:
        self._core, self._store, self._transitions, self._deletion = core, core.store, transitions, deletion
        core.on_due(DueKind.TEMPLATE_IDLE, self._look)
        core.on_due(DueKind.TEMPLATE_DISCARD, self._discard)

    def watch(self) -> None:
        """Begin to look for idle templates, once a sandbox; from here on they count as unused.

        Called when the first thing happens, or time is moved.
        """
        if self._store.facts.get("watched_since") is None:
            now = self._core.clock.now()
            self._store.facts.put("watched_since", now.isoformat())
            self._store.timeline.plan(archival.idle_at(now), DueKind.TEMPLATE_IDLE, "")

    def archive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Archive those of some templates of a WABA that can be, now.

        The others are in the result with the reason. Approved and rejected ones can. Raises ``(#100)`` for no
        id and too many.
        """
        return self._each(waba_id, template_ids, archival.why_not_archived, self._put_away)

    def unarchive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Give those of some templates of a WABA that are archived the status they had, now.

        Returns the ids it was done for, and the reason for each of the others; one that was pending is
        reviewed again. Raises ``(#100)`` for no id and too many.
        """
        return self._each(waba_id, template_ids, archival.why_not_unarchived, self._take_out)

    def archive(self, template: Template, at: datetime) -> Template:
        """Archive an approved or rejected template at an instant; it is deleted 28 days later.

        Reported by ``message_template_status_update``. Raises :class:`CannotDecide` for one of another
        status, a sample, and one that a message made of itself.
        """
        return self._one(template, at, archival.why_not_archived, self._put_away)

    def unarchive(self, template: Template, at: datetime) -> Template:
        """Give an archived template the status it had; one that was pending is reviewed again.

        Raises :class:`CannotDecide` for one that is not archived.
        """
        return self._one(template, at, archival.why_not_unarchived, self._take_out)

    @staticmethod
    def _one(
        template: Template,
        at: datetime,
        why_not: Callable[[Template], str | None],
        act: Callable[[Template, datetime], Template],
    ) -> Template:
        why = why_not(template)
        if why is not None:
            raise CannotDecide(f"{template.name}: {why}")
        return act(template, at)

    def _each(
        self,
        waba_id: str,
        template_ids: tuple[str, ...],
        why_not: Callable[[Template | None], str | None],
        act: Callable[[Template, datetime], Template],
    ) -> ArchivalResult:
        check_ids(template_ids)
        outcome, now = ArchivalResult(), self._core.clock.now()
        for template_id in dict.fromkeys(template_ids):
            template = self._store.templates.get(template_id)
            if template is not None and template.waba_id != waba_id:
                template = None
            why = why_not(template)
            if why is not None or template is None:
                outcome.failed[cut(template_id)] = why or ""
                continue
            act(template, now)
            outcome.done.append(template_id)
        return outcome

    def _put_away(self, template: Template, at: datetime) -> Template:
        kept = template.with_history(restores=str(template.status))
        self._core.plan(at + archival.ARCHIVED_FOR, DueKind.TEMPLATE_DISCARD, template.id)
        return self._transitions.become(kept, Status.ARCHIVED, at)

    def _take_out(self, template: Template, at: datetime) -> Template:
        self._transitions.cancel(DueKind.TEMPLATE_DISCARD, template)
        restored = Status(template.history.restores or Status.APPROVED)
        taken = template.with_history(restores=None, active_at=at)
        reason = template.rejected_reason
        found = self._transitions.become(taken, restored, at, reason=reason, event="UNARCHIVED")
        if restored is Status.PENDING and self._core.settings.review != "by_hand":
            self._core.plan(at + self._core.settings.review_after, DueKind.TEMPLATE_REVIEW, template.id)
        return found

    def _discard(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.ARCHIVED:
            self._deletion.start_deletion(template, work.due)

    def _look(self, work: DueWork) -> None:
        if not self._core.settings.auto_archival:
            self._store.timeline.plan(work.due + _LOOK_AGAIN, DueKind.TEMPLATE_IDLE, "")
            return
        since = datetime.fromisoformat(self._store.facts.get("watched_since"))
        used = dict(self._store.templates.last_used())
        following = archival.idle_at(work.due)
        for template in self._store.templates.of():
            if not archival.is_archived_when_idle(template):
                continue
            active = max(
                template.history.active_at or template.created_at, used.get(template.id) or since, since
            )
            idle_at = archival.idle_at(active)
            if idle_at <= work.due:
                self._put_away(template, work.due)
            else:
                following = min(following, idle_at)
        self._store.timeline.plan(following, DueKind.TEMPLATE_IDLE, "")
