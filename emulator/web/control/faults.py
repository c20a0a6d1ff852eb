"""Control routes of faults: errors that are made to happen on purpose, and webhooks that are spoilt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from emulator.domain.faults import CHANNELS, METHODS
from emulator.domain.webhooks.faults import WEBHOOK_FAULTS
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.routes import NUMBER, SANDBOX, TEXT, one_of, required, route, short
from emulator.web.control.values import BadRequest, whole


@route("GET", f"{SANDBOX}/faults")
def faults(sandbox: Sandbox) -> answers.FaultsAnswer:
    """Every fault that was asked for, with how often it has been met; spent ones too."""
    return {"faults": [shapes.fault(fault) for fault in sandbox.faults.all()]}


@route(
    "POST",
    f"{SANDBOX}/faults",
    body={
        "code": required(NUMBER),
        "when": one_of(*CHANNELS),
        "to": TEXT,
        "phone_number_id": TEXT,
        "edge": short(200),
        "method": one_of(*METHODS),
        "times": {"type": ["number", "null"]},
        "details": short(1000),
        "probability": NUMBER,
    },
    status=201,
)
def add_fault(sandbox: Sandbox, code: int, **facts: Any) -> answers.FaultAnswer:
    """Make an error happen on purpose: once, or as many times as said (null: until it is removed).

    ``code`` is one of the catalogue; every other member narrows down the occasion. Answers the fault with its
    id. 422 for what could never be met.
    """
    return shapes.fault(sandbox.faults.add(code, **facts))


@route("DELETE", f"{SANDBOX}/faults", status=204)
def remove_faults(sandbox: Sandbox) -> None:
    """Remove all faults, so that nothing goes wrong on purpose any more. What they have caused stays."""
    sandbox.faults.remove()


@route("DELETE", f"{SANDBOX}/faults/{{id}}", status=204)
def remove_fault(sandbox: Sandbox, id: str) -> None:  # noqa: A002
    """Remove one fault by its id, so that it is met no more; 404 for an id that is not there."""
    sandbox.faults.remove(whole(id, "fault"))


@route("GET", f"{SANDBOX}/webhook-faults")
def webhook_faults(sandbox: Sandbox) -> answers.WebhookFaultsAnswer:
    """Every fault of webhooks that was asked for, with how often it has been met; spent ones too."""
    return {"webhook_faults": [shapes.webhook_fault(fault) for fault in sandbox.webhooks.faults()]}


@route(
    "POST",
    f"{SANDBOX}/webhook-faults",
    body={
        "kind": required(one_of(*WEBHOOK_FAULTS)),
        "times": NUMBER,
        "by": {**NUMBER, "description": "Seconds of simulated time, of a webhook that comes late."},
    },
    status=201,
)
def spoil_webhooks(
    sandbox: Sandbox, kind: str, times: int = 1, by: float | None = None
) -> answers.WebhookFaultAnswer:
    """Spoil the next webhooks that are made: one, or as many ``times`` as said, each of them.

    ``twice`` delivers one again, ``late`` after ``by`` seconds, ``out_of_order`` after the one that is made
    next, and ``batch`` so many in one request, once the last of them is made or a minute has passed. Answers
    the fault. 422 for what could never be met.
    """
    if by is not None and not 0 < by < 1e9:
        raise BadRequest(f"a webhook is late by so many seconds, not {by!r}")
    late = None if by is None else timedelta(seconds=by)
    return shapes.webhook_fault(sandbox.webhooks.spoil(kind, times=times, by=late))
