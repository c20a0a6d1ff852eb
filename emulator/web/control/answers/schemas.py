"""JSON schemas of answers, made of the types that the functions return which build them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from flask import Response

from emulator.domain.facts.facts import Fact, shown_facts
from emulator.web.control.answers.markers import Contents, Facts, Json, Page, Schema

_PLAIN: Mapping[Any, Json] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}
_SUFFIX = "Answer"


def answered(handler: Callable[..., Any]) -> Any:
    """Read what a handler answers as JSON, as its return type says it; ``None`` when it answers none."""
    returned = eval(handler.__annotations__["return"], handler.__globals__)  # noqa: S307
    if get_origin(returned) in (Union, UnionType):
        kinds = [each for each in get_args(returned) if each is not Response]
        return kinds[0] if len(kinds) == 1 else Union[tuple(kinds)]  # noqa: UP007
    return None if returned is Response else returned


class Schemas:
    """Makes the schemas of answers; :attr:`components` are those that have names, by their names."""

    def __init__(self) -> None:
        self.components: dict[str, Json] = {}

    def of(self, kind: Any) -> Json:
        """Make the schema of a type: plain ones, unions, lists, mappings, ``TypedDict`` and what is marked.

        Raises :class:`TypeError` for any other type.
        """
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if is_typeddict(kind):
            return self._named(kind.__name__.removesuffix(_SUFFIX), lambda: self._typed(kind))
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"type": "string", "enum": [str(word) for word in kind]}
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._marked(arguments[1])
        if origin in (Union, UnionType):
            return _either([self.of(each) for each in arguments])
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin in (dict, Mapping):
            inside = self.of(arguments[1])
            return {"type": "object"} | ({"additionalProperties": inside} if inside else {})
        raise TypeError(f"no schema can be made of {kind!r}")

    def _marked(self, marker: object) -> Json:
        match marker:
            case Schema(made=made, name=None):
                return made()
            case Schema(made=made, name=str() as name):
                return self._named(name, made)
            case Page(name=name, of=of, cursor=cursor, drops=drops):
                members = {name: {"type": "array", "items": self.of(of)}, "next": self.of(cursor)}
                return _object(members | ({"dropped": _PLAIN[int]} if drops else {}), [name])
            case Facts(name=name):
                return self._named(name, lambda: self._noun(marker))
            case Contents(of=of, types=types):
                whole = self._typed(of)
                for each, content in types():
                    whole["properties"].setdefault(each, self.of(content))
                return self._named(of.__name__.removesuffix(_SUFFIX), lambda: whole)
        raise TypeError(f"{marker!r} marks nothing that a schema can be made of")

    def _named(self, name: str, make: Any) -> Json:
        if name not in self.components:
            self.components[name] = {}  # it may be inside itself
            self.components[name] = make()
        return {"$ref": f"#/components/schemas/{name}"}

    def _typed(self, kind: Any) -> Json:
        members, needed = dict[str, Json](), list[str]()
        for name, each in get_type_hints(kind, include_extras=True).items():
            is_optional = get_origin(each) is NotRequired
            members[name] = self.of(get_args(each)[0] if is_optional else each)
            if name in kind.__required_keys__ and not is_optional:
                needed.append(name)
        about = inspect.cleandoc(kind.__doc__ or "").partition("\n")[0]
        made = _object(members, needed)
        return made | ({"description": about} if about and not about.startswith("dict(") else {})

    def _noun(self, marker: Facts) -> Json:
        inside = dict(marker.inside)
        members = {
            each.json: self.of(inside[each.json]) if each.json in inside else _of_fact(each)
            for each in shown_facts(marker.noun, marker.door)
        }
        needed = list(members)
        if marker.more is not None:
            more = self._typed(marker.more)
            members |= more["properties"]
            needed += more["required"]
        return _object(members, needed)


def _object(members: dict[str, Json], needed: list[str]) -> Json:
    return {"type": "object", "properties": members, "required": needed, "additionalProperties": False}


def _of_fact(fact: Fact) -> Json:
    made = dict(fact.type.schema)
    return _either([made, {"type": "null"}]) if fact.type.optional else made


def _either(schemas: list[Json]) -> Json:
    """One of several schemas: as a list of types where one of the two is ``null`` and the other is plain."""
    others = [each for each in schemas if each != {"type": "null"}]
    if len(others) == len(schemas):
        return {"anyOf": schemas}
    if len(others) == 1 and "type" in others[0] and "enum" not in others[0]:
        kinds = others[0]["type"] if isinstance(others[0]["type"], list) else [others[0]["type"]]
        return others[0] | {"type": list(dict.fromkeys([*kinds, "null"]))}
    return {"anyOf": [*others, {"type": "null"}]}
