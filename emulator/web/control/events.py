"""The control route of events: the journal as it grows, as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, request

from emulator.sandbox.errors import SandboxClosed
from emulator.sandbox.namespaces.journal import Followed
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.journal import entry_answer
from emulator.web.control.routes.table import NUMBER, SANDBOX, TEXT, route
from emulator.web.control.routes.values import whole

PULSE = 1.0
"""Real seconds after which a comment is sent where nothing happens: so a client that is gone is noticed."""


@route(
    "GET",
    f"{SANDBOX}/events",
    query={"after": NUMBER, "kind": TEXT, "wa_id": TEXT},
    media=("text/event-stream",),
)
def events(sandbox: Sandbox, after: int | None = None, **filters: str) -> Response:
    """The journal as it grows: server-sent events, an entry each, with its `seq` as id.

    They begin after the header `Last-Event-ID`, else after the entry ``after`` (0: the first one), else with
    what comes from now on. The event ``reset`` says that the sandbox was reset or restored, and ``closed``
    that it is gone; ``kind`` and ``wa_id`` are filters.
    """
    resumed = request.headers.get("Last-Event-ID", "")
    begin = whole(resumed) if resumed else sandbox.journal.last() if after is None else after
    stream = Response(_written(sandbox, Followed([], begin), filters), mimetype="text/event-stream")
    stream.headers["Cache-Control"] = "no-store"
    return stream


def _written(sandbox: Sandbox, followed: Followed, filters: Mapping[str, Any]) -> Iterator[str]:
    yield ": begins\n\n"
    try:
        while True:
            followed = sandbox.journal.follow(followed, within=PULSE, **filters)
            if followed.is_another:
                yield _event({}, name="reset", seq=0)
            for entry in followed.entries:
                yield _event(entry_answer(entry), seq=entry.seq)
            if not followed.entries and not followed.is_another:
                yield ": nothing new\n\n"
    except SandboxClosed:
        yield _event({}, name="closed")


def _event(data: Mapping[str, Any], *, name: str | None = None, seq: int | None = None) -> str:
    """One event; entries have no name, so that a browser's ``onmessage`` gets them."""
    lines = [] if name is None else [f"event: {name}"]
    lines += [] if seq is None else [f"id: {seq}"]
    return "\n".join([*lines, f"data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}", "", ""])
