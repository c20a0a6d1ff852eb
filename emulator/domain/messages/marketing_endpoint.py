"""Where marketing templates may go: over ``messages``, or over the endpoint of their own.

Sources: D/marketing-messages/send-marketing-messages and D/support/error-codes (April and August 2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from emulator.domain.errors import message_error
from emulator.domain.templates.template import Template

POLICIES = ("CLOUD_API_FALLBACK", "STRICT")
"""What ``product_policy`` may say; the first is meant when it says nothing."""
MARKETING_LITE = "MARKETING_LITE"
"""What a message that was sent by the endpoint of its own is priced as."""
CODE_134100_SINCE = 23
"""The version of the API that says 134100 where older ones say 131055."""


@dataclass(frozen=True, slots=True)
class MarketingRoute:
    """By which endpoint a template is sent, and what the account has to say about it."""

    version: int | None = None
    """The version of a call of ``marketing_messages``; ``None`` for one of ``messages``."""
    messages_takes_marketing: bool = True
    """Whether ``messages`` takes marketing templates."""
    sync_delay: timedelta = timedelta(0)
    """How long ``marketing_messages`` does not know a template that is new or changed."""


OVER_MESSAGES = MarketingRoute()


def check(template: Template, route: MarketingRoute, at: datetime) -> None:
    """Refuse a template that may not go by this route (131063, 134100 or 131055, 134101)."""
    facts = {"template_id": template.id, "category": template.category}
    if route.version is None:
        if template.category == "MARKETING" and not route.messages_takes_marketing:
            raise message_error(131063, hint="Send it by marketing_messages.", facts=facts)
    elif template.category != "MARKETING":
        raise message_error(
            134100 if route.version >= CODE_134100_SINCE else 131055,
            hint=f"{template.name} is a template of category {template.category}; send it by messages.",
            facts=facts,
        )
    else:
        known_from = (template.last_updated_at or template.created_at) + route.sync_delay
        if at < known_from:
            raise message_error(
                134101,
                hint=f"It is known from {known_from.isoformat()} on (setting marketing_sync).",
                facts=facts,
            )
