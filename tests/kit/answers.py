"""An answer of the emulator, as tests look at it."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse


class Answer(TestResponse):
    """An answer whose ``json`` is looked into without asking whether there is any: a test fails without."""

    json: Any
