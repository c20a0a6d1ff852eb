"""``whatsapp-emulator fault``: the words of the vocabulary as options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.sandboxes import send

from emulator import Sandbox
from emulator.cli.remote.faults import fault as command
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.parameters import PARAMETERS


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


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (
            ["reset", "--effect", "done", "--text", "price"],
            "reset: there is no answer: the connection is reset, sync, effect done, 'price': met 0 of 1",
        ),
        (
            ["throttle", "--code", "80007", "--retry-after", "90"],
            "throttle 80007 Rate limit issues, sync, retry_after 90: met 0 of 1",
        ),
        (
            ["late", "--by", "1h30m", "--message-status", "read", "--every", "2"],
            "late: a webhook is delivered later, by some simulated time; others overtake it, webhook, "
            "by 5400.0, message_status read, every 2nd time: met 0 of 1",
        ),
        (
            ["--envelope", '{"error": {}}', "--status", "418", "--header", "X-A: b", "--always"],
            "envelope: the answer is a JSON body that you write, with any status (default 400), sync, "
            '{"error": {}}, status 418, {"X-A": "b"}: met 0 until it is removed',
        ),
        (
            ["drop", "--pattern", "^a", "--probability", "0.5", "--to", PABLO],
            "drop: a webhook is lost: it is not delivered, and not tried again, webhook, "
            f"to {PABLO}, /^a/, with a chance of 0.5: met 0 of 1",
        ),
    ],
)
def test_a_fault_is_asked_for_in_words(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: list[str], printed: str
) -> None:
    """A kind, or an option that says which is meant; it is printed in the same words, and listed so."""
    result = invoke("fault", *arguments)

    assert (result.exit_code, result.output) == (0, f"1: {printed}\n")
    assert invoke("fault").output == result.output


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_the_help(kind: str) -> None:
    """By its name; an error by its number."""
    assert kind == "error" or kind in (command.help or "")


def test_every_parameter_and_condition_is_an_option() -> None:
    """With its sentence as help."""
    options: dict[str | None, Any] = {each.name: each for each in command.params}
    told = {name: row.text for name, row in PARAMETERS.items()}
    told |= {name: row.text for name, row in CONDITIONS.items()}

    assert told.keys() <= options.keys()
    for name, text in told.items():
        assert options[name].help.rstrip(".").lower() == text.replace("`", "").lower()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["thrice"], 1, "'kind' is one of throttle, error"),
        (["late"], 1, "late needs by"),
        (["late", "--by", "soon"], 2, "'soon' is no duration; write one like 25h, 1d12h or 90m"),
        (["--envelope", "{"], 2, "'{' is no JSON"),
        (["--status", "503", "--header", "a"], 2, "'a' is no header; write one like 'Retry-After: 60'"),
        (["drop", "--edge", "messages"], 1, "edge is not known where this drop strikes (webhook)"),
        (["reset", "--remove", "1"], 2, "--clear and --remove take faults away; name nothing with them"),
        (["--remove", "1"], 1, "there is no fault 1; there are: none"),
        (["--to", SHEENA], 1, "say what goes wrong"),
    ],
)
def test_what_cannot_be_is_explained(
    invoke: Callable[..., Result], sandbox: Sandbox, arguments: list[str], code: int, told: str
) -> None:
    """And nothing is asked for."""
    result = invoke("fault", *arguments)

    assert (result.exit_code, told in result.output) == (code, True), result.output
    assert sandbox.faults.all() == []


def test_one_fault_is_taken_away_by_its_number(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """The others stay."""
    for kind in ("reset", "drop"):
        invoke("fault", kind)

    assert invoke("fault", "--remove", "1").output == "fault 1 is gone\n"
    assert [fault.kind for fault in sandbox.faults.all()] == ["drop"]
