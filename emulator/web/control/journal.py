"""The control routes of the journal: everything that happened, and the calls among it, with filters."""

from __future__ import annotations

from typing import Any

from emulator.domain.instants import iso
from emulator.domain.journal import JournalEntry
from emulator.sandbox.namespaces.journal import OUTCOMES
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.routes.paging import gone, page
from emulator.web.control.routes.table import INSTANT, NUMBER, SANDBOX, TEXT, Json, one_of, route
from emulator.web.control.routes.values import moment


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
        entry_answer,
        lambda entry: entry.seq,
    )
    return found | gone(sandbox.journal.dropped)


@route(
    "GET",
    f"{SANDBOX}/calls",
    query={
        "outcome": one_of(*OUTCOMES),
        "edge": TEXT,
        "code": NUMBER,
        "wa_id": TEXT,
        "search": TEXT,
        "before": NUMBER,
        "limit": NUMBER,
    },
)
def calls(sandbox: Sandbox, limit: int = 100, **filters: Any) -> answers.Calls:
    """Calls of the Graph API, the newest first, with what was sent, answered and refused.

    Messages that were accepted and failed later stand among them, as entries of the kind ``status``.
    ``outcome`` keeps those that were ``accepted`` or ``refused``, that ``failed`` later, that are
    ``unsupported`` by the emulator, or that a ``fault`` met; ``edge`` is the last part of the path,
    ``code`` that of the error, ``search`` a part of the path, of what was sent or of what was answered.
    ``next`` is the ``before`` of the next page, if there is one. A page looks at 50,000 entries of the
    journal at most: it may be short, or empty, and have a ``next`` all the same.
    """
    found, following = sandbox.journal.calls(limit=limit, **filters)
    shown: Json = {"calls": [entry_answer(each) for each in found]}
    return shown if following is None else shown | {"next": following}


def entry_answer(facts: JournalEntry) -> answers.EntryAnswer:
    """Write an entry of the journal.

    When, what, about whom, its cause, and its details as they were noted.
    """
    return {
        "seq": facts.seq,
        "at": iso(facts.at),
        "kind": facts.kind,
        "subject": facts.subject,
        "wa_id": facts.wa_id,
        "cause": facts.cause,
        "summary": facts.summary,
        "details": dict(facts.details),
    }
