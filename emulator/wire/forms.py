"""The parameters of forms and queries: names with brackets make one parameter with members.

``x[]=a&x[]=b`` is a list, ``x[a]=1&x[b]=2`` an object, ``x[0]=a&x[1]=b`` a list again, as PHP reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from emulator.wire.parameters import MAX_DEPTH

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")
_KEY = re.compile(r"\[([^\[\]]*)\]")
_MOST_PLACES = 10_000
"""An array with a number beyond stays an object, so that one member cannot ask for a long list."""


def parameters(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Read the pairs of a form or a query, in their order, into parameters by name.

    A name that comes again replaces the value before, but one with brackets adds a member. A name whose
    brackets do not match, or that nests deeper than :data:`MAX_DEPTH`, stands as it is.
    """
    made: dict[str, Any] = {}
    for name, value in pairs:
        found = _NAME.fullmatch(name) if "[" in name else None
        keys = _KEY.findall(found[2]) if found else []
        if found is None or len(keys) >= MAX_DEPTH:
            made[name] = value
            continue
        at, key = made, found[1]
        for inner in keys:
            below = at.get(key)
            if not isinstance(below, _Members):
                below = at[key] = _Members()
            at, key = below, inner or str(below.next_place)
        at[key] = value
    return {name: _finished(value) for name, value in made.items()}


class _Members(dict[str, Any]):
    """The members of a parameter while a form is read.

    ``next_place`` is one more than their highest number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.next_place = 0

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        if key.isascii() and key.isdigit() and len(key) < 9:
            self.next_place = max(self.next_place, int(key) + 1)


def _finished(value: Any) -> Any:
    """A parameter as JSON would have it: members numbered from 0 are a list."""
    if not isinstance(value, _Members):
        return value
    inside = {key: _finished(member) for key, member in value.items()}
    places = [str(place) for place in range(min(len(inside), _MOST_PLACES))]
    return list(inside.values()) if list(inside) == places else inside
