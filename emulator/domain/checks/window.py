"""The check of the customer service window."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.errors import message_error
from emulator.domain.messages.outbound import Content, TemplateUse
from emulator.domain.windows import Window


def window_is_open(content: Content, direct: bool, window: Window | None, wa_id: str, at: datetime) -> None:
    """Fail a free-form message outside the customer service window (131047).

    Templates and Direct Sends need no window.
    """
    if isinstance(content, TemplateUse) or direct or (window and window.is_open(at)):
        return
    last = window.last_inbound_at if window else None
    hint = (
        f"The window closed at {window.closes_at.isoformat()}, 24 hours after their last message."
        if window
        else "They never wrote to this number, so no window was ever open."
    )
    raise message_error(
        131047,
        hint=hint + " Send an approved template, or wait for them to write.",
        facts={"wa_id": wa_id, "last_inbound_at": last and last.isoformat()},
    )
