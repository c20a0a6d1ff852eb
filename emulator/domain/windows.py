"""The customer service window: 24 hours in which a business may send free-form messages to a person.

Source: D/messages/send-messages#customer-service-windows (21 May 2026). The exact instant of closing is not
documented; Meta's pricing example closes a window opened at hour 2 at hour 26, so it is open while ``now <
last + 24 h``. What opens it is documented as "messages you" and "calls you"; the rest is a setting.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.messages.inbound_kinds import INBOUND_KINDS, Opens
from emulator.domain.values import dataclass

LENGTH = timedelta(hours=24)

DISPUTED = tuple(kind.name for kind in INBOUND_KINDS.values() if kind.opens in (Opens.USUALLY, Opens.IF_SET))
"""The acts of a person of which no source says whether they open a window; the setting ``window_opened_by``
decides."""
USUAL = tuple(kind.name for kind in INBOUND_KINDS.values() if kind.opens is Opens.USUALLY)
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
    return act not in INBOUND_KINDS or INBOUND_KINDS[act].opens is Opens.ALWAYS
