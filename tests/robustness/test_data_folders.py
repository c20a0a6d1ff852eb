"""Folders of ``--data``: what is wrong with a file or a disk is said in a sentence, and the rest goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from kit.command_line import LIMIT, Serving, client, hello, post_text, run, wamids, without
from kit.control import Control
from kit.flood import Flood
from kit.graph import Graph, error_of
from kit.identities import PRODUCTION, SHEENA
from kit.receivers import ServedInbox, listen
from kit.sandboxes import rows_of
from kit.served import until
from kit.times import START, seconds

from emulator import Emulator, Sandbox, create_app
from emulator.sandbox.errors import CannotOpen, NotKept
from emulator.sandbox.store import Database
from emulator.sandbox.store.database.database import WAL_PAGES
from emulator.sandbox.store.database.schema import SCHEMA_NUMBER

resource: Any = pytest.importorskip("resource", reason="limits of a process are those of POSIX")
KILLS = 30
AT = "2026-11-02T09:00:00Z"
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}
"""Where files may not grow, Python would leave half the bytecode of a module that it imports then."""
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def kept(folder: Path, *names: str) -> None:
    """Have sandboxes in a folder, each with a message."""
    with Emulator(data=folder) as emulator:
        for name in names:
            emulator.create(name, at=START, speed=None).people.say(SHEENA, f"I am in {name}")


def _number(path: Path, pragma: str, number: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {pragma} = {number}")
    connection.close()


def _overwrite(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def _without_settings(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE facts SET value = '{"window_errors": "never"}' WHERE name = 'settings'""")
    connection.commit()
    connection.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text": (lambda path: path.write_text("Dear diary, " * 1000), "it is no SQLite file"),
    "no bytes": (lambda path: path.write_bytes(b""), "it is empty and holds no sandbox"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "it is damaged"),
    "overwritten": (_overwrite, "it is damaged"),
    "SQLite of something else": (
        lambda path: _number(path, "application_id", 7),
        "no sandbox of the emulator",
    ),
    "of a newer version": (
        lambda path: _number(path, "user_version", SCHEMA_NUMBER + 1),
        f"the sandbox has schema {SCHEMA_NUMBER + 1}, this emulator reads schema {SCHEMA_NUMBER}",
    ),
    "with a setting there is not": (_without_settings, "facts.settings window_errors is one of async, sync"),
    "a folder": (_folder, "is no file"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_file_that_cannot_be_opened_names_itself_and_stops_no_other(spoilt: str, tmp_path: Path) -> None:
    """The others are served; the list and the health say what was left out, and why."""
    spoil, why = SPOILT[spoilt]
    kept(tmp_path, "default", "spoilt")
    spoil(tmp_path / "spoilt.sqlite")

    with Emulator(data=tmp_path) as emulator:
        emulator.create()
        emulator.take_up()
        control = Control(create_app(emulator).test_client())
        listed = control.get("/_emulator/sandboxes").json["sandboxes"]
        health = control.get("/_emulator/health").json
        said = Graph(create_app(emulator).test_client()).text("Hello")

    assert [each["id"] for each in listed] == ["default", "spoilt"]
    assert (health["status"], health["sandboxes"], len(health["problems"])) == ("degraded", 1, 1)
    assert listed[1]["error"] == health["problems"][0]
    assert listed[1]["error"].startswith(str(tmp_path / "spoilt.sqlite"))
    assert why in listed[1]["error"]
    assert said.status_code == 200


def test_serve_goes_on_with_the_others_when_the_default_sandbox_is_damaged(tmp_path: Path) -> None:
    """It says so, and `health` fails with the reason."""
    kept(tmp_path / "data", "default", "other")
    _overwrite(tmp_path / "data" / "default.sqlite")

    with Serving(tmp_path, "--data", "data", "--quiet") as serving:
        found = serving.get("/messages", "other")["messages"]
        health = run("health", "--url", serving.url)
        errors = serving.errors

    assert [message["text"]["body"] for message in found] == ["I am in other"]
    assert (health.returncode, health.stdout) == (1, "")
    assert health.stderr.startswith("Error: degraded: data/default.sqlite: it is damaged")
    assert "data/default.sqlite: it is damaged" in errors
    assert "Traceback" not in errors


def _damaged(data: Path) -> None:
    kept(data, "default")
    _overwrite(data / "default.sqlite")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda data: data.write_text("mine"), "is a file"),
        (_damaged, "default.sqlite: it is damaged"),
        pytest.param(
            lambda data: data.mkdir(mode=0o500),
            "it cannot be written to",
            marks=pytest.mark.skipif(IS_ROOT, reason="root may write everywhere"),
        ),
    ],
    ids=["a file", "nothing but a damaged file", "read-only"],
)
def test_serve_refuses_a_folder_that_it_cannot_use(
    make: Callable[[Path], object], sentence: str, tmp_path: Path
) -> None:
    """In one sentence, with an exit code, and without a traceback."""
    make(tmp_path / "data")

    ended = run("serve", "--port", "0", "--data", "data", folder=tmp_path)

    assert ended.returncode in (1, 2)
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_folder_that_cannot_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system says of a file system that is mounted to be read."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(CannotOpen, match=f"cannot keep the state in {tmp_path}: it cannot be written to"):
        Emulator(data=tmp_path)


