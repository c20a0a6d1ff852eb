"""What the tests of limits share: how a limit stands, people to write to, and who hears everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from emulator.domain.accounts.subscriptions import Subscription
from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.sandbox import Sandbox
from emulator.wire.webhooks.fields import FIELDS
from kit.sandboxes import APP_ID, URL, Inbox, listen

TICK = timedelta(microseconds=1)
Result = TypeVar("Result")


def limit(sandbox: Sandbox, name: str, wa_id: str | None = None, number: str | None = None) -> LimitStatus:
    """How a limit stands: the first of its name, of this business number and to this person if given."""
    return next(each for each in sandbox.limits.all(wa_id, number) if each.name == name)


def around(sandbox: Sandbox, instant: datetime, act: Callable[[], Result]) -> tuple[Result, Result]:
    """What an act comes to at the last microsecond before an instant, and at the instant."""
    sandbox.clock.travel_to(instant - TICK)
    before = act()
    sandbox.clock.travel_to(instant)
    return before, act()


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
