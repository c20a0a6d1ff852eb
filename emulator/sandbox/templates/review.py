"""Judge a template beside the others of its account, and carry out what was decided."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.templates.lifecycle import review
from emulator.domain.templates.lifecycle.review import Decision
from emulator.domain.templates.template import Template
from emulator.sandbox.core import Core
from emulator.sandbox.templates.transitions import Transitions


class Review:
    """Judges templates beside the others of their account, and carries out what was decided.

    The rules are those of :mod:`emulator.domain.templates.lifecycle.review`; this gathers what they ask for.
    """

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions

    @property
    def reads_content(self) -> bool:
        """Whether this sandbox reads what templates say, by the setting ``review``.

        Otherwise their form decides.
        """
        return self._core.settings.review == "content"

    def judge(self, template: Template) -> Decision:
        """Judge ``template`` beside those of its WABA that say the same; nothing is changed."""
        others = self._store.templates.of_the_same_wording(template)
        return review.decide(template, others, reads_content=self.reads_content)

    def carry_out(self, template: Template, decision: Decision, at: datetime) -> Template:
        """Give a template the status that was decided at an instant.

        A rejection's webhook says the reason and advice.
        """
        extra: dict[str, object] = {}
        if decision.rejection_info is not None:
            cause, advice = decision.rejection_info
            extra = {"rejection_info": {"reason": cause, "recommendation": advice}}
        decided = template.with_history(decided_at=at)
        return self._transitions.become(decided, decision.status, at, reason=decision.reason, extra=extra)