def test_a_whole_look_finds_what_lies_deeper(tmp_path: Path) -> None:
    """A row that only one view reads: the file is left out with `--check full`."""
    kept(tmp_path, "default")
    connection = sqlite3.connect(tmp_path / "default.sqlite")
    connection.execute("UPDATE messages SET status = 'lost'")
    connection.commit()
    connection.close()

    with Emulator(data=tmp_path) as emulator:
        assert [sandbox.name for sandbox in emulator.take_up()] == ["default"]
    with Emulator(data=tmp_path, check=True) as emulator:
        taken, problems = emulator.take_up(), emulator.problems()

    assert taken == []
    assert "messages.status of 'wamid." in problems[0]


# a full disk


@contextmanager
def full(sandbox: Sandbox) -> Iterator[None]:
    """The database may not grow any more inside the block."""
    execute = sandbox.services.store.database.execute
    execute("PRAGMA max_page_count = 1")
    try:
        yield
    finally:
        execute(f"PRAGMA max_page_count = {2**30}")


@contextmanager
def unwritable(sandbox: Sandbox) -> Iterator[None]:
    """Nothing at all can be written inside the block."""
    execute = sandbox.services.store.database.execute
    execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        execute("PRAGMA query_only = OFF")


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(data=tmp_path) as emulator:
        yield emulator


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    made = emulator.create(at=START, speed=None)
    made.people.say(SHEENA, "Hello")
    made.settle()
    return made


@pytest.fixture
def doors(emulator: Emulator, sandbox: Sandbox) -> tuple[Control, Graph]:
    client = create_app(emulator).test_client()
    return Control(client), Graph(client)


def _fill(graph: Graph) -> Any:
    """Send until one does not fit into the pages that are there; returns its answer."""
    return next(answer for _ in range(500) if (answer := graph.text("x" * 3000)).status_code != 200)


def test_a_send_on_a_full_disk_is_refused_and_changes_nothing(
    sandbox: Sandbox, doors: tuple[Control, Graph]
) -> None:
    """As the platform says that it is not available for now; there is room again, and it works again."""
    control, graph = doors
    with full(sandbox):
        status, error = error_of(_fill(graph))
        before = rows_of(sandbox)
        again = graph.text("x" * 3000)
        acted = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "x" * 3000}})
        seen = control.get("/messages")
        after = rows_of(sandbox)
    sent = graph.text("There is room")

    assert (status, error["code"], error["message"]) == (503, 2, "(#2) Service temporarily unavailable")
    assert error["is_transient"]
    assert [again.status_code, acted.status_code, seen.status_code] == [503, 503, 200]
    assert before == after
    assert sent.status_code == 200


