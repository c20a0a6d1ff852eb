"""Ctrl-C ends every command without a word, with the exit code that shells give: 130."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner
from kit.command_line import LIMIT, Interrupted
from kit.identities import RECEIVER, SHEENA

from emulator import Emulator, Sandbox, Server, Webhook, create_app
from emulator.cli.main import main
from emulator.cli.remote.client import ControlClient, no_emulator
from emulator.sandbox.webhooks.receivers import CallableReceiver


@pytest.mark.parametrize(
    "arguments",
    [
        ("health",),
        ("say", "Hello"),
        ("tap", "Yes"),
        ("approve", "order_update"),
        ("reset",),
        ("redeliver", "--failed"),
        ("tail",),
        ("transcript",),
        ("limits",),
        ("cost",),
        ("fault",),
        ("fire",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_that_waits_for_the_emulator_ends(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Nothing of it is printed, not even that it was aborted."""

    def interrupted(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    for method in ("call", "events", "health", "first_person"):
        monkeypatch.setattr(ControlClient, method, interrupted)

    result = CliRunner(env={"WHATSAPP_EMULATOR_URL": None}).invoke(main, arguments)

    assert (result.exit_code, result.output) == (130, "")


def test_tail_ends(server: Server, sandbox: Sandbox) -> None:
    """While it waits for what comes next."""
    sandbox.people.say(SHEENA, "Hello")

    with Interrupted("tail", "--all", "--kind", "message", "--url", server.url) as tail:
        assert tail.read_line().startswith("── 2026-11-02 ")
        assert tail.read_line() == "09:00:00  message     Sheena Nelson wrote: Hello\n"

        assert tail.interrupt() == (130, "", "")


@contextmanager
def hanging(sandbox: Sandbox) -> Iterator[Event]:
    """A webhook waits for an app, which has it when the event is set, and answers at the end of the block."""
    came, answer = Event(), Event()

    def receive(_: Webhook) -> None:
        came.set()
        assert answer.wait(LIMIT)

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.people.say(SHEENA, "Hello")
    try:
        yield came
    finally:
        answer.set()


def test_advance_stops_the_clock_where_it_has_come_to(emulator: Emulator, sandbox: Sandbox) -> None:
    """And says where; the emulator does not go on by itself."""
    began = sandbox.clock.now()

    with (
        Server(create_app(emulator)) as server,
        hanging(sandbox) as came,
        Interrupted("advance", "2d", "--url", server.url) as advancing,
    ):
        assert came.wait(LIMIT)
        ended = advancing.interrupt()

    assert ended == (130, "", "broken off; it is 2026-11-02T09:00:00Z\n")
    assert sandbox.clock.now() == began


def test_advance_ends_where_nobody_answers_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing to say of the clock."""
    calls: list[str] = []

    def interrupted(_: ControlClient, method: str, path: str, *__: object, **___: object) -> Any:
        calls.append(path)
        if path == "/clock/advance":
            raise KeyboardInterrupt
        raise no_emulator("http://127.0.0.1:1")

    monkeypatch.setattr(ControlClient, "call", interrupted)

    result = CliRunner(env={"WHATSAPP_EMULATOR_URL": None}).invoke(main, ["advance", "1h"])

    assert (result.exit_code, result.output, calls) == (130, "", ["/clock/advance", "/clock/cancel"])


def test_on_a_terminal_the_prompt_goes_on_in_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below the ^C that the terminal shows."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(ControlClient, "health", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))

    with pytest.raises(SystemExit) as ended:
        main(["health"])

    assert (ended.value.code, *capsys.readouterr()) == (130, "", "\n")
