"""Whether a text is one emoji, such as people react with."""

from __future__ import annotations

from unicodedata import category

_KEYCAP, _AS_EMOJI = "\u20e3", "\ufe0f"


def is_emoji(text: str) -> bool:
    """Say whether a text may be one emoji: it has a symbol, and no letters, digits or spaces beside it.

    Digits of keycaps and letters shown as emoji count as symbols. How many there are is not counted, since
    one emoji is often made of several characters.
    """
    if _KEYCAP in text or _AS_EMOJI in text:
        return len(text) <= 40 and not any(each.isspace() for each in text)
    kinds = {category(each)[0] for each in text}
    return "S" in kinds and len(text) <= 40 and not kinds & {"L", "N", "Z"}