def test_the_health_is_degraded_for_as_long_as_nothing_can_be_written(
    sandbox: Sandbox, doors: tuple[Control, Graph]
) -> None:
    """With the reason; it is ready again by itself, without another command."""
    control, graph = doors
    with unwritable(sandbox):
        sent = graph.text("Hello")
        degraded = [control.get("/_emulator/health").json for _ in range(2)]
    ready = control.get("/_emulator/health").json

    assert sent.status_code == 503
    assert [health["status"] for health in (*degraded, ready)] == ["degraded", "degraded", "ready"]
    assert "default.sqlite: it cannot be written to" in degraded[0]["problems"][0]
    assert ready["problems"] == []


def test_a_restore_on_a_full_disk_changes_nothing(
    sandbox: Sandbox, doors: tuple[Control, Graph], tmp_path: Path
) -> None:
    """Neither of the rows nor of the files; with room it is carried out."""
    control, _ = doors
    with Emulator() as emulator:
        large = emulator.create(at=START, speed=None)
        for _ in range(300):
            large.people.say(SHEENA, "x" * 3000)
        large.people.show(SHEENA, "image", BytesIO(b"\x89PNG" + bytes(1000)), "image/png")
        snapshot = large.snapshot()
    with full(sandbox):
        before = rows_of(sandbox)
        refused = control("PUT", "/snapshot", data=snapshot)
        after = rows_of(sandbox)
        files = list((tmp_path / "default.files").glob("*"))
    taken = control("PUT", "/snapshot", data=snapshot)

    assert (refused.status_code, before == after, files) == (503, True, [])
    assert (taken.status_code, len(sandbox.messages.all())) == (204, 301)
    assert len(list((tmp_path / "default.files").iterdir())) == 1


