"""People that are invented: of every locale, valid numbers, and the same ones for the same seed."""

from __future__ import annotations

import sys
from hashlib import sha256

import pytest
from people_data import LOCALES, TAIL, is_mobile_of

from emulator.sandbox.fixtures import fixtures
from emulator.sandbox.people import invented
from emulator.sandbox.people.invented import NoSuchLocale, invent, locales


def entropy(number: int) -> bytes:
    """Different bytes for each number."""
    return sha256(str(number).encode()).digest()


def test_the_usual_locales_have_people() -> None:
    """Those that ``make people`` draws, and no others."""
    assert locales() == sorted(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_invented_number_is_a_mobile_number_of_the_country(locale: str) -> None:
    """As the library for phone numbers judges it; and everybody has a name."""
    people = [invent(locale, entropy(number)) for number in range(25)]

    assert [number for _, number in people if not is_mobile_of(number, locale[3:])] == []
    assert all(name.strip() == name and name for name, _ in people)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_locale_has_people_enough_for_a_crowd(locale: str) -> None:
    """A hundred thousand numbers at the least, and names that differ."""
    known = invented._known(locale)

    assert known is not None
    assert len(set(known.mobile)) * 10**TAIL >= 100_000
    assert len(set(known.names)) == 400


def test_the_same_entropy_gives_the_same_person() -> None:
    """And every part of it tells."""
    zero, *others = [bytes(place) + b"\x01" + bytes(12 - place) for place in (12, 3, 7, 11)]

    assert invent("pt_BR", zero) == invent("pt_BR", zero)
    assert len({invent("pt_BR", each) for each in (zero, *others)}) == 4


def test_the_smallest_and_the_largest_entropy_have_a_person() -> None:
    """The tail of a number has all its digits."""
    least, most = invent("en_US", bytes(12)), invent("en_US", b"\xff" * 12)

    assert least[1].endswith("0000")
    assert len(least[1]) == len(most[1]) == 11


def test_people_of_the_usual_locales_need_no_faker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever did not ask for it does not have it."""
    for name in ("faker", "emulator.sandbox.people.drawn"):
        monkeypatch.setitem(sys.modules, name, None)

    assert invent("de_DE", entropy(1))[1].startswith("49")


def test_another_locale_is_drawn_with_faker() -> None:
    """The same entropy gives the same there, too."""
    name, number = invent("et_EE", entropy(1))

    assert (name, number) == invent("et_EE", entropy(1))
    assert number.startswith("372")


def test_without_faker_another_locale_names_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """And how the others are had."""
    monkeypatch.setitem(sys.modules, "emulator.sandbox.people.drawn", None)
    monkeypatch.delattr("emulator.sandbox.people.drawn", raising=False)

    with pytest.raises(NoSuchLocale, match=r"'et_EE'; there are ar_AE, .*whatsapp-emulator\[faker\]"):
        invent("et_EE", entropy(1))


@pytest.mark.parametrize("locale", ["xx_YY", "Klingon", "../seeds/default", "en_US.json", ""])
def test_a_locale_that_is_none_is_refused(locale: str) -> None:
    """Whatever it looks like."""
    with pytest.raises(NoSuchLocale, match="there is no locale"):
        invent(locale, entropy(1))


def test_every_file_of_people_is_in_the_package() -> None:
    """They stand beside the seeds."""
    assert {path.parent.name for path in fixtures().glob("*/en_US.json")} == {"people"}
