"""Quote what a caller sent at a bounded length: no answer or journal grows with a senseless value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

MOST_QUOTED = 1000
"""Characters of a caller's value that a sentence repeats. The platform's own bound is not known."""
LONGEST_SENTENCE = 4000
"""Characters of a whole sentence about a call."""
MOST_IN_A_HINT = 60
"""Characters of a caller's text that a hint repeats: enough to recognise it."""
_ENCODER = json.JSONEncoder()


def cut(text: str, most: int = MOST_QUOTED) -> str:
    """Return a text as it is, or the first ``most`` characters of a longer one with ``…``."""
    return text if len(text) <= most else text[:most] + "…"


def brief(text: str) -> str:
    """Return a text as a hint repeats it: its first :data:`MOST_IN_A_HINT` characters."""
    return cut(text, MOST_IN_A_HINT)


def quoted(value: Any) -> str:
    """Write a JSON value into a sentence: a string as it is, anything else as JSON; what is long is cut.

    Not more of it is written than is shown.
    """
    if isinstance(value, str):
        return cut(value)
    text = ""
    for piece in _ENCODER.iterencode(value):
        text += piece
        if len(text) > MOST_QUOTED:
            break
    return cut(text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ask whether the known word that is most like ``word`` was meant, to go on a sentence.

    ``"; did you mean hours?"``, or nothing when none is like it. Case does not count.
    """
    near = nearest_word(word, known)
    return f"; did you mean {near}?" if near else ""


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that is most like ``word``, whatever the case; ``None`` when none is like it."""
    lower = {each.lower(): each for each in known}
    found = get_close_matches(cut(word).lower(), lower, 1, 0.7)
    return lower[found[0]] if found else None
