"""The OpenAPI document of the control API says what the control API does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Response
from kit.answer_schemas import complaints
from kit.control import Control
from kit.identities import (
    SHEENA,
)
from openapi_spec_validator import validate

from emulator import Emulator, __version__
from emulator.domain.settings.settings import NAMES
from emulator.web.control.modules import every_route


@pytest.fixture
def document(control: Control) -> dict[str, Any]:
    answer = control.get("/_emulator/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    made: dict[str, Any] = answer.json
    return made


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_the_document_lists_every_route(document: dict[str, Any]) -> None:
    """And nothing else."""
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == __version__
    assert set(operations(document)) == {(route.method, f"/_emulator{route.path}") for route in every_route()}


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """OpenAPI wants ``operationId`` to be unique: generated clients make functions of them."""
    names = [operation["operationId"] for operation in operations(document).values()]

    assert sorted(names) == sorted(set(names))


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    """A sentence, a success with its status, and the problem as default."""
    statuses = {(route.method, f"/_emulator{route.path}"): str(route.status) for route in every_route()}

    for key, operation in operations(document).items():
        assert operation["summary"].endswith("."), key
        assert set(operation["responses"]) == {statuses[key], "default"}
        assert all(response["description"] for response in operation["responses"].values())


def test_every_parameter_is_declared_once(document: dict[str, Any]) -> None:
    """Those of the path all, and required."""
    for (_, path), operation in operations(document).items():
        parameters = operation.get("parameters", [])
        names = [(parameter["in"], parameter["name"]) for parameter in parameters]
        in_path = {name for where, name in names if where == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path)), path
        assert len(names) == len(set(names)), path
        for parameter in parameters:
            assert parameter["in"] in ("path", "query")
            assert parameter.get("required", False) is (parameter["in"] == "path")


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    """Types and keywords of JSON Schema, required members that exist, references that lead somewhere."""
    keywords = {
        "type",
        "properties",
        "required",
        "additionalProperties",
        "enum",
        "format",
        "maxLength",
        "contentEncoding",
        "items",
        "description",
        "anyOf",
        "minimum",
        "maximum",
        "$ref",
    }
    types = {"string", "number", "integer", "boolean", "object", "array", "null"}

    def visit(schema: dict[str, Any]) -> None:
        assert set(schema) <= keywords, schema
        if "$ref" in schema:
            *_, name = schema["$ref"].split("/")
            assert schema == {"$ref": f"#/components/schemas/{name}"}
            assert name in document["components"]["schemas"]
        given = schema.get("type", [])
        assert set([given] if isinstance(given, str) else given) <= types
        assert set(schema.get("required", ())) <= set(schema.get("properties", ()))
        for inner in schema.get("properties", {}).values():
            visit(inner)

    for schema in document["components"]["schemas"].values():
        visit(schema)
    for operation in operations(document).values():
        for parameter in operation.get("parameters", ()):
            visit(parameter["schema"])
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (body.get("content", {}) for body in bodies):
            for media in content.values():
                visit(media.get("schema", {}))


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    """As others judge it."""
    validate(document)


def test_every_answer_is_described_to_its_members(document: dict[str, Any]) -> None:
    """A success has a schema, and the schema says which members there are and that there are no others."""

    def resolved(schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        return document["components"]["schemas"][name] if name else schema

    for key, operation in operations(document).items():
        (success,) = (each for status, each in operation["responses"].items() if status != "default")
        if "204" in operation["responses"]:
            assert "content" not in success, key
            continue
        assert success["content"], key
        schema = resolved(success["content"].get("application/json", {}).get("schema", {}))
        if "application/json" in success["content"] and not key[1].endswith("/openapi.json"):
            assert schema["type"] == "object", key
            assert "properties" in schema or "additionalProperties" in schema, key


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({}, []),
        ({"now": 5}, ["$.now: 5 is not of type 'string'"]),
        ({"now": "yesterday"}, ["$.now: 'yesterday' is not a 'date-time'"]),
        ({"mode": "flying"}, ["$.mode: 'flying' is not one of ['running', 'frozen', 'following']"]),
        ({"walking": {}}, ["$.walking: {} is not valid under any of the given schemas"]),
        ({"more": 1}, ["$: Additional properties are not allowed ('more' was unexpected)"]),
    ],
)
def test_an_answer_that_is_not_as_described_is_noticed(
    control: Control, changed: dict[str, Any], complaint: list[str]
) -> None:
    """Every test of the control API fails for one."""
    (route,) = (each for each in every_route() if each.handler.__name__ == "read_clock")
    answer = {**control.get("/clock").json, **changed}

    assert complaints(route, Response(json.dumps(answer), mimetype="application/json")) == complaint


def test_the_document_says_what_a_body_takes(document: dict[str, Any]) -> None:
    """As the call itself does."""
    react = document["paths"]["/_emulator/sandboxes/{s}/people/{wa_id}/reactions"]["post"]

    assert react["requestBody"] == {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "message_id": {"type": "string", "maxLength": 65_536},
                        "emoji": {"type": "string", "maxLength": 65_536},
                    },
                    "additionalProperties": False,
                    "required": ["message_id"],
                }
            }
        },
    }


def test_two_sandboxes_know_nothing_of_each_other(control: Control, emulator: Emulator) -> None:
    """Neither time nor people nor messages."""
    emulator.create("other", at=datetime(2026, 1, 1, tzinfo=UTC), speed=None)

    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.post("/clock/advance", {"days": 30})

    assert control.get("/_emulator/sandboxes/other/messages").json == {"messages": []}
    assert control.get("/_emulator/sandboxes/other/clock").json["now"] == "2026-01-01T00:00:00Z"


def test_every_setting_can_be_changed_here(document: dict[str, Any]) -> None:
    """What a seed can say about the switches, this door can say too."""
    patch = document["paths"]["/_emulator/sandboxes/{s}/settings"]["patch"]
    schema = patch["requestBody"]["content"]["application/json"]["schema"]

    assert set(schema["properties"]) == set(NAMES)
