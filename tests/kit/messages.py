"""Messages: the bodies that the Graph API takes, and the contents that the sandbox's own service takes."""

from __future__ import annotations

from typing import Any

from emulator.domain.messages.outbound import TemplateUse
from emulator.domain.templates.filling.match import SentComponent, SentParameter

LIFE = ["sent", "delivered", "read"]
"""The statuses of a message that all goes well with."""

# bodies of the Graph API


def text_message(to: str, body: str) -> dict[str, Any]:
    """A text, as ``/messages`` takes it."""
    return {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}}


def template_message(
    to: str, name: str, *components: dict[str, Any], language: str = "en_US"
) -> dict[str, Any]:
    """A template with what fills it, as ``/messages`` takes it."""
    content = {"name": name, "language": {"code": language}, "components": list(components)}
    return {"messaging_product": "whatsapp", "to": to, "type": "template", "template": content}


def text_parameters(*values: str) -> list[dict[str, Any]]:
    """The values of positional variables."""
    return [{"type": "text", "text": value} for value in values]


def filled_body(*values: str) -> dict[str, Any]:
    """What fills the variables of a template's body."""
    return {"type": "body", "parameters": text_parameters(*values)}


def order_shipped_parts(
    name: str = "Sheena", order: str = "860198", payload: str | None = None
) -> tuple[dict[str, Any], ...]:
    """What fills the seed's ``order_shipped``; ``payload`` is that of its quick reply, ``Where is it?``."""
    url = {"type": "button", "sub_type": "url", "index": "1", "parameters": text_parameters(order)}
    if payload is None:
        return filled_body(name, order), url
    reply = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": payload}],
    }
    return filled_body(name, order), reply, url


# contents for the sandbox's service


def _texts(*values: str) -> tuple[SentParameter, ...]:
    return tuple(SentParameter("TEXT", value) for value in values)


def order_shipped(name: str = "Sheena", order: str = "860198", payload: str | None = None) -> TemplateUse:
    """The seed's utility template that has a quick reply, filled in."""
    components = [
        SentComponent("BODY", parameters=_texts(name, order)),
        SentComponent("BUTTON", "URL", 1, _texts(order)),
    ]
    if payload is not None:
        components.append(SentComponent("BUTTON", "QUICK_REPLY", 0, (SentParameter("PAYLOAD", payload),)))
    return TemplateUse("order_shipped", "en_US", tuple(components))


LOGIN_CODE = TemplateUse(
    "login_code",
    "en_US",
    (
        SentComponent("BODY", parameters=_texts("123456")),
        SentComponent("BUTTON", "URL", 0, _texts("123456")),
    ),
)
"""The seed's authentication template, filled in."""

SPRING_SALE = TemplateUse(
    "spring_sale",
    "en_US",
    (
        SentComponent(
            "HEADER", parameters=(SentParameter("IMAGE", payload={"link": "https://example.com/a.png"}),)
        ),
        SentComponent("BODY", parameters=_texts("Sheena")),
    ),
)
"""The seed's marketing template, filled in."""
