"""The types of settings: which values each takes, how JSON writes it, and the error about any other value.

Each function declares one field of :class:`emulator.domain.settings.settings.Settings`; its first argument
is the default, and ``text`` says what the setting decides. The types are those of facts
(:mod:`emulator.domain.facts.types`), and some that only settings have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import timedelta
from typing import Any

from emulator.domain.facts import types
from emulator.domain.facts.types import FactKind, FactType

KIND = "kind"
"""The key of a field's metadata under which its :class:`~emulator.domain.facts.types.FactType` is kept."""
TEXT = "text"
"""The key of a field's metadata under which stands what the setting decides."""


def setting(default: Any, kind: FactType, text: str) -> Any:
    """Declare a field of the settings with a default and a type; the functions below are made of it."""
    return field(default=default, metadata={KIND: kind, TEXT: text})


def choice(usual: str, *others: str, text: str) -> Any:
    """Declare a setting that is one of a few words; the first is the default.

    Reading raises :class:`ValueError` that lists the words.
    """
    return setting(usual, types.one_of((usual, *others)), text)


def duration(usual: timedelta, *, text: str) -> Any:
    """Declare a setting that is a length of time: seconds in JSON, zero or more and below 10⁹.

    The default is a ``timedelta``, and so is the value in Python; fractions of a second are kept.
    """
    kind = types.duration()

    def read(name: str, value: Any) -> timedelta:
        seconds: timedelta = kind.read(name, value.total_seconds() if isinstance(value, timedelta) else value)
        return seconds

    return setting(usual, replace(kind, read=read), text)


def flag(usual: bool, *, text: str) -> Any:
    """Declare a setting that is true or false; no other spelling is accepted.

    Reading raises :class:`ValueError` for 0, 1 and words.
    """
    return setting(usual, types.flag(), text)


def count(
    usual: int | None, *, text: str, least: int = 0, most: int | None = None, none: str | None = None
) -> Any:
    """Declare a setting that is a whole number, ``least`` or more, and ``most`` at most where there is one.

    With ``none`` it also takes that word for no number at all, read as ``None``; ``off`` may then be written
    as ``false``, which is how YAML reads it.
    """
    upper = "or more" if most is None else f"to {most}"
    what = f"a whole number, {least} {upper}" + (f", or {none}" if none else "")

    def read(name: str, value: Any) -> int | None:
        if none is not None and (value is None or value == none or (none == "off" and value is False)):
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= (most or value):
            raise ValueError(f"{name} is {what}; got {value!r}")
        return value

    schema: dict[str, Any] = {"type": ["integer", "string"] if none else "integer", "description": what}
    kind = FactType(FactKind.WHOLE, schema, read, lambda value: none if value is None else value)
    return setting(usual, kind, text)


def share(usual: float, *, text: str) -> Any:
    """Declare a setting that is a number from 0 to 1, both included, such as a probability.

    It is a ``float`` in Python whatever JSON writes. Reading raises :class:`ValueError` for any other value.
    """
    return setting(usual, types.share(), text)


def words(usual: Iterable[str], *known: str, text: str) -> Any:
    """Declare a setting that is any subset of a few words, in the order in which they are ``known``.

    Repetitions are dropped. Reading raises :class:`ValueError` for a word that is not known.
    """

    def read(name: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"{name} is a list of {', '.join(known)}; got {value!r}")
        if unknown := [word for word in value if word not in known]:
            raise ValueError(f"{name} holds {', '.join(known)}; got {unknown[0]!r}")
        return tuple(word for word in known if word in value)

    schema = {"type": "array", "items": {"type": "string", "enum": list(known)}}
    return setting(tuple(usual), FactType(FactKind.JSON, schema, read, list), text)
