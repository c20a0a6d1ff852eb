"""Calls of the control API at random: each route of its OpenAPI document, filled in by its schemas."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kit.fuzzing.calls import Sent, call
from kit.fuzzing.changes import word
from kit.fuzzing.known import Known

_INSTANTS = (
    *("2026-11-02T09:00:00Z", "2026-11-20T00:00:00+05:30", "2027-01-01", "2026-12-31T23:59:59.999999Z"),
    *("2020-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "noon", ""),
)
_AMOUNTS = (0, 1, 0.5, 2, 5, 60, 3600, 1e5, -1, 10**12, 1e-9)
_WORDS = (
    "Hello",
    "x",
    "",
    "en_US",
    "DE",
    "India",
    "image/png",
    "https://example.com/a.png",
    "quality",
    "messages",
)
_URLS = (None, "http://127.0.0.1:9/hook", "http://127.0.0.1:9/", "http://8.8.8.8/", "x", "")
_CODES = (131049, 131047, 131000, 130429, 4, 190, 80008, 7, 0, -1, 10**9)


@dataclass(frozen=True, slots=True)
class Described:
    """One operation of the document: its method, its path with ``{parameters}``, its query and its body."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Mapping[str, Any] | None


def described(document: Mapping[str, Any]) -> Iterator[Described]:
    """Every operation of an OpenAPI document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            yield Described(
                method.upper(),
                path,
                {
                    each["name"]: each["schema"]
                    for each in operation.get("parameters", ())
                    if each["in"] == "query"
                },
                content.get("application/json", {}).get("schema"),
            )


def made_of(chance: random.Random, name: str, schema: Mapping[str, Any], known: Known) -> Any:
    """A value that a schema allows; under the name of something that has an id mostly one that there is."""
    if "enum" in schema:
        return chance.choice(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    match chance.choice(kinds):
        case "null":
            return None
        case "boolean":
            return chance.random() < 0.5
        case "number" | "integer" as kind:
            amount = chance.choice(_CODES if name == "code" else _AMOUNTS)
            return int(amount) if kind == "integer" else amount
        case "array":
            items = schema.get("items") or {"type": "string"}
            return [made_of(chance, name, items, known) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        case "object":
            if "properties" in schema:
                return _members(chance, schema, known)
            return chance.choice(({}, {"body": "x", "id": "x"}, {"*": 0.05}, {"US": "1"}, {"messages": "on"}))
    return _text(chance, name, schema, known)


def _members(chance: random.Random, schema: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """An object with what is required, and some of the rest."""
    needed = set(schema.get("required", ()))
    share = chance.choice((0.2, 0.5, 1.0)) if len(schema["properties"]) < 8 else chance.choice((0.05, 0.2))
    return {
        name: made_of(chance, name, member, known)
        for name, member in schema["properties"].items()
        if name in needed or chance.random() < share
    }


def _text(chance: random.Random, name: str, schema: Mapping[str, Any], known: Known) -> str | None:
    pools: Mapping[str, tuple[Any, ...]] = {
        "wa_id": known.people,
        "to": (*known.numbers, *known.people),
        "participants": known.people,
        "people": known.people,
        "phone_number_id": known.numbers,
        "waba_id": known.wabas,
        "group": known.groups,
        "id": known.messages,
        "message_id": known.messages,
        "emoji": ("👍", "🌵", "", "x"),
        "button": ("Where is it?", "Fern", "Moss"),
        "row": ("Moss", "Fern"),
        "template": known.labels,
        "url": _URLS,
        "seed": ("default", "default", "x"),
        "data": (base64.b64encode(b"\x89PNG" + bytes(40)).decode(), "x"),
    }
    if schema.get("format") == "date-time":
        return str(chance.choice(_INSTANTS))
    found: str | None = chance.choice(pools.get(name, _WORDS) if chance.random() < 0.9 else known.all)
    return found


def control_call(
    chance: random.Random, operation: Described, known: Known, faults: tuple[str, ...], spare: str
) -> Sent:
    """Make a call of an operation, with values of its schemas, changed at random.

    ``faults``: ids of faults that there are. ``spare``: the sandbox that may be deleted.
    """
    ids = (*known.all, *faults)
    body: Any = None
    if operation.body is not None:
        body = _members(chance, operation.body, known)
        kinds = operation.body["properties"].get("type", {}).get("enum", ())
        if kinds and chance.random() < 0.8:  # one kind of message, with its own content
            kind = chance.choice(kinds)
            body = {name: each for name, each in body.items() if name not in kinds} | {"type": kind}
            body[kind] = made_of(chance, kind, operation.body["properties"][kind], known)
    query = {name: str(made_of(chance, name, schema, known)) for name, schema in operation.query.items()}
    path = _path(chance, operation, known, faults, spare)
    made = call(chance, operation.method, path, body, query, ids)
    deletes = made.method == "DELETE" and made.path.rstrip("/").endswith("/sandboxes/default")
    return replace(made, method=operation.method) if deletes else made


def _path(
    chance: random.Random, operation: Described, known: Known, faults: tuple[str, ...], spare: str
) -> str:
    pools: Mapping[str, tuple[str, ...]] = {
        "people": known.people,
        "messages": known.messages,
        "deliveries": known.deliveries,
        "templates": known.templates,
        "wabas": known.wabas,
        "numbers": known.numbers,
        "groups": known.groups,
        "media": known.media,
        "faults": faults or ("1",),
        "restrictions": ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", "DISABLED"),
    }
    deletes = operation.method == "DELETE" and operation.path.endswith("/sandboxes/{s}")
    parts: list[str] = []
    for part in operation.path.split("/"):
        if part == "{s}":
            parts.append(
                spare if deletes else "default" if chance.random() < 0.97 else word(chance, known.all)[:80]
            )
        elif part.startswith("{"):
            right = chance.random() < 0.85
            parts.append(
                chance.choice(pools[parts[-1]]) if right else word(chance, (*known.all, *faults))[:2000]
            )
        else:
            parts.append(part)
    return "/".join(parts)
