"""Read what is inside a value, and begin the sentence about what is wrong with its place: ``[0].when: …``.

A sentence about a value as a whole begins with a colon, one about a member with the place of the member.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from emulator.domain.quoting import did_you_mean

T = TypeVar("T")


def read_list(values: Any, what: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    """Read each value of a list by a function.

    Raises :class:`ValueError` for anything but a list ``what`` says of what, and with the place in it for
    what ``read`` raises it for.
    """
    if not isinstance(values, list | tuple):
        raise ValueError(f": expected a list of {what}, got {values!r}")
    return tuple(read_at(f"[{place}]", read, value) for place, value in enumerate(values))


def read_at(place: str, read: Callable[[Any], T], value: Any) -> T:
    """Read a value by a function; the :class:`ValueError` that it raises begins with its ``place``."""
    try:
        return read(value)
    except ValueError as problem:
        raise ValueError(f"{place}{problem}") from None


def check_names(names: Iterable[Any], known: Iterable[str]) -> None:
    """Raise :class:`ValueError` for a name that is not known, with what may have been meant."""
    known = tuple(known)
    for name in names:
        if name not in known:
            meant = did_you_mean(str(name), known) or f"; there are {', '.join(known)}"
            raise ValueError(f": there is no {name}{meant}")
