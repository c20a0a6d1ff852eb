"""What a person may answer with, a row each: they write, tap, react, read, block, and so on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from emulator.domain.emojis import is_emoji
from emulator.domain.errors import PlatformError
from emulator.domain.people.answers.checks import check_members, is_text, is_true
from emulator.domain.phones import digits_of
from emulator.domain.places import read_list
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a person does about a message: the name of a row of :data:`ACTS`, and with what."""

    name: str
    value: Any

    def __hash__(self) -> int:
        return hash(self.name)

    def as_json(self) -> dict[str, Any]:
        """Write it as :func:`acts_from_json` reads it."""
        return {self.name: self.value}


@dataclass(frozen=True, slots=True)
class KindOfAct:
    """A kind of act that an answer may consist of."""

    name: str
    about: str
    check: Callable[[Any], None]
    """Raises :class:`ValueError`, with what is expected, for a value that it cannot have."""
    is_written: bool = True
    """Whether it is a message of the person."""
    is_seen: bool = True
    """Whether they have read the message for it."""


def _flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")


def _emoji(value: Any) -> None:
    if not isinstance(value, str) or not is_emoji(value):
        raise ValueError("expected an emoji")


def _object(value: Any) -> None:
    if not isinstance(value, Mapping):
        raise ValueError("expected an object")
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as problem:
        raise ValueError(f"expected JSON ({problem})") from None


def _phone(value: Any) -> None:
    try:
        digits_of(value if isinstance(value, str) else "")
    except PlatformError:
        raise ValueError("expected a phone number such as '+1 650 555 1234'") from None


ACTS: Mapping[str, KindOfAct] = {
    kind.name: kind
    for kind in (
        KindOfAct("text", "write this text", is_text),
        KindOfAct("tap", "tap the button with this label, payload or id", is_text),
        KindOfAct("choose", "choose the row of a list with this title or id", is_text),
        KindOfAct("flow_reply", "fill in the flow with these answers, and send it", _object),
        KindOfAct("allow_calls", "accept (true) or reject (false) that the business may call", _flag),
        KindOfAct("react", "react with this emoji", _emoji),
        KindOfAct("read", "true: read it, and no more", is_true, is_written=False),
        KindOfAct(
            "nothing",
            "true: do nothing, and look at no further rule",
            is_true,
            is_written=False,
            is_seen=False,
        ),
        KindOfAct("report", "true: report the message", is_true, is_written=False),
        KindOfAct("stop_marketing", "true: opt out of the number's marketing", is_true, is_written=False),
        KindOfAct("block", "true: block the number", is_true, is_written=False, is_seen=False),
        KindOfAct("change_number", "change to this phone number", _phone, is_written=False, is_seen=False),
    )
}
"""Every kind of act by its name."""


def acts_from_json(value: Any) -> tuple[Act, ...]:
    """Read what a person answers with: a text, an object with acts by name, or a list of such.

    Raises :class:`ValueError` with a sentence that begins with the place of what is wrong.
    """
    if isinstance(value, str):
        value = {"text": value}
    if isinstance(value, list | tuple):
        return tuple(act for acts in read_list(value, "acts", acts_from_json) for act in acts)
    if isinstance(value, Act):
        return (value,)
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f": expected a text, or an act such as {{tap: Yes}}; got {value!r}")
    check_members(value, ACTS)
    return tuple(Act(name, with_what) for name, with_what in value.items())


def acts_as_json(acts: Iterable[Act]) -> list[dict[str, Any]]:
    """Write acts as a list of objects with one member each."""
    return [act.as_json() for act in acts]
