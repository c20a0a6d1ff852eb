"""The table of control routes, each with the schemas of what it takes, and the decorator that adds one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.values import dataclass

Json = dict[str, Any]
Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ControlRoute:
    """A control route.

    The method and path it is reached at, what it takes, and the function that answers it.
    """

    method: str
    path: str
    """Where it is reached, below ``/_emulator``, with ``{parameters}``; ``{s}`` is the sandbox."""
    handler: Handler
    summary: str
    """The first line of the function's docstring, as OpenAPI and the reference page have it."""
    body: Mapping[str, Json]
    """The members of the JSON body by name, each with its schema; ``required`` inside marks them."""
    query: Mapping[str, Json]
    """The parameters of the query by name, each with its schema; every one may be left out."""
    status: int = 200
    """The HTTP status of a success; 204 has no body."""
    media: tuple[str, ...] = ()
    """The media types of its answers that are no JSON."""
    needs_token: bool = True
    """Whether only callers with the control token are answered, where the server has one."""
    now: str | None = None
    """What it is called now, of a route that goes with the next version; each answer warns."""


ROUTES: list[ControlRoute] = []
"""The routes of the modules that are imported; :func:`emulator.web.control.modules.every_route` lists all."""

SANDBOX = "/sandboxes/{s}"
"""The beginning of the path of every route of one sandbox; ``{s}`` is its name."""

MOST_TEXT = 65_536
"""Characters of any text in a body, and of a name in one; what a person writes has that many at most."""
TEXT: Json = {"type": "string", "maxLength": MOST_TEXT}
BASE64: Json = {"type": "string", "contentEncoding": "base64"}
FLAG: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number"}
INSTANT: Json = {"type": "string", "format": "date-time"}
REFERRAL: Json = {
    "type": "object",
    "description": "The ad or post it is written from, as in a webhook; source_type is ad or post.",
}
FILE: Json = {
    "type": "object",
    "required": ["data", "mime_type"],
    "description": "A file: its bytes in base64, and what they are.",
}


def required(schema: Json) -> Json:
    """Mark a member of a body as one that may not be left out; without it the call is answered with 400."""
    return {**schema, "x-required": True}


def one_of(*words: str) -> Json:
    """Build the schema of a text that is one of these ``words``; any other is answered with 400."""
    return {"type": "string", "enum": list(words)}


def short(most: int) -> Json:
    """Build the schema of a text of up to ``most`` characters; a longer one is answered with 400."""
    return {"type": "string", "maxLength": most}


def route(
    method: str,
    path: str,
    *,
    body: Mapping[str, Json] | None = None,
    query: Mapping[str, Json] | None = None,
    status: int = 200,
    media: tuple[str, ...] = (),
    needs_token: bool = True,
    now: str | None = None,
) -> Callable[[Handler], Handler]:
    """Make a function the answer to a control route; its docstring's first line is the route's summary.

    ``path`` is below ``/_emulator``, with ``{parameters}``; ``body`` and ``query`` name the members that may
    be given, each with its schema. The function gets the sandbox of ``{s}`` (or the emulator), and the rest
    by name. Its return type says what it answers as JSON, see :mod:`emulator.web.control.answers`, and
    ``media`` lists the types of other answers. ``status`` is that of a success. Without ``needs_token``
    callers without the control token are answered, too: it tells nothing of a sandbox. ``now`` is the route
    that takes its place.
    """

    def register(handler: Handler) -> Handler:
        summary = (handler.__doc__ or "").strip().splitlines()[0]
        ROUTES.append(
            ControlRoute(
                method, path, handler, summary, body or {}, query or {}, status, media, needs_token, now
            )
        )
        return handler

    return register
