"""Review by content: whether a template reads as marketing, as a code, as forbidden, or in another language.

The platform reads with machines and people, by guidelines and not by lists
(D/templates/template-categorization). The phrases here are ours: plain English of the kind its examples show,
and what components and scripts say in any language. The same template always gets the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from emulator.domain.templates.components import TemplateParts
from emulator.domain.templates.variables import fill, occurrences, words

MARKETING = (
    ("a discount", r"\bdiscounts?\b|%\s?off\b|\bhalf price\b|\bprice drop"),
    (
        "a coupon",
        r"\b(?:use|with) (?:the |this |our )?code\b|\bpromo(?:tion(?:al)?)? code\b|\bcoupons?\b"
        r"|\bvouchers?\b",
    ),
    (
        "an offer",
        r"\b(?:special|exclusive|introductory|limited[- ]time|latest|great|best) offers?\b"
        r"|\boffer (?:ends|expires)\b",
    ),
    (
        "a sale",
        r"\b(?:flash|spring|summer|autumn|winter|final|big|our|the) sale\b|\bon sale\b|\bclearance\b"
        r"|\bdeals\b",
    ),
    (
        "a call to buy",
        r"\b(?:shop|buy|order|book|upgrade|renew|subscribe|join|donate|contribute) (?:now|today)\b"
        r"|\bupgrade to\b",
    ),
    ("a cart left behind", r"\bin your cart\b"),
    ("a gift", r"\bfree gift\b|\ba gift for you\b|\bgiveaway\b|\bprize draw\b"),
    ("something new", r"\bnew (?:collection|arrivals?|range|menu)\b|\bcheck out our\b|\bdid you know\b"),
    ("good wishes", r"\bhappy (?:birthday|holidays|new year|easter|diwali)\b|\bmerry christmas\b"),
    ("an app to install", r"\bdownload (?:our|the) app\b|\bin-app only\b"),
    ("money to save", r"\bsave (?:up to |big|[$€£\d])|\bcashback\b|\bfree (?:delivery|shipping|trial)\b"),
)
"""The phrases that make a text promotional, each with its name."""

CODE = (
    r"\bone[- ]time (?:pass(?:word|code)|pin|code)\b|\botp\b|\bpasscode\b"
    r"|\b(?:verification|security|login|log-in|authentication|access) code\b"
    r"|\bis your code\b|\byour code is\b"
)
"""The phrases that make a text with a variable carry a code to log in with."""

FORBIDDEN = (
    (
        "ABUSIVE_CONTENT",
        "a threat",
        r"\blegal action against you\b|\btake you to court\b|\bpublicly (?:shame|expose)\b",
    ),
    (
        "SCAM",
        "a demand for secrets",
        r"\b(?:send|give|tell|share|enter|confirm)(?: us)? your (?:full )?"
        r"(?:card number|pin|cvv|password|bank details|social security number)\b",
    ),
    ("SCAM", "a prize nobody entered for", r"\byou(?:'ve| have) won\b|\blottery winner\b"),
)
"""The phrases that the business policy forbids: the reason of the rejection, a name, the phrase."""

SHORT_LINKS = r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd)/"
"""Hosts of shortened links."""

_SELLING_BUTTONS = ("CATALOG", "COPY_CODE", "MPM", "SPM")
_LETTERS_TO_TELL = 10
_SCRIPTS = {
    "ar": ("ARABIC",),
    "be": ("CYRILLIC",),
    "bg": ("CYRILLIC",),
    "bn": ("BENGALI",),
    "el": ("GREEK",),
    "fa": ("ARABIC",),
    "gu": ("GUJARATI",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "ja": ("HIRAGANA", "KATAKANA", "CJK"),
    "ka": ("GEORGIAN",),
    "kk": ("CYRILLIC", "LATIN"),
    "kn": ("KANNADA",),
    "ko": ("HANGUL",),
    "ky": ("CYRILLIC",),
    "lo": ("LAO",),
    "mk": ("CYRILLIC",),
    "ml": ("MALAYALAM",),
    "mr": ("DEVANAGARI",),
    "pa": ("GURMUKHI", "ARABIC"),
    "prs": ("ARABIC",),
    "ps": ("ARABIC",),
    "ru": ("CYRILLIC",),
    "si": ("SINHALA",),
    "sr": ("CYRILLIC", "LATIN"),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "th": ("THAI",),
    "uk": ("CYRILLIC",),
    "ur": ("ARABIC",),
    "zh": ("CJK",),
}


def marketing_cue(made: TemplateParts) -> str | None:
    """Find what about a template is marketing, in a few words; ``None`` when nothing is.

    Mixed content counts as marketing, and so does what is unclear: a variable or a single word alone.
    """
    for name, cue in MARKETING:
        if _says(cue, made):
            return name
    if made.offer is not None:
        return "a limited-time offer"
    if any(button.type in _SELLING_BUTTONS for part in (made, *made.cards) for button in part.buttons):
        return "a button that sells"
    if any(part.shows_product for part in (made, *made.cards)):
        return "a product"
    if made.body is not None and words(made.body.text) < 2:
        return "content that is unclear"
    return None


def carries_code(made: TemplateParts) -> bool:
    """Say whether a template's body carries a code to log in with: words about a code, and a variable.

    Such a template is for authentication; in another category it is rejected.
    """
    return bool(made.body and made.body.variables) and _says(CODE, made)


def policy_violation(made: TemplateParts) -> tuple[str, str] | None:
    """Find the first forbidden phrase: the reason it is rejected with and a name; ``None`` without one."""
    for reason, name, cue in FORBIDDEN:
        if _says(cue, made):
            return reason, name
    return None


def has_short_link(made: TemplateParts) -> bool:
    """Say whether a text or a button has a shortened link, which hides where it leads.

    The hosts are those of :data:`SHORT_LINKS`; such a template is rejected with INVALID_FORMAT.
    """
    addresses = (button.url or "" for part in (made, *made.cards) for button in part.buttons)
    return _says(SHORT_LINKS, made) or any(re.search(SHORT_LINKS, each) for each in addresses)


def is_in_language(made: TemplateParts, language: str) -> bool:
    """Say whether a template is written in a script of its ``language``.

    Fewer than ten letters are too few to say, and count as fitting; in longer texts one letter of the script
    is enough.
    """
    expected = _SCRIPTS.get(language.partition("_")[0], ("LATIN",))
    letters = [sign for text in _texts(made) for sign in _without_variables(text) if sign.isalpha()]
    if len(letters) < _LETTERS_TO_TELL:
        return True
    return any(unicodedata.name(sign, "").startswith(expected) for sign in letters)


def _says(cue: str, made: TemplateParts) -> bool:
    return any(re.search(cue, text, re.IGNORECASE) for text in _texts(made))


def _texts(made: TemplateParts) -> Iterator[str]:
    for part in (made, *made.cards):
        if part.header is not None and part.header.text:
            yield part.header.text
        if part.body is not None:
            yield part.body.text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if part.footer is not None:
            yield part.footer.text
        yield from (button.text for button in part.buttons)


def _without_variables(text: str) -> str:
    return fill(text, dict.fromkeys(occurrences(text), ""))
