"""``limits``: how the limits of a running emulator stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from kit.command_line import PRODUCTION, SHEENA

from emulator import Emulator, Server, create_app
from emulator.cli.main import main

Invoke = Callable[..., Result]


@pytest.fixture
def invoke() -> Iterator[Invoke]:
    """Run a command against a server with a default sandbox."""
    with Emulator() as emulator:
        emulator.create(at=datetime(2026, 11, 2, 9, tzinfo=UTC), speed=None)
        with Server(create_app(emulator)) as server:
            runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url})
            yield lambda *arguments: runner.invoke(main, ["limits", *arguments])


def rows(result: Result) -> list[list[str]]:
    """The words of each line, the heading first."""
    assert result.exit_code == 0, result.output
    return [line.split() for line in result.output.splitlines() if line.strip(" ─")]


def test_every_limit_is_a_line(invoke):
    """With its policy, what is used and what is left."""
    heading, *told = rows(invoke())

    assert heading[:4] == ["limit", "of", "policy", "used"]
    assert ["throughput", PRODUCTION, "on", "0", "80"] in told
    assert ["messaging", "506914307656634", "on", "0", "250"] in told


def test_a_person_s_own_limits_are_asked_for(invoke):
    """And one number's alone."""
    told = rows(invoke("--to", SHEENA, "--number", PRODUCTION))

    assert ["pair_rate", PRODUCTION, "→", SHEENA, "on", "0", "45"] in told
    assert sum(row[0] == "throughput" for row in told) == 1


def test_a_limit_is_switched_and_the_others_stay(invoke):
    """Before it is shown; what was set before stays."""
    invoke("--set", "messaging=3")

    told = rows(invoke("--set", "throughput=always"))

    assert ["throughput", PRODUCTION, "always", "0", "80"] in told
    assert ["messaging", "506914307656634", "3", "0", "3"] in told


@pytest.mark.parametrize(
    ("policy", "words"), [("throughput", "is no policy"), ("speed=on", "no limit 'speed'")]
)
def test_what_is_no_policy_is_refused(invoke, policy, words):
    """With an example, or with the limits there are."""
    result = invoke("--set", policy)

    assert result.exit_code != 0
    assert words in result.output
