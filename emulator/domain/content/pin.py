"""Pins: a message is pinned or unpinned in a group (D/groups/groups-messaging)."""

from __future__ import annotations

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Choice, Integer, Record, Text, Value, invalid

DAYS = (1, 30)
"""The least and the most ``expiration_days``, both inclusive."""


def _pinned_for_a_time(pin: Value) -> None:
    """Refuse to pin for no time; the sentence is ours."""
    if pin["type"] == "pin" and "expiration_days" not in pin:
        raise invalid(
            "expiration_days is required to pin a message",
            f"Say for how many days it stays pinned: {DAYS[0]} to {DAYS[1]}.",
        )


PIN = MessageKind(
    "pin",
    Record(
        required={"type": Choice(("pin", "unpin")), "message_id": Text()},
        optional={"expiration_days": Integer(what="expiration_days", least=DAYS[0], most=DAYS[1])},
        rules=(_pinned_for_a_time,),
    ),
    lambda pin: f"[{pin['type']}ned]",
    f"{DOCS}/groups/groups-messaging",
    in_groups=True,
    ends_with_sent=True,
)
