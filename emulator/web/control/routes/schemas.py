"""JSON schemas of the control API's bodies: made of shapes, and checked at every depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.quoting import cut, did_you_mean
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
from emulator.web.control.routes.table import FLAG, MOST_TEXT, NUMBER, TEXT, Json, one_of
from emulator.web.control.routes.values import BadRequest

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

    Raises :class:`BadRequest` for another type, a word that is not listed, a text that is too long, and in
    objects whose members the schema names for a member that it does not, and for one that is missing.
    """
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    wanted = tuple(kind for spelled in kinds for kind in _TYPES[spelled])
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        article = "an" if kinds[0][0] in "aio" else "a"
        raise BadRequest(f"{name!r} must be {article} {' or '.join(kinds)}, got {cut(repr(value))}")
    if "enum" in schema and value not in schema["enum"]:
        raise BadRequest(f"{name!r} is one of {', '.join(schema['enum'])}; got {cut(repr(value))}")
    if isinstance(value, str) and "contentEncoding" not in schema:
        _check_length(name, value, schema.get("maxLength", MOST_TEXT))
    if isinstance(value, dict):
        if "properties" in schema:
            _check_members(name, value, schema)
        else:
            _check_inside(name, value)
    if isinstance(value, list):
        for place, each in enumerate(value):
            if "items" in schema:
                check(f"{name}[{place}]", each, schema["items"])
            else:
                _check_inside(f"{name}[{place}]", each)


def _check_length(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise BadRequest(f"{name!r} has {len(text):,} characters; there may be {most:,}")


def _check_inside(name: str, value: Any) -> None:
    """Check the lengths in a value whose inside no schema names."""
    if isinstance(value, str):
        _check_length(name, value, MOST_TEXT)
    elif isinstance(value, dict):
        for member, each in value.items():
            _check_length(f"a name in {name}", member, MOST_TEXT)
            _check_inside(f"{name}.{cut(member, 60)}", each)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            _check_inside(f"{name}[{place}]", each)


def _check_members(name: str, value: Mapping[str, Any], schema: Json) -> None:
    known: Mapping[str, Json] = schema["properties"]
    for member, each in value.items():
        if member not in known:
            meant = did_you_mean(member, known)
            raise BadRequest(f"there is no {member!r} in {name!r}{meant}; it takes {', '.join(known)}")
        check(f"{name}.{member}", each, known[member])
    for member in schema.get("required", ()):
        if member not in value:
            raise BadRequest(f"{f'{name}.{member}'!r} is missing")
