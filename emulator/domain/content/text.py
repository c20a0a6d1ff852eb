"""Text messages (D/messages/text-messages)."""

from __future__ import annotations

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Flag, Record, Text

BODY_LENGTH = 4096

TEXT = MessageKind(
    "text",
    Record(required={"body": Text(most=BODY_LENGTH)}, optional={"preview_url": Flag()}),
    lambda text: str(text["body"]),
    f"{DOCS}/messages/text-messages",
    in_groups=True,
)
