"""A crowd in a sandbox: seeded, with what holds for all of it."""

from __future__ import annotations

import pytest
from kit.sandboxes import notes
from kit.times import START

from emulator import Emulator, Sandbox


def test_the_same_seed_gives_the_same_crowd(emulator: Emulator) -> None:
    """Names, numbers and habits; each person is another one."""
    with Emulator() as other:
        first, second = (
            each.create(at=START, speed=None).people.crowd(200, locale="pt_BR") for each in (emulator, other)
        )

    assert [(each.name, each.wa_id, each.habits) for each in first] == [
        (each.name, each.wa_id, each.habits) for each in second
    ]
    assert len({each.wa_id for each in first}) == 200
    assert {each.wa_id[:2] for each in first} == {"55"}
    assert len({each.habits for each in first}) > 190


def test_what_is_said_holds_for_all(sandbox: Sandbox) -> None:
    """Facts and single habits; others are drawn."""
    crowd = sandbox.people.crowd(50, opted_in=False, habits={"reads": True})

    assert {(each.opted_in, each.habits.reads) for each in crowd} == {(False, True)}
    assert len({each.habits.read_after for each in crowd}) > 40
    assert len(sandbox.people.all()) == 54
    (note,) = notes(sandbox, "person")
    assert note.startswith("a crowd of 50 joined, ")


@pytest.mark.parametrize("count", [0, 10_001, True, 1.5])
def test_a_crowd_has_a_size(sandbox: Sandbox, count: int) -> None:
    """From one to ten thousand."""
    with pytest.raises(ValueError, match="a crowd has 1 to 10,000 people"):
        sandbox.people.crowd(count)
