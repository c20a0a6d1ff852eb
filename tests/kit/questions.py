"""Every question to a store: each public method of each table, with values for what it takes."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from types import UnionType
from typing import Any

from emulator.domain.templates.filters import TemplateFilter
from emulator.domain.webhooks.deliveries import MadeWebhook
from emulator.sandbox.store import Store
from kit.times import MORNING

UNASKABLE = (LookupError, ValueError, AttributeError, TypeError)
"""What a method may raise at values that are nobody's."""


def tables(store: Store) -> dict[str, Any]:
    """Every table of the store by its name in it."""
    return {
        name: each
        for name, each in vars(store).items()
        if type(each).__name__.endswith(("Table", "Tables")) and name != "blobs"
    }


def methods(table: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public methods of a table, by their names."""
    return ((name, each) for name, each in inspect.getmembers(table, inspect.ismethod) if name[0] != "_")


def samples(store: Store) -> dict[type, Any]:
    """A value for each type that a method of a table takes."""
    accounts, message, template = store.accounts, store.messages.select()[0], store.templates.of()[0]
    found = {
        str: "1",
        int: 1,
        float: 1.0,
        bool: True,
        bytes: b"{}",
        datetime: MORNING + timedelta(days=1000),
        TemplateFilter: TemplateFilter(
            "a", "b", "c", ("d",), ("d",), ("d",), ("d",), ("d",), MORNING, MORNING
        ),
        Mapping: {"a": 1},
        Collection: ("1", "2"),
        Iterable: ("1", "2"),
    }
    for each in (
        accounts.apps()[0],
        accounts.numbers()[0],
        accounts.wabas()[0],
        accounts.portfolios()[0],
        message,
        template,
        store.people.all()[0],
        store.deliveries.select()[0],
        MadeWebhook("1", "1", None, None, "http://x", "messages", b"{}", MORNING, MORNING),
        store.faults.all()[0],
        store.groups.all()[0],
    ):
        found[type(each)] = each
    return found


def calls(
    method: Callable[..., Any], known: Mapping[type, Any], named: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Ways to call a method: with what it needs, with each thing more, with everything; none if unknown.

    A parameter gets the value that is ``named`` like it, or else the one that is ``known`` for its type.
    """
    hints = typing.get_type_hints(method)
    needed, others = dict[str, Any](), dict[str, Any]()
    for name, parameter in inspect.signature(method).parameters.items():
        value = (named or {}).get(name)
        if value is None:
            value = _sample(hints[name], known)
        if value is None:
            if parameter.default is parameter.empty:
                return
            continue
        (needed if parameter.default is parameter.empty else others)[name] = value
    yield needed
    for name, value in others.items():
        yield needed | {name: value}
    yield needed | others


def _sample(hint: Any, known: Mapping[type, Any]) -> Any:
    if isinstance(hint, UnionType):
        return next(
            (value for each in typing.get_args(hint) if (value := _sample(each, known)) is not None), None
        )
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return known.get(typing.get_origin(hint) or hint)
