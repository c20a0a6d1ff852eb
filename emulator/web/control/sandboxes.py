"""Control routes of sandboxes: make, show, reset, snapshot and remove them, and change their settings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from flask import Response, request

from emulator.domain.settings import settings
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.seeds import named
from emulator.sandbox.seeds.named import DEFAULT
from emulator.web.control.answers import sandboxes as answers
from emulator.web.control.clock import clock_answer, time_answer
from emulator.web.control.routes.paging import PAGED
from emulator.web.control.routes.table import FLAG, INSTANT, NUMBER, SANDBOX, TEXT, Json, route
from emulator.web.control.routes.values import BadRequest, moment

log = logging.getLogger(__name__)

_SNAPSHOT = "application/vnd.sqlite3"
_PIECE = 256 * 1024
"""Bytes of a snapshot that are sent at a time."""


@route("GET", "/sandboxes", query=PAGED)
def sandboxes(emulator: Emulator, after: str | None = None, limit: int | None = None) -> answers.Sandboxes:
    """Every sandbox with its identity and credentials, its clock and its settings.

    ``limit`` is how many a page has (default: all), ``after`` the ``id`` of the last sandbox of the page
    before, which stands under ``next`` there; 404 for an unknown one. One that cannot be shown, or whose file
    could not be opened, has ``id`` and ``error`` alone. A sandbox that is being closed meanwhile is left out.
    """
    shown: list[answers.SandboxAnswer | answers.BrokenSandboxAnswer] = []
    found = emulator.all(after=after, limit=None if limit is None else limit + 1)
    for sandbox in found[:limit]:
        try:
            with sandbox.reading():
                if not sandbox.is_closed:
                    shown.append(_shown(sandbox))
        except Exception as problem:  # whatever is wrong with one, the others are shown
            log.exception("%s cannot be shown", sandbox.name)
            shown.append({"id": sandbox.name, "error": f"{type(problem).__name__}: {problem}"})
    if limit and len(found) > limit:
        return {"sandboxes": shown, "next": found[limit - 1].name}
    shown += [{"id": name, "error": why} for name, why in emulator.left_out.items()]
    return {"sandboxes": shown}


@route(
    "POST",
    "/sandboxes",
    body={
        "id": TEXT,
        "seed": {"type": ["string", "object"]},
        "message_templates": {"type": ["object", "array"]},
        "clock": {"type": "object", "properties": {"at": INSTANT, "speed": NUMBER, "frozen": FLAG}},
        "at_once": FLAG,
    },
    status=201,
)
def create_sandbox(
    emulator: Emulator,
    id: str | None = None,  # noqa: A002
    seed: str | Json = DEFAULT,
    message_templates: Json | list[Json] | None = None,
    clock: Json | None = None,
    at_once: bool = False,
) -> answers.SandboxAnswer:
    """Make a sandbox with ids and a token of its own, from a seed.

    ``seed`` is the name of one that comes with the emulator, or an object with what stands in a seed's file;
    ``message_templates`` is what the platform answers to ``GET /{waba_id}/message_templates``, with templates
    to add. ``id`` names it (default: the next free ``sandbox-N``); ``clock`` has ``at`` (default: the real
    time) and ``speed`` (default: 1) or ``frozen``; ``at_once`` makes people answer in the same instant.
    Answers its identity. 400 for an unknown or a wrong seed, 422 for a name that is taken.
    """
    clock = clock or {}
    speed = clock.get("speed", 1.0)
    if not 0 < speed <= 1e6:
        raise BadRequest("clock.speed is a number above 0 and up to 1,000,000")
    if isinstance(seed, str) and seed not in named.names():
        raise BadRequest(f"there is no seed named {seed!r}; there are {', '.join(named.names())}")
    sandbox = emulator.create(
        emulator.next_name() if id is None else id,
        seed,
        templates=message_templates,
        at=moment(clock["at"]) if clock.get("at") else None,
        speed=None if clock.get("frozen") else speed,
        at_once=at_once,
    )
    return _shown(sandbox)


@route("GET", "/sandboxes/{s}")
def read_sandbox(sandbox: Sandbox) -> answers.SandboxAnswer:
    """A sandbox's identity and credentials, its clock and its settings.

    What a client's configuration needs.
    """
    return _shown(sandbox)


@route("DELETE", "/sandboxes/{s}", status=204)
def remove_sandbox(emulator: Emulator, s: str) -> None:
    """Close a sandbox and forget it, with the file it is kept in; its token opens nothing any more."""
    emulator.remove(s)


@route("GET", "/sandboxes/{s}/snapshot", media=(_SNAPSHOT,))
def snapshot(sandbox: Sandbox) -> Response:
    """The whole state with the simulated time and the files, as the bytes of a SQLite file."""
    with ExitStack() as held:
        folder = held.enter_context(TemporaryDirectory(prefix="whatsapp-emulator-"))
        path = Path(folder) / "snapshot.sqlite"
        sandbox.write_snapshot(path)
        file = held.enter_context(path.open("rb"))
        response = Response(_Pieces(file, held.pop_all()), mimetype=_SNAPSHOT)
        response.content_length = path.stat().st_size
    return response


class _Pieces:
    """A file as the pieces of an answer; what was held for it is let go at the end."""

    def __init__(self, file: BinaryIO, held: ExitStack) -> None:
        self._file, self._held = file, held

    def __iter__(self) -> Iterator[bytes]:
        try:
            while piece := self._file.read(_PIECE):
                yield piece
        finally:
            self.close()

    def close(self) -> None:
        self._held.close()


@route("PUT", "/sandboxes/{s}/snapshot", status=204)
def restore(sandbox: Sandbox) -> None:
    """Replace the whole state by a snapshot's; the sandbox goes on as the original would have.

    The body are the bytes of a snapshot. They are judged whole before anything changes: 422 names what this
    version cannot read, 413 is for a body beyond the server's ``--max-snapshot``, 503 for a full disk; then
    nothing has changed.
    """
    sandbox.restore(request.stream)


@route("POST", f"{SANDBOX}/reset")
def reset(sandbox: Sandbox) -> answers.ClockAnswer:
    """Return to the seed: state, ids and time begin anew; a connected receiver stays.

    Answers the clock. 409 when a webhook receiver calls it while the clock waits for that receiver.
    """
    sandbox.reset()
    return clock_answer(sandbox)


@route("GET", "/settings")
def list_settings(emulator: Emulator) -> answers.SettingsListAnswer:  # noqa: ARG001
    """Every setting that a sandbox has: what it decides, its default, and which values it takes."""
    usual = settings.as_json(settings.Settings())
    return {
        "settings": [
            {"name": name, "text": settings.TEXTS[name], "default": usual[name], "schema": dict(kind.schema)}
            for name, kind in settings.KINDS.items()
        ]
    }


@route("GET", "/seeds")
def list_seeds(emulator: Emulator) -> answers.SeedsAnswer:  # noqa: ARG001
    """The names of the seeds that come with the emulator, from which sandboxes are made."""
    return {"seeds": named.names()}


@route("PATCH", f"{SANDBOX}/settings", body={name: settings.schema(name) for name in settings.NAMES})
def change_settings(sandbox: Sandbox, **given: Any) -> answers.Settings:
    """Change settings of the sandbox until the next reset; durations are in seconds.

    What the body leaves out stays. Answers all settings; 422 for a value that cannot be.
    """
    return settings.as_json(sandbox.change_settings(**given))


def _shown(sandbox: Sandbox) -> answers.SandboxAnswer:
    return _sandbox_answer(sandbox, request.host_url.rstrip("/"))


def _sandbox_answer(facts: Sandbox, graph_url: str) -> answers.SandboxAnswer:
    """Write a sandbox: its identity with credentials, seed, clock and settings, and the URL of its Graph API.

    ``graph_url`` is the address at which the caller reached the emulator.
    """
    shown = facts.identity()
    shown |= {
        "seed": str(facts.blueprint.source),
        "clock": time_answer(facts),
        "settings": settings.as_json(facts.settings),
        "graph_url": graph_url,
    }
    return cast(answers.SandboxAnswer, shown)
