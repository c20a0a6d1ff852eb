"""The control route of the journal: everything that happened, with filters."""

from __future__ import annotations

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.paging import gone, page
from emulator.web.control.routes import INSTANT, NUMBER, SANDBOX, TEXT, route
from emulator.web.control.values import moment


@route(
    "GET",
    f"{SANDBOX}/journal",
    query={
        "kind": TEXT,
        "wa_id": TEXT,
        "subject": TEXT,
        "cause": TEXT,
        "chain": TEXT,
        "since": INSTANT,
        "after": NUMBER,
        "limit": NUMBER,
    },
)
def journal(
    sandbox: Sandbox, since: str | None = None, after: int = 0, limit: int = 1000, **filters: str
) -> answers.Journal:
    """Everything that happened, oldest first, each entry with its cause; `after` takes the last `seq` seen.

    ``limit`` (default: 1,000) keeps the oldest after ``after``; the other parameters are filters, ``since``
    an instant, and ``chain`` an id: what is about it, about what led to it, and about all that came of that.
    ``next`` is the ``after`` of the next page, if there is one. ``dropped`` is how many entries are gone, the
    oldest, if any are: the setting ``keep_journal`` says how many are kept.
    """
    first = None if since is None else moment(since)
    found = page(
        "journal",
        lambda most: sandbox.journal.all(**filters, since=first, after=after, limit=most),
        limit,
        shapes.entry,
        lambda entry: entry.seq,
    )
    return found | gone(sandbox.journal.dropped)
