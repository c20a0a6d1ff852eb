"""Whether the customer service window lets a message through."""

from __future__ import annotations

from emulator.domain.checks.context import SendContext
from emulator.domain.errors import message_error


def window_is_open(attempt: SendContext) -> None:
    if attempt.use or attempt.direct or (attempt.window and attempt.window.is_open(attempt.at)):
        return
    last = attempt.window.last_inbound_at if attempt.window else None
    hint = (
        f"The window closed at {attempt.window.closes_at.isoformat()}, 24 hours after their last message."
        if attempt.window
        else "They never wrote to this number, so no window was ever open."
    )
    raise message_error(
        131047,
        hint=hint + " Send an approved template, or wait for them to write.",
        facts={"wa_id": attempt.wa_id, "last_inbound_at": last and last.isoformat()},
    )
