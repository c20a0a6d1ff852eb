"""The control route of the journal: everything that happened, with filters."""

from __future__ import annotations

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.routes import INSTANT, NUMBER, SANDBOX, TEXT, Json, route
from emulator.web.control.values import moment


@route(
    "GET",
    f"{SANDBOX}/journal",
    query={
        "kind": TEXT,
        "wa_id": TEXT,
        "subject": TEXT,
        "cause": TEXT,
        "since": INSTANT,
        "after": NUMBER,
        "limit": NUMBER,
    },
)
def journal(
    sandbox: Sandbox, since: str | None = None, after: int = 0, limit: int = 1000, **filters: str
) -> Json:
    """Everything that happened, oldest first, each entry with its cause; `after` takes the last `seq` seen.

    ``limit`` (default: 1,000) keeps the oldest after ``after``; the other parameters are filters, ``since``
    an instant.
    """
    found = sandbox.journal.all(
        since=None if since is None else moment(since), after=after, limit=limit, **filters
    )
    return {"journal": [shapes.entry(entry) for entry in found]}
