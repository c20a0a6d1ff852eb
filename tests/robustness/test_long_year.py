"""A sandbox in which a year passes: what is bounded stays bounded, on the disk and in memory."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from kit.identities import RECEIVER, SHEENA
from kit.sandboxes import send
from kit.times import DAY, MORNING, seconds

from emulator import Emulator
from emulator.sandbox.store.retention import AT_A_TIME
from emulator.sandbox.webhooks.receivers import CallableReceiver

DAYS = int(os.environ.get("SOAK_DAYS", "365"))
"""Simulated days; fewer by the environment variable of that name."""
SENDS = 150
"""Sends of a day, a hundred a minute. A whole year of a hundred a minute is 350 times as many."""
KEPT = {"keep_journal": 100_000, "keep_deliveries": 40_000}
"""The bounds, in the measure of the sends: a third of the year fills them."""
MOST_MEMORY = 24 * 1024 * 1024
"""Bytes by which the memory of the process may grow once the bounds are reached."""
MOST_FREE = 0.05
"""The share of the database's pages that may be free."""
MOST_LOG = 17 * 1024 * 1024
"""Bytes of the write-ahead log: those that it may keep, and a transaction's."""


def memory() -> int:
    """The resident memory of this process, in bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_a_year_of_sends(tmp_path: Path) -> None:
    """Once the bounds are reached a message costs its own row, and no memory."""
    looks: list[tuple[int, int, int]] = []
    most_log, most_free = 0, 0.0
    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
        sandbox.change_settings(**KEPT)
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: 200))
        execute = sandbox.services.store.database.execute
        file, log = tmp_path / "default.sqlite", tmp_path / "default.sqlite-wal"
        for day in range(DAYS):
            sandbox.people.say(SHEENA, "Good morning")
            for each in range(SENDS):
                send(sandbox, f"Message {each} of day {day}")
                sandbox.clock.advance(seconds(0.6))
                most_log = max(most_log, log.stat().st_size)
            sandbox.clock.travel_to(MORNING + (day + 1) * DAY)
            (pages,), (free,) = (
                execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "freelist_count")
            )
            most_free = max(most_free, free / pages)
            looks.append(((day + 1) * SENDS, memory(), file.stat().st_size))
        journal, deliveries = (
            execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("journal", "deliveries")
        )
        dropped = sandbox.journal.dropped, sandbox.webhooks.dropped

    (few, memory_first, disk_first), (half, memory_half, disk_half), (many, memory_then, disk_then) = (
        looks[0],
        looks[len(looks) // 2],
        looks[-1],
    )
    print(  # noqa: T201 - the figures are what it is run for
        f"\n{many:,} sends in {DAYS} simulated days; "
        f"dropped {dropped[0]:,} entries and {dropped[1]:,} webhooks"
        f"\na send until the half: {(disk_half - disk_first) / (half - few):,.0f} bytes on the disk, "
        f"{(memory_half - memory_first) / (half - few):,.0f} of memory"
        f"\na send after it: {(disk_then - disk_half) / (many - half):,.0f} bytes on the disk, "
        f"{(memory_then - memory_half) / (many - half):,.0f} of memory"
        f"\nat the end {disk_then / 2**20:,.0f} MiB on the disk, {memory_then / 2**20:,.0f} MiB of memory; "
        f"write-ahead log {most_log / 2**20:.1f} MiB at most, free pages {most_free:.1%} at most"
    )
    assert journal < KEPT["keep_journal"] + AT_A_TIME
    assert deliveries < KEPT["keep_deliveries"] + AT_A_TIME
    assert memory_then - memory_half < MOST_MEMORY
    assert most_log < MOST_LOG
    assert most_free < MOST_FREE
