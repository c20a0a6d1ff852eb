"""Template pacing: messages of a template without a rating are held until the first ones have feedback.

Source: D/templates/template-pacing. After how many messages a template is held is not published; the setting
``pacing_after`` says.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from emulator.domain.quality.scores import GREEN, RED
from emulator.domain.templates.template import Status, Template
from emulator.domain.values import dataclass

HELD = "held_for_quality_assessment"
"""The ``message_status`` in the answer to a send whose message is held."""
PACED_AFTER_PAUSE = timedelta(days=7)
"""How long after a pause of one utility template all utility templates of the account are paced."""


class PacingStage(StrEnum):
    """How far the pacing of a template has come; a pause takes it back to the first stage.

    ``counting``: messages are delivered and counted; ``holding``: further ones are held; ``passed``: none
    are.
    """

    COUNTING = "counting"
    HOLDING = "holding"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class PacingState:
    """How many messages of a template were sent while it is paced, and the stage that follows from it."""

    sent: int = 0
    stage: PacingStage = PacingStage.COUNTING

    def after_send(self, threshold: int) -> PacingState:
        """Count one more message of a template; those beyond the first ``threshold`` are held.

        ``threshold`` is the setting ``pacing_after``. In another stage than ``counting`` nothing changes.
        """
        if self.stage is not PacingStage.COUNTING:
            return self
        return PacingState(
            self.sent + 1, PacingStage.HOLDING if self.sent >= threshold else PacingStage.COUNTING
        )


def is_paced(template: Template, at: datetime, utility_paused_at: datetime | None) -> bool:
    """Say whether messages of a template may be held at the instant ``at``.

    Those of marketing templates that are not GREEN (new and unpaused ones are not); those of utility
    templates within seven days after ``utility_paused_at``, the last pause of any utility template of the
    account; those of authentication templates never.
    """
    if template.category == "MARKETING":
        return template.quality_score != GREEN
    if template.category == "UTILITY":
        return utility_paused_at is not None and at < utility_paused_at + PACED_AFTER_PAUSE
    return False


def is_dropped(template: Template, score: str) -> bool:
    """Say whether held messages are dropped, given the quality ``score`` the template has reached by then.

    They are when it is RED, and when the template is not approved any more.
    """
    return score == RED or template.status is not Status.APPROVED
