"""``play --app main:app``: scenarios with an app of the user's in the process of the command."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from kit.command_line import Interrupted, quiet_port, run
from kit.identities import ACCESS_TOKEN, PRODUCTION

from emulator.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
HELLO = """
scenario: A greeting
people: {Ana: {number: "+55 11 95550 0101"}}
steps:
  - Ana says: Hello
"""
ANSWERED = HELLO + '  - expect sent: {to: Ana, text: "You said: Hello"}\n'
QUIET = HELLO + "  - expect no more\n"
BOT = """
import json, os
from urllib.request import Request, urlopen

print("this bot is talkative")
seen = []
JSON = {"Content-Type": "application/json"}


def receive(webhook):
    for message in webhook.json["entry"][0]["changes"][0]["value"].get("messages", []):
        seen.append(message["id"])
        text = {"body": "You said: " + message["text"]["body"]}
        body = {"messaging_product": "whatsapp", "to": message["from"], "type": "text", "text": text}
        headers = {"Authorization": "Bearer " + os.environ["WHATSAPP_TOKEN"]} | JSON
        graph = os.environ.get("BOT_GRAPH", os.environ["WHATSAPP_API_URL"] + "/v26.0")
        url = graph + "/" + os.environ["WHATSAPP_PHONE_NUMBER_ID"] + "/messages"
        urlopen(Request(url, json.dumps(body).encode(), headers)).read()


async def later(webhook):
    receive(webhook)


def broken(webhook):
    raise KeyError("text")


def waits(webhook):
    import threading
    print("it came", flush=True)
    threading.Event().wait()


def remembers(webhook):
    held.append((os.environ.get("WHATSAPP_TOKEN"), os.environ.get("WHATSAPP_PHONE_NUMBER_ID")))


