"""A first message to try, as a ``curl`` line that works as ``serve`` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.domain.templates.template import Template
    from emulator.sandbox.sandbox import Sandbox


def example(sandbox: Sandbox, url: str) -> str:
    """Write a ``curl`` line that works as printed: a first message from the first number to the first person.

    It is a utility template with its own examples, if the first WABA has one that needs no more than its
    body's values, else a text. ``url`` is the emulator's address.
    """
    identity, people = sandbox.identity(), sandbox.people.all()
    templates = sandbox.templates.all(identity["waba_id"])
    uses = [use for template in templates if (use := _use(template))]
    content: dict[str, Any] = (
        {"type": "template", "template": uses[0]} if uses else {"type": "text", "text": {"body": "Hello"}}
    )
    to = people[0].wa_id if people else "16505551234"
    body = json.dumps({"messaging_product": "whatsapp", "to": to, **content}, ensure_ascii=False)
    quoted = body.replace("'", "'\\''")
    return (
        f"curl {url}/v26.0/{identity['numbers'][0]['phone_number_id']}/messages"
        f" -H 'Authorization: Bearer {identity['access_token']}'"
        f" -H 'Content-Type: application/json' -d '{quoted}'"
    )


def _use(template: Template) -> dict[str, Any] | None:
    """How to send a utility template with its own examples; ``None`` when more than a body needs values."""
    if not template.is_sendable or template.category != "UTILITY":
        return None
    parameters: list[dict[str, str]] = []
    for component in template.components:
        written = component.get("example")
        example = written if isinstance(written, dict) else {}
        if component["type"] == "BODY":
            named = example.get("body_text_named_params", ())
            listed = (example.get("body_text") or [[]])[0]
            parameters = [
                *({"type": "text", "parameter_name": e["param_name"], "text": e["example"]} for e in named),
                *({"type": "text", "text": text} for text in listed),
            ]
        elif component["type"] == "BUTTONS":
            if any(button["type"] != "QUICK_REPLY" for button in component["buttons"]):
                return None
        elif (
            example or component["type"] not in ("HEADER", "FOOTER") or component.get("format") == "LOCATION"
        ):
            return None
    use: dict[str, Any] = {"name": template.name, "language": {"code": template.language}}
    return use | ({"components": [{"type": "body", "parameters": parameters}]} if parameters else {})
