"""``advance``: time that passes in an emulator that runs already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from kit.identities import SHEENA
from kit.sandboxes import send

from emulator import Sandbox


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
