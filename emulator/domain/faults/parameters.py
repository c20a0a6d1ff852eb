"""What a fault is told beside its kind, a row each: which code, which status, how late, how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from emulator.domain.durations import parse_duration
from emulator.domain.values import dataclass

MOST_DELAY = 300.0
"""Real seconds for which an answer is held back at most."""
MOST_TEXT = 65_536
_HEADERS_OF_ITS_OWN = frozenset({"content-length", "transfer-encoding", "connection"})
"""Headers that say how the answer is carried, and so cannot be chosen."""


class Effect(StrEnum):
    """What a call has done that meets a fault."""

    NONE = "none"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FaultParameter:
    """Something that a fault is told: its name, what it says, and how it is written and read.

    ``read`` takes what the user gave and returns what is kept, which is JSON; it raises :class:`ValueError`
    with a sentence about ``name``.
    """

    name: str
    text: str
    schema: Mapping[str, Any]
    read: Callable[[str, Any], Any]


def _within(least: float, most: float, unit: str) -> Callable[[str, Any], Any]:
    def read(name: str, value: Any) -> float:
        seconds = _in_seconds(value)
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not least <= seconds <= most:
            raise ValueError(f"{name} is a number of {unit} from {least:g} to {most:g}; got {value!r}")
        return float(seconds)

    return read


def _in_seconds(value: Any) -> Any:
    """A timedelta, or a text such as ``3 hours``, in seconds; what is neither as it is."""
    try:
        return parse_duration(value).total_seconds() if isinstance(value, str | timedelta) else value
    except ValueError:
        return value


def _whole_seconds(least: int, most: int) -> Callable[[str, Any], int]:
    whole = _whole(least, most)

    def read(name: str, value: Any) -> int:
        seconds = _in_seconds(value)
        is_converted = seconds is not value and seconds.is_integer()
        return whole(name, int(seconds) if is_converted else value)

    return read


def _whole(least: int, most: int) -> Callable[[str, Any], int]:
    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{name} is a whole number from {least} to {most}; got {value!r}")
        return value

    return read


def _text(most: int) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or len(value) > most:
            raise ValueError(f"{name} is a text of up to {most:,} characters; got {value!r:.200}")
        return value

    return read


def _code(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} is the number of an error of the catalogue; got {value!r}")
    return value


def _effect(name: str, value: Any) -> str:
    if value not in list(Effect):
        raise ValueError(f"{name} is {' or '.join(Effect)}; got {value!r}")
    return str(value)


def _any_json(name: str, value: Any) -> Any:
    if not isinstance(value, dict | list | str | int | float | bool):
        raise ValueError(f"{name} is a JSON value; got {value!r:.200}")
    return value


def _headers(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} are an object of texts by name; got {value!r:.200}")
    for header, text in value.items():
        if not (isinstance(header, str) and header.replace("-", "").isalnum() and header.isascii()):
            raise ValueError(f"{name} has {header!r:.100}, which is no name of a header")
        if header.lower() in _HEADERS_OF_ITS_OWN:
            raise ValueError(f"{name} has {header!r}, which follows from the body and cannot be chosen")
        if not isinstance(text, str) or not all(" " <= letter <= "~" for letter in text) or len(text) > 1000:
            raise ValueError(
                f"{name}[{header!r}] is a text of up to 1,000 printable letters; got {text!r:.100}"
            )
    return dict(value)


_SECONDS = {"type": "number"}
PARAMETERS: Mapping[str, FaultParameter] = {
    each.name: each
    for each in (
        FaultParameter("code", "the number of the error, of the catalogue", {"type": "number"}, _code),
        FaultParameter(
            "details",
            "what stands in the error instead of its own `details`",
            {"type": "string", "maxLength": 1000},
            _text(1000),
        ),
        FaultParameter(
            "envelope",
            "the body of the answer: any JSON",
            {"type": ["object", "array", "string", "number", "boolean"]},
            _any_json,
        ),
        FaultParameter(
            "status", "the HTTP status of the answer, from 200 to 599", {"type": "number"}, _whole(200, 599)
        ),
        FaultParameter(
            "body",
            "the body of the answer as text; by default a page of HTML, as proxies write it",
            {"type": "string", "maxLength": MOST_TEXT},
            _text(MOST_TEXT),
        ),
        FaultParameter(
            "headers", "headers of the answer, beside the usual ones", {"type": "object"}, _headers
        ),
        FaultParameter(
            "delay",
            f"real seconds for which the answer is held back, up to {MOST_DELAY:g}",
            _SECONDS,
            _within(0.001, MOST_DELAY, "real seconds"),
        ),
        FaultParameter(
            "retry_after",
            "seconds after which the call may be tried again, as `Retry-After` says (default 60)",
            {"type": "number"},
            _whole_seconds(1, 86_400),
        ),
        FaultParameter(
            "effect",
            "`none`: the call is not carried out; `done`: it is, and only its answer goes wrong",
            {"type": "string", "enum": list(Effect)},
            _effect,
        ),
        FaultParameter(
            "by",
            "seconds of simulated time by which a webhook is late",
            _SECONDS,
            _within(0.001, 1e9, "simulated seconds"),
        ),
        FaultParameter(
            "size",
            "how many webhooks come in one request, from 2 (default) to 1,000",
            {"type": "number"},
            _whole(2, 1000),
        ),
    )
}
"""Every parameter by its name."""
