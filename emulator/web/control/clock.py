"""How time goes in a sandbox."""

from __future__ import annotations

from datetime import timedelta

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.routes import FLAG, INSTANT, NUMBER, SANDBOX, Json, route
from emulator.web.control.values import BadRequest, moment

_UNITS = ("days", "hours", "minutes", "seconds")


@route("GET", f"{SANDBOX}/clock")
def read_clock(sandbox: Sandbox) -> Json:
    """The sandbox's time, how it goes, what is due next, and how far a move under way has come."""
    return shapes.clock(sandbox)


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
) -> Json:
    """Let time pass, event by event; returns when the sandbox is quiet, with what happened."""
    if sum((bool(delta), to is not None, next)) != 1:
        raise BadRequest('say how far: {"hours": 25}, {"to": "2026-11-03T10:00:00Z"} or {"next": true}')
    if next:
        return shapes.happened(sandbox.clock.advance_to_next())
    if to is not None:
        return shapes.happened(sandbox.clock.travel_to(moment(to)))
    try:
        length = timedelta(**delta)
    except OverflowError:
        raise BadRequest("that is more time than a calendar has") from None
    return shapes.happened(sandbox.clock.advance(length))


@route("POST", f"{SANDBOX}/clock/freeze", body={"at": INSTANT})
def freeze(sandbox: Sandbox, at: str | None = None) -> Json:
    """Stop the clock, now or at a later instant."""
    sandbox.clock.freeze(None if at is None else moment(at))
    return shapes.clock(sandbox)


@route("POST", f"{SANDBOX}/clock/run", body={"speed": NUMBER})
def run(sandbox: Sandbox, speed: float = 1.0) -> Json:
    """Let the clock run, at a multiple of real time."""
    sandbox.clock.run(speed)
    return shapes.clock(sandbox)


@route("POST", f"{SANDBOX}/settle")
def settle(sandbox: Sandbox) -> Json:
    """Do everything that is due now and deliver its webhooks; returns when the sandbox is quiet."""
    return shapes.happened(sandbox.settle())
