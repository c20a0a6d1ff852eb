"""``health``, ``say``, ``advance``, ``fault`` and ``fire``: acts of an emulator that runs already."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, command, environment, quiet_port, run
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.sandboxes import send

from emulator import Emulator, Sandbox, Server, __version__, create_app
from emulator.cli.main import main


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address at which nobody answers."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


# health


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


# say


def test_say_has_the_first_person_write(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """To the first business number."""
    result = invoke("say", "Is my order on its way?")

    message = sandbox.messages.all()[-1]
    assert (message.wa_id, message.text) == (SHEENA, "Is my order on its way?")
    assert (result.exit_code, result.output) == (
        0,
        f"{SHEENA} wrote 'Is my order on its way?' at 2026-11-02T09:00:00Z: {message.id}\n",
    )


def test_say_takes_who_and_to_whom(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """A number in any way of writing it."""
    result = invoke("say", "--from", "+1 650 555 4321", "--to", TEST, "Hello")

    message = sandbox.messages.all()[-1]
    assert result.exit_code == 0
    assert (message.wa_id, message.phone_number_id) == (PABLO, TEST)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "+1 212 555 0199", "Hello"], "no person has the number"),
        (["--to", "123", "Hello"], f"there is no business number 123; there are {PRODUCTION}"),
        (["--sandbox", "elsewhere", "Hello"], "there is no sandbox elsewhere; there are: default"),
        ([""], "a message needs some text"),
    ],
    ids=["nobody", "no number", "no sandbox", "no text"],
)
def test_say_explains_what_cannot_be(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: list[str], told: str
) -> None:
    """On one line, with exit code 1."""
    result = invoke("say", *arguments)

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert told in result.output
    assert sandbox.messages.all() == []


def test_say_needs_somebody(emulator: Emulator, tmp_path: Path) -> None:
    """A sandbox may have no people."""
    seed = tmp_path / "empty.yaml"
    seed.write_text(
        'app: {access_token: MY-TOKEN}\nwaba: {name: Shop}\nnumbers: [{number: "+1 555 078 3881"}]\n'
    )
    emulator.create("empty", seed, speed=None)

    with Server(create_app(emulator)) as server:
        result = CliRunner().invoke(main, ["say", "--url", server.url, "--sandbox", "empty", "Hello"])

    assert (result.exit_code, result.output) == (1, "Error: there is nobody in this sandbox\n")


# advance


@pytest.mark.parametrize(
    ("duration", "now"),
    [
        ("25h", "2026-11-03T10:00:00Z"),
        ("1d12h", "2026-11-03T21:00:00Z"),
        ("90m", "2026-11-02T10:30:00Z"),
        ("1h 30m", "2026-11-02T10:30:00Z"),
        ("0.5d", "2026-11-02T21:00:00Z"),
        ("2D3H4M5S", "2026-11-04T12:04:05Z"),
        ("1h1h", "2026-11-02T11:00:00Z"),
        ("0s", "2026-11-02T09:00:00Z"),
    ],
)
def test_advance_takes_a_duration(invoke: Callable[..., Result], duration: str, now: str) -> None:
    """In days, hours, minutes and seconds."""
    result = invoke("advance", duration)

    assert (result.exit_code, result.output) == (0, f"it is {now}\n")


def test_advance_tells_what_happened(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """Each with its simulated instant."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hi!")

    result = invoke("advance", "1m")

    kinds = [line.split()[:3] for line in result.output.splitlines() if "status" in line]
    assert kinds == [
        ["2026-11-02T09:00:00.400000Z", "status", "sent"],
        ["2026-11-02T09:00:01.300000Z", "status", "delivered"],
        ["2026-11-02T09:00:07.300000Z", "status", "read"],
    ]
    assert result.output.splitlines()[-1] == "it is 2026-11-02T09:01:00Z"


@pytest.mark.parametrize("instant", ["2026-11-05T12:00:00Z", "2026-11-05T12:00", "2026-11-05T13:00+01:00"])
def test_advance_takes_an_instant(invoke: Callable[..., Result], instant: str) -> None:
    """Without a zone it is UTC."""
    result = invoke("advance", "--to", instant)

    assert (result.exit_code, result.output) == (0, "it is 2026-11-05T12:00:00Z\n")


def test_advance_goes_to_what_is_due_next(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """And stays where it is when nothing is."""
    nothing = invoke("advance", "--next")
    send(sandbox, "Hi!")
    something = invoke("advance", "--next")

    assert nothing.output == "nothing is due\nit is 2026-11-02T09:00:00Z\n"
    assert something.output.splitlines()[-1] == "it is 2026-11-02T09:00:00.400000Z"


@pytest.mark.parametrize("duration", ["25", "h", "1h30", "soon", "1w", "1.h", "", "25 hours"])
def test_advance_refuses_what_is_no_duration(
    invoke: Callable[..., Result], sandbox: Sandbox, duration: str
) -> None:
    """With examples; no time passes."""
    before = sandbox.clock.now()

    result = invoke("advance", duration)

    assert result.exit_code == 2
    assert f"{duration!r} is no duration; write one like 25h, 1d12h or 90m" in result.output
    assert sandbox.clock.now() == before


@pytest.mark.parametrize(
    "arguments",
    [[], ["25h", "--next"], ["25h", "--to", "2026-11-05"], ["--next", "--to", "2026-11-05"]],
    ids=["nothing", "duration and next", "duration and instant", "next and instant"],
)
def test_advance_wants_one_way(invoke: Callable[..., Result], arguments: list[Any] | list[str]) -> None:
    """Neither none nor two."""
    result = invoke("advance", *arguments)

    assert result.exit_code == 2
    assert "say how far: a duration like 25h, --to an instant, or --next" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "2026-11-01T09:00:00Z"], "time only goes forward"),
        (["--to", "tomorrow"], "'tomorrow' is no instant"),
        (["99999999d"], "past the end of the calendar"),
        (["9999999999999d"], "more time than a calendar has"),
        (["--sandbox", "elsewhere", "1h"], "there is no sandbox elsewhere"),
    ],
    ids=["the past", "no instant", "too far", "farther", "no sandbox"],
)
def test_advance_explains_what_cannot_be(
    invoke: Callable[..., Result], arguments: list[str], told: str
) -> None:
    """On one line, with exit code 1."""
    result = invoke("advance", *arguments)

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert told in result.output


