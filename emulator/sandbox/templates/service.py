"""The services that change templates, built in one place, and the decisions a reviewer may take."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.templates.lifecycle import review
from emulator.domain.templates.lifecycle.pauses import Cause
from emulator.domain.templates.template import Draft, Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.templates.appeals import Appeals
from emulator.sandbox.templates.archival import Archival
from emulator.sandbox.templates.category import CategoryChanges
from emulator.sandbox.templates.category_abuse import CategoryAbuse
from emulator.sandbox.templates.deletion import Deletion
from emulator.sandbox.templates.pauses import Pauses
from emulator.sandbox.templates.review import Review
from emulator.sandbox.templates.submission import Submission, Submitted
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.wire.requests.templates import TemplateEdit

DECISIONS = (
    "approve",
    "reject",
    "appeal",
    "pause",
    "unpause",
    "flag",
    "disable",
    "reinstate",
    "archive",
    "unarchive",
)
"""The decisions somebody may take over a template, as the control API and the fixture name them."""
CAUSES: tuple[Cause, ...] = ("quality", "pacing")
"""The causes a template may be paused for: low quality ends by itself, pacing does not."""


class TemplateLifecycle:
    """Templates from the submission to the end.

    The services that change them, and the decisions that somebody may take. Its methods are called inside the
    caller's transaction.
    """

    def __init__(self, core: Core) -> None:
        self._core, transitions = core, Transitions(core)
        self._reviewer = Review(core, transitions)
        self.pauses = Pauses(core, transitions)
        self.deletion = Deletion(core, transitions)
        self.archival = Archival(core, transitions, self.deletion)
        self.category_abuse = CategoryAbuse(core, transitions)
        self.category_changes = CategoryChanges(core, transitions, self.category_abuse)
        self.submission = Submission(core, transitions, self._reviewer, self.category_abuse)
        self.appeals = Appeals(core, transitions, self._reviewer, self.category_changes, self.category_abuse)

    def submit(self, waba_id: str, draft: Draft) -> Submitted:
        """Take in a new template of a WABA; see :meth:`Submission.submit`.

        Raises the refusals of the template editor.
        """
        return self.submission.submit(waba_id, draft)

    def edit(self, template: Template, edit: TemplateEdit) -> Submitted:
        """Replace parts of a template and have it reviewed again; see :meth:`Submission.edit`.

        Raises the editor's refusals.
        """
        return self.submission.edit(template, edit)

    def pause(self, template: Template, at: datetime, cause: Cause = "quality") -> Template:
        """Pause a template at an instant for its ``quality``, or because ``pacing`` held it.

        See :meth:`Pauses.pause`.
        """
        return self.pauses.pause(template, at, cause)

    def unpause(self, template: Template, at: datetime) -> Template:
        """End the pause of a template at an instant, whatever its cause; see :meth:`Pauses.unpause`."""
        return self.pauses.unpause(template, at)

    def disable(self, template: Template, at: datetime) -> Template:
        """Disable a template at an instant; see :meth:`Pauses.disable`."""
        return self.pauses.disable(template, at)

    def decide(self, template: Template, decision: str, reason: str | None = None) -> Template:
        """Take one of :data:`DECISIONS` over a template, now; returns it as it is then.

        A rejection takes a reason of the platform's enum, a pause ``quality`` or ``pacing``. While an appeal
        is open, approving grants it and rejecting does not. Raises :class:`CannotDecide` for an unknown word,
        and for a decision that does not fit the status.
        """
        now, status = self._core.clock.now(), template.status
        match decision:
            case "approve" | "reject" if self.appeals.is_open(template):
                given = _reason(reason) if reason else None
                return self.appeals.decide(template, decision == "approve", now, given)
            case "approve" if status in (Status.PENDING, Status.REJECTED):
                return self._reviewer.carry_out(template, review.APPROVED, now)
            case "reject":
                given = _reason(reason)
                if status in (Status.PENDING, Status.APPROVED):
                    return self._reviewer.carry_out(template, review.rejected(given), now)
            case "appeal":
                return self.appeals.appeal(template, now)
            case "pause" if status is Status.APPROVED:
                return self.pause(template, now, _cause(reason))
            case "unpause" if status is Status.PAUSED:
                return self.unpause(template, now)
            case "flag" if status is Status.APPROVED:
                return self.pauses.flag(template, now)
            case "disable" if status in (Status.APPROVED, Status.PAUSED):
                return self.disable(template, now)
            case "reinstate" if status is Status.DISABLED:
                return self.pauses.reinstate(template, now)
            case "archive":
                return self.archival.archive(template, now)
            case "unarchive":
                return self.archival.unarchive(template, now)
        if decision not in DECISIONS:
            raise CannotDecide(f"a decision is one of {', '.join(DECISIONS)}; got {decision!r}")
        raise CannotDecide(f"{template.name} is {template.status} and cannot be told {decision!r}")


def _reason(given: str | None) -> str:
    reason = (given or "INVALID_FORMAT").upper()
    if reason not in review.REASONS:
        raise CannotDecide(f"a reason is one of {', '.join(review.REASONS)}; got {reason!r}")
    return "INVALID_FORMAT" if reason == "NONE" else reason


def _cause(given: str | None) -> Cause:
    for cause in CAUSES:
        if cause == (given or "quality").lower():
            return cause
    raise CannotDecide(f"a template is paused for {' or '.join(CAUSES)}; got {given!r}")


__all__ = ["CAUSES", "DECISIONS", "CannotDecide", "TemplateLifecycle"]
