"""The control route of the journal: everything that happened, with filters."""

from __future__ import annotations

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.paging import gone, page
from emulator.web.control.routes import INSTANT, NUMBER, SANDBOX, TEXT, one_of, route
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
        "until": INSTANT,
        "after": NUMBER,
        "before": NUMBER,
        "order": one_of("oldest", "newest"),
        "limit": NUMBER,
    },
)
def journal(
    sandbox: Sandbox,
    since: str | None = None,
    until: str | None = None,
    after: int = 0,
    before: int | None = None,
    order: str = "oldest",
    limit: int = 1000,
    **filters: str,
) -> answers.Journal:
    """Everything that happened, oldest first, each entry with its cause; `after` takes the last `seq` seen.

    ``limit`` (default: 1,000) keeps the oldest after ``after``, or with ``order=newest`` the newest before
    ``before``, the newest first. The other parameters are filters, ``since`` and ``until`` instants, the
    latter exclusive, and ``chain`` an id: what is about it, about what led to it, and about all that came of
    that. ``next`` is the ``after``, or the ``before``, of the next page, if there is one. ``dropped`` is how
    many entries are gone, the oldest, if any are: the setting ``keep_journal`` says how many are kept.
    """
    kept = {
        "since": None if since is None else moment(since),
        "until": None if until is None else moment(until),
        "after": after,
        "before": before,
        "newest": order == "newest",
    }
    found = page(
        "journal",
        lambda most: sandbox.journal.all(**filters, **kept, limit=most),
        limit,
        shapes.entry,
        lambda entry: entry.seq,
    )
    return found | gone(sandbox.journal.dropped)
