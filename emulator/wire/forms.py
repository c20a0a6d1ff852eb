"""The parameters of forms and queries: names with brackets make one parameter with members.

``x[]=a&x[]=b`` is a list, ``x[a]=1&x[b]=2`` an object, ``x[0]=a&x[1]=b`` a list again, as PHP reads them.
What they cost grows with their length alone, also with a hundred thousand fields or wrong escapes.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterable, Iterator
from typing import Any

from emulator.wire.parameters import MAX_DEPTH

_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_MOST_PLACES = 10_000
"""An array with a number beyond stays an object, so that one member cannot ask for a long list."""


def fields(encoded: bytes) -> Iterator[tuple[str, str]]:
    """Read the fields of a query, or of the body of a form, in their order.

    A field without ``=`` has an empty value, an empty one is none. What is no UTF-8 becomes U+FFFD, and a
    per cent sign that begins no escape stays.
    """
    spaced = encoded.replace(b"+", b" ")
    if b"%" not in spaced:
        for text in spaced.decode("utf-8", "replace").split("&"):
            if text:
                name, _, value = text.partition("=")
                yield name, value
        return
    for field in spaced.split(b"&"):
        if field:
            first, _, second = field.partition(b"=")
            yield _unescaped(first), _unescaped(second)


def _unescaped(text: bytes) -> str:
    """Undo the escapes: those of quoted-printable but for the sign, which are decoded many times faster."""
    if b"%" in text:
        text = _NO_ESCAPE.sub(b"%25", text)
        text = a2b_qp(text.replace(b"=", b"%3D").replace(b"%", b"="))
    return text.decode("utf-8", "replace")


def parameters(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Read the pairs of a form or a query, in their order, into parameters by name.

    A name that comes again replaces the value before, but one with brackets adds a member. A name whose
    brackets do not match, or that nests deeper than :data:`MAX_DEPTH`, stands as it is.
    """
    made: dict[str, Any] = {}
    nested: set[str] = set()
    for name, value in pairs:
        opens = name.find("[")
        if opens < 0:
            made[name] = value
            continue
        if opens and name.find("]") == len(name) - 1 and name.find("[", opens + 1) < 0:  # quicker, and usual
            key, inner = name[:opens], [name[opens + 1 : -1]]
        else:
            key, inner = _keys(name)
        at = made
        for below in inner:
            members = at.get(key)
            if type(members) is not _Members:
                members = at[key] = _Members()
                nested.add(key)
            at, key = members, members.place(below)
        at[key] = value
    for name in nested & made.keys():
        made[name] = _finished(made[name])
    return made


def _keys(name: str) -> tuple[str, list[str]]:
    """The keys that a name with brackets leads through; of one that stands as it is itself alone."""
    first, _, rest = name.partition("[")
    inner = rest[:-1]
    keys = inner.split("][")
    inside = len(keys) - 1
    matches = rest[-1:] == "]" and inner.count("[") == inside and inner.count("]") == inside
    if not first or "]" in first or not matches or len(keys) >= MAX_DEPTH:
        return name, []
    return first, keys


class _Members(dict[str, Any]):
    """The members of a parameter while a form is read."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0

    def place(self, key: str) -> str:
        """The key of a member that comes now; an empty one is one more than the highest number so far."""
        if not key:
            key = str(self._next)
            self._next += 1
        elif key.isdecimal() and len(key) < 9 and key.isascii():
            self._next = max(self._next, int(key) + 1)
        return key


def _finished(value: Any) -> Any:
    """A parameter as JSON would have it: members numbered from 0 are a list."""
    if type(value) is not _Members:
        return value
    inside = {key: _finished(each) if type(each) is _Members else each for key, each in value.items()}
    places = [str(place) for place in range(min(len(inside), _MOST_PLACES))]
    return list(inside.values()) if list(inside) == places else inside
