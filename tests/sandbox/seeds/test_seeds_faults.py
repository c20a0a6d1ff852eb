"""Faults of a seed: what goes wrong from the beginning."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import START

from emulator import Emulator
from emulator.sandbox.errors import SeedError

ACCOUNTS: dict[str, Any] = {
    "app": {"access_token": "T", "id": "670843887433847"},
    "waba": {"id": "102290129340398"},
    "numbers": [{"number": "+15550783881", "id": PRODUCTION}, {"number": "+15550934873"}],
}


def seed(*faults: dict[str, Any]) -> dict[str, Any]:
    return {**ACCOUNTS, "faults": list(faults)}


def test_a_sandbox_begins_with_them(emulator: Emulator) -> None:
    """In their order, numbered; a later one goes on from there, and a reset goes back to them."""
    sandbox = emulator.create("default", seed({"code": 131049, "to": "+1 650 555 1234"}, {"kind": "drop"}))

    added = sandbox.faults.add(kind="twice")
    before = [(fault.id, fault.kind, fault.is_seeded) for fault in sandbox.faults.all()]
    sandbox.reset()

    assert before == [(1, "error", True), (2, "drop", True), (3, "twice", False)]
    assert added.id == 3
    assert [(fault.id, fault.kind) for fault in sandbox.faults.all()] == [(1, "error"), (2, "drop")]
    assert sandbox.faults.all()[0].to == SHEENA


def test_a_business_number_is_the_sandbox_s_own(emulator: Emulator) -> None:
    """By its id in the seed, which another sandbox has another one for, or by its digits."""
    faults = seed(
        {"kind": "reset", "phone_number_id": PRODUCTION},
        {"kind": "reset", "phone_number_id": "15550934873", "since": START, "times": None},
    )

    for name in ("default", "another"):
        sandbox = emulator.create(name, faults)
        numbers = [number.id for number in sandbox.accounts.numbers()]
        assert [fault.phone_number_id for fault in sandbox.faults.all()] == numbers
        assert sandbox.faults.all()[1].times is None


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"kind": "thrice"}, r"faults\[0\]: there is no kind of fault 'thrice'; did you mean twice\?"),
        ({"code": 131049, "too": SHEENA}, r"faults\[0\]\.too: there is no too; did you mean to\?"),
        ({"kind": "drop", "phone_number_id": "12345"}, "there is no business number '12345'"),
        ({"code": 131049, "to": "Sheena"}, "Parameter Invalid|is no phone number"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(emulator: Emulator, fault: dict[str, Any], told: str) -> None:
    """As of everything in a seed."""
    with pytest.raises(SeedError, match=told):
        emulator.create("default", seed(fault))
