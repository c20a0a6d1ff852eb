"""Control routes of faults: what is made to go wrong on purpose, with calls, messages and webhooks."""

from __future__ import annotations

from typing import Any

from emulator.domain.catalogue import CATALOGUE
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.fault import Fault
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import PLACES, When
from emulator.domain.faults.parameters import PARAMETERS
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import faults as answers
from emulator.web.control.routes.table import NUMBER, SANDBOX, Json, one_of, required, route
from emulator.web.control.routes.values import BadRequest, whole

_FORMERLY = ("twice", "late", "out_of_order", "batch")
"""The kinds that the former route of webhooks takes."""
_BODY: dict[str, Json] = {
    "kind": one_of(*KINDS),
    "when": one_of(*When),
    **{each.name: {**each.schema, "description": each.text} for each in PARAMETERS.values()},
    **{each.name: {**each.schema, "description": each.text} for each in CONDITIONS.values()},
    "times": {"type": ["number", "null"], "description": "how often (default 1); null: until it is removed"},
    "every": {**NUMBER, "description": "of so many occasions that fit it strikes one, the last"},
    "probability": {**NUMBER, "description": "the chance, above 0 and up to 1, that it strikes"},
}


@route("GET", "/fault-kinds")
def fault_kinds(emulator: Emulator) -> answers.FaultKindsAnswer:  # noqa: ARG001
    """What can go wrong on purpose: every place, kind, parameter, condition and error that faults have.

    A fault of a kind takes its ``parameters``, of which it cannot do without the one that is ``needed``, and
    the conditions that can be asked where it strikes.
    """
    return {
        "places": [{"when": str(place), "text": text} for place, text in PLACES.items()],
        "kinds": [
            {
                "kind": kind.name,
                "text": kind.text,
                "shows": kind.shows,
                "when": [str(place) for place in kind.places],
                "parameters": list(kind.parameters),
                "needed": kind.mark if kind.usual is None else None,
                "effects": [str(effect) for effect in kind.effects],
            }
            for kind in KINDS.values()
        ],
        "parameters": [
            {"name": each.name, "text": each.text, "schema": dict(each.schema)}
            for each in PARAMETERS.values()
        ],
        "conditions": [
            {
                "name": each.name,
                "text": each.text,
                "when": [str(place) for place in each.seen],
                "schema": dict(each.schema),
            }
            for each in CONDITIONS.values()
        ],
        "errors": [
            {
                "code": entry.number,
                "title": entry.user_title or entry.title,
                "when": [str(channel) for channel in entry.channels],
            }
            for entry in CATALOGUE.values()
        ],
    }


@route("GET", f"{SANDBOX}/faults", query={"when": one_of(*When)})
def faults(sandbox: Sandbox, when: str | None = None) -> answers.FaultsAnswer:
    """Every fault that was asked for, with how often it has been met; spent ones too.

    With ``when`` only those of one place.
    """
    return {"faults": [_fault_answer(fault) for fault in sandbox.faults.all(when)]}


@route("POST", f"{SANDBOX}/faults", body=_BODY, status=201)
def add_fault(sandbox: Sandbox, code: int | None = None, **facts: Any) -> answers.Fault:
    """Make something go wrong on purpose: once, or as many times as said (null: until it is removed).

    A ``kind`` or a parameter says what: a ``code`` of the catalogue, an ``envelope``, a ``status``, a
    ``delay``. Every other member narrows down the occasion. Answers the fault with its id. 422 for what there
    is not and for what could never be met.
    """
    return _fault_answer(sandbox.faults.add(code, **facts))


@route("DELETE", f"{SANDBOX}/faults", status=204)
def remove_faults(sandbox: Sandbox) -> None:
    """Remove all faults, so that nothing goes wrong on purpose any more. What they have caused stays."""
    sandbox.faults.remove()


@route("DELETE", f"{SANDBOX}/faults/{{id}}", status=204)
def remove_fault(sandbox: Sandbox, id: str) -> None:  # noqa: A002
    """Remove one fault by its id, so that it is met no more; 404 for an id that is not there."""
    sandbox.faults.remove(whole(id, "fault"))


@route("GET", f"{SANDBOX}/webhook-faults", now="GET …/faults?when=webhook")
def webhook_faults(sandbox: Sandbox) -> answers.WebhookFaultsAnswer:
    """The former way to list the faults of webhooks: it is ``GET …/faults?when=webhook`` now."""
    return {"webhook_faults": [_webhook_fault_answer(fault) for fault in sandbox.faults.all("webhook")]}


@route(
    "POST",
    f"{SANDBOX}/webhook-faults",
    body={
        "kind": required(one_of(*_FORMERLY)),
        "times": NUMBER,
        "by": {**NUMBER, "description": "Seconds of simulated time, of a webhook that comes late."},
    },
    status=201,
    now="POST …/faults",
)
def spoil_webhooks(
    sandbox: Sandbox, kind: str, times: int = 1, by: float | None = None
) -> answers.WebhookFaultAnswer:
    """The former way to spoil webhooks: it is ``POST …/faults`` now.

    The ``times`` of a ``batch`` are how many webhooks come in one request, which is its ``size`` now.
    """
    if by is not None and not 0 < by < 1e9:
        raise BadRequest(f"a webhook is late by so many seconds, not {by!r}")
    facts = {"size": times} if kind == "batch" else {"times": times, "by": by}
    return _webhook_fault_answer(sandbox.faults.add(kind=kind, **facts))


def _fault_answer(facts: Fault) -> answers.Fault:
    """Write a fault: what goes wrong and where, the occasions it strikes, and how often it is and has been.

    Every parameter and condition has its name; what was not given is ``null``, and any will do.
    """
    told = {name: facts.parameters.get(name) for name in PARAMETERS}
    asked = {name: facts.conditions.get(name) for name in CONDITIONS}
    return {
        "id": facts.id,
        "kind": facts.kind,
        "title": facts.title,
        "when": str(facts.when),
        **told,
        "effect": facts.effect,
        **asked,
        "times": facts.times,
        "every": facts.every,
        "probability": facts.probability,
        "met": facts.met,
    }


def _webhook_fault_answer(facts: Fault) -> answers.WebhookFaultAnswer:
    """Write a fault of webhooks in its former way: the ``times`` of a batch are how many it gathers."""
    return {
        "id": facts.id,
        "kind": facts.kind,
        "times": facts.parameters.get("size", facts.times),
        "met": facts.met * facts.parameters.get("size", 1),
        "by": facts.parameters.get("by"),
    }
