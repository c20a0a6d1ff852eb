"""``serve``: what it prints, what it answers, and how it ends."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.command_line import LIMIT, Serving, client, environment, post_text, quiet_port, run
from kit.identities import ACCESS_TOKEN, APP_ID, APP_SECRET, PRODUCTION, SHEENA, WABA_ID
from kit.messages import LIFE
from kit.receivers import ServedInbox

START = "2026-11-02T09:00:00Z"


# ready


def test_serve_prints_what_an_integrator_needs(tmp_path: Path) -> None:
    """Address, token, secret, ids and people, on a port that was free."""
    with Serving(tmp_path, "--frozen", "--at", START) as serving, client() as session:
        health = session.get(f"{serving.url}/_emulator/health", timeout=LIMIT)

    assert health.json()["status"] == "ready"
    assert serving.url.startswith("http://127.0.0.1:")
    assert serving.printed_as("page") == f"{serving.url}/"
    assert serving.printed_as("control API") == f"{serving.url}/_emulator/openapi.json"
    assert serving.printed_as("access token") == ACCESS_TOKEN
    assert serving.printed_as("app ").split() == [
        APP_ID,
        "secret",
        APP_SECRET,
    ]
    assert serving.printed_as("WABA") == WABA_ID
    assert serving.printed_as("production number").split()[0] == PRODUCTION
    assert serving.printed_as("person") == f"{SHEENA}   Sheena Nelson"
    assert serving.printed_as("time") == "2026-11-02 09:00:00 UTC, frozen"
    assert serving.printed_as("state") == "in memory"


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_printed_curl_line_works_as_printed(tmp_path: Path) -> None:
    """Pasted into a shell it sends a message."""
    with Serving(tmp_path) as serving:
        ran = subprocess.run(
            f"{serving.curl} --silent --show-error",
            shell=True,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["contacts"][0]["wa_id"] == SHEENA
    assert json.loads(ran.stdout)["messages"][0]["id"].startswith("wamid.")


def test_the_printed_curl_line_works_with_another_seed(tmp_path: Path) -> None:
    """It is made from the seed's own ids, token and people."""
    (tmp_path / "mine.yaml").write_text(
        "app: {access_token: MY-TOKEN}\n"
        "waba: {name: Corner Shop}\n"
        'numbers: [{id: "123456789", number: "+1 555 078 3881"}]\n'
        'people: [{number: "+1 650 555 7777", name: Ada}]\n'
    )

    with Serving(tmp_path, "--seed", "mine.yaml") as serving:
        pass

    assert f"{serving.url}/v26.0/123456789/messages" in serving.curl
    assert "Bearer MY-TOKEN" in serving.curl
    assert '"to": "16505557777"' in serving.curl


def test_serve_takes_a_seed_without_people(tmp_path: Path) -> None:
    """There is somebody to write to as soon as somebody is added."""
    (tmp_path / "empty.yaml").write_text(
        'app: {access_token: MY-TOKEN}\nwaba: {name: Shop}\nnumbers: [{number: "+1 555 078 3881"}]\n'
    )

    with Serving(tmp_path, "--seed", "empty.yaml") as serving:
        people = serving.get("/people")["people"]

    assert people == []


def test_webhooks_go_where_they_are_told(tmp_path: Path) -> None:
    """Without a handshake, from the first message on."""
    receiver = ServedInbox()
    with receiver.server, Serving(tmp_path, "--frozen", "--webhook", receiver.url) as serving:
        serving.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
        serving.post("/settle")

    assert receiver.messages[0]["text"]["body"] == "Hello"
    assert receiver.handshakes == []
    assert serving.printed_as("webhooks") == receiver.url


# time


def test_time_runs_with_the_real_one_unless_told_otherwise(tmp_path: Path) -> None:
    """From the real instant on."""
    before = datetime.now(UTC)

    with Serving(tmp_path) as serving:
        clock = serving.get("/clock")

    assert before <= datetime.fromisoformat(clock["now"]) <= datetime.now(UTC)
    assert (clock["mode"], clock["speed"]) == ("running", 1.0)


def test_time_begins_where_it_is_told(tmp_path: Path) -> None:
    """And runs from there, as fast as it is told."""
    with Serving(tmp_path, "--at", START, "--speed", "60") as serving:
        first = serving.get("/clock")
        second = serving.get("/clock")

    start, sooner, later = map(datetime.fromisoformat, (START, first["now"], second["now"]))
    assert start < sooner < later < start + timedelta(hours=1)
    assert (first["mode"], first["speed"]) == ("running", 60.0)


def test_frozen_time_stands_until_it_is_moved(tmp_path: Path) -> None:
    """A message is accepted, and its statuses wait for time to pass."""
    with Serving(tmp_path, "--frozen", "--at", START) as serving:
        serving.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
        with client() as session:
            sent = post_text(session, serving.url, "Hi!")
        serving.post("/settle")
        stood = (serving.now(), serving.get("/messages")["messages"][-1]["status"])

        serving.post("/clock/advance", {"minutes": 1})
        moved = (serving.now(), serving.get("/messages")["messages"][-1]["status"])

    assert sent.status_code == 200
    assert stood == (START, "accepted")
    assert moved == ("2026-11-02T09:01:00Z", "read")


