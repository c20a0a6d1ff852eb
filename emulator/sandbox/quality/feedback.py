"""What people made of the messages of the last seven days, counted for every template and number."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.quality.scores import RECENT, WINDOW, Feedback, QualityThresholds
from emulator.sandbox.core import Core

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
    """Counts that move with the clock; ``subject`` is the id of a template or of a number."""

    def __init__(self, core: Core) -> None:
        self._core, self._sliding_windows = core, core.store.sliding_windows

    @property
    def measure(self) -> QualityThresholds:
        """From where on feedback is judged, as the settings say."""
        settings = self._core.settings
        return QualityThresholds(
            settings.quality_judged_after or 1,
            settings.quality_yellow,
            settings.quality_red,
            settings.quality_least_read,
        )

    def add(self, what: str, subject: str, key: str, at: datetime) -> None:
        self._sliding_windows.add(f"{what}:{subject}", key, at)

    def delivered(self, subject: str, at: datetime) -> int:
        """How many messages were delivered in the last seven days."""
        return self._sliding_windows.size(f"{DELIVERED}:{subject}", at - WINDOW)

    def of(self, subject: str, at: datetime) -> Feedback:
        """Everything that counts at an instant."""
        sizes = {what: self._sliding_windows.size(f"{what}:{subject}", at - WINDOW) for what in _WHOLE}
        return Feedback(**sizes, recent=self._sliding_windows.size(f"{RECENTLY}:{subject}", at - RECENT))

    def forget(self, subject: str) -> None:
        """Begin anew."""
        for what in (*_WHOLE, RECENTLY):
            self._sliding_windows.forget(f"{what}:{subject}")
