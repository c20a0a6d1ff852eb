"""Call buttons, and the wish to be allowed to call."""

from __future__ import annotations

from emulator.domain.messages.interactive.parts import LABEL_LENGTH, interactive, named
from emulator.domain.shapes import Integer, Record, Text

CALL_MINUTES = (1, 43_200)
PAYLOAD_LENGTH = 512

VOICE_CALL = interactive(
    "voice_call",
    named(
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
    "call_permission_request", named("call_permission_request"), needs_body=False, footer=False
)
