"""The envelope around every webhook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.wire.webhooks.fields import WEBHOOK_FIELDS
from emulator.wire.webhooks.timestamps import seconds


def envelope(waba_id: str, field: str, value: Mapping[str, object], at: datetime) -> dict[str, object]:
    """One event in its envelope; only account fields carry the time of the entry."""
    entry: dict[str, object] = {"id": waba_id}
    if WEBHOOK_FIELDS[field].timed:
        entry["time"] = seconds(at)
    entry["changes"] = [{"value": value, "field": field}]
    return {"object": "whatsapp_business_account", "entry": [entry]}
