"""Back to the seed, and back to a moment in between: what follows is what followed then."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from kit.graph import Graph, graph_of, identifying
from kit.identities import PABLO, SHEENA
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import notes, send, statuses
from kit.times import START, after, seconds

from emulator import Emulator, Sandbox
from emulator.sandbox.clock import Mode
from emulator.sandbox.errors import NotASnapshot


def act(sandbox: Sandbox, api: Graph) -> list[object]:
    """A little of everything; returns what the API answered."""
    sandbox.people.say(SHEENA, "Hello")
    answers: list[object] = [
        identifying(api.text("Hello back")),
        identifying(api.text("Too late?", to=PABLO)),
    ]
    send(sandbox, order_shipped(), PABLO)
    sandbox.people.add()
    sandbox.clock.advance(seconds(3))
    sandbox.people.tap(PABLO, "Where is it?")
    answers.append(identifying(api.text("Here.", to=PABLO)))
    sandbox.clock.advance(seconds(600))
    return answers


@pytest.fixture
def api(emulator: Emulator) -> Graph:
    return graph_of(emulator)


@pytest.fixture
def usual(emulator: Emulator) -> Sandbox:
    """The default sandbox, with people who take their time."""
    return emulator.create(at=START, speed=None)


# reset


def test_a_reset_returns_to_the_seed(usual: Sandbox, api: Graph) -> None:
    """Time, people, messages, windows, webhooks, due work and journal: nothing is left."""
    listen(usual)
    act(usual, api)

    usual.reset()

    with usual.services.command() as store:
        left = [
            store.messages.count(),
            store.windows.all(),
            store.timeline.all(),
            store.deliveries.select(),
            store.journal.select(),
        ]
    assert left == [0, [], [], [], []]
    assert [person.name for person in usual.people.all()] == [
        "Sheena Nelson",
        "Pablo Morales",
        "Beatriz Santos",
        "Jonas Weber",
    ]
    assert (usual.clock.now(), usual.clock.next_due()) == (START, None)


def test_a_second_run_after_a_reset_is_the_first_one(usual: Sandbox, api: Graph) -> None:
    """The same bytes in every answer and every webhook, at the same instants."""
    runs = []
    for _ in range(2):
        inbox = listen(usual)
        runs.append((act(usual, api), inbox.bodies, inbox.instants))
        usual.reset()

    assert runs[0] == runs[1]
    assert len(runs[0][1]) > 8


def test_a_reset_sandbox_is_a_new_one(usual: Sandbox, api: Graph) -> None:
    """Whoever resets has what somebody who starts has, row for row."""
    new = _rows(usual)
    act(usual, api)

    usual.reset()

    assert _rows(usual) == new


def test_a_connected_receiver_survives_a_reset(usual: Sandbox) -> None:
    """A test suite connects once."""
    inbox = listen(usual)

    usual.reset()
    usual.people.say(SHEENA, "Hello")
    usual.settle()

    assert inbox.events == ["text Hello"]


def test_a_disconnected_receiver_stays_so(usual: Sandbox) -> None:
    """Disconnecting is remembered as well."""
    inbox = listen(usual)
    usual.webhooks.connect(None)

    usual.reset()
    usual.people.say(SHEENA, "Hello")
    usual.settle()

    assert inbox.events == []


def test_a_reset_undoes_changed_settings(usual: Sandbox) -> None:
    """They hold until then."""
    usual.change_settings(window_errors="sync")

    usual.reset()

    assert usual.settings.window_errors == "async"


def test_a_reset_runs_again_from_the_beginning(emulator: Emulator) -> None:
    """A running sandbox begins anew at the instant it was given."""
    running = emulator.create("running", at=START, speed=1.0)
    running.clock.advance(seconds(3600))

    running.reset()

    assert START <= running.clock.now() < after(60)
    assert running.clock.mode is Mode.RUNNING


# snapshots


def test_to_restore_and_go_on_is_to_go_on(usual: Sandbox, api: Graph) -> None:
    """Byte for byte: answers and webhooks, also those that were on their way."""
    inbox = listen(usual)
    usual.people.say(SHEENA, "Hello")
    send(usual, "On its way")
    usual.clock.advance(seconds(1))
    snapshot = usual.snapshot()

    runs = []
    for _ in range(2):
        usual.restore(snapshot)
        before = len(inbox.webhooks)
        runs.append((act(usual, api), inbox.bodies[before:], inbox.instants[before:]))

    assert runs[0] == runs[1]
    assert runs[0][1]


def test_taking_a_snapshot_changes_nothing(emulator: Emulator) -> None:
    """One that took a snapshot goes on as one that took none."""
    runs = []
    for name in ("a", "b"):
        with Emulator() as other:
            sandbox = other.create(at=START, speed=None)
            inbox = listen(sandbox)
            sandbox.people.say(SHEENA, "Hello")
            if name == "a":
                sandbox.snapshot()
            runs.append((act(sandbox, graph_of(other)), inbox.bodies))

    assert runs[0] == runs[1]


def test_a_snapshot_has_the_time(usual: Sandbox) -> None:
    """Restoring it is a way back."""
    usual.clock.advance(seconds(60))
    snapshot = usual.snapshot()
    usual.clock.advance(seconds(3600))

    usual.restore(snapshot)

    assert usual.clock.now() == after(60)


def test_a_snapshot_brings_back_what_was_pending(lifelike: Sandbox) -> None:
    """A message on its way arrives once more."""
    inbox = listen(lifelike)
    send(lifelike, order_shipped())
    lifelike.clock.advance(seconds(1))
    snapshot = lifelike.snapshot()
    lifelike.clock.advance(seconds(60))

    lifelike.restore(snapshot)
    lifelike.clock.advance(seconds(60))

    assert inbox.events == ["sent", "delivered", "read", "delivered", "read"]


def test_a_snapshot_can_be_taken_up_in_another_process(usual: Sandbox, api: Graph) -> None:
    """In a sandbox of another emulator it goes on with the same bytes."""
    listen(usual)
    usual.people.say(SHEENA, "Hello")
    usual.settle()
    snapshot = usual.snapshot()
    inbox = listen(usual)
    expected = act(usual, api), inbox.bodies

    with Emulator() as other:
        sandbox = other.create(speed=None)
        sandbox.restore(snapshot)
        inbox = listen(sandbox)
        found = act(sandbox, graph_of(other)), inbox.bodies

    assert found == expected


def test_a_restored_sandbox_has_the_identity_of_the_snapshot(emulator: Emulator, usual: Sandbox) -> None:
    """The token it tells is one that opens it."""
    other = emulator.create("other", seed="shop", at=START, speed=None)
    snapshot = other.snapshot()
    told = other.identity()
    emulator.remove("other")

    usual.restore(snapshot)

    found = emulator.find(usual.identity()["access_token"])
    assert usual.identity() == told | {"id": "default"}
    assert found is not None
    assert found[0] is usual


def test_a_sandbox_kept_in_a_file_has_snapshots_too(tmp_path: Path) -> None:
    """It does not matter where the state lives."""
    with Emulator(data=tmp_path) as kept:
        sandbox = kept.create(at=START, speed=None)
        sandbox.people.say(SHEENA, "Hello")
        snapshot = sandbox.snapshot()
        sandbox.people.say(SHEENA, "Hello again")

        sandbox.restore(snapshot)

        assert [message.text for message in sandbox.messages.all()] == ["Hello"]


def test_a_sandbox_kept_in_a_file_can_be_reset(tmp_path: Path) -> None:
    """And stays reset when it is opened again."""
    with Emulator(data=tmp_path) as kept:
        sandbox = kept.create(at=START, speed=None)
        sandbox.people.say(SHEENA, "Hello")
        sandbox.reset()
        sandbox.people.say(SHEENA, "Once")

    with Emulator(data=tmp_path) as kept:
        assert [message.text for message in kept.create().messages.all()] == ["Once"]


def test_a_running_snapshot_goes_on_from_its_instant(emulator: Emulator) -> None:
    """However long it lay somewhere."""
    running = emulator.create("running", at=START, speed=1.0)
    snapshot = running.snapshot()
    running.clock.advance(seconds(3600))

    running.restore(snapshot)

    assert START <= running.clock.now() < after(60)
    assert running.clock.mode is Mode.RUNNING


# what is no snapshot


def damaged(snapshot: bytes) -> bytes:
    """Every page after the first is overwritten."""
    return snapshot[:4096] + b"\xff" * (len(snapshot) - 4096)


def _made(script: str, folder: Path) -> bytes:
    path = folder / "made.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path.read_bytes()


@pytest.fixture(
    params=[
        "nothing",
        "text",
        "cut off",
        "damaged",
        "foreign",
        "other schema",
        "hollow",
    ]
)
def no_snapshot(request: pytest.FixtureRequest, emulator: Emulator, tmp_path: Path) -> bytes:
    """Bytes that are no snapshot, or none of this emulator."""
    sandbox = emulator.create("source", at=START, speed=None)
    whole = sandbox.snapshot()
    return {
        "nothing": b"",
        "text": b"Dear diary, " * 1000,
        "cut off": whole[: len(whole) // 2],
        "damaged": damaged(whole),
        "foreign": _made("CREATE TABLE diary (day);", tmp_path),
        "other schema": _made(
            f"PRAGMA application_id = {0x57614575}; PRAGMA user_version = 999; CREATE TABLE facts (a);",
            tmp_path,
        ),
        "hollow": _made(
            f"PRAGMA application_id = {0x57614575}; PRAGMA user_version = {_schema(sandbox)};", tmp_path
        ),
    }[request.param]


def _schema(sandbox: Sandbox) -> int:
    return int(sandbox.services.store.database.execute("PRAGMA user_version").fetchone()[0])


def test_what_is_no_snapshot_is_refused_and_changes_nothing(lifelike: Sandbox, no_snapshot: bytes) -> None:
    """The sandbox goes on as if nobody had tried."""
    inbox = listen(lifelike)
    lifelike.people.say(SHEENA, "Hello")
    send(lifelike, "Hello back")
    lifelike.clock.advance(seconds(1))

    with pytest.raises(NotASnapshot):
        lifelike.restore(no_snapshot)

    assert lifelike.services.core.clock.has_history
    lifelike.clock.advance(seconds(59))
    assert inbox.times == [(0.0, "text Hello"), (0.4, "sent"), (1.3, "delivered"), (7.3, "read")]
    assert statuses(lifelike) == ["read"]


def test_the_refusal_says_what_is_wrong(usual: Sandbox, tmp_path: Path) -> None:
    """Another schema is something else than a foreign file."""
    other = _made(f"PRAGMA application_id = {0x57614575}; PRAGMA user_version = 999;", tmp_path)

    with pytest.raises(NotASnapshot, match="the sandbox has schema 999, this emulator reads schema"):
        usual.restore(other)
    with pytest.raises(NotASnapshot, match=r"no snapshot|no sandbox"):
        usual.restore(b"Dear diary, " * 1000)


def test_a_reset_while_nobody_listens_is_quiet(usual: Sandbox) -> None:
    """It writes nothing into the new journal."""
    usual.reset()

    assert notes(usual, "webhook") == []


def _rows(sandbox: Sandbox) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database, table by table."""
    execute = sandbox.services.store.database.execute
    names = [row[0] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


def test_a_reset_sandbox_says_again_that_nobody_listens(sandbox: Sandbox) -> None:
    """The journal of the same script is the same."""
    journals = []
    for _ in range(2):
        sandbox.people.say(SHEENA, "Hello")
        with sandbox.services.command() as store:
            journals.append([entry.summary for entry in store.journal.select()])
        sandbox.reset()

    assert journals[0] == journals[1]
    assert "nobody listens to messages" in journals[0][-1]
