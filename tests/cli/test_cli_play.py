"""``play FILE``: scenarios in a sandbox of its own, or in one of a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from kit.command_line import quiet_port
from kit.identities import ACCESS_TOKEN, APP_SECRET, PRODUCTION
from kit.receivers import ServedInbox

from emulator import Sandbox, Server, defaults
from emulator.cli.bot import EchoBot
from emulator.cli.main import main

PASSES = """
scenario: A greeting
people: {Ana: {number: "+55 11 95550 0101"}}
steps:
  - Ana says: Hello
  - business sends: Hello, Ana
  - expect delivered: {to: Ana, text: "Hello, Ana"}
"""
FAILS = """
scenario: No greeting
steps:
  - Sheena Nelson says: Hello
  - expect sent: {to: Sheena Nelson}
  - expect no more
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes a scenario file; returns its path."""

    def write(name: str, text: str) -> str:
        path = tmp_path / f"{name}.whatsapp.yaml"
        path.write_text(text)
        return str(path)

    return write


def play(*arguments: str, address: str | None = None) -> Result:
    """Run the command, with this address of a server in its environment."""
    return CliRunner(env={"WHATSAPP_EMULATOR_URL": address}).invoke(main, ["play", *arguments])


def test_a_scenario_that_passes_gives_exit_code_0(file: Any) -> None:
    """Each step is printed with a sign and the sandbox's time."""
    result = play(path := file("greeting", PASSES))

    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        f"A greeting ({path})",
        "  ✓ Mon 09:00:00  Ana says: Hello",
        "  ✓ Mon 09:00:00  business sends: Hello, Ana",
        "  ✓ Mon 09:00:00  expect delivered: {to: Ana, text: Hello, Ana}",
        "3 of 3 steps passed",
    ]


def test_one_that_fails_gives_exit_code_1(file: Any) -> None:
    """With why, and the conversation; the others are played all the same."""
    result = play("--patience", "0", path := file("none", FAILS), file("greeting", PASSES))

    assert result.exit_code == 1, result.output
    assert f"\n{path}:5: step 2 of 3, expect sent: {{to: Sheena Nelson}}\nexpected a message" in result.output
    assert "09:00:00  Sheena Nelson → business: Hello" in result.output
    assert "  –               expect no more" in result.output
    assert result.output.endswith(
        "1 of 3 steps passed\n" + result.output.rpartition("1 of 3 steps passed\n")[2]
    )
    assert result.output.endswith("3 of 3 steps passed\n")


def test_the_report_may_be_json_and_junit(file: Any, tmp_path: Path) -> None:
    """For programs; nothing else is printed then."""
    junit = tmp_path / "report.xml"

    result = play("--json", "--junit", str(junit), "--patience", "0", file("a", PASSES), file("b", FAILS))

    first, second = json.loads(result.output)
    suites = ElementTree.parse(junit).getroot().findall("testsuite")
    assert (result.exit_code, first["passed"], second["passed"]) == (1, True, False)
    assert [(each.get("name"), each.get("failures")) for each in suites] == [
        ("A greeting", "0"),
        ("No greeting", "1"),
    ]


@pytest.mark.parametrize(
    ("text", "arguments", "why"),
    [
        ("steps: [Ana sayz: Hi]", (), "there is no step 'Ana sayz'; did you mean says?"),
        ("settings: {pace: 1}\nsteps: [advance: next]", (), "it cannot begin"),
        ("seed: nowhere\nsteps: [advance: next]", (), "nowhere"),
        (PASSES, ("--junit", "/nowhere/report.xml"), "/nowhere/report.xml"),
        (PASSES, ("--url", "http://127.0.0.1:1"), "no emulator answers at http://127.0.0.1:1"),
        (
            PASSES,
            ("--url", "http://127.0.0.1:1", "--seed", "shop"),
            "--app, --webhook-path, --env, --serve and --seed are of sandboxes of its own",
        ),
    ],
)
def test_what_cannot_be_played_gives_exit_code_2(
    file: Any, text: str, arguments: tuple[str, ...], why: str
) -> None:
    """In a sentence."""
    result = play(file("a", text), *arguments)

    assert result.exit_code == 2
    assert why in result.output


def test_what_is_typed_goes_before_the_address_in_the_environment(file: Any) -> None:
    """With an option of own sandboxes it is played in one; without any, where the environment says."""
    own = play("--seed", "default", file("a", PASSES), address="http://127.0.0.1:1")
    there = play(file("a", PASSES), address="http://127.0.0.1:1")

    assert own.exit_code == 0
    assert "no emulator answers at http://127.0.0.1:1" in there.output


def test_an_app_at_a_url_is_played_with(file: Any) -> None:
    """It gets the webhooks, and its answers come by the Graph API that is served meanwhile."""
    steps = PASSES.replace("  - business sends: Hello, Ana\n", "").replace('"Hello, Ana"', "{matches: Hello}")
    inbox = ServedInbox(defaults.VERIFY_TOKEN)
    with inbox.server:
        result = play("--app", inbox.url, "--serve", "0", "--patience", "0", file("a", steps))

    assert result.exit_code == 1
    assert [message["text"]["body"] for message in inbox.messages] == ["Hello"]
    assert "the app sends to http://127.0.0.1:" in result.output


def test_an_app_at_a_url_that_takes_no_webhook_fails_although_every_step_passed(file: Any) -> None:
    """As in pytest; what came of it is told."""
    steps = "steps:\n  - Sheena Nelson says: Hello\n"

    result = play("--app", f"http://127.0.0.1:{quiet_port()}/webhook", "--patience", "0", file("a", steps))

    assert result.exit_code == 1
    assert "a webhook was not taken: messages to http://127.0.0.1:" in result.output
    assert result.output.endswith("1 of 1 steps passed, and the app failed beside them\n")


def test_an_app_that_answers_over_http_is_waited_for(file: Any) -> None:
    """It sends to the port that is served meanwhile, with the documented token."""
    port = quiet_port()
    numbers = [{"phone_number_id": PRODUCTION}]
    identity = {"numbers": numbers, "access_token": ACCESS_TOKEN, "app_secret": APP_SECRET}
    steps = PASSES.replace("  - business sends: Hello, Ana\n", "").replace("Hello, Ana", "You said: Hello")
    bot = EchoBot(f"http://127.0.0.1:{port}", identity)

    with Server(bot) as app:
        result = play("--callback", f"{app.url}/webhook", "--serve", str(port), file("a", steps))

    assert result.exit_code == 0, result.output


def test_it_is_played_in_a_sandbox_of_a_server(file: Any, server: Server, sandbox: Sandbox) -> None:
    """Which is reset before, unless it is to stay as it is; a beginning that has passed is noted."""
    late = f"start: 2026-11-02T08:00:00Z\n{PASSES.replace('delivered', 'sent')}"
    sandbox.people.say(sandbox.people.all()[0].wa_id, "From before")

    stayed = play("--url", server.url, "--no-reset", file("a", late))
    before = len(sandbox.messages.all())
    result = play("--url", server.url.removeprefix("http://"), file("a", late))

    assert (stayed.exit_code, before) == (0, 3), stayed.output
    assert (result.exit_code, len(sandbox.messages.all())) == (0, 2)
    assert (
        "it begins at 2026-11-02T09:00:00Z: its own start, 2026-11-02T08:00:00Z, has passed here"
        in result.output
    )
