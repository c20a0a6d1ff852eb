"""Control routes of sandboxes: make, show, reset, snapshot and remove them, and change their settings."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from emulator import __version__
from emulator.domain import settings
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.seeds import lookup
from emulator.sandbox.seeds.seed import DEFAULT
from emulator.web.control import openapi, shapes
from emulator.web.control.routes import FLAG, INSTANT, NUMBER, ROUTES, SANDBOX, TEXT, Json, route
from emulator.web.control.values import BadRequest, moment


@route("GET", "/health", needs_token=False)
def health(emulator: Emulator) -> Json:
    """Whether the emulator is ready, its version, and how many sandboxes it serves."""
    return {"status": "ready", "version": __version__, "sandboxes": len(emulator.all())}


@route("GET", "/openapi.json", needs_token=False)
def document(emulator: Emulator) -> Json:  # noqa: ARG001
    """The OpenAPI 3.1 document of the control API: every route with what it takes."""
    return openapi.document(ROUTES, __version__)


@route("GET", "/sandboxes")
def sandboxes(emulator: Emulator) -> Json:
    """Every open sandbox with its identity and credentials, its clock and its settings.

    A sandbox that is being closed meanwhile is left out.
    """
    shown = []
    for sandbox in emulator.all():
        with sandbox.reading():
            if not sandbox.is_closed:
                shown.append(_shown(sandbox))
    return {"sandboxes": shown}


@route(
    "POST",
    "/sandboxes",
    body={
        "id": TEXT,
        "seed": TEXT,
        "clock": {"type": "object", "properties": {"at": INSTANT, "speed": NUMBER, "frozen": FLAG}},
        "at_once": FLAG,
    },
    status=201,
)
def create_sandbox(
    emulator: Emulator,
    id: str | None = None,  # noqa: A002
    seed: str = DEFAULT,
    clock: Json | None = None,
    at_once: bool = False,
) -> Json:
    """Make a sandbox with ids and a token of its own, from a seed that comes with the emulator.

    ``id`` names it (default: the next free ``sandbox-N``); ``clock`` has ``at`` (default: the real time) and
    ``speed`` (default: 1) or ``frozen``; ``at_once`` makes people answer in the same instant. Answers its
    identity. 400 for an unknown seed, 422 for a name that is taken.
    """
    clock = clock or {}
    if unknown := set(clock) - {"at", "speed", "frozen"}:
        raise BadRequest(f"a clock has at, speed and frozen, not {', '.join(sorted(unknown))}")
    speed = clock.get("speed", 1.0)
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0 < speed <= 1e6:
        raise BadRequest("clock.speed is a number above 0 and up to 1,000,000")
    if not isinstance(clock.get("frozen", False), bool):
        raise BadRequest(f"clock.frozen is true or false, not {clock['frozen']!r}")
    if seed not in lookup.names():
        raise BadRequest(f"there is no seed named {seed!r}; there are {', '.join(lookup.names())}")
    sandbox = emulator.create(
        emulator.next_name() if id is None else id,
        seed,
        at=moment(str(clock["at"])) if clock.get("at") else None,
        speed=None if clock.get("frozen") else speed,
        at_once=at_once,
    )
    return _shown(sandbox)


@route("GET", "/sandboxes/{s}")
def read_sandbox(sandbox: Sandbox) -> Json:
    """A sandbox's identity and credentials, its clock and its settings.

    What a client's configuration needs.
    """
    return _shown(sandbox)


@route("DELETE", "/sandboxes/{s}", status=204)
def remove_sandbox(emulator: Emulator, s: str) -> Json:
    """Close a sandbox and forget it, with the file it is kept in; its token opens nothing any more."""
    emulator.remove(s)
    return {}


@route("GET", "/sandboxes/{s}/snapshot")
def snapshot(sandbox: Sandbox) -> Response:
    """The whole state with the simulated time and the files, as the bytes of a SQLite file."""
    return Response(sandbox.snapshot(), 200, mimetype="application/vnd.sqlite3")


@route("PUT", "/sandboxes/{s}/snapshot", status=204)
def restore(sandbox: Sandbox) -> Json:
    """Replace the whole state by a snapshot's; the sandbox goes on as the original would have.

    The body are the bytes of a snapshot. 400 for what is none, or is one of another schema; then nothing has
    changed.
    """
    sandbox.restore(request.get_data())
    return {}


@route("POST", f"{SANDBOX}/reset")
def reset(sandbox: Sandbox) -> Json:
    """Return to the seed: state, ids and time begin anew; a connected receiver stays.

    Answers the clock. 409 when a webhook receiver calls it while the clock waits for that receiver.
    """
    sandbox.reset()
    return shapes.clock(sandbox)


@route("PATCH", f"{SANDBOX}/settings", body={name: kind.schema for name, kind in settings.KINDS.items()})
def change_settings(sandbox: Sandbox, **given: Any) -> Json:
    """Change settings of the sandbox until the next reset; durations are in seconds.

    What the body leaves out stays. Answers all settings; 422 for a value that cannot be.
    """
    return settings.as_json(sandbox.change_settings(**given))


def _shown(sandbox: Sandbox) -> Json:
    return shapes.sandbox(sandbox, request.host_url.rstrip("/"))
