"""A kind of free-form message: what :data:`emulator.domain.content.kinds.KINDS` is a table of."""

from __future__ import annotations

from collections.abc import Callable

from emulator.domain.shapes import Shape, Value
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One value of ``type`` in a send: the shape of its value, and how the message reads as text.

    A new kind is one of these in a module of its own and a line in :mod:`emulator.domain.content.kinds`.
    """

    name: str
    shape: Shape
    as_text: Callable[[Value], str]
    """Writes the value as one text: for the transcript, the list of conversations and the search."""
    source: str
    """The page of Meta's that describes it."""
    in_groups: bool = False
    """Whether it may be sent to a group (D/groups/groups-messaging)."""
    ends_with_sent: bool = False
    """Whether no status follows ``sent``."""
