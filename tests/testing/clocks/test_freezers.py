"""The names of freezegun and time-machine that are relied on without being documented by them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import freezegun.api
import pytest
import time_machine

from emulator.sandbox.freeze import FREEZERS, Freezer, frozen_process
from emulator.testing.clocks.freeze_watch import FreezeWatcher

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
FREEZES: dict[str, Callable[..., Any]] = {
    "freezegun": lambda: freezegun.freeze_time(AT),
    "time-machine": lambda: time_machine.travel(AT, tick=False),
}
each = pytest.mark.parametrize("freezer", FREEZERS, ids=lambda freezer: freezer.name)


def present(names: tuple[str, ...], module: ModuleType) -> list[str]:
    return [name for name in names if hasattr(module, name)]


@each
def test_a_freeze_is_on_the_stack(freezer: Freezer) -> None:
    """The innermost is its last; without a freeze it is empty."""
    module = sys.modules[freezer.module]
    (stack,) = (getattr(module, name) for name in present(freezer.stacks, module))
    before = list(stack)
    with FREEZES[freezer.name]() as freeze:
        during = list(stack)

    assert (before, during, list(stack)) == ([], [freeze], [])


@each
def test_a_freeze_is_of_a_class_that_is_watched(freezer: Freezer) -> None:
    """And the methods that move it are the class's own."""
    with FREEZES[freezer.name]() as freeze:
        kind = type(freeze)

    assert kind.__name__ in freezer.classes
    assert [method for method in freezer.moves if method not in vars(kind)] == []


@each
def test_a_freeze_is_read_and_moved(freezer: Freezer) -> None:
    """By the members that are asked."""
    with FREEZES[freezer.name]():
        found = frozen_process()
        assert found is not None
        before = found.now()
        found.move_to(AT + timedelta(hours=25, microseconds=1))
        moved = (found.now(), datetime.now(UTC))

    assert before == AT
    assert moved == (AT + timedelta(hours=25, microseconds=1),) * 2
    assert frozen_process() is None


def test_the_kinds_of_freezegun_s_freezes() -> None:
    """A ticking one and an auto-ticking one have classes of their own, told by a name and by a member."""
    with freezegun.freeze_time(AT, tick=True) as ticking:
        assert type(ticking) is freezegun.api.TickingDateTimeFactory
    with freezegun.freeze_time(AT, auto_tick_seconds=15) as stepping:
        assert type(stepping) is freezegun.api.StepTickTimeFactory
        assert (hasattr(stepping, "step_width"), hasattr(ticking, "step_width")) == (True, False)
        ticked = stepping.time_to_freeze - AT.replace(tzinfo=None)
        assert ticked % timedelta(seconds=15) == timedelta(0)  # other threads may look at the time, too


def test_the_real_clocks_of_freezegun() -> None:
    """What pytest is given to measure with, and the server to wait by, when they are made in a freeze."""
    with freezegun.freeze_time(AT):
        assert freezegun.api.real_time() - AT.timestamp() != 0
        assert freezegun.api.real_perf_counter() < freezegun.api.real_perf_counter()
        assert freezegun.api.real_monotonic() > 0


def test_former_versions_of_time_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before version 3 the stack was called ``coordinates_stack``."""

    class Coordinates:
        def time_ns(self) -> int:
            return int(AT.timestamp()) * 10**9

    monkeypatch.setitem(
        sys.modules,
        "time_machine",
        SimpleNamespace(coordinates_stack=[Coordinates()], Coordinates=Coordinates),
    )

    found = frozen_process()

    assert found is not None
    assert found.now() == AT


@each
def test_the_libraries_get_their_own_methods_back(freezer: Freezer) -> None:
    """When nothing is watched any more."""
    module = sys.modules[freezer.module]
    kinds = [getattr(module, name) for name in present(freezer.classes, module)]
    before = [vars(kind)[method] for kind in kinds for method in freezer.moves]
    watcher = FreezeWatcher()
    heard: list[str] = []

    watcher.listen(lambda: heard.append("moved"))
    with FREEZES[freezer.name]() as freeze:
        freeze.move_to(AT + timedelta(hours=1))
        watcher.unwatch()
        freeze.move_to(AT + timedelta(hours=2))

    assert heard == ["moved"]
    assert [vars(kind)[method] for kind in kinds for method in freezer.moves] == before
