"""Phone numbers as integrators write them, and the ``wa_id`` a person has.

Accepted characters and the quirks of three countries: D/messages/send-messages and recorded wamids.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from emulator.domain.errors import invalid_parameter
from emulator.domain.known_numbers import KNOWN_NUMBERS
from emulator.domain.quoting import brief

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_WRITTEN = re.compile(r"\+?[0-9()\-\s.]+")
_ON_BUTTON = re.compile(r"\+[0-9(][0-9 ().-]{3,}")
_PUNCTUATION = re.compile(r"[^0-9]")
MOST_WRITTEN = 100
"""Characters of a number as somebody writes it, which answers repeat. The platform's bound is unknown."""


@lru_cache(maxsize=4096)
def digits_of(written: str) -> str:
    """Normalise a phone number as a caller wrote it to its international digits.

    Spaces, dashes, dots, parentheses and a leading plus are dropped. Raises ``(#100) Invalid parameter`` when
    it is no phone number: letters, a ``00`` prefix, several numbers in one, fewer than 5 or more than 15
    digits (E.164), or more than :data:`MOST_WRITTEN` characters.
    """
    digits = _PUNCTUATION.sub("", written) if len(written) <= MOST_WRITTEN else ""
    if not _WRITTEN.fullmatch(written.strip()) or digits.startswith("00") or not 5 <= len(digits) <= 15:
        raise invalid_parameter(
            "Parameter Invalid",
            rule="recipient",
            hint=f"{brief(written)!r} is no phone number; write it in full, like +16505551234.",
        )
    return digits


@lru_cache(maxsize=4096)
def aliases(digits: str) -> tuple[str, ...]:
    """List the digits under which one person may be dialled; ``digits`` itself comes first.

    Brazil's ninth digit, Mexico's ``1`` and Argentina's ``9`` stand in some forms of a number and not in
    others; the ``wa_id`` may have one while the business dials the other.
    """
    forms = [digits]
    if digits.startswith("55") and len(digits) == 13 and digits[4] == "9":
        forms.append(digits[:4] + digits[5:])
    elif digits.startswith("55") and len(digits) == 12:
        forms.append(digits[:4] + "9" + digits[4:])
    elif digits.startswith("521") and len(digits) == 13:
        forms.append("52" + digits[3:])
    elif digits.startswith("52") and len(digits) == 12:
        forms.append("521" + digits[2:])
    elif digits.startswith("549") and len(digits) == 13:
        forms.append("54" + digits[3:])
    elif digits.startswith("54") and len(digits) == 12:
        forms.append("549" + digits[2:])
    return tuple(forms)


@lru_cache(maxsize=4096)
def allow_list_spelling(digits: str) -> str:
    """Write a number as the allow-list of a test number knows it, whichever of its forms ``digits`` are.

    That is the number as it is dialled: of Argentina without the ``9``, of Mexico without the ``1`` that the
    ``wa_id`` has (github.com/chatwoot/chatwoot/issues/13932, github.com/david-lev/pywa/issues/155). All other
    numbers stay as they are.
    """
    if digits.startswith(("521", "549")) and len(digits) == 13:
        return digits[:2] + digits[3:]
    return digits


def is_number_of_a_button(number: str) -> bool:
    """Say whether a text with a plus before it can be the number of a template's button.

    Digits with spaces, dashes, dots and parentheses, five signs at the least; how strict the platform is
    beyond that is not known.
    """
    return _ON_BUTTON.fullmatch(number) is not None


@lru_cache(maxsize=65536)
def country_of(digits: str) -> str:
    """Find the ISO 3166 code of a number's country; ``US`` where the digits belong to no known country.

    It decides the market a message is priced in, and which country restrictions and limits apply to it.
    """
    if known := KNOWN_NUMBERS.get(digits):
        return known[0]
    import phonenumbers

    parsed = _parsed(digits)
    if parsed is None:
        return "US"
    return phonenumbers.region_code_for_number(parsed) or (
        phonenumbers.region_code_for_country_code(parsed.country_code or 1).replace("ZZ", "US")
    )


def is_us_number(digits: str) -> bool:
    """Say whether a number has an area code of the United States.

    Canada and the Caribbean share the country code 1 and do not count: marketing is paused for the former
    alone.
    """
    return len(digits) == 11 and digits[0] == "1" and _area(digits[1:4]) == "US"


@lru_cache(maxsize=1024)
def _area(code: str) -> str | None:
    """The country of a three-digit area code behind ``1``."""
    import phonenumbers

    return phonenumbers.region_code_for_number(phonenumbers.parse(f"+1{code}2345678"))


@lru_cache(maxsize=1024)
def dial_code(digits: str) -> str | None:
    """Find the country calling code a number begins with, such as ``55``; ``None`` where there is none."""
    if known := KNOWN_NUMBERS.get(digits):
        return known[1]
    parsed = _parsed(digits)
    return None if parsed is None else str(parsed.country_code)


def with_country_code(written: str, business: str) -> str:
    """Normalise a number, and put the business number's country code before one written without a plus.

    ``business`` are the digits of the number that sends. Used under the setting ``missing_plus: prepend``,
    after the table of D/messages/send-messages; in recorded traffic a full number without a plus stays as it
    is.
    """
    digits = digits_of(written)
    return digits if written.lstrip().startswith("+") else (dial_code(business) or "") + digits


@lru_cache(maxsize=1024)
def displayed(digits: str) -> str:
    """Format a number as ``GET /{phone_number_id}`` prints ``display_phone_number``: ``+1 555-078-3881``.

    Digits that no country has come back with a plus before them.
    """
    if known := KNOWN_NUMBERS.get(digits):
        return known[2]
    import phonenumbers

    parsed = _parsed(digits)
    if parsed is None:
        return "+" + digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _parsed(digits: str) -> PhoneNumber | None:
    """What the library reads of a number; it is imported at the first, as it takes long and few need it."""
    import phonenumbers

    try:
        return phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
