"""Control routes of the clock: what time it is, letting time pass, stopping and running it."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.instants import iso, maybe_iso
from emulator.sandbox.engine.advance import Advance
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.timeline import Planned
from emulator.web.control.answers import sandboxes as answers
from emulator.web.control.routes.table import FLAG, INSTANT, NUMBER, SANDBOX, route
from emulator.web.control.routes.values import BadRequest, moment

_UNITS = ("days", "hours", "minutes", "seconds")


@route("GET", f"{SANDBOX}/clock")
def read_clock(sandbox: Sandbox) -> answers.ClockAnswer:
    """The sandbox's time and how it goes, what is due next, and how far an advance under way has come.

    ``walking`` is that advance, with its begin, its end and the events so far; ``null`` while nobody moves
    the clock.
    """
    return clock_answer(sandbox)


@route(
    "POST",
    f"{SANDBOX}/clock/advance",
    body=dict.fromkeys(_UNITS, NUMBER) | {"to": INSTANT, "next": FLAG},
)
def advance(
    sandbox: Sandbox,
    to: str | None = None,
    next: bool = False,  # noqa: A002
    **delta: float,
) -> answers.AdvanceAnswer:
    """Let time pass, event by event; answers with what happened when the sandbox is quiet.

    By a duration (``days``, ``hours``, ``minutes``, ``seconds``, added up), ``to`` an instant, or to what is
    due ``next``: one of the three (400). Webhooks on the way are delivered and answered. 409 when a receiver
    calls it while the clock waits for that receiver, 422 for a time that has passed.
    """
    if sum((bool(delta), to is not None, next)) != 1:
        raise BadRequest('say how far: {"hours": 25}, {"to": "2026-11-03T10:00:00Z"} or {"next": true}')
    if next:
        return _advance_answer(sandbox.clock.advance_to_next())
    if to is not None:
        return _advance_answer(sandbox.clock.travel_to(moment(to)))
    try:
        length = timedelta(**delta)
    except OverflowError:
        raise BadRequest("that is more time than a calendar has") from None
    return _advance_answer(sandbox.clock.advance(length))


@route("POST", f"{SANDBOX}/clock/cancel")
def cancel(sandbox: Sandbox) -> answers.CancelledAnswer:
    """End the advance that is under way at the instant it has come to; the call that began it answers then.

    ``cancelled`` says whether there was one. What is due at that instant is still carried out.
    """
    return {"cancelled": sandbox.clock.cancel()}


@route("GET", f"{SANDBOX}/due", query={"limit": NUMBER})
def due(sandbox: Sandbox, limit: int = 100) -> answers.DueAnswer:
    """What is due, the earliest first: the kind of work, what it does, when, and what it is about.

    ``limit`` is how much of it (default: 100). Webhooks that wait are deliveries, and not among it.
    """
    return {"due": [_planned_answer(each) for each in sandbox.clock.due(limit)]}


@route("POST", f"{SANDBOX}/clock/freeze", body={"at": INSTANT})
def freeze(sandbox: Sandbox, at: str | None = None) -> answers.ClockAnswer:
    """Stop the clock, now, or at a later instant after letting time pass until then.

    Answers the clock as it stands. 422 for an instant that has passed. What is due at that instant is still
    carried out.
    """
    sandbox.clock.freeze(None if at is None else moment(at))
    return clock_answer(sandbox)


@route("POST", f"{SANDBOX}/clock/run", body={"speed": NUMBER})
def run(sandbox: Sandbox, speed: float = 1.0) -> answers.ClockAnswer:
    """Let the clock run from the present on, ``speed`` simulated seconds a real one (default: 1).

    Answers the clock. 422 for a speed that is not above 0 and up to 1,000,000.
    """
    sandbox.clock.run(speed)
    return clock_answer(sandbox)


@route("POST", f"{SANDBOX}/settle")
def settle(sandbox: Sandbox) -> answers.AdvanceAnswer:
    """Carry out everything that is due now and deliver its webhooks; answers when the sandbox is quiet.

    No time passes. Answers what happened. 409 when a receiver calls it while it waits for that receiver, or
    when the sandbox does not come to rest.
    """
    return _advance_answer(sandbox.settle())


def time_answer(sandbox: Sandbox) -> answers.TimeAnswer:
    """Write a sandbox's time, its clock's mode, and its speed, which is ``null`` unless it runs."""
    return {
        "now": iso(sandbox.clock.now()),
        "mode": str(sandbox.clock.mode),
        "speed": sandbox.clock.speed,
    }


def clock_answer(sandbox: Sandbox) -> answers.ClockAnswer:
    """Write a sandbox's clock.

    Its time, mode and speed, when something is due next, and an advance under way. ``speed`` is ``null``
    unless it runs. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` as its ``now()`` does.
    """
    due, progress = sandbox.clock.next_due(), sandbox.clock.progress
    return {
        **time_answer(sandbox),
        "next_due": maybe_iso(due),
        "walking": None
        if progress is None
        else {
            "since": iso(progress.since),
            "until": iso(progress.until),
            "events": progress.events,
        },
    }


def _planned_answer(facts: Planned) -> answers.PlannedAnswer:
    """Write what is due: when, its kind, what it does in a sentence, what it is about, and whom."""
    return {
        "due": iso(facts.due),
        "kind": facts.kind,
        "does": facts.kind.does,
        "subject": facts.subject,
        "wa_id": facts.wa_id,
    }


def _advance_answer(facts: Advance) -> answers.AdvanceAnswer:
    """Write what a move of the clock brought about: from when until when, and the journal of it.

    The journal is cut after its first thousand entries; ``events`` counts all.
    """
    return {
        "since": iso(facts.since),
        "now": iso(facts.until),
        "events": facts.events,
        "happened": [
            {"at": iso(e.at), "kind": e.kind, "subject": e.subject, "summary": e.summary}
            for e in facts.journal
        ],
    }
