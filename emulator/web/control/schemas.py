"""JSON schemas of the control API's bodies: made of shapes, and checked at every depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.quoting import cut
from emulator.domain.shapes import (
    Choice,
    Flag,
    Integer,
    Items,
    Link,
    Number,
    Record,
    Shape,
    Text,
)
from emulator.web.control.routes import FLAG, NUMBER, TEXT, Json, one_of
from emulator.web.control.values import BadRequest

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def of(shape: Shape) -> Json:
    """Write a shape as the schema of its values; what a shape leaves open, the schema leaves open."""
    match shape:
        case Text() | Link():
            return TEXT
        case Number():
            return NUMBER
        case Integer():
            return {"type": "integer"}
        case Flag():
            return FLAG
        case Choice(words=words):
            return one_of(*words)
        case Items(of=each):
            return {"type": "array", "items": of(each)}
        case Record(members=members, required=required):
            made: Json = {"type": "object", "properties": {name: of(each) for name, each in members.items()}}
            return made | ({"required": list(required)} if required else {})
    return {"type": "object"}


def check(name: str, value: Any, schema: Json) -> None:
    """Check a value against its schema, with what stands inside it.

    Raises :class:`BadRequest` for another type, a word that is not listed, and in objects whose members the
    schema names for a member that it does not, and for one that is missing.
    """
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    wanted = tuple(kind for spelled in kinds for kind in _TYPES[spelled])
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise BadRequest(f"{name!r} must be a {' or '.join(kinds)}, got {cut(repr(value))}")
    if "enum" in schema and value not in schema["enum"]:
        raise BadRequest(f"{name!r} is one of {', '.join(schema['enum'])}; got {cut(repr(value))}")
    if isinstance(value, dict) and "properties" in schema:
        _check_members(name, value, schema)
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            check(f"{name}[{place}]", each, schema["items"])


def _check_members(name: str, value: Mapping[str, Any], schema: Json) -> None:
    known: Mapping[str, Json] = schema["properties"]
    for member, each in value.items():
        if member not in known:
            raise BadRequest(f"there is no {member!r} in {name!r}; it takes {', '.join(known)}")
        check(f"{name}.{member}", each, known[member])
    for member in schema.get("required", ()):
        if member not in value:
            raise BadRequest(f"{f'{name}.{member}'!r} is missing")
