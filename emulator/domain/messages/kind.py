"""What there is to know about one kind of message a business sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emulator.domain.shapes import Shape, Value


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One value of ``type`` in a send: what stands under it, and what a person sees of it."""

    name: str
    shape: Shape
    as_text: Callable[[Value], str]
    """The message as one text: for a list of conversations, the transcript, a search."""
    source: str
    in_groups: bool = False
    """Whether it may be sent to a group."""
    ends_with_sent: bool = False
    """Whether nothing is told after ``sent``."""
