"""What one sandbox among many costs: as much as one among few, to make, to find and to remove."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from kit.figures import measured
from kit.identities import ACCESS_TOKEN
from kit.measurements import fairly, interleaved, ratio_of, show

from emulator import Emulator, create_app
from emulator.sandbox.emulator import NoSuchSandbox

pytestmark = pytest.mark.benchmark

LITTLE, MUCH = 10, 1_000
"""Sandboxes."""


@pytest.fixture(scope="module")
def processes() -> Iterator[dict[str, Emulator]]:
    """Emulators with few and with many sandboxes."""
    found = {f"among {number:,}": Emulator() for number in (LITTLE, MUCH)}
    for number, emulator in zip((LITTLE, MUCH), found.values(), strict=True):
        emulator.create(speed=None)
        for place in range(number - 1):
            emulator.create(f"s{place}", speed=None)
    yield found
    for emulator in found.values():
        emulator.close()


def test_a_sandbox_of_a_new_name(processes: dict[str, Emulator]) -> None:
    """By the control API; it is removed again, or there would be more and more."""
    clients = {name: (emulator, create_app(emulator).test_client()) for name, emulator in processes.items()}
    numbers = count()

    def make(name: str) -> None:
        emulator, client = clients[name]
        fresh = f"fresh-{next(numbers)}"
        answer = client.post("/_emulator/sandboxes", json={"id": fresh, "clock": {"frozen": True}})
        assert answer.status_code == 201
        emulator.remove(fresh)

    acts = {name: partial(make, name) for name in clients}
    cost = fairly(lambda: interleaved(acts, 5), 1.5)

    show("make a sandbox of a new name, and remove it", cost, f"{ratio_of(cost):.2f} × (target: 5 ms, flat)")
    measured("new sandbox", cost[f"among {MUCH:,}"] * 1e3)
    assert ratio_of(cost) <= 2


def test_a_name_costs_little_beside_a_known_one(processes: dict[str, Emulator]) -> None:
    """The seed is read and judged once; for another name only its ids are made anew."""
    emulator, _ = processes.values()
    numbers = count()

    def known() -> None:
        with suppress(NoSuchSandbox):
            emulator.remove("default")
        emulator.create(speed=None)

    def fresh() -> None:
        name = f"other-{next(numbers)}"
        emulator.create(name, speed=None)
        emulator.remove(name)

    cost = fairly(lambda: interleaved({"the name of before": known, "a new name": fresh}, 5), 3)

    show("a sandbox", cost, f"{ratio_of(cost):.2f} × (target: 3 ×)")
    assert ratio_of(cost) <= 5


def test_removing_one(processes: dict[str, Emulator]) -> None:
    """Looks at no other."""
    numbers = count()

    def remove(emulator: Emulator) -> None:
        name = f"short-{next(numbers)}"
        emulator.create(name, speed=None)
        emulator.remove(name)

    acts = {name: partial(remove, emulator) for name, emulator in processes.items()}
    cost = fairly(lambda: interleaved(acts, 5), 1.5)

    show("make one in process, and remove it", cost, f"{ratio_of(cost):.2f} × (target: flat)")
    measured("removal", cost[f"among {MUCH:,}"] * 1e3)
    assert ratio_of(cost) <= 2


@pytest.mark.parametrize(
    ("what", "token"),
    [
        ("a token that nobody has", "EMULATOR-UNKNOWN"),
        ("an app's token that nobody has", "123456|x"),
        ("a known one", ACCESS_TOKEN),
    ],
    ids=["unknown", "app", "known"],
)
def test_finding_by_a_token(processes: dict[str, Emulator], what: str, token: str) -> None:
    """A map leads to whose it is, or to nobody."""
    acts = {name: partial(emulator.find, token) for name, emulator in processes.items()}
    cost = fairly(lambda: interleaved(acts, 200), 2)

    show(what, cost, f"{ratio_of(cost):.2f} × (target: flat)")
    if token == "EMULATOR-UNKNOWN":
        measured("unknown token", cost[f"among {MUCH:,}"] * 1e3)
    assert ratio_of(cost) <= 4


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc to read memory from")
def test_the_memory_of_one() -> None:
    """About half a megabyte each."""
    with Emulator() as emulator:
        emulator.create(speed=None)
        for place in range(20):
            emulator.create(f"warm-{place}", speed=None)
        before = resident()
        for place in range(100):
            emulator.create(f"s{place}", speed=None)
        each = (resident() - before) / 100

    show("memory of a sandbox", {}, f"{each / 1e6:.2f} MB (target: 0.5 MB)")
    assert each <= 1e6


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
