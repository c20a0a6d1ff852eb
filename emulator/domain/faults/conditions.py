"""The conditions of faults, a row each: what is asked of an occasion, where that is known, when it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from emulator.domain.content.kinds import KINDS as SENT_KINDS
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.instants import in_utc, iso, parse_instant
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import REPORTED
from emulator.domain.phones import aliases, digits_of
from emulator.domain.quoting import did_you_mean
from emulator.domain.values import dataclass

METHODS = ("GET", "POST", "PUT", "DELETE")
ANYWHERE = "any"
"""The word for any edge in a fault's ``edge``."""
TYPES = tuple(dict.fromkeys([*SENT_KINDS, "template", *(kind.type for kind in INBOUND_KINDS.values())]))
"""The types that messages have, either way."""
MOST_SEARCHED = 4096
"""Characters of a message in which words and patterns are looked for."""
_LONGEST_PATTERN = 200
_EVERYWHERE = tuple(When)
_MESSAGES = (When.SYNC, When.ASYNC, When.DELIVERED, When.INBOUND, When.WEBHOOK)
_TEXT = {"type": "string"}


@dataclass(frozen=True, slots=True)
class FaultCondition:
    """Something that can be asked of an occasion: its name, where it is known, how it is written and read.

    ``read`` takes what the user gave and returns what is kept, which is JSON, or raises :class:`ValueError`;
    ``holds`` says whether what is kept (first) agrees with an occasion.
    """

    name: str
    text: str
    seen: tuple[When, ...]
    """Where it can be asked."""
    schema: Mapping[str, Any]
    read: Callable[[Any], Any]
    holds: Callable[[Any, Occasion], bool]


def _text(name: str, most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= most:
            raise ValueError(f"{name} is a text of up to {most:,} characters; got {value!r:.100}")
        return value

    return read


def _edge(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError(f"edge is the last part of a path, such as messages; got {value!r:.100}")
    return value.strip("/")


def _method(value: Any) -> str:
    if not isinstance(value, str) or value.upper() not in METHODS:
        raise ValueError(f"a method is one of {', '.join(METHODS)}, not {value!r}")
    return value.upper()


def _one_of(name: str, words: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            meant = did_you_mean(str(value), words)
            raise ValueError(f"{name} is one of {', '.join(words)}, not {value!r:.100}{meant}")
        return str(value)

    return read


def _pattern(value: Any) -> str:
    _text("pattern", _LONGEST_PATTERN)(value)
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as problem:
        raise ValueError(f"pattern is a regular expression; {value!r} is none: {problem}") from None
    return str(value)


def _instant(value: Any) -> str:
    if isinstance(value, datetime):
        return iso(in_utc(value))
    if not isinstance(value, str):
        raise ValueError(f"an instant is ISO 8601 text, such as 2026-11-03T10:00:00Z; got {value!r:.100}")
    return iso(parse_instant(value))


def _contains(words: str, occasion: Occasion) -> bool:
    return occasion.text is not None and words.lower() in occasion.text[:MOST_SEARCHED].lower()


def _matches(pattern: str, occasion: Occasion) -> bool:
    return occasion.text is not None and _compiled(pattern).search(occasion.text[:MOST_SEARCHED]) is not None


@lru_cache(64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


CONDITIONS: Mapping[str, FaultCondition] = {
    each.name: each
    for each in (
        FaultCondition(
            "to",
            "only this person: who gets a message, who writes, or whom a webhook is about",
            _MESSAGES,
            _TEXT,
            lambda value: digits_of(str(value)),
            lambda digits, at: at.wa_id is not None and digits in aliases(at.wa_id),
        ),
        FaultCondition(
            "phone_number_id",
            "only this business number, by its id or its digits",
            _EVERYWHERE,
            {"type": "string", "maxLength": 100},
            _text("phone_number_id", 100),
            lambda number, at: number == at.phone_number_id,
        ),
        FaultCondition(
            "edge",
            'only calls of this edge: `messages`, `message_templates`, `access_token`, …; `""` is the node '
            "itself, `any` is every call of the Graph API",
            (When.SYNC,),
            {"type": "string", "maxLength": 200},
            _edge,
            lambda edge, at: edge == at.edge,
        ),
        FaultCondition(
            "method",
            "only calls with this method",
            (When.SYNC,),
            {"type": "string", "enum": list(METHODS)},
            _method,
            lambda method, at: method == at.method,
        ),
        FaultCondition(
            "type",
            "only messages of this type: `text`, `template`, `image`, `interactive`, …",
            _MESSAGES,
            _TEXT,
            _one_of("type", TYPES),
            lambda kind, at: kind == at.type,
        ),
        FaultCondition(
            "text",
            "only messages with these words in their text or caption; case does not count",
            _MESSAGES,
            {"type": "string", "maxLength": 1000},
            _text("text", 1000),
            _contains,
        ),
        FaultCondition(
            "pattern",
            "only messages in whose text or caption this regular expression is found",
            _MESSAGES,
            {"type": "string", "maxLength": _LONGEST_PATTERN},
            _pattern,
            _matches,
        ),
        FaultCondition(
            "template",
            "only messages of the template with this name, and what is said about them or it",
            (When.SYNC, When.ASYNC, When.DELIVERED, When.WEBHOOK),
            {"type": "string", "maxLength": 512},
            _text("template", 512),
            lambda name, at: name == at.template,
        ),
        FaultCondition(
            "field",
            "only webhooks of this field: `messages`, `account_update`, …",
            (When.WEBHOOK,),
            {"type": "string", "maxLength": 200},
            _text("field", 200),
            lambda field, at: field == at.field,
        ),
        FaultCondition(
            "message_status",
            "only webhooks that report this status: `sent`, `delivered`, `read`, `played` or `failed`",
            (When.WEBHOOK,),
            {"type": "string", "enum": [str(each) for each in REPORTED]},
            _one_of("message_status", tuple(str(each) for each in REPORTED)),
            lambda status, at: status == at.message_status,
        ),
        FaultCondition(
            "since",
            "only from this simulated instant on",
            _EVERYWHERE,
            {"type": "string", "format": "date-time"},
            _instant,
            lambda since, at: at.at >= parse_instant(since),
        ),
        FaultCondition(
            "until",
            "only before this simulated instant",
            _EVERYWHERE,
            {"type": "string", "format": "date-time"},
            _instant,
            lambda until, at: at.at < parse_instant(until),
        ),
    )
}
"""Every condition by its name; one that is not given holds for every occasion."""


def conditions_at(when: When) -> tuple[str, ...]:
    """List the conditions that can be asked of occasions of a kind, by name."""
    return tuple(name for name, each in CONDITIONS.items() if when in each.seen)