held = []
remembers(None)
LIMIT = 3
"""
GRAPH = ("--env", "BOT_GRAPH:versioned_url")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working directory, with the apps of ``play_bot``, and ``play_broken`` that cannot be imported."""
    (tmp_path / "play_bot.py").write_text(BOT)
    (tmp_path / "play_broken.py").write_text("import os\nTOKEN = os.environ['NOBODY_SET_THIS']\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield tmp_path
    for name in ("play_bot", "play_broken"):
        sys.modules.pop(name, None)


@pytest.fixture
def play(folder: Path) -> Callable[..., Result]:
    """Plays the text of a scenario file with options."""

    def played(text: str, *options: str, more: str = "") -> Result:
        files = []
        for name, each in (("first", text), ("second", more)):
            if each:
                files.append(str(folder / f"{name}.whatsapp.yaml"))
                Path(files[-1]).write_text(each)
        runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": None})
        return runner.invoke(main, ["play", "--patience", "0", *options, *files])

    return played


@pytest.mark.slow
@pytest.mark.parametrize(
    ("example", "app", "options", "scenario"),
    [
        ("flask_shop", "main:app", (), None),
        (
            "fastapi_support",
            "main:app",
            (
                *("--env", "ACCESS_TOKEN:token", "--env", "PHONE_NUMBER_ID:phone_number_id"),
                *("--env", "VERIFY_TOKEN:verify_token", "--env", "APP_SECRET:app_secret"),
            ),
            HELLO + "  - expect sent: {to: Ana, text: Please send a photo of what is broken.}\n",
        ),
        ("django_clinic", "clinic.wsgi:application", ("--webhook-path", "/whatsapp/webhook/"), QUIET),
        ("django_clinic", "clinic.settings", ("--webhook-path", "/whatsapp/webhook/"), QUIET),
    ],
    ids=["WSGI", "ASGI", "Django", "Django settings"],
)
def test_the_examples_are_played_with(
    tmp_path: Path, example: str, app: str, options: tuple[str, ...], scenario: str | None
) -> None:
    """Whatever they are made with, by their names alone; credentials stand in their environment."""
    file = EXAMPLES / example / "parcel.whatsapp.yaml"
    if scenario is not None:
        file = tmp_path / "scenario.whatsapp.yaml"
        file.write_text(scenario)

    played = run("play", "--app", app, *options, str(file), folder=EXAMPLES / example)

    assert (played.returncode, played.stderr) == (0, ""), played.stdout
    assert "✗" not in played.stdout


@pytest.mark.parametrize("name", ["receive", "later"])
def test_a_function_is_an_app_too(play: Callable[..., Result], name: str) -> None:
    """Plain or async; it sends to the address in its environment."""
    result = play(ANSWERED, "--app", f"play_bot:{name}", *GRAPH)

    assert result.exit_code == 0, result.output
    assert result.output.endswith("2 of 2 steps passed\n")


def test_the_scenario_may_name_the_app(
    play: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Which is found beside the file, from any working directory; the option goes before it."""
    text = f"app: play_bot:receive\n{ANSWERED}"
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    own, other = play(text, *GRAPH), play(text, "--app", "play_bot:broken")

    assert (own.exit_code, other.exit_code) == (0, 1), own.output


def test_one_app_plays_several_scenarios(play: Callable[..., Result]) -> None:
    """Each in a sandbox of its own, with other ids of messages: an app may drop what it has seen."""
    result = play(ANSWERED, "--app", "play_bot:receive", more=ANSWERED)

    seen = sys.modules["play_bot"].seen
    assert result.exit_code == 0, result.output
    assert result.output.count("2 of 2 steps passed") == 2
    assert len(set(seen)) == 2


def test_the_graph_api_is_served_where_the_app_sends(
    play: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For an app that has its address elsewhere."""
    port = quiet_port()
    monkeypatch.setenv("BOT_GRAPH", f"http://127.0.0.1:{port}/v24.0")

    result = play(ANSWERED, "--app", "play_bot:receive", "--serve", str(port))

    assert result.exit_code == 0, result.output
    assert f"the app sends to http://127.0.0.1:{port}\n" in result.output


def test_the_environment_is_what_it_was_afterwards(
    play: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The credentials are in it while the scenario is played, and while the app is imported."""
    monkeypatch.setenv("WHATSAPP_TOKEN", "mine")
    monkeypatch.delenv("WHATSAPP_PHONE_NUMBER_ID", raising=False)

    play(HELLO, "--app", "play_bot:remembers")

    held = sys.modules["play_bot"].held
    assert held == [(ACCESS_TOKEN, PRODUCTION)] * 2
    assert (os.environ["WHATSAPP_TOKEN"], "WHATSAPP_PHONE_NUMBER_ID" in os.environ) == ("mine", False)


def test_an_app_that_raises_fails_although_every_step_passed(
    play: Callable[..., Result], tmp_path: Path
) -> None:
    """As in pytest: the line of the app is told, in the report for CI too."""
    junit = tmp_path / "report.xml"

    result = play(HELLO, "--app", "play_bot:broken", "--junit", str(junit))

    assert result.exit_code == 1
    assert "KeyError: 'text' at play_bot.py:" in result.output
    assert result.output.endswith("1 of 1 steps passed, and the app failed beside them\n")
    (suite,) = ElementTree.parse(junit).getroot().findall("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure = suite[1].find("failure")
    assert failure is not None
    assert "KeyError: 'text'" in str(failure.get("message"))


def test_a_step_that_fails_is_told_with_what_the_app_raised(play: Callable[..., Result]) -> None:
    """Once, and with the conversation."""
    result = play(ANSWERED, "--app", "play_bot:broken")

    assert result.exit_code == 1
    assert "expected a message that was sent" in result.output
    assert "09:00:00  Ana → business: Hello\n" in result.output
    assert result.output.count("KeyError: 'text' at play_bot.py:") == 1


def test_what_an_app_prints_is_no_part_of_the_json(folder: Path) -> None:
    """It goes to standard error."""
    (folder / "a.whatsapp.yaml").write_text(ANSWERED)

    played = run("play", "--json", "--app", "play_bot:receive", *GRAPH, "a.whatsapp.yaml", folder=folder)

    assert [each["passed"] for each in json.loads(played.stdout)] == [True]
    assert played.stderr == "this bot is talkative\n"


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        (HELLO, ("--app", "play_bot:recieve"), "--app names 'play_bot:recieve', and play_bot has no"),
        (f"app: play_bott:receive\n{HELLO}", (), "first.whatsapp.yaml: app names 'play_bott:receive'"),
        (HELLO, ("--app", "play_bot:LIMIT"), "--app: a receiver is a URL, an app (WSGI, ASGI, Django"),
        (
            HELLO,
            ("--app", "play_broken:app"),
            "--app: 'play_broken:app' cannot be imported: KeyError: 'NOBODY_SET_THIS' at play_broken.py:2",
        ),
        (HELLO, ("--app", "./play_bot.py"), "--app './play_bot.py' is no URL, which begins with http://"),
        (HELLO, ("--app", "play_bot:receive", "--env", "TOKEN"), "--env is pairs like WHATSAPP_TOKEN:token"),
        (
            HELLO,
            ("--app", "play_bot:receive", "--env", "A:tokn"),
            "--env has no value 'tokn' for A; did you mean 'token'?",
        ),
        (
            HELLO,
            ("--env", "A:token"),
            "--env and --webhook-path are for an app in this process, and there is",
        ),
        (
            HELLO,
            ("--app", "http://127.0.0.1:9/hook", "--webhook-path", "/hook"),
            "for an app in this process, and http://127.0.0.1:9/hook is a URL",
        ),
        (HELLO, ("--url", "http://127.0.0.1:1", "--app", "play_bot:receive"), "--app, --webhook-path, --env"),
    ],
)
def test_what_cannot_be_an_app_is_told_in_a_sentence(
    play: Callable[..., Result], text: str, options: tuple[str, ...], why: str
) -> None:
    """With exit code 2, and no traceback."""
    result = play(text, *options)

    assert result.exit_code == 2
    assert why in result.output
    assert "Traceback" not in result.output


def test_a_port_that_is_taken_is_told(play: Callable[..., Result]) -> None:
    """Before anything is played."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = play(HELLO, "--app", "play_bot:receive", "--serve", str(port))

    assert (result.exit_code, f"cannot serve at port {port}: Address already in use" in result.output) == (
        2,
        True,
    )


def test_ctrl_c_ends_it_while_the_app_works(folder: Path) -> None:
    """With no word of the emulator."""
    (folder / "a.whatsapp.yaml").write_text(HELLO)

    with Interrupted("play", "--app", "play_bot:waits", "a.whatsapp.yaml", folder=folder) as playing:
        read = [playing.read_line() for _ in range(3)]
        ended = playing.interrupt()

    assert read == ["A greeting (a.whatsapp.yaml)\n", "this bot is talkative\n", "it came\n"]
    assert ended == (130, "", "")
