"""Payloads that are compared with golden ones: with their documented sample, but for what is made up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import emulator

FOLDER = Path(emulator.__file__).parent.parent / "fixtures" / "webhooks"
_MADE_UP = (
    (re.compile(r"wamid\.[A-Za-z0-9+/=]+"), "<wamid>"),
    (re.compile(r"[A-Z]{2}\.[A-Za-z0-9]+"), "<user id>"),
    (re.compile(r"Y2Fw[A-Za-z0-9+/=]+"), "<group id>"),
    (re.compile(r"[0-9a-f]{32}"), "<conversation id>"),
)
"""What stands for a text that has the form of an id."""
_OF_FILES = ("id", "sha256", "url")
"""Members of a file that are made up, beside its digest."""


def page(field: str) -> dict[str, Any]:
    """The file of a field: its source, and its samples by name."""
    read: dict[str, Any] = json.loads((FOLDER / f"{field}.json").read_text(encoding="utf-8"))
    return read


def golden(field: str, sample: str) -> dict[str, Any]:
    """The documented ``value`` of a sample, as it is compared."""
    normal: dict[str, Any] = normalised(page(field)["samples"][sample]["value"])
    return normal


def normalised(value: Any) -> Any:
    """A payload in which ids, instants and digests are named by what they are."""
    if isinstance(value, dict):
        is_file = "sha256" in value
        return {
            name: f"<{name}: {type(member).__name__}>" if _is_made_up(name, is_file) else normalised(member)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [normalised(each) for each in value]
    if isinstance(value, str):
        for form, word in _MADE_UP:
            if form.fullmatch(value):
                return word
    return value


def _is_made_up(name: str, is_file: bool) -> bool:
    return name.endswith("timestamp") or name == "template_id" or (is_file and name in _OF_FILES)