def test_a_reset_of_what_cannot_be_written_changes_nothing(
    sandbox: Sandbox, doors: tuple[Control, Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the time."""

    def refuse(*_: object) -> None:
        raise NotKept("the disk is full")

    control, _ = doors
    control.post("/clock/advance", {"hours": 1})
    before, now = rows_of(sandbox), sandbox.clock.now()
    with monkeypatch.context() as patched:
        patched.setattr(Database, "copy_from", refuse)
        refused = control.post("/reset")

    assert (refused.status_code, rows_of(sandbox) == before, sandbox.clock.now()) == (503, True, now)
    assert control.post("/reset").status_code == 200


def test_due_work_waits_for_room(sandbox: Sandbox, doors: tuple[Control, Graph]) -> None:
    """An advance that cannot be kept is refused; nothing due is lost, and no webhook is sent twice."""
    control, graph = doors
    inbox = listen(sandbox)
    graph.text("Hello back")
    sandbox.clock.advance(seconds(0.5))
    with unwritable(sandbox):
        refused = [control.post("/clock/advance", {"hours": 1}).status_code for _ in range(2)]
        told = list(inbox.events)
    advanced = control.post("/clock/advance", {"hours": 1})

    assert (refused, told, advanced.status_code) == ([503, 503], ["sent"], 200)
    assert inbox.events == ["sent", "delivered", "read"]


def test_a_server_goes_on_beside_a_full_disk(tmp_path: Path) -> None:
    """Its files may not grow: sends and uploads are refused with 503, reads answered; then there is room."""
    with (
        Serving(
            tmp_path, "--data", "data", "--frozen", "--at", AT, "--quiet", variables=NO_BYTECODE
        ) as serving,
        client() as session,
    ):
        hello(serving)
        _, hard = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)
        sent = post_text(session, serving.url, "Before").status_code
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (1024, hard))
        refused = post_text(session, serving.url, "While it is full")
        uploaded = session.post(
            f"{serving.url}/v23.0/{PRODUCTION}/media",
            data={"messaging_product": "whatsapp", "type": "image/png"},
            files={"file": ("a.png", b"\x89PNG" + bytes(100_000), "image/png")},
            headers={"Authorization": refused.request.headers["Authorization"]},
            timeout=LIMIT,
        )
        health = session.get(f"{serving.url}/_emulator/health", timeout=LIMIT).json()
        known = len(serving.get("/messages")["messages"])
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        after = post_text(session, serving.url, "After").status_code
        healthy = session.get(f"{serving.url}/_emulator/health", timeout=LIMIT).json()
        serving.end(signal.SIGTERM)

    assert (sent, refused.status_code, uploaded.status_code, after) == (200, 503, 503, 200)
    assert [answer.json()["error"]["code"] for answer in (refused, uploaded)] == [2, 2]
    assert health["status"] == "degraded"
    assert "the disk reports an error" in health["problems"][0]
    assert (known, healthy["status"]) == (2, "ready")
    assert "Traceback" not in serving.errors


def test_a_new_sandbox_on_a_full_disk_leaves_no_file(tmp_path: Path) -> None:
    """It is refused with 503, and can be made once there is room."""
    with (
        Serving(tmp_path, "--data", "data", "--quiet", variables=NO_BYTECODE) as serving,
        client() as session,
    ):
        _, hard = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (8192, hard))
        refused = session.post(f"{serving.url}/_emulator/sandboxes", json={"id": "second"}, timeout=LIMIT)
        left = [path.name for path in (tmp_path / "data").iterdir() if "second" in path.name]
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        made = session.post(f"{serving.url}/_emulator/sandboxes", json={"id": "second"}, timeout=LIMIT)

    assert (refused.status_code, left, made.status_code) == (503, [], 201)
    assert "second.sqlite: the disk reports an error" in refused.json()["detail"]


# the write-ahead log


def test_the_write_ahead_log_stays_small(
    sandbox: Sandbox, doors: tuple[Control, Graph], tmp_path: Path
) -> None:
    """It is written back into the database while it runs, and is gone when the sandbox is closed."""
    _, graph = doors
    log = tmp_path / "default.sqlite-wal"
    sizes = []
    for count in range(1500):
        assert graph.text(f"{count}").status_code == 200
        if count % 100 == 0:
            sandbox.settle()
            sizes.append(log.stat().st_size)
    size = (tmp_path / "default.sqlite").stat().st_size
    sandbox.close()

    assert max(sizes) <= 2 * WAL_PAGES * 4096
    assert (size > 500_000, log.exists()) == (True, False)


# crashes


def test_outcomes_that_a_kill_kept_out_of_the_journal_are_written_later(tmp_path: Path) -> None:
    """While the clock stands they wait for the others of their instant; the next process writes them."""
    with Emulator(worker=True, data=tmp_path / "killed") as emulator:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        listen(sandbox, answers=[500])
        for _ in range(2):
            sandbox.people.say(SHEENA, "Hello")
        until(lambda: [len(sandbox.webhooks.attempts(number)) for number in (1, 2)] == [1, 1])
        copytree(tmp_path / "killed", tmp_path / "left")  # what a kill leaves at this moment
        expected = [(entry.subject, entry.summary) for entry in sandbox.journal.all(kind="webhook")]

    for _ in range(2):
        with Emulator(data=tmp_path / "left") as emulator:
            sandbox = emulator.create()
            written = [(entry.subject, entry.summary) for entry in sandbox.journal.all(kind="webhook")]
            assert written == expected

    assert len(expected) == 2


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_by_thirty_kills(tmp_path: Path) -> None:
    """Four senders, and `kill -9` in the middle, again and again on the same folder."""
    receiver = ServedInbox()
    answered: list[str] = []
    with receiver.server:
        for number in range(KILLS):
            more = ("--frozen", "--at", AT) if number == 0 else ()
            with Serving(tmp_path, "--data", "data", "--webhook", receiver.url, "--quiet", *more) as serving:
                if number == 0:
                    hello(serving)
                flood = Flood(serving.url, enough=50)
                flood.start()
                flowing = flood.flowing.wait(LIMIT)
                serving.end(signal.SIGKILL)
                flood.join()
            assert (flowing, flood.refused) == (True, [])
            answered += flood.answered
        with Serving(tmp_path, "--data", "data", "--check", "full", "--quiet") as serving:
            known = wamids(serving)
            serving.post("/clock/advance", {"minutes": 5})
            states = {each["status"] for each in serving.get("/messages?limit=1000000")["messages"][1:]}

    assert without(answered, known) == []
    assert len(set(known)) == len(known)
    assert states == {"read"}
    print(f"\n{KILLS} kills, {len(answered)} answered, {len(known)} kept")  # noqa: T201
