"""Compares what the control API answers with the OpenAPI document, in every test that calls it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from flask import Response
from jsonschema import Draft202012Validator, FormatChecker

from emulator.web.control import app
from emulator.web.control.modules import every_route
from emulator.web.control.routes import openapi
from emulator.web.control.routes.table import ControlRoute


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document of the control API."""
    return openapi.document(every_route(), "1")


@cache
def _validator(method: str, path: str) -> Draft202012Validator | None:
    """What judges the JSON that a route answers with; ``None`` for one that answers without."""
    whole = document()
    responses = whole["paths"][f"/_emulator{path}"][method.lower()]["responses"]
    (success,) = (response for status, response in responses.items() if status != "default")
    content = success.get("content", {}).get("application/json")
    if content is None:
        return None
    schema = {**content["schema"], "components": whole["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def complaints(route: ControlRoute, response: Response) -> list[str]:
    """What is wrong with the answer of a route, by its schema; nothing with a problem."""
    if response.status_code != route.status:
        return [] if response.mimetype == "application/problem+json" else [f"{response.status_code}"]
    if response.status_code == 204 or {response.mimetype, "*/*"} & set(route.media):
        return []
    validator = _validator(route.method, route.path)
    if validator is None:
        return [f"answers {response.mimetype}, which is not declared"]
    errors = validator.iter_errors(response.get_json())
    return [f"{error.json_path}: {error.message[:500]}" for error in errors]


@contextmanager
def judged() -> Iterator[list[str]]:
    """Judge every answer of the control API in this process; gives the list that complaints are put in."""
    found: list[str] = []
    carried_out = app._carried_out

    def judging(emulator: Any, each: ControlRoute, *args: Any, **more: Any) -> Response:
        response = carried_out(emulator, each, *args, **more)
        found.extend(f"{each.method} {each.path}: {what}" for what in complaints(each, response))
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "_carried_out", judging)
        yield found
