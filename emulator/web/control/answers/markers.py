"""Words for what the annotations of Python cannot say of an answer: see :mod:`.schemas`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from emulator.domain.values import dataclass

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Schema:
    """The value has this JSON schema, which is asked for when the document is made.

    With a ``name`` it stands among the components.
    """

    made: Callable[[], Json]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The value is a noun as :func:`~emulator.domain.facts.facts.shown` writes it, at one of its doors.

    ``name`` is that of its schema; ``more`` is a ``TypedDict`` of members beside its facts, and ``inside``
    has the types of facts that are objects or arrays, by name.
    """

    name: str
    noun: type
    door: str | None = None
    more: Any = None
    inside: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The value is one page of a list, as :func:`~emulator.web.control.routes.paging.page` makes it.

    ``of`` is the type of each element, under the member ``name``; ``cursor`` that of ``next``. ``drops``: it
    may say how many are gone.
    """

    name: str
    of: Any
    cursor: type = str
    drops: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The value has, beside the members of ``of``, one that is named like its ``type``.

    ``types`` are the names there are, each with the type of what stands there.
    """

    of: Any
    types: Callable[[], Iterable[tuple[str, Any]]]


def one_of(words: Iterable[str]) -> Schema:
    """The schema of a text that is one of the ``words``, such as those of an enumeration."""
    listed = [str(word) for word in words]
    return Schema(lambda: {"type": "string", "enum": listed})


Instant = Annotated[str, Schema(lambda: {"type": "string", "format": "date-time"})]
"""An instant as ISO 8601 in UTC."""
