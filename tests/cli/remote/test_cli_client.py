"""Commands on an emulator that runs already find it, or say what is in the way."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import click
import pytest
from click.testing import CliRunner
from kit.command_line import run

from emulator import Server, __version__
from emulator.cli.main import main
from emulator.cli.remote.client import ControlClient


@pytest.mark.parametrize(
    "arguments",
    [["health"], ["say", "Hello"], ["advance", "1h"], ["fault", "131000"]],
    ids=["health", "say", "advance", "fault"],
)
def test_without_a_server_there_is_one_clear_line(nobody: str, arguments: list[str]) -> None:
    """It says how to start one; exit code 1."""
    ran = run(*arguments, "--url", nobody)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        f"Error: no emulator answers at {nobody}; start one with `whatsapp-emulator serve`"
    ]


def test_an_emulator_that_does_not_answer_in_time_is_not_missing() -> None:
    """Something listens there, so nobody is told to start a second one."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        url = f"http://127.0.0.1:{busy.getsockname()[1]}"

        with pytest.raises(click.ClickException) as raised:
            ControlClient(url).call("GET", "/people", timeout=0.05)

    assert raised.value.message == f"{url} has not answered within 0.05 seconds"


@pytest.mark.parametrize("url", ["http://", "nonsense://x", "http://127.0.0.1:99999999"])
def test_a_url_that_is_none_is_told(url: str) -> None:
    """As a sentence, not as a traceback."""
    result = CliRunner().invoke(main, ["health", "--url", url])

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert f"no emulator answers at {url}" in result.output


def test_a_url_without_a_scheme_is_told_in_one_line(nobody: str) -> None:
    """No warning of a library stands around it."""
    url = nobody.removeprefix("http://")

    ran = run("health", "--url", url)

    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)
    assert f"no emulator answers at {nobody}" in ran.stderr


def test_a_url_may_end_with_a_slash(server: Server) -> None:
    """As people paste it."""
    result = CliRunner().invoke(main, ["health", "--url", f"{server.url}/"])

    assert (result.exit_code, result.output) == (0, f"ready: version {__version__}, 1 sandbox\n")


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[]", b"null"], ids=["HTML", "object", "list", "null"])
def test_a_server_that_is_no_emulator_is_told(body: bytes) -> None:
    """Whatever it answers."""

    def another(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    with Server(another) as server:
        result = CliRunner().invoke(main, ["health", "--url", server.url])

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert f"no emulator answers at {server.url}" in result.output
