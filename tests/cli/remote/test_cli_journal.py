"""``tail`` and ``transcript``: what happens in an emulator that runs already, and who wrote what."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, command, environment
from kit.identities import PABLO, SHEENA
from kit.sandboxes import send

from emulator import Emulator, Sandbox, Server
from emulator.cli.main import main

Invoke = Callable[..., Result]


def test_transcript_prints_the_conversation(invoke: Invoke, sandbox: Sandbox) -> None:
    """In each form."""
    assert invoke("transcript").output == "(nobody wrote)\n"
    sandbox.people.say(SHEENA, "Grüße 🌵")
    send(sandbox, "Hi")

    assert "09:00:00  Sheena Nelson → business: Grüße 🌵" in invoke("transcript").output
    assert "**Sheena Nelson → business**: Grüße 🌵" in invoke("transcript", "--form", "markdown").output
    assert invoke("transcript", "--form", "html").output.startswith("<!doctype html>")
    listed = json.loads(invoke("transcript", "--form", "json", "--limit", "1").output)
    assert ([each["text"] for each in listed["messages"]], listed["faults"]) == (["Hi"], [])


@pytest.fixture
def tail(server: Server) -> Iterator[Callable[..., Any]]:
    """Begins to print what happens; gives the lines."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> Any:
        process = subprocess.Popen(
            command("tail", *arguments, "--url", server.url),
            env=environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        begun.append(process)
        assert process.stdout is not None
        return process.stdout

    yield begin
    for process in begun:
        process.kill()
        process.communicate(timeout=LIMIT)


def test_tail_prints_what_was_and_what_comes(
    tail: Callable[..., Any], emulator: Emulator, sandbox: Sandbox
) -> None:
    """A line each below the day, a reset, and that the sandbox is gone."""
    sandbox.people.say(SHEENA, "Before")
    lines = tail("--all", "--kind", "message")

    assert lines.readline().startswith("── 2026-11-02 ")
    assert lines.readline() == "09:00:00  message     Sheena Nelson wrote: Before\n"
    sandbox.people.say(SHEENA, "Grüße 🌵\x1b[31m")
    assert lines.readline() == "09:00:00  message     Sheena Nelson wrote: Grüße 🌵�[31m\n"
    sandbox.reset()
    assert lines.readline().startswith("── reset ")
    sandbox.people.say(PABLO, "After")
    assert lines.readline() == "09:00:00  message     Pablo Morales wrote: After\n"
    emulator.remove(sandbox.name)
    assert lines.readline() == "the sandbox has been deleted\n"
    assert lines.read() == ""


def test_tail_prints_json(tail: Callable[..., Any], sandbox: Sandbox) -> None:
    """An object a line, of one person alone."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.say(PABLO, "Grüße")
    lines = tail("--all", "--json", "--person", PABLO, "--kind", "message")

    entry = json.loads(lines.readline())
    assert (entry["wa_id"], entry["summary"]) == (PABLO, "Pablo Morales wrote: Grüße")


def test_tail_of_what_is_not_there_is_explained(server: Server) -> None:
    """A sandbox without which there is nothing to follow."""
    runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url})
    result = runner.invoke(main, ["tail", "--sandbox", "nowhere"])

    assert (result.exit_code, "nowhere" in result.output) == (1, True), result.output
