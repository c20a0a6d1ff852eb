"""The envelope around every webhook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.wire.webhooks.fields import WEBHOOK_FIELDS
from emulator.wire.webhooks.timestamps import seconds


def envelope(waba_id: str, field: str, value: Mapping[str, object] | None, at: datetime) -> dict[str, object]:
    """Build the whole payload of one webhook: ``value`` of ``field`` in the entry of a WABA.

    ``at`` is the instant of the event, which only fields with ``timed`` carry, in seconds. ``None`` for the
    value is for an app that wants none (``include_values``): the entry names the field
    (G/webhooks/getting-started).
    """
    entry: dict[str, object] = {"id": waba_id}
    if WEBHOOK_FIELDS[field].timed:
        entry["time"] = seconds(at)
    if value is None:
        entry["changed_fields"] = [field]
    else:
        entry["changes"] = [{"value": value, "field": field}]
    return {"object": "whatsapp_business_account", "entry": [entry]}
