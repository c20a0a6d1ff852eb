"""``doctor URL``: the report on a webhook, its exit code, and what is said when nothing can be examined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, Interrupted, quiet_port
from kit.hosts import Visit, host
from kit.receivers import ServedInbox
from rich.console import Console

from emulator import Emulator, Server, defaults
from emulator.cli.bot import EchoBot
from emulator.cli.main import main

FORGED = ("signature-missing", "signature-of-another-body", "signature-wrong-secret")
WITHOUT_THEM = tuple(word for name in FORGED for word in ("--skip", name))


def doctor(*arguments: str, **variables: str) -> Result:
    return CliRunner(env={"WHATSAPP_APP_SECRET": None, **variables}).invoke(main, ["doctor", *arguments])


def lines_with(sign: str, result: Result) -> list[str]:
    """What stands behind a sign in the lines of the table."""
    begin = f"  {sign} "
    return [line.removeprefix(begin) for line in result.output.splitlines() if line.startswith(begin)]


@pytest.fixture
def inbox() -> Iterator[ServedInbox]:
    """A webhook that takes everything, forged or not, and answers nobody."""
    inbox = ServedInbox(defaults.VERIFY_TOKEN)
    with inbox.server:
        yield inbox


def test_a_webhook_that_breaks_a_rule_gives_exit_code_1(inbox: ServedInbox) -> None:
    """With the table, and what the broken ones cost and how they are mended."""
    result = doctor(inbox.url, "--burst", "20")

    assert result.exit_code == 1, result.output
    assert [line.split()[0] for line in lines_with("✗", result)] == list(FORGED)
    assert "mend      Refuse a webhook without the header." in result.output
    assert "20 of 20 taken, 16 at a time" in result.output


def test_a_webhook_that_breaks_none_gives_exit_code_0(inbox: ServedInbox) -> None:
    """Though rules were not judged: what the app sends is not seen."""
    result = doctor(inbox.url, "--burst", "0", *WITHOUT_THEM)

    assert result.exit_code == 0, result.output
    needed = {name: " ".join(words) for name, *words in map(str.split, lines_with("–", result))}
    assert needed["batch-entries"] == "needs sight of what the app sends (pytest, --serve)"
    assert needed["burst"] == "needs a burst; it was asked for none"


def test_json_and_junit(inbox: ServedInbox, tmp_path: Path) -> None:
    """The one is printed alone, the other goes into a file."""
    file = tmp_path / "doctor.xml"

    result = doctor(inbox.url, "--only", "https", "--only", "answers-200", "--json", "--junit", str(file))

    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["answers-200", "https"]
    assert [case.get("name") for case in ElementTree.parse(file).iter("testcase")] == ["answers-200", "https"]


def test_the_credentials_of_an_app_are_used(inbox: ServedInbox) -> None:
    """From options and from the environment: what signs, and which ids the webhooks have."""
    result = doctor(
        *(inbox.url, "--only", "webhook-accepted", "--waba-id", "777777", "--phone-number-id", "888888"),
        WHATSAPP_APP_SECRET="a" * 32,
        WHATSAPP_VERIFY_TOKEN="mine",
    )

    (webhook,) = inbox.webhooks
    assert result.exit_code == 0, result.output
    assert inbox.handshakes[0]["hub.verify_token"] == "mine"
    assert webhook.json["entry"][0]["id"] == "777777"
    assert inbox.values[0]["metadata"]["phone_number_id"] == "888888"
    assert defaults.APP_SECRET not in result.output


def test_with_serve_the_answers_of_the_app_are_judged() -> None:
    """Of an app whose client is pointed there: a bot that reads the first entry alone."""
    port = quiet_port()
    with Emulator() as emulator:
        bot = EchoBot(f"http://127.0.0.1:{port}", emulator.create().identity())
    rules = ("--only", "batch-entries", "--only", "webhook-accepted")
    with Server(bot) as server:
        result = doctor(f"{server.url}/webhook", "--serve", str(port), "--patience", "0.2", *rules)
    bot.close()

    assert result.exit_code == 1, result.output
    assert "batch-entries     of two entries only entry[0] was read" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["http://127.0.0.1:1/webhook"], "http://127.0.0.1:1/webhook cannot be examined: connection refused"),
        (["127.0.0.1:5000"], "127.0.0.1:5000 is no http:// or https:// URL of a host"),
        (["http://127.0.0.1:1/", "--only", "bursts"], "there is no rule 'bursts'; did you mean burst?"),
        (["http://127.0.0.1:1/", "--seed", "x"], "x:1: seed: there is no such seed; there are default, shop"),
    ],
)
def test_what_cannot_be_examined_gives_exit_code_2(arguments: list[str], sentence: str) -> None:
    """In one sentence, without a traceback."""
    result = doctor(*arguments)

    assert (result.exit_code, result.output) == (2, f"Error: {sentence}\n")


def test_a_port_that_is_taken_is_told(inbox: ServedInbox) -> None:
    """And what could be done is the user's to say."""
    port = inbox.server.port

    result = doctor(inbox.url, "--serve", str(port))

    assert result.exit_code == 2
    assert result.output.startswith(f"Error: cannot serve at port {port}: ")


def test_a_report_that_cannot_be_written_is_printed_all_the_same(inbox: ServedInbox, tmp_path: Path) -> None:
    """What was found is not lost for it."""
    result = doctor(inbox.url, "--only", "webhook-accepted", "--junit", str(tmp_path / "no" / "file.xml"))

    assert result.exit_code == 2
    assert "✓ webhook-accepted" in result.output
    assert "Error: cannot write " in result.output


@pytest.mark.slow
@pytest.mark.parametrize("at", [b"GET", b"BURST"])
def test_ctrl_c_ends_it_with_a_sentence(at: bytes) -> None:
    """Whatever it waits for, one answer or many, and as a shell expects it."""
    came = Event()

    def hang(visit: Visit) -> None:
        while at not in visit.read():
            visit.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        came.set()
        visit.wait()

    with host(hang) as hangs, Interrupted("doctor", hangs.url, "--timeout", "100") as examining:
        assert came.wait(LIMIT)

        assert examining.interrupt() == (130, "", "broken off; nothing is known of the rest\n")


def test_a_terminal_sees_which_rule_is_judged(monkeypatch: pytest.MonkeyPatch, inbox: ServedInbox) -> None:
    """With how many of them are done; the report follows below it."""
    console = Console(force_terminal=True, width=100, record=True, stderr=True, file=StringIO())
    monkeypatch.setattr("rich.console.Console", lambda **_: console)

    doctor(inbox.url, "--only", "https", "--only", "webhook-accepted")

    assert "1/2 0:0" in (drawn := console.export_text())  # the second of two, when the bar was taken away
    assert "https" in drawn


def test_broken_rules_are_red_and_kept_ones_green(inbox: ServedInbox) -> None:
    """On a terminal; where the output goes into a file there is no colour."""
    arguments = ["doctor", inbox.url, "--only", "signature-missing", "--only", "answers-200"]

    coloured = CliRunner().invoke(main, arguments, color=True).output.splitlines()
    plain = CliRunner().invoke(main, arguments).output

    colours = {line.split()[2]: line[:5] for line in coloured if line[5:8] in ("  ✓", "  ✗")}
    assert colours == {"answers-200": "\x1b[32m", "signature-missing": "\x1b[31m"}
    assert "\x1b" not in plain
