"""What people think of a template or of a number: UNKNOWN, GREEN, YELLOW or RED.

Sources: D/templates/template-quality and D/messaging-limits. Blocks, reports and reads of the last seven days
decide; how many of them is not published, so the shares are settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

UNKNOWN, GREEN, YELLOW, RED = "UNKNOWN", "GREEN", "YELLOW", "RED"
WINDOW = timedelta(days=7)
"""How far back feedback counts."""
RECENT = timedelta(days=1)
"""How far back complaints about a number weigh double."""
UNREAD_AFTER = timedelta(days=1)
"""When a delivered message counts as one that nobody read."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How many messages of the last seven days were delivered, and what people made of them."""

    delivered: int
    read: int = 0
    unread: int = 0
    """How many were still unread a day after they were delivered."""
    blocked: int = 0
    reported: int = 0
    recent: int = 0
    """How many of the blocks and reports are so recent that they count once more."""

    @property
    def complaints(self) -> int:
        return self.blocked + self.reported + self.recent


@dataclass(frozen=True, slots=True)
class QualityThresholds:
    """From where on feedback is judged, and how."""

    judged_after: int
    """How many messages must have been delivered."""
    yellow: float
    """The share of complaints from which on it is YELLOW."""
    red: float
    """The share from which on it is RED."""
    least_read: float = 0.0
    """The share of messages that must be read for GREEN; 0 when reads do not count."""

    @property
    def counts_reads(self) -> bool:
        return self.least_read > 0


def score(feedback: Feedback, thresholds: QualityThresholds, previous: str = UNKNOWN) -> str:
    """Judge feedback; with too few messages it stays what it ``was``.

    Complaints are a share of the messages delivered, reads of those that were read or had a day to be. A
    share that is reached counts.
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
