"""What a partner may ask the WhatsApp Business app of a number for, how often, and when (coexistence).

Source: D/embedded-signup/onboarding-business-app-users (26 June 2026): contacts and chats, each once, within
24 hours after the number was connected. What is answered for one that is not on the app is not documented.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

from emulator.domain.errors import bad_parameter, refuse

HISTORY, CONTACTS = "history", "smb_app_state_sync"
SYNC_TYPES = (CONTACTS, HISTORY)
WITHIN = timedelta(hours=24)
"""How long after a number was connected its app can be asked."""
RULE = "business_app_sync"


def check(
    sync_type: str, *, on_business_app: bool, since: datetime | None, asked: Container[str], at: datetime
) -> None:
    """Refuse to ask the app of a number for something at the instant ``at``.

    ``since`` is when the number was connected, ``asked`` what was asked for since. Raises ``(#100)`` for a
    number that is not on the app, 2593107 for what was asked for before, and 2593108 from 24 hours on.
    """
    if not on_business_app:
        raise bad_parameter(
            "The phone number is not on the WhatsApp Business app",
            hint="`on_business_app` says whether a number is; what the platform answers is not documented.",
        )
    if sync_type in asked:
        hint = f"{sync_type} was asked for before; the number has to leave the app and come back to it."
        raise refuse(2593107, rule=RULE, hint=hint)
    if since is not None and at - since >= WITHIN:
        hint = f"The number is on the app since {since.isoformat()}."
        raise refuse(2593108, rule=RULE, hint=hint)
