"""JSON values, queries and bytes changed at random in their structure, not only in their letters."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from typing import Any

from kit.bodies.random_changes import JUNK, mutated, pick
from kit.bodies.strategies import places, put

NUMBERS: tuple[Any, ...] = (
    *(2**31, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**15, 10**19, 10**20, 10**40, -(10**18), -1),
    *(-0.0, 0.5, 1e22, 1e300, -1e300, 5e-324),
)
EMPTY: tuple[Any, ...] = (
    None,
    [None],
    {"a": None},
    [[[None]]],
    {"a": {"b": {"c": None}}},
    [None] * 30,
    {"": {}},
)
TEXTS = (
    *("\u202eabc", "\u0301" * 50, "\ufeff", "🏳️‍🌈" * 30, "İ", "ﬃ", "１２３", "٣", "\u00a0", " ", "\t\n"),
    *("a\u2028b", "\x7f", "%00", "%ff", "../..", "' OR 1=1 --", "<b>", "{{1}}{{2}}", "{{x}}", "*" * 300),
    *("null", "true", "NaN", "-1", "1e9", "2026-13-45", "2026-11-02T09:00:00+99:99", "upload:x", "wamid."),
)
LONG = tuple(pattern * (100_000 // len(pattern)) for pattern in ("x", "1", "(", " ", "{{1}}", "é", "😀", '"'))
"""A hundred thousand characters: what is kept or repeated of them must be bounded."""


def value(chance: random.Random, ids: Sequence[str]) -> Any:
    """Anything at all: a number without measure, nested nulls, odd text, an id of something else."""
    kind = chance.choice((JUNK, NUMBERS, EMPTY, TEXTS, TEXTS, ids, ids, ids))
    return chance.choice(LONG) if chance.random() < 0.04 else chance.choice(kind)


def swapped(chance: random.Random, found: Any) -> Any:
    """The same as another type: a number as its text, a text as a list, an object as its JSON."""
    return chance.choice(
        (
            [found],
            [[found]],
            {"a": found},
            {"0": found},
            json.dumps(found),
            str(found),
            len(str(found)),
            bool(found),
            [found] * 40,
            None,
        )
    )


def changed(chance: random.Random, body: Any, ids: Sequence[str]) -> Any:
    """A copy with up to three changes, each at a random place; sometimes none."""
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        found = list(places(body))
        if not found:
            return body
        path = chance.choice(found)
        match chance.choice(("value", "value", "swap", "suffix", "other")):
            case "value":
                body = put(body, path, value(chance, ids))
            case "swap":
                body = put(body, path, swapped(chance, pick(body, path)))
            case "suffix" if isinstance(pick(body, path), str):
                body = put(body, path, pick(body, path) + chance.choice(TEXTS))
            case _:
                body = mutated(chance, body)
    return body


_MEMBER = re.compile(r'"[^"\\]{1,40}": ')


def doubled(chance: random.Random, text: str, ids: Sequence[str]) -> str:
    """JSON in which one member stands twice: before itself, with another value."""
    found = list(_MEMBER.finditer(text))
    if not found:
        return text
    at = chance.choice(found)
    return f"{text[: at.start()]}{at[0]}{json.dumps(value(chance, ids))}, {text[at.start() :]}"


def word(chance: random.Random, ids: Sequence[str]) -> str:
    """Any text for a query, a path or a header, not longer than a URL can be."""
    made = value(chance, ids)
    return (made if isinstance(made, str) else json.dumps(made))[:20_000]
