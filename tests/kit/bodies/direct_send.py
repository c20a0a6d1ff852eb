"""What Direct Send takes: interactive messages with buttons of any kind; and the templates it makes."""

from __future__ import annotations

from typing import Any

from emulator import Sandbox
from emulator.domain.templates.template import Template
from kit.graph import Graph

READY = "Your order 860198 is ready. Come and get it."
NOT_ENABLED = (
    "Parameter Invalid: The 'category' value requires Direct Send, which isn't enabled for this account. Use "
    "an approved message template instead."
)
LINK = {"type": "cta_url", "cta_url": {"display_text": "Track it", "url": "https://example.com/860198"}}
REPLIES = [{"type": "reply", "reply": {"id": name, "title": name}} for name in ("Late", "Lost")]
MIXED = {
    "type": "button",
    "header": {"type": "text", "text": "Good news"},
    "body": {"text": READY},
    "footer": {"text": "Lucky Shrub"},
    "action": {"buttons": [LINK, *REPLIES]},
}


def generated(graph: Graph) -> list[Any]:
    """The templates that were made, newest first, as the Graph API lists them."""
    found: Any = graph.get(
        f"{graph.waba}/message_templates?source=AUTO_GENERATED&fields=name,category,source,status"
    ).json
    return list(found["data"])


def generated_in(sandbox: Sandbox) -> list[Template]:
    """The templates that were made, newest first."""
    with sandbox.command() as store:
        return [template for template in store.templates.of() if template.is_generated]
