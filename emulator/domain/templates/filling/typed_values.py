"""The types of values in a library template's body (D/templates/template-library).

The page describes each type with samples; how strictly the platform reads them is not printed. It says that
lengths are limited, too, but not how.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from emulator.domain.templates.filling.mismatches import parameter_error
from emulator.domain.templates.filling.sent import SentParameter

_AMOUNT = re.compile(r"([A-Za-z]{1,4}\.? ?)?¤? ?[0-9][0-9.,]*( ?¤| ?[A-Za-z]{1,4})?")
_PHONE = re.compile(r"[0-9 ()+-]*[0-9][0-9 ()+-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?")
_ORDINAL = re.compile(r"([0-9]+)(st|nd|rd|th)")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 3
"""Letters that are enough to know a month or a day of the week by."""


def check_types(given: Sequence[SentParameter], types: Sequence[str]) -> None:
    """Refuse a value of the body that is not of its variable's type (132018; number and wording are ours).

    ``types`` are in the order of the variables; a type that is not known takes any text.
    """
    for place, (parameter, kind) in enumerate(zip(given, types, strict=False), start=1):
        fits = _FITS.get(kind)
        if fits is not None and not fits(parameter.text or ""):
            raise parameter_error(
                132018,
                f"body: Parameter at index {place} is not a valid value of type {kind}",
                hint="The template comes from the library, where variables have types.",
            )


def is_amount(text: str) -> bool:
    """Say whether a text is a number with a currency's code or sign: ``USD $375.32``, ``1,376.22 EUR``.

    The currency may stand before or after it, or be left out.
    """
    signs = "".join("¤" if unicodedata.category(sign) == "Sc" else sign for sign in text.strip())
    return _AMOUNT.fullmatch(signs) is not None


def is_date(text: str) -> bool:
    """Say whether a text is a date, in figures or English words: ``13/03/2021``, ``January 1st, 2024``.

    A day needs a month beside it; a weekday and a year may be there. That the month has such a day is not
    checked.
    """
    numbers, months = [], 0
    for word in re.split(r"[\s,./-]+", text.strip().lower()):
        figures = _ORDINAL.sub(r"\1", word)
        if figures.isascii() and figures.isdecimal():
            numbers.append(figures)
        elif _begins(word, _MONTHS):
            months += 1
        elif word not in ("", "of") and not _begins(word, _DAYS):
            return False
    if months == 1:
        return len(numbers) in (1, 2) and any(_is_day(number) for number in numbers)
    years = [number for number in numbers if len(number) == 4]
    rest = [number for number in numbers if len(number) != 4]
    if months or len(numbers) != 3 or len(years) > 1:
        return False
    return all(map(_is_day, rest[:2])) and any(int(number) <= 12 for number in rest[:2])


def is_phone_number(text: str) -> bool:
    """Say whether a text is a phone number: figures, spaces, dashes, parentheses and plus signs alone."""
    return _PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Say whether a text is an email address: something, an ``@``, and a host with a dot."""
    return _EMAIL.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Say whether a text is a number: figures, with or without a fraction, and nothing else."""
    return _NUMBER.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Say whether a text is a postal address: several words, with a figure or a comma among them."""
    return len(text.split()) > 1 and any(map(str.isalpha, text)) and bool(re.search(r"[0-9,،、]", text))


_FITS: Mapping[str, Callable[[str], bool]] = {
    "ADDRESS": is_address,
    "AMOUNT": is_amount,
    "DATE": is_date,
    "EMAIL": is_email,
    "NUMBER": is_number,
    "PHONE NUMBER": is_phone_number,
}
"""By type; ``TEXT`` is any text."""


def _begins(word: str, names: Sequence[str]) -> bool:
    return len(word) >= _SHORTEST and any(name.startswith(word.rstrip(".")) for name in names)


def _is_day(number: str) -> bool:
    return len(number) <= 2 and 1 <= int(number) <= 31
