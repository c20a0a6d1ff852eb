"""Habits of people in a seed: rules by which they answer, and when their phones are off."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from kit.times import DAY, HOUR, START

from emulator import Emulator, Sandbox
from emulator.domain.instants import iso
from emulator.domain.people.habits import habits_as_json
from emulator.domain.people.person import Person

ACCOUNTS: dict[str, Any] = {"app": {"access_token": "T"}, "waba": {}, "numbers": [{"number": "+15550100100"}]}
ANA, BEN = "16505551234", "16505551235"


def test_a_seed_has_rules_and_times_of_people(emulator: Emulator, tmp_path: Path) -> None:
    """Of one person, or of everybody who has none of their own."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        """
app: {access_token: MY-TOKEN}
waba: {}
numbers:
  - number: "+1 555 010 0100"
habits:
  old_client: true
  answers:
    - {when: {contains: price}, then: "How much?", after: 30s}
people:
  - {number: "+1 650 555 1234", name: Ana}
  - number: "+1 650 555 1235"
    name: Ben
    old_client: false
    answers: []
    offline:
      - {from: "22:00", until: "07:00"}
      - {from: 2026-11-02T09:00:00Z, until: 2026-11-02T12:00:00Z}
"""
    )
    sandbox = emulator.create(seed=path, at=START, speed=None)

    ana, ben = (habits_as_json(person.habits) for person in sandbox.people.all())
    assert (ana["old_client"], ana["offline"]) == (True, [])
    assert ana["answers"] == [
        {"when": {"contains": "price"}, "then": [{"text": "How much?"}], "after": 30.0, "chance": 1.0}
    ]
    assert (ben["old_client"], ben["answers"]) == (False, [])
    assert ben["offline"] == [
        {"from": "22:00:00", "until": "07:00:00"},
        {"from": "2026-11-02T09:00:00Z", "until": "2026-11-02T12:00:00Z"},
    ]


def offline(sandbox: Sandbox) -> dict[str, Any]:
    """By number, when each phone is off."""
    return {person.wa_id: habits_as_json(person.habits)["offline"] for person in sandbox.people.all()}


def seed(ana: Any, usual: Any = ()) -> dict[str, Any]:
    """Ana has habits of her own, Ben those of everybody."""
    people = [
        {"number": f"+{ANA}", "name": "Ana", "offline": ana},
        {"number": f"+{BEN}", "name": "Ben"},
    ]
    return {**ACCOUNTS, "habits": {"offline": list(usual)}, "people": people}


def since(at: datetime, begins: int, ends: int) -> list[dict[str, str]]:
    return [{"from": iso(at + begins * HOUR), "until": iso(at + ends * HOUR)}]


def test_a_seed_may_say_how_long_a_phone_is_off(emulator: Emulator) -> None:
    """From the beginning of each sandbox on, whenever that is; of people added later from then on."""
    given = seed([{"for": "3 h"}], [{"after": "2 h", "for": "1 d"}])
    sandbox = emulator.create(seed=given, at=START, speed=None)
    later = emulator.create("later", given, at=START + 5 * DAY, speed=None)
    sandbox.clock.advance(HOUR)

    added: Person = sandbox.people.add("Clara", "+1 650 555 1236")

    assert offline(sandbox) == {
        ANA: since(START, 0, 3),
        BEN: since(START, 2, 26),
        added.wa_id: since(START + HOUR, 2, 26),
    }
    assert offline(later) == {ANA: since(START + 5 * DAY, 0, 3), BEN: since(START + 5 * DAY, 2, 26)}


def test_a_reset_begins_it_anew(emulator: Emulator) -> None:
    """And a copy of it has the instants that have been counted."""
    sandbox = emulator.create(seed=seed([{"for": "3 h"}]), at=START, speed=None)
    before = offline(sandbox)
    sandbox.people.change(ANA, habits={"offline": [{"after": 60}]})
    sandbox.clock.advance(DAY)

    sandbox.reset()
    kept = sandbox.snapshot()
    sandbox.clock.advance(DAY)
    sandbox.restore(kept)

    assert before == offline(sandbox) == {ANA: since(START, 0, 3), BEN: []}


def test_a_reset_counts_from_where_the_clock_begins_then(emulator: Emulator) -> None:
    """That of a sandbox that was given no instant begins at the real time, which is later by now."""
    sandbox = emulator.create(seed=seed([{"for": "3 h"}]), speed=None)
    first = offline(sandbox)[ANA]

    sandbox.reset()

    assert first != offline(sandbox)[ANA] == since(sandbox.clock.now(), 0, 3)


def test_a_kept_sandbox_goes_on_as_it_was(tmp_path: Path) -> None:
    """What has been counted once is counted from there, however often the emulator starts."""
    with Emulator(data=tmp_path) as emulator:
        emulator.create(seed=seed([{"for": "3 h"}]), at=START, speed=None).clock.advance(DAY)

    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(seed=seed([{"for": "3 h"}]))
        went_on = offline(sandbox)
        sandbox.reset()

        assert went_on == offline(sandbox) == {ANA: since(START, 0, 3), BEN: []}
