"""What the tests of limits share: people to write to, and a receiver that hears everything."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.subscriptions import Subscription
from emulator.sandbox.sandbox import Sandbox
from emulator.wire.webhooks.fields import FIELDS
from kit.sandboxes import APP_ID, URL, Inbox, listen


def crowd(sandbox: Sandbox, many: int, first: int = 12125550100) -> list[str]:
    """So many new people; returns their numbers."""
    return [sandbox.people.add(f"Person {place}", str(first + place)).wa_id for place in range(many)]


def hear_everything(sandbox: Sandbox) -> Inbox:
    """Connect a receiver that gets every field."""
    inbox = listen(sandbox)
    with sandbox.services.command() as store:
        fields = tuple((field, "v24.0") for field in FIELDS)
        store.accounts.put_subscription(Subscription(APP_ID, URL, "verify", fields))
    return inbox


def told(inbox: Inbox, field: str) -> list[dict[str, Any]]:
    """The values of one field's webhooks."""
    changes = [webhook.json["entry"][0]["changes"][0] for webhook in inbox.webhooks]
    return [change["value"] for change in changes if change["field"] == field]
