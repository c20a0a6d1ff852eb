"""What the tests of windows and prices share: sandboxes that begin on a day, templates, and what was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from emulator import Emulator, Sandbox
from emulator.domain.messages.content import TemplateUse
from emulator.domain.templates.filling.match import SentComponent, SentParameter
from kit.sandboxes import PABLO, SHEENA, Inbox, listen, order_shipped, send

Begin = Callable[..., tuple[Sandbox, Inbox]]
CODE = TemplateUse(
    "login_code",
    "en_US",
    (
        SentComponent("BODY", parameters=(SentParameter("TEXT", "123456"),)),
        SentComponent("BUTTON", "URL", 0, (SentParameter("TEXT", "123456"),)),
    ),
)
SALE = TemplateUse(
    "spring_sale",
    "en_US",
    (
        SentComponent(
            "HEADER", parameters=(SentParameter("IMAGE", payload={"link": "https://example.com/a.png"}),)
        ),
        SentComponent("BODY", parameters=(SentParameter("TEXT", "Sheena"),)),
    ),
)


def begin(
    emulator: Emulator, at: datetime | str, *, version: int = 23, **settings: Any
) -> tuple[Sandbox, Inbox]:
    """A sandbox whose people answer at once, and a receiver of all fields in a webhook version."""
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at
    sandbox = emulator.create(at=instant, speed=None, at_once=True)
    sandbox.change_settings(us_marketing="delivered", **settings)
    inbox = listen(sandbox)
    hear(sandbox, version)
    return sandbox, inbox


def hear(sandbox: Sandbox, version: int) -> None:
    """Subscribe the app to messages, calls and account updates under a version."""
    with sandbox.services.command() as store:
        subscription = store.accounts.subscription(sandbox.accounts.app().id)
        assert subscription is not None
        heard = tuple((field, f"v{version}.0") for field in ("messages", "calls", "account_update"))
        store.accounts.put_subscription(replace(subscription, fields=heard))


def prices(inbox: Inbox, status: str = "delivered") -> list[tuple[Any, ...]]:
    """``(billable, model, category, type)`` of every status of one kind, in order."""
    return [
        tuple(told["pricing"].get(name) for name in ("billable", "pricing_model", "category", "type"))
        for told in inbox.statuses
        if told["status"] == status
    ]


def ids(inbox: Inbox, status: str = "delivered") -> list[str]:
    """The ids of their conversations."""
    return [told["conversation"]["id"] for told in inbox.statuses if told["status"] == status]


def lines(sandbox: Sandbox) -> list[tuple[str, str, str | None, int]]:
    """The report: ``(category, country, free, messages)``."""
    return [(line.category, line.country, line.free, line.messages) for line in sandbox.pricing.costs().lines]


__all__ = [
    "CODE",
    "PABLO",
    "SALE",
    "SHEENA",
    "Begin",
    "begin",
    "hear",
    "ids",
    "lines",
    "order_shipped",
    "prices",
    "send",
]
