"""The first message that ``serve`` prints."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from emulator import Emulator, Sandbox
from emulator.cli.serve.example import example


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Emulator() as emulator:
        yield emulator.create(speed=None)


def body_of(line: str) -> dict[str, Any]:
    words = shlex.split(line)
    body: dict[str, Any] = json.loads(words[words.index("-d") + 1])
    return body


def test_the_first_message_is_a_utility_template_with_its_own_examples(sandbox: Sandbox) -> None:
    """Marketing would not arrive in the United States, where the first person lives."""
    assert body_of(example(sandbox, "http://x"))["template"] == {
        "name": "appointment_reminder",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "first_name", "text": "Sheena"},
                    {"type": "text", "parameter_name": "day", "text": "Friday"},
                ],
            }
        ],
    }


def test_an_apostrophe_in_an_example_survives_the_shell(sandbox: Sandbox) -> None:
    """As in a name."""
    with sandbox.services.command() as store:
        (template,) = store.templates.named(store.accounts.wabas()[0].id, "appointment_reminder")
        body = {
            "type": "BODY",
            "text": "Hello {{1}}, see you soon!",
            "example": {"body_text": [["Mr O'Hara"]]},
        }
        store.templates.replace(replace(template, components=(body,), parameter_format="POSITIONAL"))

    (component,) = body_of(example(sandbox, "http://x"))["template"]["components"]

    assert component["parameters"] == [{"type": "text", "text": "Mr O'Hara"}]


def test_without_such_a_template_it_is_a_text(sandbox: Sandbox) -> None:
    """There is always something to try."""
    with sandbox.services.command() as store:
        for template in store.templates.of():
            store.templates.remove(template.id)

    assert body_of(example(sandbox, "http://x"))["type"] == "text"
