"""Invent people: a name and a mobile number in a locale, as a function of given entropy.

The people of the usual locales come from ``fixtures/people``, which was drawn with Faker once. Those of every
other locale are drawn when they are wanted, which needs Faker; see :mod:`emulator.sandbox.people.drawn`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from emulator.sandbox.fixtures import fixtures

_TAIL = 4
"""How many digits follow the beginning of a number."""


class NoSuchLocale(ValueError):
    """Nobody can be invented in a locale: there is none of this name, or it needs Faker.

    The sentence says which locales there are, and how Faker is installed.
    """


class _Known(NamedTuple):
    """What a locale has: names of people, and beginnings of valid mobile numbers."""

    names: list[str]
    mobile: list[str]


def locales() -> list[str]:
    """List the locales whose people need no Faker, in alphabetical order."""
    return sorted(path.stem for path in _folder().glob("*.json"))


def invent(locale: str, entropy: bytes) -> tuple[str, str]:
    """Invent a name and the digits of a mobile number that is valid in the locale's country.

    The same ``entropy`` (at least 12 bytes) and ``locale`` give the same. Raises :class:`NoSuchLocale`.
    """
    known = _known(locale)
    if known is None:
        return _draw(locale, entropy)
    name, beginning, tail = (int.from_bytes(entropy[at : at + 4]) for at in (0, 4, 8))
    digits = f"{known.mobile[beginning % len(known.mobile)]}{tail % 10**_TAIL:0{_TAIL}d}"
    return known.names[name % len(known.names)], digits


def _draw(locale: str, entropy: bytes) -> tuple[str, str]:
    try:
        from emulator.sandbox.people import drawn
    except ImportError:
        raise NoSuchLocale(
            f"nobody can be invented in the locale {locale!r}; there are {', '.join(locales())}. "
            "Faker has more: pip install 'whatsapp-emulator[faker]'"
        ) from None
    try:
        return drawn.invent(locale, entropy)
    except LookupError:
        raise NoSuchLocale(f"there is no locale {locale!r}; write one like en_US, pt_BR or de_DE") from None


@cache
def _known(locale: str) -> _Known | None:
    if locale not in locales():
        return None
    file = _folder() / f"{locale}.json"
    return _Known(**json.loads(file.read_text(encoding="utf-8")))


def _folder() -> Path:
    return fixtures() / "people"
