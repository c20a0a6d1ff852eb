"""What conditions and acts of answers have in common: each member of an object is checked by a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from emulator.domain.places import check_names


class Checked(Protocol):
    """A row of a table that says which values a member may have."""

    @property
    def check(self) -> Callable[[Any], None]:
        """Raises :class:`ValueError`, with what is expected, for a value that the member cannot have."""


def check_members(members: Mapping[Any, Any], table: Mapping[str, Checked]) -> None:
    """Check the members of an object by the rows of their names.

    Raises :class:`ValueError` with a sentence that begins with the place, for a name without a row, and for a
    value that it cannot have.
    """
    check_names(members, table)
    for name, value in members.items():
        try:
            table[name].check(value)
        except ValueError as problem:
            raise ValueError(f".{name}: {problem}, got {value!r}") from None


def is_text(value: Any) -> None:
    """Raise :class:`ValueError` for anything but a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise ValueError("expected a text")


def is_true(value: Any) -> None:
    """Raise :class:`ValueError` for anything but ``true``."""
    if value is not True:
        raise ValueError("expected true")
