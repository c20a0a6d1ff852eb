"""The two endpoints of marketing templates: ``messages``, and ``marketing_messages`` for them alone.

Sources: D/marketing-messages/send-marketing-messages and D/support/error-codes (April and August 2026).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.errors import message_error
from emulator.domain.templates.template import Template
from emulator.domain.values import dataclass

POLICIES = ("CLOUD_API_FALLBACK", "STRICT")
"""The values of ``product_policy``; the first is the default."""
MARKETING_LITE = "MARKETING_LITE"
"""The pricing category of a message sent by ``marketing_messages``."""
CODE_134100_SINCE = 23
"""The major version of the API from which on 134100 is returned where older ones return 131055."""


@dataclass(frozen=True, slots=True)
class MarketingRoute:
    """The endpoint a template is sent by, and what the account's settings say about both."""

    version: int | None = None
    """The major version of a call of ``marketing_messages``; ``None`` for a call of ``messages``."""
    messages_takes_marketing: bool = True
    """Whether ``messages`` accepts marketing templates."""
    sync_delay: timedelta = timedelta(0)
    """How long after its creation or last edit ``marketing_messages`` does not know a template."""


def check(template: Template, route: MarketingRoute, at: datetime) -> None:
    """Refuse a template that may not be sent by this route.

    Raises 131063 for marketing by ``messages`` where that is switched off, 134100 (131055 before version 23)
    for any other category by ``marketing_messages``, and 134101 for a template that is newer at the instant
    ``at`` than the sync delay.
    """
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
                hint=f"The endpoint knows it from {known_from.isoformat()} on (setting marketing_sync).",
                facts=facts,
            )
