"""What a send costs with many connections at once, in a server of its own, against one connection."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from kit.figures import measured
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.measurements import fairly, ratio_of, show

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to read CPU from"),
]

SENDS = 640
ROUNDS = 6
BODY = json.dumps(
    {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}
).encode()
HEADERS = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The process id and the port of a server."""
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--quiet", "--frozen"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = (re.search(r"Graph API\s+http://127.0.0.1:(\d+)", line) for line in process.stdout)
        yield process.pid, int(next(filter(None, found))[1])
        process.send_signal(signal.SIGINT)


def used_by(process_id: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send(port: int, times: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for _ in range(times):
            connection.request("POST", f"/v24.0/{PRODUCTION}/messages", BODY, HEADERS)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content


def test_many_connections_cost_what_one_costs(serving: tuple[int, int]) -> None:
    """Each send costs the server the same, however many clients send at once."""
    process_id, port = serving
    send(port, SENDS)

    def measure() -> dict[str, float]:
        found: dict[int, list[float]] = {1: [], 16: []}
        for _ in range(ROUNDS):
            for many, seconds in found.items():
                before = used_by(process_id)
                with ThreadPoolExecutor(many) as pool:
                    list(pool.map(send, [port] * many, [SENDS // many] * many))
                seconds.append((used_by(process_id) - before) / SENDS)
        return {f"{many} connections": min(seconds) for many, seconds in found.items()}

    cost = fairly(measure, 1.3)

    show("a send over HTTP, the server's CPU", cost, f"{ratio_of(cost):.2f} × (target: 1.1 ×)")
    measured("send, 16 connections", ratio_of(cost))
    assert ratio_of(cost) <= 2
