"""``limits``: how the limits of a running emulator stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from kit.identities import PORTFOLIO, PRODUCTION, SHEENA


def rows(result: Result) -> list[list[str]]:
    """The words of each line, the heading first."""
    assert result.exit_code == 0, result.output
    return [line.split() for line in result.output.splitlines() if line.strip(" ─")]


def test_every_limit_is_a_line(invoke: Callable[..., Result]) -> None:
    """With its policy, what is used and what is left."""
    heading, *told = rows(invoke("limits"))

    assert heading[:4] == ["limit", "of", "policy", "used"]
    assert ["throughput", PRODUCTION, "on", "0", "80"] in told
    assert ["messaging", PORTFOLIO, "on", "0", "250"] in told


def test_a_person_s_own_limits_are_asked_for(invoke: Callable[..., Result]) -> None:
    """And one number's alone."""
    told = rows(invoke("limits", "--to", SHEENA, "--number", PRODUCTION))

    assert ["pair_rate", PRODUCTION, "→", SHEENA, "on", "0", "45"] in told
    assert sum(row[0] == "throughput" for row in told) == 1


def test_a_limit_is_switched_and_the_others_stay(invoke: Callable[..., Result]) -> None:
    """Before it is shown; what was set before stays."""
    invoke("limits", "--set", "messaging=3")

    told = rows(invoke("limits", "--set", "throughput=always"))

    assert ["throughput", PRODUCTION, "always", "0", "80"] in told
    assert ["messaging", PORTFOLIO, "3", "0", "3"] in told


@pytest.mark.parametrize(
    ("policy", "words"), [("throughput", "is no policy"), ("speed=on", "no 'speed' in 'limits'")]
)
def test_what_is_no_policy_is_refused(invoke: Callable[..., Result], policy: str, words: str) -> None:
    """With an example, or with the limits there are."""
    result = invoke("limits", "--set", policy)

    assert result.exit_code != 0
    assert words in result.output
