"""The OpenAPI 3.1 document of the control API, made from its table of routes.

The reference page is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from emulator.web.control.answers.messages import ApiCallAnswer, Message
from emulator.web.control.answers.schemas import Schemas, answered
from emulator.web.control.routes.problems import PROBLEM_TYPE
from emulator.web.control.routes.table import ControlRoute, Json

_PROBLEM: Json = {
    "description": "What went wrong (RFC 9457).",
    "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

_BYTES: Json = {"type": "string", "format": "binary"}


def document(routes: Iterable[ControlRoute], version: str) -> Json:
    """Build the OpenAPI 3.1 document that describes ``routes``, as JSON; ``version`` is the emulator's.

    It is served at ``/_emulator/openapi.json``. The summary of a route is the first line of its docstring;
    every route may answer with problem details. Servers without a control token ask for none, so the
    requirement is one of two.
    """
    paths: dict[str, Json] = {}
    schemas = Schemas()
    for route in routes:
        paths.setdefault(f"/_emulator{route.path}", {})[route.method.lower()] = _operation(route, schemas)
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
                        "transcript": {"type": "string", "description": "Of 408: the conversations."},
                        "found": {
                            "type": "array",
                            "items": schemas.of(Message | ApiCallAnswer),
                            "description": "Of 408: what came instead.",
                        },
                    },
                    "required": ["title", "status", "detail"],
                },
                **dict(sorted(schemas.components.items())),
            },
        },
    }


def _operation(route: ControlRoute, schemas: Schemas) -> Json:
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
        "responses": {str(route.status): _success(route, schemas), "default": _PROBLEM},
    }
    if parameters:
        operation["parameters"] = parameters
    if route.now is not None:
        operation["deprecated"] = True
    if not route.needs_token:
        operation["security"] = []
    if route.path.endswith("/snapshot") and route.method == "PUT":
        operation["requestBody"] = {
            "required": True,
            "content": {"application/vnd.sqlite3": {"schema": _BYTES}},
        }
    elif route.body:
        operation["requestBody"] = _body(route)
    return operation


def _success(route: ControlRoute, schemas: Schemas) -> Json:
    content: Json = {}
    if (kind := answered(route.handler)) is not None:
        content["application/json"] = {"schema": schemas.of(kind)}
    for media in route.media:
        content[media] = {"schema": {"type": "string"} if media.startswith("text/") else _BYTES}
    return {"description": route.summary} | ({"content": content} if content else {})


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
    """The schema of a member as the document has it: what makes clients wants to know of items, too."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    items: Json = {"items": {}} if "array" in kinds and "items" not in schema else {}
    return {key: value for key, value in schema.items() if key != "x-required"} | items
