"""What shapes a sandbox: reset, settings, where webhooks go."""

from __future__ import annotations

from typing import Any

from emulator.domain import settings
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.parsing import BadRequest
from emulator.web.control.routes import SANDBOX, TEXT, Json, required, route


@route("POST", f"{SANDBOX}/reset")
def reset(sandbox: Sandbox) -> Json:
    """Return to the seed; a connected receiver stays."""
    sandbox.reset()
    return shapes.clock(sandbox)


@route("PATCH", f"{SANDBOX}/settings", body={name: kind.schema for name, kind in settings.KINDS.items()})
def change_settings(sandbox: Sandbox, **given: Any) -> Json:
    """Change switches of the sandbox until the next reset; durations in seconds."""
    return settings.as_json(sandbox.change_settings(**given))


@route(
    "PUT",
    f"{SANDBOX}/webhook",
    body={"url": required({"type": ["string", "null"]}), "fields": {"type": "array", "items": TEXT}},
)
def connect(sandbox: Sandbox, url: str | None, fields: list[str] | None = None) -> Json:
    """Send the webhooks to a URL, without a handshake, and perhaps those of more fields."""
    if not all(isinstance(field, str) for field in fields or ()):
        raise BadRequest("fields are names of webhook fields, as strings")
    sandbox.connect(url, fields=fields or ())
    return {"url": url}
