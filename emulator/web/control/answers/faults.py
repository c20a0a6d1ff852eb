"""What is answered about faults: each parameter and condition by name, ``null`` where it was not given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS, Effect
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


class PlaceAnswer(TypedDict):
    """A place where a fault may strike, in words."""

    when: Annotated[str, one_of(When)]
    text: str


class FaultKindAnswer(TypedDict):
    """A kind of fault: what happens, which bug of an app it shows, where it strikes, and what it is told."""

    kind: Annotated[str, one_of(KINDS)]
    text: str
    shows: str
    when: list[Annotated[str, one_of(When)]]
    parameters: list[Annotated[str, one_of(PARAMETERS)]]
    needed: Annotated[str, one_of(PARAMETERS)] | None
    effects: list[Annotated[str, one_of(Effect)]]


class FaultParameterAnswer(TypedDict):
    """Something that a fault is told, with the JSON schema of its values."""

    name: Annotated[str, one_of(PARAMETERS)]
    text: str
    schema: Json


class FaultConditionAnswer(TypedDict):
    """Something that a fault asks of an occasion, where it can, and the JSON schema of its values."""

    name: Annotated[str, one_of(CONDITIONS)]
    text: str
    when: list[Annotated[str, one_of(When)]]
    schema: Json


class FaultErrorAnswer(TypedDict):
    """An error of the catalogue that a fault can report, and where."""

    code: int
    title: str
    when: list[Annotated[str, one_of(When)]]


class FaultKindsAnswer(TypedDict):
    """The whole vocabulary of faults."""

    places: list[PlaceAnswer]
    kinds: list[FaultKindAnswer]
    parameters: list[FaultParameterAnswer]
    conditions: list[FaultConditionAnswer]
    errors: list[FaultErrorAnswer]


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
