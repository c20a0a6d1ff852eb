"""Values that a test is sure of."""

from __future__ import annotations

from typing import TypeVar

from emulator.domain.messages.lifecycle import Message

T = TypeVar("T")


def present(value: T | None) -> T:
    """The value, which there must be."""
    assert value is not None
    return value


def code_of(message: Message | None) -> int:
    """The code with which a message has failed."""
    return int(present(present(message).error)["code"])