def test_a_running_server_goes_on_by_itself(tmp_path: Path) -> None:
    """Webhooks come without anybody asking; a fast clock brings the whole life of a message."""
    receiver = ServedInbox()
    with (
        receiver.server,
        Serving(tmp_path, "--speed", "1000", "--webhook", receiver.url) as serving,
        client() as session,
    ):
        serving.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
        post_text(session, serving.url, "Hi!")
        serving.post("/clock/advance", {"minutes": 1})

    assert [status["status"] for status in receiver.statuses] == LIFE


# refusals at the start


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("app:\n  acces_token: X\n", 2, "did you mean access_token?"),
        ("app: {access_token: X}\nwaba: {}\nnumbers: []\n", 3, "needs at least one business number"),
        ("app: [\n", 2, "is not YAML"),
        ("", 1, "is empty"),
    ],
    ids=["a typo", "no number", "no YAML", "nothing"],
)
def test_a_bad_seed_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    """On one line, with exit code 1; nothing was served."""
    (tmp_path / "bad.yaml").write_text(text)

    ran = run("serve", "--port", "0", "--seed", "bad.yaml", folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"Error: bad.yaml:{line}: ")
    assert told in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_missing_seed_is_told(tmp_path: Path) -> None:
    """By the name it was asked for."""
    ran = run("serve", "--port", "0", "--seed", "no_such_seed", folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no_such_seed" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_bad_seed_binds_no_port(tmp_path: Path) -> None:
    """A port that is taken is not even looked at."""
    (tmp_path / "bad.yaml").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ran = run("serve", "--port", str(port), "--seed", "bad.yaml", folder=tmp_path)

    assert ran.returncode == 1
    assert "bad.yaml:1" in ran.stderr
    assert "bind" not in ran.stderr


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """With the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ran = run("serve", "--port", str(port), folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        f"Error: cannot bind 127.0.0.1:{port}: Address already in use; --port 0 takes a free one"
    ]


def test_a_host_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """As a sentence, not as a traceback."""
    ran = run("serve", "--host", "no-such-host.invalid", "--port", "0", folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("Error: cannot bind no-such-host.invalid:0: ")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("at", ["tomorrow", "2026-13-01", "", "9:00"])
def test_a_wrong_beginning_is_told(tmp_path: Path, at: str) -> None:
    """With an example."""
    ran = run("serve", "--port", "0", "--at", at, folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{at!r} is no instant; write one like 2026-11-02T09:00:00Z" in ran.stderr


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "1000001"])
def test_an_impossible_speed_is_told(tmp_path: Path, speed: str) -> None:
    """With the name of the option."""
    ran = run("serve", "--port", "0", "--speed", speed, folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--speed" in ran.stderr


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """Before anything is written."""
    (tmp_path / "data").write_text("something else")

    ran = run("serve", "--port", "0", "--data", "data", folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--data" in ran.stderr


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"\x07" * 4096])
def test_kept_state_that_is_damaged_is_told(tmp_path: Path, content: bytes) -> None:
    """As a sentence that names the file; and the file is left as it is."""
    (tmp_path / "data").mkdir()
    kept = tmp_path / "data" / "default.sqlite"
    kept.write_bytes(content)

    ran = run("serve", "--port", "0", "--data", "data", folder=tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Traceback" not in ran.stderr
    assert "default.sqlite" in ran.stderr
    assert kept.read_bytes() == content


# the end


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_it_in_peace(tmp_path: Path, number: Any) -> None:
    """Exit code 0, and no traceback."""
    with Serving(tmp_path) as serving:
        serving.get("/clock")

        code = serving.end(number)

    assert code == 0
    assert "Traceback" not in serving.errors
    assert "stopping" in serving.errors


def test_a_signal_ends_it_while_a_client_is_connected(tmp_path: Path) -> None:
    """A connection that is kept alive does not hold it up."""
    with Serving(tmp_path) as serving, client() as session:
        post_text(session, serving.url, "Hello")

        code = serving.end(signal.SIGTERM)

    assert code == 0
    assert "Traceback" not in serving.errors


def test_an_ended_server_frees_its_port(tmp_path: Path) -> None:
    """The next one can take it at once."""
    port = quiet_port()

    with Serving(tmp_path, port=port) as first:
        first.end(signal.SIGINT)
    with Serving(tmp_path, port=port) as second:
        health = second.get("/clock")

    assert second.url == first.url
    assert health["mode"] == "running"


def test_the_help_lists_the_commands() -> None:
    """Each with its first line."""
    ran = run("--help")

    assert ran.returncode == 0
    listed = [line.split()[0] for line in ran.stdout.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == [
        *("advance", "approve", "cost", "demo", "doctor", "exec", "fault", "fire", "health", "limits"),
        *("play", "redeliver", "reset", "say", "serve", "tail", "tap", "transcript"),
    ]


def test_the_version_is_the_packages() -> None:
    """The one that ``health`` answers, too."""
    from emulator import __version__

    ran = run("--version")

    assert ran.stdout.split()[-1] == __version__
