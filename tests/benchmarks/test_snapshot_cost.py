"""How long a send waits while a snapshot is taken, or one is restored, of a sandbox with a long past."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import pytest
from kit.figures import measured
from kit.identities import SHEENA
from kit.measurements import MANY, fill, show
from kit.sandboxes import send
from kit.times import MORNING

from emulator import Emulator, Sandbox

pytestmark = pytest.mark.benchmark

ROUNDS = {"snapshot": 3, "restore": 1}
"""How often each is done; to judge a snapshot takes seconds."""


def waits(sandbox: Sandbox, act: Callable[[], object]) -> tuple[float, float]:
    """Seconds an act takes, and the longest that one of the sends beside it takes."""
    longest, over = [0.0], Event()

    def keep_sending() -> None:
        while not over.wait(0.005):
            begun = perf_counter()
            send(sandbox, "Hello")
            longest[0] = max(longest[0], perf_counter() - begun)

    thread = Thread(target=keep_sending)
    thread.start()
    begun = perf_counter()
    act()
    took = perf_counter() - begun
    over.set()
    thread.join()
    return took, longest[0]


def test_a_send_does_not_wait_for_a_snapshot(tmp_path: Path) -> None:
    """Not for that of a kept sandbox; one in memory is copied at once when somebody writes all the time."""
    path = tmp_path / "snapshot.sqlite"
    with Emulator(data=tmp_path / "data") as in_file, Emulator() as in_memory:
        for kind, emulator in (("in a file", in_file), ("in memory", in_memory)):
            sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
            fill(sandbox, MANY)
            sandbox.people.say(SHEENA, "Hello")
            acts: dict[str, Callable[[], object]] = {
                "snapshot": partial(sandbox.write_snapshot, path),
                "restore": partial(sandbox.restore, path),
            }
            for name, act in acts.items():
                found = []
                for _ in range(ROUNDS[name]):
                    if name == "snapshot":
                        path.unlink(missing_ok=True)
                    found.append(waits(sandbox, act))
                took, wait = min(found, key=lambda each: each[1])
                cost = {f"a {name} {kind}": took, "the longest send beside it": wait}
                show(f"{name} with {MANY:,} messages, {kind}", cost, f"{wait / took:.3f} of its time")
                if kind == "in a file":
                    measured(name, wait / took)
                    assert wait < took
