"""Snapshots through the control API: refused by name, bounded, in pieces; a broken sandbox beside others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kit.command_line import LIMIT, client
from kit.control import HERE, Control, problem_of
from kit.graph import Graph
from kit.identities import SHEENA
from kit.sandboxes import rows_of

from emulator import Emulator, Sandbox, Server, create_app


def changed(snapshot: bytes, statement: str, folder: Path) -> bytes:
    """A snapshot in which somebody has written."""
    path = folder / "changed.sqlite"
    path.write_bytes(snapshot)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            """UPDATE facts SET value = '{"window_errors": "never"}' WHERE name = 'settings'""",
            "facts.settings window_errors is one of async, sync; got 'never'",
        ),
        (
            'UPDATE facts SET value = \'{"mode": "frozen", "at": "soon"}\' WHERE name = \'clock\'',
            "facts.clock .at is not an instant, but 'soon'",
        ),
        ("INSERT INTO facts VALUES ('mood', '1')", "facts.mood is none that this version knows"),
        ("DELETE FROM facts WHERE name = 'habits'", "there is no facts.habits"),
        (
            "UPDATE messages SET status = 'lost'",
            "messages.status of 'wamid.",
        ),
        (
            "UPDATE messages SET content = '{}' WHERE outbound",
            "messages.content of 'wamid.",
        ),
        (
            "INSERT INTO timeline VALUES (9, 0, 'message.lose', 'x', '{}', NULL)",
            "timeline.kind of 9 is not one of the known words, but 'message.lose'",
        ),
        (
            "INSERT INTO timeline VALUES (9, 0, 'message.send', 'x', '{\"last_inbound_at\": null}', NULL)",
            "timeline.subject of 9 is 'x', which is in no row of messages",
        ),
        ("UPDATE people SET habits = '[]'", "people.habits of '16505551234' cannot be read"),
        ("UPDATE counters SET value = -1", "counters.value of '"),
        ("DELETE FROM apps", "there are no apps: a sandbox has at least 1"),
        ("CREATE TABLE more (a)", "the sandbox has not the tables of its schema: more is none of them"),
        ("CREATE VIEW more AS SELECT 1", "the sandbox has a view, more, which no sandbox has"),
        (
            "ALTER TABLE people ADD COLUMN more",
            "the sandbox has not the tables of its schema: people is",
        ),
        (
            "DROP INDEX people_by_user_id",
            "the sandbox has not the tables of its schema: people_by_",
        ),
    ],
)
def test_a_snapshot_that_cannot_be_read_is_refused_by_name(
    control: Control, graph: Graph, sandbox: Sandbox, statement: str, sentence: str, tmp_path: Path
) -> None:
    """422 with the table, the column and why; nothing has changed."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
    graph.text("Hello back")
    snapshot = changed(control.get("/snapshot").data, statement, tmp_path)
    before = rows_of(sandbox)

    status, detail = problem_of(control("PUT", "/snapshot", data=snapshot))

    assert (status, detail[: len(sentence)]) == (422, sentence)
    assert rows_of(sandbox) == before


def test_a_snapshot_beyond_the_bound_is_refused(emulator: Emulator, sandbox: Sandbox) -> None:
    """413 from one byte more than there may be; one of just as many is taken."""
    snapshot = sandbox.snapshot()
    just, more = (
        Control(create_app(emulator, max_snapshot=most).test_client())
        for most in (len(snapshot), len(snapshot) - 1)
    )

    taken = just("PUT", "/snapshot", data=snapshot)
    status, _ = problem_of(more("PUT", "/snapshot", data=snapshot))

    assert (taken.status_code, status) == (204, 413)


@pytest.fixture
def server(emulator: Emulator, sandbox: Sandbox) -> Iterator[Server]:
    with Server(create_app(emulator, max_snapshot=len(sandbox.snapshot()) + 1_000_000)) as made:
        yield made


def test_a_snapshot_may_come_in_chunks(server: Server, sandbox: Sandbox) -> None:
    """Without a word about its length; what goes out says it."""
    sandbox.people.say(SHEENA, "Hello")
    with client() as session:
        address = f"{server.url}{HERE}/snapshot"
        whole = session.get(address, timeout=LIMIT)
        sandbox.people.say(SHEENA, "Hello again")
        answer = session.put(address, data=iter([whole.content[:9], whole.content[9:]]), timeout=LIMIT)

    assert whole.headers["Content-Length"] == str(len(whole.content))
    assert answer.status_code == 204
    assert [message.text for message in sandbox.messages.all()] == ["Hello"]


def test_chunks_beyond_the_bound_are_refused(server: Server, sandbox: Sandbox) -> None:
    """Also when nobody has said how long they are."""
    sandbox.people.say(SHEENA, "Hello")
    with client() as session:
        many = iter([bytes(500_000)] * 5)
        answer = session.put(f"{server.url}{HERE}/snapshot", data=many, timeout=LIMIT)

    assert answer.status_code == 413
    assert [message.text for message in sandbox.messages.all()] == ["Hello"]


def test_a_broken_sandbox_is_listed_with_its_error(
    emulator: Emulator, control: Control, graph: Graph, sandbox: Sandbox
) -> None:
    """The others are shown and served, whatever is wrong with it."""
    broken = emulator.create("broken")
    with broken.services.command() as store:
        store.facts.put("settings", {"window_errors": "never"})
    broken.services.forget()
    damaged = emulator.create("damaged")
    damaged.services.store.database.execute("DROP TABLE tokens")
    damaged.services.store.database.stamp += 1

    listed = {each["id"]: each for each in control.get("/_emulator/sandboxes").json["sandboxes"]}

    assert set(listed) == {"default", "broken", "damaged"}
    assert "ValueError: window_errors is one of async, sync" in listed["broken"]["error"]
    assert listed["default"]["waba_id"] == sandbox.identity()["waba_id"]
    assert graph.text().status_code == 200
    assert graph.text(token="of nobody").status_code == 401
