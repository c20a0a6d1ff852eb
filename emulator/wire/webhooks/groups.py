"""Payloads about groups. Source: D/groups/webhooks (2025 and 2026)."""

from __future__ import annotations

from emulator.domain.events.groups import GroupSuspensionChanged
from emulator.wire.webhooks.timestamps import seconds


def suspension(event: GroupSuspensionChanged) -> dict[str, object]:
    """Build the value of ``group_status_update``: a group was suspended, or its suspension was cleared."""
    number = event.number
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "groups": [
            {
                "timestamp": str(seconds(event.at)),
                "type": "group_suspend" if event.group.suspended else "group_suspend_cleared",
                "group_id": event.group.id,
            }
        ],
    }
