"""The types of settings: which values each takes, how JSON writes it, and the error about any other value.

Each function declares one field of :class:`emulator.domain.settings.settings.Settings`; its first argument
is the default, and ``text`` says what the setting decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import timedelta
from typing import Any

from emulator.domain.values import dataclass

KIND = "kind"
"""The key of a field's metadata under which its :class:`SettingType` is kept."""
TEXT = "text"
"""The key of a field's metadata under which stands what the setting decides."""


@dataclass(frozen=True, slots=True)
class SettingType:
    """How the values of one setting are read from JSON, checked, and written back.

    The same object serves seeds, the control API and its OpenAPI document.
    """

    schema: dict[str, Any]
    """The JSON Schema of its values, as the OpenAPI document prints it."""
    read: Callable[[str, Any], Any]
    """From JSON, given the setting's name; raises :class:`ValueError` with a sentence for any other value."""
    show: Callable[[Any], Any] = lambda value: value
    """To JSON; the value itself where nothing else is given."""


def setting(default: Any, kind: SettingType, text: str) -> Any:
    """Declare a field of the settings with a default and a type; the functions below are made of it."""
    return field(default=default, metadata={KIND: kind, TEXT: text})


def choice(usual: str, *others: str, text: str) -> Any:
    """Declare a setting that is one of a few words; the first is the default.

    Reading raises :class:`ValueError` that lists the words.
    """
    words = (usual, *others)

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"{name} is one of {', '.join(words)}; got {value!r}")
        return value

    return setting(usual, SettingType({"type": "string", "enum": list(words)}, read), text)


def duration(usual: timedelta, *, text: str) -> Any:
    """Declare a setting that is a length of time: seconds in JSON, zero or more and below 10⁹.

    The default is a ``timedelta``, and so is the value in Python; fractions of a second are kept.
    """

    def read(name: str, value: Any) -> timedelta:
        if isinstance(value, timedelta):
            value = value.total_seconds()
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise ValueError(f"{name} is a number of seconds, zero or more; got {value!r}")
        return timedelta(seconds=value)

    schema = {"type": "number", "minimum": 0, "description": "seconds"}
    return setting(usual, SettingType(schema, read, lambda value: value.total_seconds()), text)


def flag(usual: bool, *, text: str) -> Any:
    """Declare a setting that is true or false; no other spelling is accepted.

    Reading raises :class:`ValueError` for 0, 1 and words.
    """

    def read(name: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false; got {value!r}")
        return value

    return setting(usual, SettingType({"type": "boolean"}, read), text)


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
    return setting(usual, SettingType(schema, read, lambda value: none if value is None else value), text)


def share(usual: float, *, text: str) -> Any:
    """Declare a setting that is a number from 0 to 1, both included, such as a probability.

    It is a ``float`` in Python whatever JSON writes. Reading raises :class:`ValueError` for any other value.
    """

    def read(name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"{name} is a number from 0 to 1; got {value!r}")
        return float(value)

    return setting(usual, SettingType({"type": "number", "minimum": 0, "maximum": 1}, read), text)


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
    return setting(tuple(usual), SettingType(schema, read, list), text)
