"""The OpenAPI 3.1 document of the control API, made from its table of routes.

The reference page is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from emulator.web.control.routes import ControlRoute, Json

_PROBLEM: Json = {
    "description": "What went wrong (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

_BYTES = {"/snapshot": "application/vnd.sqlite3", "/media/{id}": "*/*"}
"""By the end of its path, the media type of a route that answers with bytes; all others answer with JSON."""


def document(routes: Iterable[ControlRoute], version: str) -> Json:
    """Build the OpenAPI 3.1 document that describes ``routes``, as JSON; ``version`` is the emulator's.

    It is served at ``/_emulator/openapi.json``. The summary of a route is the first line of its docstring;
    every route may answer with problem details. Servers without a control token ask for none, so the
    requirement is one of two.
    """
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(f"/_emulator{route.path}", {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "WhatsApp emulator: control API",
            "version": version,
            "description": "What people do, how time goes, and what there is to see.",
        },
        "security": [{"controlToken": []}, {}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "controlToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The control token, where the server has one: always beyond loopback.",
                }
            },
            "schemas": {
                "Problem": {
                    "type": "object",
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                    },
                    "required": ["title", "status", "detail"],
                }
            },
        },
    }


def _operation(route: ControlRoute) -> Json:
    parameters: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    parameters += [
        {"name": name, "in": "query", "schema": _schema(schema)} for name, schema in route.query.items()
    ]
    operation: Json = {
        "operationId": route.handler.__name__,
        "summary": route.summary,
        "responses": {str(route.status): _success(route), "default": _PROBLEM},
    }
    if parameters:
        operation["parameters"] = parameters
    if not route.needs_token:
        operation["security"] = []
    if route.path.endswith("/snapshot") and route.method == "PUT":
        operation["requestBody"] = {"required": True, "content": {"application/vnd.sqlite3": {}}}
    elif route.body:
        operation["requestBody"] = _body(route)
    return operation


def _success(route: ControlRoute) -> Json:
    if route.status == 204:
        return {"description": route.summary}
    kind = next((kind for end, kind in _BYTES.items() if route.path.endswith(end)), "application/json")
    return {"description": route.summary, "content": {kind: {}}}


def _body(route: ControlRoute) -> Json:
    needed = [name for name, schema in route.body.items() if schema.get("x-required")]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _schema(schema) for name, schema in route.body.items()},
        "additionalProperties": False,
    }
    if needed:
        schema["required"] = needed
    return {"required": bool(needed), "content": {"application/json": {"schema": schema}}}


def _schema(schema: Json) -> Json:
    return {key: value for key, value in schema.items() if key != "x-required"}
