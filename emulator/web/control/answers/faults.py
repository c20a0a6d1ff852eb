"""What is answered about faults: each parameter and condition by name, ``null`` where it was not given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS
from emulator.web.control.answers.markers import Json, Schema, one_of


def _fault() -> Json:
    told = {name: _or_null(each.schema) for name, each in PARAMETERS.items()}
    told |= {name: _or_null(each.schema) for name, each in CONDITIONS.items()}
    members: Json = {
        "id": {"type": "integer"},
        "kind": {"type": "string", "enum": list(KINDS)},
        "title": {"type": "string"},
        "when": {"type": "string", "enum": [str(place) for place in When]},
        **told,
        "times": {"type": ["integer", "null"]},
        "every": {"type": "integer"},
        "probability": {"type": "number"},
        "met": {"type": "integer"},
    }
    return {
        "type": "object",
        "description": "Something that goes wrong on purpose: what, where, when, and how often it did.",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _or_null(schema: Mapping[str, Any]) -> Json:
    """The schema of a value that may be missing, without the bounds of what is asked."""
    if "enum" in schema:
        return {
            "anyOf": [{"type": "string", "enum": [str(word) for word in schema["enum"]]}, {"type": "null"}]
        }
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made: Json = {"type": [*kinds, "null"]}
    return made | ({"items": {}} if "array" in kinds else {})


Fault = Annotated[Json, Schema(_fault, "Fault")]
"""A fault."""


class FaultsAnswer(TypedDict):
    """Every fault that was asked for."""

    faults: list[Fault]


class WebhookFaultAnswer(TypedDict):
    """A way in which webhooks are spoilt, in its former form; ``by`` is in seconds."""

    id: int
    kind: Annotated[str, one_of(KINDS)]
    times: int | None
    met: int
    by: float | None


class WebhookFaultsAnswer(TypedDict):
    """Every fault of webhooks that was asked for, in its former form."""

    webhook_faults: list[WebhookFaultAnswer]
