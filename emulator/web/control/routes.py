"""The table of control routes, and what OpenAPI says about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ControlRoute:
    """One act: where it is reached, what it takes, and what it does."""

    method: str
    path: str
    """Below ``/_emulator``, with ``{parameters}``."""
    handler: Handler
    summary: str
    body: Mapping[str, Json]
    """The members of the JSON body by name, each with its schema; ``required`` inside marks them."""
    query: Mapping[str, Json]
    status: int = 200


ROUTES: list[ControlRoute] = []

SANDBOX = "/sandboxes/{s}"
"""Where the routes of one sandbox begin."""

TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number"}
INSTANT: Json = {"type": "string", "format": "date-time"}
REFERRAL: Json = {
    "type": "object",
    "description": "The ad or post it is written from, as in a webhook; source_type is ad or post.",
}
FILE: Json = {
    "type": "object",
    "properties": {"data": TEXT, "mime_type": TEXT, "caption": TEXT, "filename": TEXT, "voice": FLAG},
    "required": ["data", "mime_type"],
    "description": "A file: its bytes in base64, and what they are.",
}


def required(schema: Json) -> Json:
    return {**schema, "x-required": True}


def one_of(*words: str) -> Json:
    return {"type": "string", "enum": list(words)}


def route(
    method: str,
    path: str,
    *,
    body: Mapping[str, Json] | None = None,
    query: Mapping[str, Json] | None = None,
    status: int = 200,
) -> Callable[[Handler], Handler]:
    """Make a function the answer to a control route; its docstring's first line is the summary."""

    def register(handler: Handler) -> Handler:
        summary = (handler.__doc__ or "").strip().splitlines()[0]
        ROUTES.append(ControlRoute(method, path, handler, summary, body or {}, query or {}, status))
        return handler

    return register
