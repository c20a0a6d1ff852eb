"""What came in a call, in words: for the hints of refusals, never for a body of the platform's.

Secrets in it are masked, also where only the beginning of a text is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from emulator.domain.masking import beginning
from emulator.domain.quoting import cut, nearest_word

LONGEST = 60
"""Characters of a value that a hint repeats."""
_MOST_COMPARED = 200
"""How many known words are compared with one that is not: each costs some 10 microseconds."""
SHOWN = 12
"""How many names of members a hint lists."""


def described(value: Any) -> str:
    """Describe a JSON value by its type, with its size or its beginning: ``a string, "jpeg"``."""
    match value:
        case None:
            return "null, or not at all"
        case bool():
            return f"a boolean, {json.dumps(value)}"
        case int() | float():
            return f"a number, {str(value)[:LONGEST]}"
        case "":
            return "an empty string"
        case str():
            return f"a string, {json.dumps(beginning(value, LONGEST), ensure_ascii=False)}"
        case list():
            return f"an array of {len(value)} element{'' if len(value) == 1 else 's'}"
        case dict():
            return f"an object with {listed(value) or 'no members'}"
    return f"a {type(value).__name__}"


def listed(names: Iterable[str]) -> str:
    """List the first few names, each at a bounded length; ``""`` when there are none."""
    return ", ".join(cut(name, LONGEST) for name in islice(names, SHOWN))


def closest(word: str, known: Iterable[str]) -> str:
    """Ask whether the most similar known word was meant, as a sentence after a space; else ``""``."""
    compared = (each for each in islice(known, _MOST_COMPARED) if len(each) <= LONGEST)
    near = nearest_word(word[:LONGEST], compared)
    return f" Is {near} meant?" if near else ""


def unreadable(body: bytes, content_type: str) -> str | None:
    """Explain why a body has no parameters, though it has bytes; ``None`` for an empty one.

    ``content_type`` is its mimetype, in lower case.
    """
    if not body:
        return None
    if content_type != "application/json" and not content_type.endswith("+json"):
        sent = f"the Content-Type is {content_type}" if content_type else "there is no Content-Type"
        return f"The body of {len(body)} bytes was not read: {sent}; JSON needs application/json."
    try:
        value = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as problem:
        return f"The body is not UTF-8 (byte {problem.start}), so it counts as one without parameters."
    except json.JSONDecodeError as problem:
        at = f"line {problem.lineno}, column {problem.colno}"
        return f"The body is no JSON ({problem.msg}: {at}), so it counts as one without parameters."
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) or value is None:
        return (
            "The body has a number, a text or a depth that PHP does not read, so it counts as one without "
            "parameters."
        )
    return f"The body is {described(value)}, not an object, so it counts as one without parameters."
