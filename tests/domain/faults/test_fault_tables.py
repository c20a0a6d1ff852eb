"""The tables of faults: what each row says, and the bounds of what can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from kit.times import MORNING

from emulator.domain.catalogue import CATALOGUE
from emulator.domain.faults.asking import new_fault
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.fault import ordinal
from emulator.domain.faults.kinds import BATCH_WAITS, KINDS, THROTTLES
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.faults.parameters import PARAMETERS

_ROWS: dict[str, Any] = {**PARAMETERS, **CONDITIONS}
BOUNDED = {name: row.schema["maxLength"] for name, row in _ROWS.items() if "maxLength" in row.schema}
LONGEST = {
    "details": 1000,
    "body": 65_536,
    "phone_number_id": 100,
    "edge": 200,
    "text": 1000,
    "pattern": 200,
    "template": 512,
    "field": 200,
}
"""How many characters each text may have."""


@pytest.mark.parametrize("name", BOUNDED)
def test_a_text_may_be_as_long_as_its_schema_says(name: str) -> None:
    """And not by one character longer."""
    row = _ROWS[name]
    read = (lambda text: row.read(name, text)) if name in PARAMETERS else row.read

    assert BOUNDED == LONGEST
    assert read("x" * BOUNDED[name]) == "x" * BOUNDED[name]
    with pytest.raises(ValueError, match=name):
        read("x" * (BOUNDED[name] + 1))


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("status", 200, 599),
        ("retry_after", 1, 86_400),
        ("size", 2, 1000),
        ("delay", 0.001, 300),
        ("by", 0.001, 1e9),
    ],
)
def test_a_number_has_its_bounds(name: str, least: float, most: float) -> None:
    """Both of them can be given; what is beyond cannot, nor what is no number."""
    read = PARAMETERS[name].read
    step = 1 if isinstance(least, int) else 0.0005

    assert [read(name, bound) for bound in (least, most)] == [least, most]
    for wrong in (least - step, most + step, True, "7 x", None):
        with pytest.raises(ValueError, match=f"{name} is a"):
            read(name, wrong)


def test_a_long_message_is_searched_up_to_a_bound() -> None:
    """Its first 4,096 characters, so that no pattern takes for ever."""
    at_the_end, beyond = ("x" * (4096 - 5 + more) + "price" for more in (0, 1))

    for condition in ({"text": "price"}, {"pattern": "price"}):
        fault = new_fault(131000, **condition)  # type: ignore[arg-type]
        assert fault.fits(Occasion(When.SYNC, MORNING, edge="messages", text=at_the_end))
        assert not fault.fits(Occasion(When.SYNC, MORNING, edge="messages", text=beyond))


def test_the_rows_of_kinds_say_what_each_is() -> None:
    """Where it strikes, by which parameter it is known, and whether an app must refuse it."""
    told = {
        name: (" ".join(row.places), row.mark, row.usual, " ".join(row.effects))
        for name, row in KINDS.items()
    }

    assert told == {
        "throttle": ("sync", "retry_after", 60, "none"),
        "error": ("sync async delivered inbound", "code", None, "none done"),
        "envelope": ("sync", "envelope", None, "none done"),
        "status": ("sync download", "status", None, "none done"),
        "delay": ("sync download", "delay", None, "done"),
        "reset": ("sync download", None, None, "none done"),
        "truncated": ("sync download", None, None, "done"),
        "empty": ("sync download", None, None, "none done"),
        "twice": ("webhook", None, None, ""),
        "late": ("webhook", "by", None, ""),
        "out_of_order": ("webhook", None, None, ""),
        "batch": ("webhook", "size", 2, ""),
        "drop": ("webhook", None, None, ""),
        "bad_signature": ("webhook", None, None, ""),
        "no_signature": ("webhook", None, None, ""),
        "wrong_secret": ("webhook", None, None, ""),
    }
    assert [name for name, row in KINDS.items() if row.is_unsigned] == [
        "bad_signature",
        "no_signature",
        "wrong_secret",
    ]
    assert timedelta(minutes=1) == BATCH_WAITS


def test_the_rate_limits_are_these() -> None:
    """One of them is the app's."""
    assert list(THROTTLES) == [4, 613, 80007, 80008, 130429, 131048, 131056, 133016]
    assert [code for code, is_of_the_app in THROTTLES.items() if is_of_the_app] == [4]
    assert THROTTLES.keys() <= CATALOGUE.keys()


@pytest.mark.parametrize("every", [1, 10**9 - 1])
def test_every_may_be_any_number_of_occasions(every: int) -> None:
    """From each to very few."""
    assert new_fault(131000, every=every).every == every
    with pytest.raises(ValueError, match="every is a whole number from 1"):
        new_fault(131000, every=10**9)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"), (12, "12th")),
        *(
            (13, "13th"),
            (14, "14th"),
            (21, "21st"),
            (22, "22nd"),
            (23, "23rd"),
            (111, "111th"),
            (113, "113th"),
        ),
    ],
)
def test_numbers_are_places_in_a_row(number: int, word: str) -> None:
    """As English has them."""
    assert ordinal(number) == word


def test_headers_are_texts_of_letters_that_can_be_printed() -> None:
    """Up to a thousand of them; the value of another type is none."""
    read = PARAMETERS["headers"].read
    whole = {"X-A": "x" * 1000, "Retry-After": " 9~"}

    assert read("headers", whole) == whole
    for wrong in ("x" * 1001, 7, "\x1f", "\x7f", "ä"):
        with pytest.raises(ValueError, match="printable letters"):
            read("headers", {"X-A": wrong})


@pytest.mark.parametrize(
    ("met", "fitted", "every", "counted"), [(False, 0, 1, (0, 0)), (True, 0, 1, (1, 0)), (True, 3, 2, (1, 4))]
)
def test_occasions_are_counted_where_that_matters(
    met: bool, fitted: int, every: int, counted: tuple[int, int]
) -> None:
    """How often it struck always, how many fitted only for every nth."""
    after = replace(new_fault(131000, every=every), fitted=fitted).counted(met=met)

    assert (after.met, after.fitted) == counted
