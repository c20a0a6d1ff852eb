"""The block list of a business number: who may be put on it, and the errors of the API.

Source: D/block-users (21 May 2026), with the words of its samples.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.values import dataclass
from emulator.domain.windows import Window

LIST_SIZE = 64_000
"""How many people a number may block."""
AT_ONCE = 1_000
"""How many people one call may name."""
WROTE_WITHIN = timedelta(hours=24)
"""How long after their last message a person can be blocked; at exactly this time they cannot."""


@dataclass(frozen=True, slots=True)
class BlockProblem:
    """Why one of the people a call names is not blocked, or not unblocked: an entry of ``failed_users``.

    Its fields become ``code``, ``message`` and ``error_data.details`` there.
    """

    code: int
    message: str
    details: str


NOT_ENGAGED = BlockProblem(131047, "Re-engagement required", "User has not messaged in the last 24 hours")
"""Also returned for numbers without WhatsApp, when they are blocked and when they are unblocked."""
ONESELF = BlockProblem(131021, "Self block", "Cannot block your own phone number")
FULL = BlockProblem(139101, "Blocklist limit reached", "The blocklist has reached its 64,000 user limit")


def why_not_blocked(window: Window | None, listed: int, at: datetime) -> BlockProblem | None:
    """Say why a person with WhatsApp cannot be blocked at the instant ``at``; ``None`` when they can.

    ``window`` is the one between the two (``None``: they never wrote), ``listed`` how many the list has
    already.
    """
    if window is None or at >= window.last_inbound_at + WROTE_WITHIN:
        return NOT_ENGAGED
    return FULL if listed >= LIST_SIZE else None
