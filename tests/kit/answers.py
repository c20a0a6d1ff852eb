"""An answer of the emulator, as tests look at it."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.test import TestResponse


class Answer(TestResponse):
    """An answer whose ``json`` is looked into without asking whether there is any: a test fails without."""

    json: Any


def strictly(data: bytes) -> Any:
    """Parse the JSON of an answer as a strict client does: there is no ``NaN`` in it."""

    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is not JSON")

    return json.loads(data, parse_constant=refuse)
