"""Hosts, origins and the control token: how ``serve`` is told of them, and the commands that call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, Serving, client, post_text, run
from kit.identities import SHEENA

from emulator import Emulator, Sandbox, Server, create_app
from emulator.cli.main import main
from emulator.web.boundary import Boundary

TOKEN = "a-token-of-this-test"
COMMANDS = [
    ["say", "Hello"],
    ["advance", "1h"],
    ["advance", "--next"],
    ["limits"],
    ["limits", "--set", "throughput=off"],
    ["cost"],
    ["fault", "131049"],
    ["fault"],
    ["fault", "--clear"],
]
"""Every command that calls a running emulator, in each of its ways."""


@pytest.fixture
def with_token(emulator: Emulator, sandbox: Sandbox) -> Iterator[Server]:
    """A server that asks for the control token."""
    boundary = Boundary.of_server("127.0.0.1", control_token=TOKEN)
    with Server(create_app(emulator, boundary=boundary)) as server:
        yield server


def invoking(server: Server, **variables: str) -> Callable[..., Result]:
    runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url, **variables})
    return lambda *arguments: runner.invoke(main, arguments)


# the commands


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_sends_the_token(with_token: Server, arguments: list[str]) -> None:
    """By the flag or by the environment; an empty variable is none."""
    by_flag = invoking(with_token)(arguments[0], "--control-token", TOKEN, *arguments[1:])
    by_variable = invoking(with_token, WHATSAPP_EMULATOR_CONTROL_TOKEN=TOKEN)(*arguments)
    without = invoking(with_token, WHATSAPP_EMULATOR_CONTROL_TOKEN="")(*arguments)

    assert (by_flag.exit_code, by_variable.exit_code) == (0, 0), by_flag.output + by_variable.output
    assert without.exit_code == 1
    assert without.output.startswith("Error: The control API of this emulator asks for its token")
    assert "--control-token" in without.output


def test_a_wrong_token_is_named_as_such(with_token: Server) -> None:
    """Neither the token that came nor the right one is printed."""
    result = invoking(with_token)("say", "--control-token", "another", "Hello")

    assert result.exit_code == 1
    assert result.output.startswith("Error: The control API of this emulator has another token")
    assert TOKEN not in result.output


def test_health_needs_no_token(with_token: Server) -> None:
    """The health check of a container is the same with and without one."""
    assert invoking(with_token)("health").exit_code == 0


# the server


def test_beyond_loopback_serve_makes_a_token_and_prints_it(tmp_path: Path) -> None:
    """A new one for each start, and it is asked for."""
    tokens = []
    for _ in range(2):
        with Serving(tmp_path, "--host", "0.0.0.0") as serving, client() as session:
            token = serving.printed_as("control token").split()[0]
            address = f"{serving.url}/_emulator/sandboxes"
            without = session.get(address, timeout=LIMIT)
            answer = session.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=LIMIT)
            sent = post_text(session, serving.url, "Hi!")
            health = session.get(f"{serving.url}/_emulator/health", timeout=LIMIT)
        statuses = [each.status_code for each in (without, answer, sent, health)]
        assert statuses == [401, 200, 200, 200]
        assert any("The control API asks for its token." in line for line in serving.printed)
        tokens.append(token)

    assert tokens[0] != tokens[1]
    assert min(map(len, tokens)) >= 20


@pytest.mark.parametrize("by", ["flag", "variable"])
def test_serve_takes_the_token_it_is_given(tmp_path: Path, by: str) -> None:
    """On loopback, too; it is not printed, since whoever gave it has it."""
    arguments = ["--control-token", TOKEN] if by == "flag" else []
    variables = {"WHATSAPP_EMULATOR_CONTROL_TOKEN": TOKEN} if by == "variable" else {}

    with Serving(tmp_path, *arguments, variables=variables) as serving, client() as session:
        address = f"{serving.url}/_emulator/sandboxes"
        without = session.get(address, timeout=LIMIT)
        answer = session.get(address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=LIMIT)

    assert (without.status_code, answer.status_code) == (401, 200)
    assert not [line for line in serving.printed if TOKEN in line]


def test_on_loopback_no_token_is_asked_for(tmp_path: Path) -> None:
    """Unless one is given; an empty one is none."""
    with Serving(tmp_path, variables={"WHATSAPP_EMULATOR_CONTROL_TOKEN": ""}) as serving:
        people = serving.get("/people")["people"]

    assert people[0]["wa_id"] == SHEENA
    assert not [line for line in serving.printed if line.startswith("control token")]


@pytest.mark.parametrize("by", ["flag", "variable"])
def test_serve_answers_to_the_hosts_it_is_told(tmp_path: Path, by: str) -> None:
    """The name of a container, or of a proxy; flags may be repeated, a variable has spaces."""
    names = ["emulator", "*.example.test"]
    arguments = [word for name in names for word in ("--server-name", name)] if by == "flag" else []
    variables = {"WHATSAPP_EMULATOR_SERVER_NAME": " ".join(names)} if by == "variable" else {}
    public = ["--public-url", "https://whatsapp.example"]
    hosts = ["emulator:4080", "a.example.test", "whatsapp.example", "evil.example"]

    with Serving(tmp_path, *arguments, *public, variables=variables) as serving, client() as session:
        address = f"{serving.url}/_emulator/sandboxes"
        answers = [session.get(address, headers={"Host": host}, timeout=LIMIT) for host in hosts]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 403]


@pytest.mark.parametrize("by", ["flag", "variable"])
def test_serve_answers_to_the_pages_it_is_told(tmp_path: Path, by: str) -> None:
    """Those of the origins, and of the public address."""
    origins = ["http://localhost:3000", "http://localhost:5173"]
    arguments = [word for origin in origins for word in ("--allow-origin", origin)] if by == "flag" else []
    variables = {"WHATSAPP_EMULATOR_ALLOW_ORIGIN": " ".join(origins)} if by == "variable" else {}
    public = ["--public-url", "https://whatsapp.example/"]
    pages = [*origins, "https://whatsapp.example", "http://localhost:3001"]

    with Serving(tmp_path, *arguments, *public, variables=variables) as serving, client() as session:
        address = f"{serving.url}/_emulator/sandboxes"
        answers = [session.get(address, headers={"Origin": page}, timeout=LIMIT) for page in pages]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 403]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--server-name", "*"], "'*' is no host; name one without scheme and port"),
        (["--server-name", "http://emulator:4080"], "'http://emulator:4080' is no host"),
        (["--allow-origin", "*"], "'*' is no origin; name one with scheme and port"),
        (["--allow-origin", "localhost:3000"], "'localhost:3000' is no origin"),
        (["--control-token", "two words"], "a control token is printable ASCII without spaces"),
    ],
    ids=lambda value: value[1] if isinstance(value, list) else "",
)
def test_a_mistake_is_named_at_the_start(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    """In one sentence, and nothing is served."""
    ran = run("serve", "--port", "0", *arguments, folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr
