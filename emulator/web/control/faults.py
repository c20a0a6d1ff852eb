"""Control routes of faults: errors that are made to happen on purpose."""

from __future__ import annotations

from typing import Any

from emulator.domain.faults import CHANNELS, METHODS
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.routes import NUMBER, SANDBOX, TEXT, Json, one_of, required, route, short
from emulator.web.control.values import whole


@route("GET", f"{SANDBOX}/faults")
def faults(sandbox: Sandbox) -> Json:
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
def add_fault(sandbox: Sandbox, code: int, **facts: Any) -> Json:
    """Make an error happen on purpose: once, or as many times as said (null: until it is removed).

    ``code`` is one of the catalogue; every other member narrows down the occasion. Answers the fault with its
    id. 422 for what could never be met.
    """
    return shapes.fault(sandbox.faults.add(code, **facts))


@route("DELETE", f"{SANDBOX}/faults", status=204)
def remove_faults(sandbox: Sandbox) -> Json:
    """Remove all faults, so that nothing goes wrong on purpose any more. What they have caused stays."""
    sandbox.faults.remove()
    return {}


@route("DELETE", f"{SANDBOX}/faults/{{id}}", status=204)
def remove_fault(sandbox: Sandbox, id: str) -> Json:  # noqa: A002
    """Remove one fault by its id, so that it is met no more; 404 for an id that is not there."""
    sandbox.faults.remove(whole(id, "fault"))
    return {}
