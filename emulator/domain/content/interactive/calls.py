"""Interactive messages about calls: call buttons, and the request for permission to call.

Source of the requests: D/calling/user-call-permissions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from emulator.domain.content.interactive.parts import LABEL_LENGTH, interactive, named_action
from emulator.domain.errors import message_error
from emulator.domain.shapes import Integer, Record, Text

CALL_MINUTES = (1, 43_200)
PAYLOAD_LENGTH = 512
PERMISSION_REQUEST_LIMITS = ((timedelta(hours=24), 1), (timedelta(days=7), 2))
"""How often a number may ask one person for permission: at most so many requests in each rolling window."""

VOICE_CALL = interactive(
    "voice_call",
    named_action(
        "voice_call",
        Record(
            optional={
                "display_text": Text(what="Display text", least=1, most=LABEL_LENGTH),
                "ttl_minutes": Integer(what="ttl_minutes", least=CALL_MINUTES[0], most=CALL_MINUTES[1]),
                "payload": Text(what="Payload", most=PAYLOAD_LENGTH),
            }
        ),
        needed=False,
    ),
)

CALL_PERMISSION = interactive(
    "call_permission_request", named_action("call_permission_request"), needs_body=False, footer=False
)


def check_permission_requests(asked: Sequence[datetime], at: datetime) -> None:
    """Refuse to ask a person for permission to call too often (138009, D/calling/user-call-permissions).

    ``asked`` are the instants of earlier requests of the same number to the same person, ``at`` the present
    one. A request that is exactly one window old does not count any more.
    """
    for window, most in PERMISSION_REQUEST_LIMITS:
        if sum(1 for each in asked if each > at - window) >= most:
            raise message_error(
                138009,
                hint=f"A number may ask a person {most} time(s) within {window}.",
                facts={"asked": [each.isoformat() for each in asked]},
            )
