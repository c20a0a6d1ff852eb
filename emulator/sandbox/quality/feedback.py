"""Count what people made of the messages of the last seven days, for every template and every number.

That is deliveries, reads, messages left unread, blocks and reports.
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.quality.scores import RECENT, WINDOW, Feedback, QualityThresholds
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingWindow

DELIVERED, READ, UNREAD, BLOCKED, REPORTED, RECENTLY = (
    "delivered",
    "read",
    "unread",
    "blocked",
    "reported",
    "recently",
)
_WHOLE = (DELIVERED, READ, UNREAD, BLOCKED, REPORTED)


class FeedbackCounts:
    """Counts what people made of messages in the last seven days, for every template and every number.

    ``subject`` is the id of a template or of a number; each count is a sliding window of different keys.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._counts = {what: SlidingWindow(core.store, what, WINDOW) for what in _WHOLE}
        self._counts[RECENTLY] = SlidingWindow(core.store, RECENTLY, RECENT)

    @property
    def measure(self) -> QualityThresholds:
        """From how many deliveries on, and from which shares, quality is judged, as the settings say."""
        settings = self._core.settings
        return QualityThresholds(
            settings.quality_judged_after or 1,
            settings.quality_yellow,
            settings.quality_red,
            settings.quality_least_read,
        )

    def add(self, what: str, subject: str, key: str, at: datetime) -> None:
        """Count that ``what`` happened at an instant, such as :data:`BLOCKED`.

        ``key`` is the id of a message or a person. The same key counts once.
        """
        self._counts[what].hit(subject, key=key, at=at)

    def delivered(self, subject: str, at: datetime) -> int:
        """Count the messages of a subject that were delivered in the seven days before an instant."""
        return self._counts[DELIVERED].used(subject, at=at)

    def of(self, subject: str, at: datetime) -> Feedback:
        """Gather every count of a subject at an instant, as scores are reckoned from it."""
        sizes = {what: self._counts[what].used(subject, at=at) for what in _WHOLE}
        return Feedback(**sizes, recent=self._counts[RECENTLY].used(subject, at=at))

    def forget(self, subject: str) -> None:
        """Forget every count of a subject, as when the pause of a template ends."""
        for count in self._counts.values():
            count.clear(subject)
