"""The customer service window: 24 hours in which a business may answer freely.

Source: D/messages/send-messages#customer-service-windows (21 May 2026). The exact instant of closing is not
documented; Meta's pricing example closes a window opened at hour 2 at hour 26, so it is open while
``now < last + 24 h``. What opens it is documented as "messages you" and "calls you"; the rest is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LENGTH = timedelta(hours=24)

DISPUTED = ("reaction", "removed_reaction", "unsupported", "edit", "revoke")
"""What a person may do that no source says to open a window, or not to; a setting decides."""
USUAL = ("reaction", "unsupported")
"""Those of them that open it here unless the setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window of one business number and one person; whoever writes or calls opens or restarts it."""

    phone_number_id: str
    wa_id: str
    last_inbound_at: datetime

    @property
    def closes_at(self) -> datetime:
        """The first instant at which it is closed."""
        return self.last_inbound_at + LENGTH

    def is_open(self, at: datetime) -> bool:
        return at < self.closes_at


def opens(kind: str, content: Mapping[str, Any], opened_by: tuple[str, ...] = USUAL) -> bool:
    """Whether a message of ``kind`` from a person opens the window, as they may do and the setting says.

    A system message, such as a changed number, never does.
    """
    word = _word(kind, content)
    return word != "system" and (word not in DISPUTED or word in opened_by)


def _word(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "reaction" and not content.get("emoji"):
        return "removed_reaction"
    if kind == "unsupported" and content.get("type") == "edit":
        return "edit"
    return kind
