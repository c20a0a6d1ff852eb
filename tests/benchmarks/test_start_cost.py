"""What it costs to start: ``serve`` to its first answer, against a constant application of Flask."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from kit.figures import measured
from kit.identities import ACCESS_TOKEN, PRODUCTION
from kit.measurements import fairly, ratio_of, show

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not tell what a process has used"),
]

CONSTANT = """
import flask
from werkzeug.serving import make_server

app = flask.Flask("constant")

@app.get("/_emulator/health")
@app.get("/<version>/<number>")
def answer(**_):
    return {"id": "1"}

server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"Graph API   http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""
COMMANDS = {
    "a constant Flask application": [sys.executable, "-c", CONSTANT],
    "serve": [sys.executable, "-m", "emulator", "serve", "--port", "0", "--quiet"],
}
ROUNDS = 5
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def least(
    commands: Mapping[str, list[str]], act: Callable[[subprocess.Popen[str]], None], folder: Path
) -> dict[str, float]:
    """Seconds of CPU of each command, the least of some rounds in which each has its turn."""
    rounds = [{name: used(command, act, folder) for name, command in commands.items()} for _ in range(ROUNDS)]
    return {name: min(found[name] for found in rounds) for name in commands}


def used(command: list[str], act: Callable[[subprocess.Popen[str]], None], folder: Path) -> float:
    """Seconds of CPU that a process has used when it is ended, after an act."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        act(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def call(process: subprocess.Popen[str], path: str) -> None:
    """Wait for the port of a server, call it once, and end it."""
    assert process.stdout is not None
    found = (re.search(r"Graph API\s+http://127.0.0.1:(\d+)", line) for line in process.stdout)
    port = int(next(filter(None, found))[1])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Authorization": f"Bearer {ACCESS_TOKEN}"})
        assert connection.getresponse().status == 200
    process.kill()


@pytest.mark.parametrize("path", ["/_emulator/health", f"/v24.0/{PRODUCTION}"], ids=["health", "graph"])
def test_a_server_is_there_soon(path: str, tmp_path: Path) -> None:
    """Its first answer, of either API, takes little more than importing Flask does."""

    cost = fairly(lambda: least(COMMANDS, lambda process: call(process, path), tmp_path), 3)

    show(f"start to GET {path}", cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    if path.endswith("health"):
        measured("start", ratio_of(cost))
    assert ratio_of(cost) <= 3


def test_a_command_is_there_at_once(tmp_path: Path) -> None:
    """What it does not need is not imported: neither Flask nor the rules."""
    commands = {
        "click alone": [sys.executable, "-c", "import click"],
        "--version": [sys.executable, "-m", "emulator", "--version"],
    }

    cost = fairly(lambda: least(commands, lambda process: None, tmp_path), 3)

    show("a command", cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    assert ratio_of(cost) <= 3
