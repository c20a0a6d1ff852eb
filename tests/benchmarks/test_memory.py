"""What a large file costs: the server reads and writes it in pieces, whatever its size."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.identities import ACCESS_TOKEN, PRODUCTION

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read memory from"),
]

TOKEN = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
LARGE = 100 * 1024 * 1024
PIECE = b"x" * (64 * 1024)
BOUNDARY = "piece-by-piece"
MOST = 5.0
"""Megabytes by which the server may grow."""


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--quiet"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = next(
            filter(None, (re.search(r"Graph API\s+http://127.0.0.1:(\d+)", line) for line in process.stdout))
        )
        yield process, int(found[1])
        process.send_signal(signal.SIGINT)


def peak(process: subprocess.Popen[str]) -> float:
    """The most memory a process ever had, in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def upload(port: int, size: int) -> str:
    part = 'Content-Disposition: form-data; name="{}"'
    head = (
        f"--{BOUNDARY}\r\n{part.format('messaging_product')}\r\n\r\nwhatsapp\r\n"
        f'--{BOUNDARY}\r\n{part.format("file")}; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.putrequest("POST", f"/v23.0/{PRODUCTION}/media")
    connection.putheader("Authorization", TOKEN["Authorization"])
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(len(head) + size + len(tail)))
    connection.endheaders()
    connection.send(head)
    for _ in range(size // len(PIECE)):
        connection.send(PIECE)
    connection.send(tail)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return str(answer["id"])


def download(port: int, media_id: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/v23.0/{media_id}", headers=TOKEN)
    address = json.loads(connection.getresponse().read())["url"]
    connection.request("GET", address, headers=TOKEN)
    response = connection.getresponse()
    size = 0
    while piece := response.read(len(PIECE)):
        size += len(piece)
    connection.close()
    return size


def test_a_large_document_does_not_stand_in_memory(serving: tuple[subprocess.Popen[str], int]) -> None:
    """100 MB up, and 100 MB down again: the server grows by a few megabytes."""
    process, port = serving
    download(port, upload(port, len(PIECE)))
    before = peak(process)

    media_id = upload(port, LARGE)
    uploaded = peak(process)
    size = download(port, media_id)
    downloaded = peak(process)

    sys.stdout.write(
        f"\na document of {LARGE >> 20} MB\n  up: the server grew by {uploaded - before:.1f} MB, "
        f"down: by {downloaded - uploaded:.1f} MB (target: a few)\n"
    )
    assert size == LARGE
    assert downloaded - before < MOST
