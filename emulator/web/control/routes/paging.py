"""Lists of the control API, page by page: each page names what the next one comes after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from emulator.web.control.routes.table import NUMBER, TEXT, Json

T = TypeVar("T")

PAGED: Mapping[str, Json] = {"after": TEXT, "limit": NUMBER}
"""The query of a list that is read page by page."""


def page(
    name: str,
    ask: Callable[[int], list[T]],
    limit: int | None,
    shown: Callable[[T], Mapping[str, Any]],
    cursor: Callable[[T], object],
) -> Json:
    """Read one page: what ``ask`` finds, at most ``limit`` of it, each as it is ``shown``.

    ``next`` is the ``cursor`` of the last one, which the next page comes after; it is left out when nothing
    does. ``ask`` is given how many to read, -1 for all.
    """
    found = ask(-1 if limit is None else limit + 1)
    kept = found[:limit]
    whole: Json = {name: [shown(each) for each in kept]}
    return whole | {"next": cursor(kept[-1])} if kept and len(kept) < len(found) else whole


def gone(count: int) -> Json:
    """Say how many are gone of what a list has, the oldest; nothing where all are there."""
    return {"dropped": count} if count else {}
