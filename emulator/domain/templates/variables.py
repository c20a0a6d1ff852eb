"""The placeholders in a template's text: positional ``{{1}}`` or named ``{{first_name}}``.

The rules are Meta's (D/templates/components), sharpened by what several providers print about the editor: no
variable at the start or the end, none beside another, and at least ``2 P + 1`` words for ``P`` variables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

WORDS_PER_VARIABLE = (2, 7)
"""The least and the most words for each variable that sources measured: 2 by several providers and by twenty
templates of September 2026, 4 and 7 by teams whose templates were refused in spite of that."""

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_POSITIONAL = re.compile(r"[1-9][0-9]{0,3}")
_NAMED = re.compile(r"[a-z_][a-z0-9_]*")
_ADJACENT = re.compile(r"\}\}\s*\{\{")
_UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Scripts that are written without spaces between words; there, a character counts as a word."""


def occurrences(text: str) -> tuple[str, ...]:
    """List the names of all placeholders in ``text`` in order, repetitions included, without their braces."""
    return tuple(_PLACEHOLDER.findall(text))


def placeholders(text: str) -> tuple[str, ...]:
    """List the distinct names of placeholders in ``text``, in order of first appearance.

    They are what a send must bring values for; ``{{1}}`` twice is one of them.
    """
    return tuple(dict.fromkeys(occurrences(text)))


def is_positional(name: str) -> bool:
    """Say whether ``name`` is a number counted from 1, without leading zeros and below 10,000."""
    return _POSITIONAL.fullmatch(name) is not None


def is_named(name: str) -> bool:
    """Say whether ``name`` has lower-case letters, digits and underscores only, and no digit first.

    It is the form of variables under ``parameter_format`` NAMED.
    """
    return _NAMED.fullmatch(name) is not None


def has_malformed_braces(text: str) -> bool:
    """Say whether braces of ``text`` open or close no placeholder, as in ``{{1}`` or ``{{{1}}}``.

    A lone brace away from placeholders is ordinary text.
    """
    rest = _PLACEHOLDER.sub("\0", text)
    return any(sign in rest for sign in ("{{", "}}", "{\0", "\0}"))


def illegal_names(text: str) -> tuple[str, ...]:
    """List the placeholders that are neither a number nor a legal name: ``{{#1}}`` or ``{{ name }}``."""
    return tuple(name for name in placeholders(text) if not is_positional(name) and not is_named(name))


def mixes_kinds(text: str) -> bool:
    """Say whether ``text`` has both positional and named placeholders, which the editor refuses.

    Names that are neither are not counted here; :func:`illegal_names` lists them.
    """
    names = placeholders(text)
    return any(map(is_positional, names)) and any(map(is_named, names))


def are_contiguous(names: tuple[str, ...]) -> bool:
    """Say whether positional ``names`` are 1, 2, … without a gap, in whatever order."""
    return sorted(map(int, names)) == list(range(1, len(names) + 1))


def starts_with_variable(text: str) -> bool:
    """Say whether ``text`` begins with a variable, white space aside."""
    return _PLACEHOLDER.match(text.lstrip()) is not None


def ends_with_variable(text: str) -> bool:
    """Say whether ``text`` ends with a variable; punctuation and white space after it do not count."""
    *before, after = _PLACEHOLDER.split(text)
    return bool(before) and not _without_punctuation(after)


def has_adjacent_variables(text: str) -> bool:
    """Say whether two variables stand side by side, with nothing or only white space between them.

    The review rejects such a template with INVALID_FORMAT.
    """
    return _ADJACENT.search(text) is not None


def words(text: str) -> int:
    """Count the words of ``text`` without its variables; punctuation by itself is no word.

    In scripts without spaces between words each character counts as one.
    """
    rest = _PLACEHOLDER.sub("", text)
    unspaced = len(re.findall(_UNSPACED, rest))  # compiled at the first look: it is a quarter of all patterns
    return unspaced + sum(1 for token in re.sub(_UNSPACED, " ", rest).split() if _without_punctuation(token))


def has_too_many_variables(text: str, words_per_variable: int = 2) -> bool:
    """Say whether ``text`` has fewer than ``2 P + 1`` words for its ``P`` variables (2388293).

    ``words_per_variable`` takes the place of the 2. A text without variables never has too many.
    """
    count = len(occurrences(text))
    return count > 0 and words(text) < words_per_variable * count + 1


def has_edge_or_too_many_variables(text: str) -> bool:
    """Say whether a variable begins or ends ``text``, or there are too many for its words.

    The editor refuses such a body since 2025-10-01; before, the review rejected it.
    """
    return starts_with_variable(text) or ends_with_variable(text) or has_too_many_variables(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders of ``text`` by ``values``, by name; one without a value stays as it is.

    Values are inserted as they are: braces inside them are not filled again.
    """
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _without_punctuation(text: str) -> str:
    return "".join(
        sign for sign in text if not sign.isspace() and not unicodedata.category(sign).startswith("P")
    )