# fault


def test_fault_has_an_error_met_on_purpose(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """It says what was asked for, as the catalogue filled it in."""
    result = invoke("fault", "131049", "--to", SHEENA)

    assert (result.exit_code, result.output) == (
        0,
        "1: 131049 This message was not delivered to maintain healthy ecosystem engagement., async, "
        "to 16505551234: met 0 of 1\n",
    )
    assert [(fault.code, fault.to, fault.times) for fault in sandbox.faults.all()] == [(131049, SHEENA, 1)]


def test_fault_takes_everything_a_fault_has(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """Each option becomes one fact."""
    invoke(
        *("fault", "131056", "--when", "sync", "--number", PRODUCTION, "--edge", "any", "--method", "POST"),
        *("--times", "3", "--details", "Enough.", "--probability", "0.5"),
    )
    invoke("fault", "131016", "--always")

    first, second = sandbox.faults.all()
    assert (first.when, first.phone_number_id, first.edge, first.method) == ("sync", PRODUCTION, None, "POST")
    assert (first.times, first.details, first.probability) == (3, "Enough.", 0.5)
    assert second.times is None


def test_fault_alone_lists_them_with_how_often_each_was_met(
    invoke: Callable[..., Result], sandbox: Sandbox
) -> None:
    """Those that were never met, too."""

    sandbox.faults.add(131049, times=2)
    sandbox.faults.add(190, method="GET", times=None)
    sandbox.faults.add(2, edge="", phone_number_id=PRODUCTION)
    send(sandbox, "Hi!")
    invoke("advance", "1m")

    result = invoke("fault")

    assert result.output.splitlines() == [
        "1: 131049 This message was not delivered to maintain healthy ecosystem engagement., async: "
        "met 1 of 2",
        "2: 190 Invalid OAuth access token - Cannot parse access token, sync, GET: met 0 until it is removed",
        f"3: 2 Service temporarily unavailable, sync, number {PRODUCTION}, on the node itself: met 0 of 1",
    ]


def test_fault_clear_takes_them_away(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """All of them; a code beside it makes no sense."""
    sandbox.faults.add(131049)

    wrong = invoke("fault", "131049", "--clear")
    result = invoke("fault", "--clear")

    assert (wrong.exit_code, result.exit_code) == (2, 0)
    assert "--clear and --remove take faults away; name nothing with them" in wrong.output
    assert result.output == "nothing goes wrong on purpose now\n"
    assert sandbox.faults.all() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["7"], "there is no error 7 in the catalogue"),
        (["190", "--when", "async"], "190 is never reported async; it can be sync"),
        (["131049", "--to", "Sheena"], "'Sheena' is no phone number"),
        (["131049", "--number", "1"], "there is no business number 1"),
        (["131049", "--probability", "7"], "probability is above 0 and at most 1"),
    ],
    ids=["no code", "no way", "no person", "no number", "no chance"],
)
def test_fault_explains_what_cannot_be(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: list[str], told: str
) -> None:
    """On one line, with exit code 1."""
    result = invoke("fault", *arguments)

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert told in result.output
    assert sandbox.faults.all() == []


# where the emulator is


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


# fire


def test_fire_sends_a_documented_sample(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """And prints its value; without a field it lists them all."""
    result = invoke("fire", "flows", "--sample", "ENDPOINT_LATENCY")

    assert (result.exit_code, '"p90_latency": 8000' in result.output) == (0, True)
    assert "flows is sent on purpose" in [entry.summary for entry in sandbox.journal.all()]
    listed = invoke("fire").output.splitlines()
    assert "message_echoes: only its name is known" in listed
    assert any(line.startswith("flows: FLOW_STATUS_CHANGE, ") for line in listed)


def test_fire_sends_a_value(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """As it is given."""
    result = invoke("fire", "history", "--value", '{"a": "é"}')

    assert (result.exit_code, result.output) == (0, '{\n  "a": "é"\n}\n')


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nonsense",), "there is no webhook field 'nonsense'"),
        (("history", "--value", "{"), "it is no JSON"),
        (("history", "--value", "[]"), "it is a JSON object"),
        (("history", "--person", "12125550000"), "no person has the number"),
    ],
)
def test_what_cannot_be_fired_is_explained(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: tuple[str, ...], problem: str
) -> None:
    """In a sentence."""
    result = invoke("fire", *arguments)

    assert (result.exit_code != 0, problem in result.output) == (True, True), result.output
