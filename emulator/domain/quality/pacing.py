"""Pacing: messages of a template nobody knows yet are held until the first people have had their say.

Source: D/templates/template-pacing. After how many messages a template is held is not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emulator.domain.quality.scores import GREEN, RED
from emulator.domain.templates.template import Status, Template

HELD = "held_for_quality_assessment"
"""What the answer to a send says of a message that is held."""
PACED_AFTER_PAUSE = timedelta(days=7)
"""How long utility templates are paced after one of their account was paused."""


class PacingStage(StrEnum):
    """Where a template stands; a pause takes it back to the beginning."""

    COUNTING = "counting"
    HOLDING = "holding"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class PacingState:
    """How much of a template was sent, and what follows from it."""

    sent: int = 0
    stage: PacingStage = PacingStage.COUNTING

    def after_send(self, threshold: int) -> PacingState:
        """One more message: those beyond the ``threshold`` are held."""
        if self.stage is not PacingStage.COUNTING:
            return self
        return PacingState(
            self.sent + 1, PacingStage.HOLDING if self.sent >= threshold else PacingStage.COUNTING
        )


def is_paced(template: Template, at: datetime, utility_paused_at: datetime | None) -> bool:
    """Whether messages of a template may be held.

    Those of marketing templates that are new, unpaused or otherwise not GREEN; those of utility templates
    within seven days of a pause of any utility template of the account; those with codes never.
    """
    if template.category == "MARKETING":
        return template.quality_score != GREEN
    if template.category == "UTILITY":
        return utility_paused_at is not None and at < utility_paused_at + PACED_AFTER_PAUSE
    return False


def is_dropped(template: Template, score: str) -> bool:
    """Whether held messages are dropped, given the quality the template has reached."""
    return score == RED or template.status is not Status.APPROVED
