"""A server that is used for a long time: what it needs grows with what it keeps, and no more."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

import pytest
from kit.command_line import Serving, client, post_text
from kit.identities import SHEENA
from kit.receivers import ServedInbox

MINUTES = float(os.environ.get("SOAK_MINUTES", "15"))
"""Real minutes; fewer by the environment variable of that name."""
ROUND = 500
"""Messages after which a simulated day passes, and memory and disk are looked at."""
MOST_MEMORY = 4096
"""Bytes of memory that a message may cost: what is kept of it is on the disk."""
MOST_DISK = 16384
"""Bytes on the disk for a message with its call, three webhooks and their attempts, and its journal."""


class Forgetful(ServedInbox):
    """Takes every webhook and keeps none."""

    def take(self, webhook: object) -> int:
        return 200


def memory_of(process_id: int) -> int:
    """The resident memory of a process, in bytes."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def disk_of(folder: Path) -> int:
    """The bytes of every file in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_a_quarter_of_an_hour_of_sends(tmp_path: Path) -> None:
    """Memory does not grow with the messages, and the disk grows evenly."""
    inbox, kept = Forgetful(), tmp_path / "data"
    with (
        inbox.server,
        Serving(tmp_path, "--frozen", "--quiet", "--data", str(kept), "--webhook", inbox.url) as server,
    ):
        looks: list[tuple[int, int, int]] = []
        sent, end = 0, monotonic() + 60 * MINUTES
        with client() as session:
            while monotonic() < end:
                words = {"type": "text", "text": {"body": "Hello"}}
                server.post(f"/people/{SHEENA}/messages", words)
                for _ in range(ROUND):
                    answer = post_text(session, server.url, f"message {sent}")
                    assert answer.status_code == 200, answer.text
                    sent += 1
                server.post("/clock/advance", {"hours": 24})
                looks.append((sent, memory_of(server.process.pid), disk_of(kept)))
        assert "Traceback" not in server.errors

    (few, memory, disk), (many, memory_then, disk_then) = looks[len(looks) // 4], looks[-1]
    by_memory, by_disk = (memory_then - memory) / (many - few), (disk_then - disk) / (many - few)
    print(  # noqa: T201 - the figures are what it is run for
        f"\n{sent} messages in {MINUTES:g} minutes; a message: {by_memory:.0f} bytes of memory, "
        f"{by_disk:.0f} bytes on the disk; memory at the end {memory_then / 2**20:.0f} MiB"
    )
    assert by_memory < MOST_MEMORY
    assert by_disk < MOST_DISK
