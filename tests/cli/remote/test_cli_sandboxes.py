"""``health`` and ``reset``: whether an emulator is ready, and its sandbox at its seed again."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, command, environment, quiet_port
from kit.identities import SHEENA

from emulator import Emulator, Sandbox, Server, __version__, create_app
from emulator.cli.main import main
from emulator.cli.remote import sandboxes
from emulator.cli.remote.client import ControlClient, no_emulator

Invoke = Callable[..., Result]


def test_health_says_ready(invoke: Callable[..., Result]) -> None:
    """With the version and how many sandboxes there are."""
    result = invoke("health")

    assert (result.exit_code, result.output) == (0, f"ready: version {__version__}, 1 sandbox\n")


def test_health_waits_for_a_server_that_starts_meanwhile(emulator: Emulator, sandbox: Sandbox) -> None:
    """It asks again until there is an answer, for as long as it is told."""
    port = quiet_port()
    with socket.create_server(("127.0.0.1", port)) as door:
        waiting = subprocess.Popen(
            command("health", "--wait", "60", "--url", f"http://127.0.0.1:{port}"),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            door.settimeout(LIMIT)
            knock, _ = door.accept()
            knock.close()
        except BaseException:
            waiting.kill()
            waiting.communicate()
            raise
    try:
        with Server(create_app(emulator), port=port):
            printed, _ = waiting.communicate(timeout=LIMIT)
    finally:
        if waiting.poll() is None:
            waiting.kill()
            waiting.communicate()

    assert (waiting.returncode, printed) == (0, f"ready: version {__version__}, 1 sandbox\n")


def test_health_gives_up_after_the_time_it_was_told(nobody: str) -> None:
    """With the sentence it would have said at once."""
    result = CliRunner().invoke(main, ["health", "--wait", "0.2", "--url", nobody])

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert f"no emulator answers at {nobody}" in result.output


def test_the_time_that_calls_take_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that lets every call hang for two seconds is not asked again when one second was allowed."""
    now, asked = [100.0], list[str]()

    def hang(client: ControlClient) -> object:
        asked.append(client.url)
        now[0] += 2
        raise no_emulator(client.url)

    monkeypatch.setattr(ControlClient, "health", hang)
    monkeypatch.setattr(sandboxes, "monotonic", lambda: now[0])

    result = CliRunner().invoke(main, ["health", "--wait", "1", "--url", "http://192.0.2.1:4080"])

    assert (result.exit_code, asked) == (1, ["http://192.0.2.1:4080"])


def test_reset_goes_back_to_the_seed(invoke: Invoke, sandbox: Sandbox) -> None:
    """And says what time it is."""
    sandbox.people.say(SHEENA, "Hello")

    result = invoke("reset")

    assert result.output.startswith("default is back at its seed; it is 2026-11-02T09:00:00")
    assert sandbox.messages.all() == []
