"""The customer service window: 24 hours in which a business may send free-form messages to a person.

Source: D/messages/send-messages#customer-service-windows (21 May 2026). The exact instant of closing is not
documented; Meta's pricing example closes a window opened at hour 2 at hour 26, so it is open while ``now <
last + 24 h``. What opens it is documented as "messages you" and "calls you"; the rest is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

from emulator.domain.values import dataclass

LENGTH = timedelta(hours=24)


class Opens(Enum):
    """Whether an act of a person opens or restarts the customer service window."""

    ALWAYS = "always"
    USUALLY = "usually"
    """No source says so; it does unless the setting ``window_opened_by`` leaves it out."""
    IF_SET = "if set"
    """No source says so; it does if the setting names it."""
    NEVER = "never"


OPENS: Mapping[str, Opens] = {
    "reaction": Opens.USUALLY,
    "removed_reaction": Opens.USUALLY,
    "unsupported": Opens.USUALLY,
    "edit": Opens.IF_SET,
    "revoke": Opens.IF_SET,
    "request_welcome": Opens.IF_SET,
    "system": Opens.NEVER,
}
"""The kinds of acts (:mod:`emulator.domain.messages.inbound_kinds`) that do not always open one."""
DISPUTED = tuple(name for name, how in OPENS.items() if how in (Opens.USUALLY, Opens.IF_SET))
"""The acts of a person of which no source says whether they open a window; the setting ``window_opened_by``
decides."""
USUAL = tuple(name for name, how in OPENS.items() if how is Opens.USUALLY)
"""Those of them that open it by default."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window of one business number and one person, who opens or restarts it by writing or calling."""

    phone_number_id: str
    wa_id: str
    last_inbound_at: datetime
    unanswered_id: str | None = None
    """The message or the call that restarted it, until the business sends something; then ``None``."""

    @property
    def closes_at(self) -> datetime:
        """The first instant at which it is closed: 24 hours after the person last wrote or called."""
        return self.last_inbound_at + LENGTH

    def is_open(self, at: datetime) -> bool:
        """Say whether it is open at the instant ``at``: until just before :attr:`closes_at`."""
        return at < self.closes_at


def opens(act: str, opened_by: tuple[str, ...] = USUAL) -> bool:
    """Say whether an act of a person opens or restarts the window.

    ``act`` is a kind of message (``text``, ``image``, …) or ``call``; of those no source is clear about, the
    ones in ``opened_by`` do. A system message, such as a changed number, never does.
    """
    if act in DISPUTED:
        return act in opened_by
    return OPENS.get(act, Opens.ALWAYS) is Opens.ALWAYS
