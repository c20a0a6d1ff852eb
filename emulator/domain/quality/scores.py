"""Quality ratings of templates and numbers: UNKNOWN, GREEN, YELLOW or RED.

Sources: D/templates/template-quality and D/messaging-limits. Blocks, reports and reads of the last seven days
decide; how many of them is not published, so the shares are settings.
"""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.values import dataclass

UNKNOWN, GREEN, YELLOW, RED = "UNKNOWN", "GREEN", "YELLOW", "RED"
WINDOW = timedelta(days=7)
"""How far back feedback counts."""
RECENT = timedelta(days=1)
"""How far back blocks and reports about a number count double."""
UNREAD_AFTER = timedelta(days=1)
"""How long after its delivery a message counts as unread."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How many messages of the last seven days were delivered, read, blocked and reported.

    The counts are of one template or of one number, at one instant.
    """

    delivered: int
    read: int = 0
    unread: int = 0
    """How many were not read within a day after they were delivered."""
    blocked: int = 0
    """After how many the person blocked the number."""
    reported: int = 0
    """How many were reported."""
    recent: int = 0
    """How many of the blocks and reports are so recent that they count once more."""

    @property
    def complaints(self) -> int:
        """Blocks and reports, recent ones twice."""
        return self.blocked + self.reported + self.recent


@dataclass(frozen=True, slots=True)
class QualityThresholds:
    """From how many messages on quality is judged, and the shares that make it YELLOW or RED.

    They are the settings ``quality_judged_after``, ``quality_yellow``, ``quality_red`` and
    ``quality_least_read``.
    """

    judged_after: int
    """How many messages must have been delivered."""
    yellow: float
    """The share of complaints from which it is YELLOW, inclusive."""
    red: float
    """The share from which it is RED, inclusive."""
    least_read: float = 0.0
    """The least share of messages read for GREEN; 0: reads do not count."""

    @property
    def counts_reads(self) -> bool:
        """Whether the share of messages read matters."""
        return self.least_read > 0


def score(feedback: Feedback, thresholds: QualityThresholds, previous: str = UNKNOWN) -> str:
    """Rate the feedback about a template or a number by these ``thresholds``.

    With fewer messages than ``judged_after`` the rating stays ``previous``. Complaints are a share of the
    messages delivered, reads a share of those that were read or had a day to be. A share that is exactly
    reached counts.
    """
    if feedback.delivered < max(thresholds.judged_after, 1):
        return previous
    complaints = feedback.complaints / feedback.delivered
    if complaints > 0 and complaints >= thresholds.red:
        return RED
    if complaints > 0 and complaints >= thresholds.yellow:
        return YELLOW
    settled = feedback.read + feedback.unread
    seldom_read = settled > 0 and feedback.read / settled < thresholds.least_read
    return YELLOW if seldom_read else GREEN
