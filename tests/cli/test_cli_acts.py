"""``tap``, ``approve``, ``reset``, ``redeliver``, ``tail`` and ``transcript``: on an emulator that runs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, command, environment
from kit.graph import graph_of
from kit.identities import PABLO, SHEENA
from kit.receivers import Inbox, listen
from kit.sandboxes import send

from emulator import Emulator, Sandbox, Server
from emulator.cli.main import main

Invoke = Callable[..., Result]
NEW = {
    "name": "autumn",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Your order has left our house."}],
}


# tap


def test_tap_taps_a_button(invoke: Invoke, emulator: Emulator, sandbox: Sandbox) -> None:
    """That has reached the first person; it says which message that is."""
    graph_of(emulator).reminder()
    sandbox.settle()
    for _ in range(2):
        sandbox.clock.advance_to_next()

    result = invoke("tap", "Yes, I will")

    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{SHEENA} tapped 'Yes, I will' at 2026-11-02T09:")
    assert sandbox.messages.all()[-1].type == "button"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("Yes",), "no message with buttons has reached Sheena Nelson"),
        (("--from", PABLO, "--row", "Yes"), "has reached Pablo Morales"),
        (("--from", "12125550000", "Yes"), "no person has the number"),
        (("--on", "wamid.1", "Yes"), "has no message wamid.1"),
    ],
)
def test_what_cannot_be_tapped_is_explained(
    invoke: Invoke, sandbox: Sandbox, arguments: tuple[str, ...], problem: str
) -> None:
    """In a sentence."""
    result = invoke("tap", *arguments)

    assert (result.exit_code, problem in result.output) == (1, True), result.output


# approve


def test_approve_decides_what_waits(invoke: Invoke, emulator: Emulator, sandbox: Sandbox) -> None:
    """By the name, in every language; the second time there is nothing to decide."""
    sandbox.change_settings(review="by_hand")
    graph = graph_of(emulator)
    for language in ("en_US", "de"):
        assert graph.post(f"{graph.waba}/message_templates", NEW | {"language": language}).status_code == 200

    first, second = invoke("approve", "autumn"), invoke("approve", "autumn")

    assert sorted(first.output.splitlines()) == ["autumn (de) is approved", "autumn (en_US) is approved"]
    assert "nothing waits for a decision" in second.output
    assert "en_US is APPROVED" in second.output
    assert "there is no template 'spring'; there are: " in invoke("approve", "spring").output


# reset


def test_reset_goes_back_to_the_seed(invoke: Invoke, sandbox: Sandbox) -> None:
    """And says what time it is."""
    sandbox.people.say(SHEENA, "Hello")

    result = invoke("reset")

    assert result.output.startswith("default is back at its seed; it is 2026-11-02T09:00:00")
    assert sandbox.messages.all() == []


# redeliver


@pytest.fixture
def inbox(sandbox: Sandbox) -> Inbox:
    return listen(sandbox)


def test_redeliver_sends_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """One by its number, or all that failed."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    result = invoke("redeliver", "1")
    sandbox.settle()

    assert result.output.startswith("1: messages goes to ")
    assert inbox.events == ["text Hello", "text Hello"]
    assert invoke("redeliver", "--failed").output == "no webhook has failed\n"


def test_all_that_failed_are_sent_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """After a week in which nobody took them."""
    inbox.listener = lambda _: 500
    for text in ("1", "2"):
        sandbox.people.say(SHEENA, text)
    while sandbox.clock.next_due() is not None:
        sandbox.clock.advance_to_next()
    inbox.clear()
    inbox.listener = lambda _: 200

    result = invoke("redeliver", "--failed")
    sandbox.settle()

    assert len(result.output.splitlines()) == 2
    assert inbox.events == ["text 1", "text 2"]


def test_a_range_is_sent_once_more(invoke: Invoke, sandbox: Sandbox, inbox: Inbox) -> None:
    """From one number to another; many are not told one by one."""
    for number in range(1, 25):
        sandbox.people.say(SHEENA, str(number))
    sandbox.settle()
    inbox.clear()

    some = invoke("redeliver", "2", "--to", "3")
    sandbox.settle()
    many = invoke("redeliver", "--to", "22")

    assert some.output == "2 is sent once more\n3 is sent once more\n"
    assert inbox.events == ["text 2", "text 3"]
    assert many.output.splitlines()[-2:] == ["20 is sent once more", "and 2 others"]
    assert invoke("redeliver", "30", "--to", "40").output == "there are no such webhooks\n"


@pytest.mark.parametrize("arguments", [(), ("7",)])
def test_redeliver_needs_to_know_what(invoke: Invoke, sandbox: Sandbox, arguments: tuple[str, ...]) -> None:
    """Something, and one that is there."""
    assert invoke("redeliver", *arguments).exit_code != 0


# transcript


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


# tail


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
