"""Pacing: hold the messages of a template whose quality is not known, then send them or have them fail.

Source: D/templates/template-pacing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from emulator.domain.errors import DOCS, MessageError, message_error
from emulator.domain.events.templates import TemplateStatusChanged
from emulator.domain.quality import scores
from emulator.domain.quality.pacing import PacingStage, PacingState, is_dropped, is_paced
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.media.links import Links
from emulator.sandbox.quality.feedback import FeedbackCounts
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.service import TemplateLifecycle
from emulator.sandbox.timeline import DueKind

Fail = Callable[[str, MessageError, datetime], None]
"""Has a message fail that was accepted: its id, the error, and the instant."""


class Pacing:
    """Holds messages of a template that nobody knows yet, and then lets them go or drops them.

    Off unless the setting ``pacing_after`` says after how many messages it holds. It carries out the due work
    ``pacing.end``, and begins anew when a pause ends (D/templates/template-pacing).
    """

    def __init__(
        self, core: Core, links: Links, lifecycle: TemplateLifecycle, feedbacks: FeedbackCounts, fail: Fail
    ) -> None:
        self._core, self._store, self._links = core, core.store, links
        self._lifecycle, self._feedbacks, self._fail = lifecycle, feedbacks, fail
        core.on_due(DueKind.PACING_END, self._end)
        core.listen(TemplateStatusChanged, Listener.PACING, self._note_status)

    def holds(self, template: Template, at: datetime) -> bool:
        """Count one more message of a template at an instant, and say whether it is to be held.

        The first one that is held plans the end of pacing, after the setting ``pacing_hold``. ``False`` while
        pacing is off, and for a template that is not paced.
        """
        threshold = self._core.settings.pacing_after
        if threshold is None or not is_paced(template, at, self._utility_paused_at(template)):
            return False
        before = self._store.pacing.get(template.id)
        after = before.after_send(threshold)
        if after != before:
            self._store.pacing.put(template.id, after)
        if before.stage is PacingStage.COUNTING and after.stage is PacingStage.HOLDING:
            self._core.plan(at + self._core.settings.pacing_hold, DueKind.PACING_END, template.id)
            self._core.note(
                "template", template.id, f"messages of {template.name} are held for pacing", cause=template.id
            )
        return after.stage is PacingStage.HOLDING

    def hold(
        self, template: Template, message_id: str, links: Iterable[str], remembered: Mapping[str, object]
    ) -> None:
        """Keep an accepted message until it is known what becomes of its template.

        ``links`` and ``remembered`` are what its delivery needs then.
        """
        self._store.pacing.hold(template.id, message_id, list(links), remembered)

    def drop(self, template: Template, at: datetime) -> bool:
        """Pause a template that is being held, and have the messages that are held fail with 132015.

        ``False`` when none of its messages is being held; then nothing changes.
        """
        if self._store.pacing.get(template.id).stage is not PacingStage.HOLDING:
            return False
        self._store.pacing.forget(template.id)
        self._store.timeline.cancel(DueKind.PACING_END, template.id)
        if template.status is Status.APPROVED:
            self._lifecycle.pause(template, at, cause="pacing")
        for held in self._store.pacing.take_held(template.id):
            refusal = message_error(
                132015,
                rule="pacing",
                hint=f"It was held while {template.name} was paced, and people did not like what they got.",
                source=f"{DOCS}/templates/template-pacing",
                facts={"template_id": template.id},
            )
            self._fail(held.message_id, refusal, at)
        return True

    def _end(self, work: DueWork) -> None:
        """The time of holding is over: go by what people made of the messages that went out before."""
        template = self._store.templates.get(work.subject)
        if template is not None:
            feedback = self._feedbacks.of(template.id, work.due)
            measure = replace(self._feedbacks.measure, judged_after=1)
            reached = scores.score(feedback, measure, template.quality_score)
            if is_dropped(template, reached):
                self.drop(template, work.due)
                return
        self._store.pacing.put(work.subject, PacingState(stage=PacingStage.PASSED))
        for held in self._store.pacing.take_held(work.subject):
            self._links.plan(work.due, held.message_id, held.links, dict(held.details))
        self._core.note("template", work.subject, "the messages that were held go out", at=work.due)

    def _note_status(self, event: TemplateStatusChanged) -> None:
        """A pause begins pacing anew; one of a utility template also paces all others of the account."""
        template = event.template
        if template.status is Status.PAUSED and template.category == "UTILITY":
            self._store.facts.put(_utility(template), event.at.isoformat())
        if template.status is Status.APPROVED and event.before is Status.PAUSED:
            self._store.pacing.forget(template.id)

    def _utility_paused_at(self, template: Template) -> datetime | None:
        if template.category != "UTILITY":
            return None
        stored = self._store.facts.get(_utility(template))
        return stored and datetime.fromisoformat(stored)


def _utility(template: Template) -> str:
    return f"utility_paused:{template.waba_id}"
