"""The kinds of settings: what each takes, how JSON writes it, and the complaint about anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

KIND = "kind"
"""Under which a field of the settings keeps its kind."""


@dataclass(frozen=True, slots=True)
class SettingType:
    """How the values of a setting are written and judged."""

    schema: dict[str, Any]
    """What JSON Schema says of them."""
    read: Callable[[str, Any], Any]
    """From JSON, by the setting's name; raises :class:`ValueError` with a sentence."""
    show: Callable[[Any], Any] = lambda value: value
    """To JSON."""


def setting(default: Any, kind: SettingType) -> Any:
    """A field of the settings."""
    return field(default=default, metadata={KIND: kind})


def choice(usual: str, *others: str) -> Any:
    """One of a few words; the first is the default."""
    words = (usual, *others)

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"{name} is one of {', '.join(words)}; got {value!r}")
        return value

    return setting(usual, SettingType({"type": "string", "enum": list(words)}, read))


def duration(usual: timedelta) -> Any:
    """A length of time; a number of seconds in JSON."""

    def read(name: str, value: Any) -> timedelta:
        if isinstance(value, timedelta):
            value = value.total_seconds()
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise ValueError(f"{name} is a number of seconds, zero or more; got {value!r}")
        return timedelta(seconds=value)

    schema = {"type": "number", "minimum": 0, "description": "seconds"}
    return setting(usual, SettingType(schema, read, lambda value: value.total_seconds()))


def flag(usual: bool) -> Any:
    """True or false."""

    def read(name: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false; got {value!r}")
        return value

    return setting(usual, SettingType({"type": "boolean"}, read))


def count(usual: int | None, *, least: int = 0, none: str | None = None) -> Any:
    """A whole number, ``least`` or more; with ``none`` also the word that stands for no number at all."""
    what = f"a whole number, {least} or more" + (f", or {none}" if none else "")

    def read(name: str, value: Any) -> int | None:
        if none is not None and (value is None or value == none or (none == "off" and value is False)):
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ValueError(f"{name} is {what}; got {value!r}")
        return value

    schema: dict[str, Any] = {"type": ["integer", "string"] if none else "integer", "description": what}
    return setting(usual, SettingType(schema, read, lambda value: none if value is None else value))


def share(usual: float) -> Any:
    """A number from 0 to 1."""

    def read(name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"{name} is a number from 0 to 1; got {value!r}")
        return float(value)

    return setting(usual, SettingType({"type": "number", "minimum": 0, "maximum": 1}, read))


def words(usual: Iterable[str], *known: str) -> Any:
    """Any of a few words, in the order in which they are ``known``."""

    def read(name: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"{name} is a list of {', '.join(known)}; got {value!r}")
        if unknown := [word for word in value if word not in known]:
            raise ValueError(f"{name} holds {', '.join(known)}; got {unknown[0]!r}")
        return tuple(word for word in known if word in value)

    schema = {"type": "array", "items": {"type": "string", "enum": list(known)}}
    return setting(tuple(usual), SettingType(schema, read, list))
