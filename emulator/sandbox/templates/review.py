"""Judge a template beside the others of its account, and carry out what was decided."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.templates.lifecycle import review
from emulator.domain.templates.lifecycle.review import Decision
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.templates.transitions import Transitions


class Review:
    """Asks the rules of :mod:`emulator.domain.templates.lifecycle.review`."""

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions

    @property
    def reads_content(self) -> bool:
        """Whether this sandbox reads what templates say."""
        return self._core.settings.review == "content"

    def judge(self, template: Template) -> Decision:
        """What a review of ``template`` comes to; of two that are the same the later is the repetition."""
        newest_first = self._store.templates.of(template.waba_id)
        place = next(place for place, each in enumerate(newest_first) if each.id == template.id)
        others = [
            each
            for other, each in enumerate(newest_first)
            if not each.is_generated and (other > place or (other < place and each.status is Status.APPROVED))
        ]
        return review.decide(template, others, reads_content=self.reads_content)

    def carry_out(self, template: Template, decision: Decision, at: datetime) -> Template:
        """Give a template the status that was decided, and tell why."""
        extra: dict[str, object] = {}
        if decision.rejection_info is not None:
            cause, advice = decision.rejection_info
            extra = {"rejection_info": {"reason": cause, "recommendation": advice}}
        decided = template.with_history(decided_at=at)
        return self._transitions.become(decided, decision.status, at, reason=decision.reason, extra=extra)
