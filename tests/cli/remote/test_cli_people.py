"""``say`` and ``tap``: what a person does on their phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kit.graph import graph_of
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST

from emulator import Emulator, Sandbox, Server, create_app
from emulator.cli.main import main

Invoke = Callable[..., Result]


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

    assert (result.exit_code, result.output) == (
        1,
        "Error: there is nobody in this sandbox; its seed can have people, or POST …/people adds one\n",
    )


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
