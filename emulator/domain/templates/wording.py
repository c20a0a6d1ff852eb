"""Which titles and sentences of the template editor are the platform's, and which are the emulator's own.

Recorded and quoted words go before those of Meta's table of error codes. What no source has is worded here,
and the hint of the refusal says so, so that nobody takes it for the platform's.
"""

from __future__ import annotations

import re
from functools import cache

from emulator.domain.catalogue import CATALOGUE, Basis, Layer

OWN_BOTH = "Title and sentence are the emulator's own wording; the platform's are not known."
OWN_TITLE = "The title is the emulator's own wording; the platform's is not known."
OWN_SENTENCE = "The sentence is the emulator's own wording; the platform's is not known."

_QUOTED = (
    "component of type {} is missing expected field(s) ({})",
    "component of type {} has unexpected field(s) ({})",
    "There is already {} content for this template. You can create a new template and try again.",
    "New {} content can't be added while the existing {} content is being deleted. Try again in {} or "
    "consider creating a new message template.",
    "The message template {} wasn't found for this account.",
    "The category {} doesn't match the one that's already associated with this template, {}.",
    "Templates with {} header type need an example/sample, but it was not provided.",
    "Buttons can't have any variables, newlines, emojis, or formatting characters.",
    "The message footer can't have any newlines or emojis.",
)
"""Sentences that sources quote, beside those of the catalogue; braces stand for what varies."""
_WITHOUT_SENTENCE = frozenset({2388052, 2494102})
"""Subcodes of which a title is quoted and no sentence."""

_PLATFORM = tuple(
    entry
    for entry in CATALOGUE.values()
    if entry.layer is Layer.USER_FACING and entry.basis is not Basis.INFERRED
)
_TITLES = {entry.subcode: entry.user_title for entry in _PLATFORM} | {2593002: "Message Template Not Found"}
_SENTENCES = frozenset(entry.user_message for entry in _PLATFORM if entry.subcode not in _WITHOUT_SENTENCE)


def own_wording(subcode: int | None, title: str, sentence: str) -> str | None:
    """Say which of the words of a refusal are the emulator's own; ``None`` when all are the platform's."""
    has_title = subcode is not None and _TITLES.get(subcode) == title
    has_sentence = sentence in _SENTENCES or any(words.fullmatch(sentence) for words in _patterns())
    if has_sentence:
        return None if has_title else OWN_TITLE
    return OWN_SENTENCE if has_title else OWN_BOTH


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.escape(words).replace(r"\{\}", ".+")) for words in _QUOTED)
