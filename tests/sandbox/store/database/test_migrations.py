"""Files of earlier schemas are opened: migrated in one transaction, or left as they were."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from kit import kept_files
from kit.identities import SHEENA

from emulator import Emulator
from emulator.sandbox.errors import NotASnapshot
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.database.migrations import MIGRATIONS, OLDEST, Migration, statements
from emulator.sandbox.store.database.schema import CURRENT, SCHEMA_NUMBER, Schema

NUMBERS = range(OLDEST, SCHEMA_NUMBER + 1)
NEXT = Schema(
    SCHEMA_NUMBER + 1,
    CURRENT.script.replace(
        "  value TEXT NOT NULL\n) WITHOUT ROWID;",
        "  value TEXT NOT NULL,\n  since INTEGER NOT NULL DEFAULT 0\n) WITHOUT ROWID;",
        1,
    ),
    (
        *MIGRATIONS,
        Migration(
            SCHEMA_NUMBER + 1,
            "Facts know since when they hold.",
            statements('ALTER TABLE facts ADD COLUMN "since" INTEGER  NOT NULL DEFAULT 0'),
        ),
    ),
)
"""A schema that could come next, with its step."""


def number_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def test_there_is_a_step_to_each_number() -> None:
    """In order, none left out, each with a word about what it does."""
    assert [step.to for step in MIGRATIONS] == list(NUMBERS)[1:]
    assert all(step.does.endswith(".") for step in MIGRATIONS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_of_each_schema_is_opened_and_can_be_read_whole(number: int, tmp_path: Path) -> None:
    """Each row of it, by this version; what is pending goes on, and what was said is there."""
    path = kept_files.put(number, tmp_path)

    with Emulator(data=tmp_path, check=True) as emulator:
        sandbox = emulator.create()
        messages = len(sandbox.messages.all())
        sandbox.clock.advance_to_next()
        said = sandbox.people.say(SHEENA, "Hello again").text

    assert (number_of(path), messages > 30, said) == (SCHEMA_NUMBER, True, "Hello again")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_of_each_schema_can_be_restored_as_a_snapshot(number: int, tmp_path: Path) -> None:
    """It is migrated apart, and stays as it was."""
    path = kept_files.put(number, tmp_path)
    before = path.read_bytes()

    with Emulator() as emulator:
        sandbox = emulator.create()
        sandbox.restore(path)

        assert len(sandbox.messages.all()) > 30
    assert path.read_bytes() == before


def test_deliveries_of_schema_5_learn_whose_webhook_they_are(tmp_path: Path) -> None:
    """From the webhook itself: its account, and the number that a message is about."""
    kept_files.put(5, tmp_path)

    with Emulator(data=tmp_path) as emulator:
        deliveries = emulator.create().webhooks.all()

    assert {delivery.waba_id for delivery in deliveries} == {"102290129340398"}
    assert {delivery.phone_number_id for delivery in deliveries if delivery.field == "messages"} == {
        "106540352242922"
    }


def test_webhooks_that_were_spoilt_before_schema_17_go_on(tmp_path: Path) -> None:
    """Their faults are numbered after those of errors; what was held back comes, what was spoilt is known."""
    path = kept_files.put(16, tmp_path)
    connection = sqlite3.connect(path)
    (number, app_id, waba_id, url, body) = connection.execute(
        "SELECT id, app_id, waba_id, url, CAST(body AS TEXT) FROM deliveries WHERE field = 'messages' LIMIT 1"
    ).fetchone()
    (last,) = connection.execute("SELECT value FROM counters WHERE name = 'faults'").fetchone()
    made = {
        "app_id": app_id,
        "waba_id": waba_id,
        "phone_number_id": None,
        "wa_id": None,
        "url": url,
        "field": "messages",
        "body": body,
        "at": "2026-10-05T09:00:00Z",
        "due": "2026-10-05T09:00:00Z",
    }
    state = {
        "asked": [
            {"id": 1, "kind": "late", "times": 2, "by": 3600.0, "met": 1},
            {"id": 2, "kind": "batch", "times": 3, "by": 0.0, "met": 1},
            {"id": 3, "kind": "batch", "times": 1, "by": 0.0, "met": 1},
            {"id": 4, "kind": "out_of_order", "times": 1, "by": 0.0, "met": 1},
        ],
        "held": [made],
        "batch": [made],
        "deliveries": [number, 10**9],
    }
    connection.execute("INSERT INTO facts VALUES ('webhook_faults', ?)", (json.dumps(state),))
    connection.execute(
        "INSERT INTO timeline (due, kind, subject, details) "
        "SELECT MIN(due), 'webhook.batch', 'webhook_fault:2', '{}' FROM timeline"
    )
    connection.commit()
    connection.close()

    with Emulator(data=tmp_path, check=True) as emulator:
        sandbox = emulator.create()
        faults = sandbox.faults.all("webhook")
        with sandbox.services.command() as store:
            held = store.facts.get("held_webhooks")
            spoilt = store.deliveries.spoilt.find(number)
            due = [work.subject for work in store.timeline.all() if work.kind == "webhook.batch"]
        before = len(sandbox.webhooks.all())
        sandbox.clock.advance_to_next()
        sandbox.settle()
        after = len(sandbox.webhooks.all())

    assert [(fault.id - last, fault.kind, fault.parameters, fault.times, fault.met) for fault in faults] == [
        (1, "late", {"by": 3600.0}, 2, 1),
        (2, "batch", {"size": 3}, 1, 0),
        (3, "batch", {"size": 2}, 1, 1),
        (4, "out_of_order", {}, 1, 1),
    ]
    assert [each["fault"] - last for each in held["overtaken"] + held["batches"]] == [4, 2]
    assert spoilt == (last + 4, "out_of_order")
    assert due == [f"fault:{last + 2}"]
    assert after >= before + 2


def test_due_work_of_schema_20_keeps_whose_it_is_and_that_it_waits_for_a_phone(tmp_path: Path) -> None:
    """Both stood in its details; the rest of these stays."""
    kept_files.put(20, tmp_path)
    path = tmp_path / "default.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM timeline")
    for details in (
        "{}",
        '{"last_inbound_at":null}',
        f'{{"wa_id":"{SHEENA}","asks":true}}',
        f'{{"ttl":9.0,"offline":"{SHEENA}"}}',
        f'{{"wa_id":"{SHEENA}","offline":"{SHEENA}"}}',
        '{"wa_id":null}',
    ):
        connection.execute("INSERT INTO timeline VALUES (NULL, 0, 'x', 'y', ?)", (details,))
    connection.commit()
    connection.close()

    store = Store(Database(path))
    found = [(dict(work.details), work.wa_id) for work in store.timeline.all()]
    store.database.close()

    assert found == [
        ({}, None),
        ({"last_inbound_at": None}, None),
        ({"asks": True}, SHEENA),
        ({"ttl": 9.0, "put_off": True}, SHEENA),
        ({"put_off": True}, SHEENA),
        ({}, None),
    ]


def test_a_step_that_comes_next_is_carried_out(tmp_path: Path) -> None:
    """Rows stay, the new column is there, and the number is the new one."""
    path = tmp_path / "kept.sqlite"
    first = Database(path)
    Store(first).facts.put("a", 1)
    first.close()

    second = Database(path, schema=NEXT)

    assert second.execute("SELECT name, value, since FROM facts").fetchall() == [("a", "1", 0)]
    second.close()
    assert number_of(path) == SCHEMA_NUMBER + 1


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Also when others before it were carried out."""
    path = tmp_path / "kept.sqlite"
    Database(path).close()
    broken = Schema(
        NEXT.number + 1,
        NEXT.script,
        (*NEXT.migrations, Migration(NEXT.number + 1, "Fails.", statements("DROP TABLE nowhere"))),
    )

    with pytest.raises(NotASnapshot, match=rf"{path}: no such table: nowhere"):
        Database(path, schema=broken)

    Database(path).close()
    assert number_of(path) == SCHEMA_NUMBER


def test_a_step_that_leads_to_other_tables_is_undone(tmp_path: Path) -> None:
    """What comes of all steps must be the schema."""
    path = tmp_path / "kept.sqlite"
    Database(path).close()
    forgetful = Schema(NEXT.number, NEXT.script, (Migration(NEXT.number, "Does nothing.", statements()),))

    with pytest.raises(NotASnapshot, match="has not the tables of its schema: facts is another one"):
        Database(path, schema=forgetful)

    assert number_of(path) == SCHEMA_NUMBER


def test_a_file_of_a_newer_version_says_so(tmp_path: Path) -> None:
    """In one sentence, with both numbers and what to do; the file stays as it is."""
    path = tmp_path / "kept.sqlite"
    Database(path, schema=NEXT).close()
    before = path.read_bytes()

    with pytest.raises(
        NotASnapshot,
        match=f"{path}: the sandbox has schema {NEXT.number}, this emulator reads schema {SCHEMA_NUMBER}: "
        "it was written by a newer version, take that one",
    ):
        Database(path)

    assert path.read_bytes() == before


def test_a_file_of_before_the_migrations_says_so(tmp_path: Path) -> None:
    """It has to be made anew."""
    path = tmp_path / "kept.sqlite"
    Database(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {OLDEST - 1}")
    connection.close()

    with pytest.raises(NotASnapshot, match=f"schema {OLDEST - 1}.* migrates from {OLDEST} on"):
        Database(path)


@pytest.mark.parametrize(
    "program",
    [
        "CREATE TRIGGER t AFTER INSERT ON facts BEGIN DELETE FROM facts; END",
        "CREATE VIEW v AS SELECT * FROM facts",
    ],
)
def test_a_file_with_statements_of_its_own_is_refused(program: str, tmp_path: Path) -> None:
    """Nothing in it is carried out, not even for a migration."""
    path = tmp_path / "kept.sqlite"
    Database(path).close()
    connection = sqlite3.connect(path)
    connection.execute(program)
    connection.close()

    for schema in (CURRENT, NEXT):
        with pytest.raises(NotASnapshot, match="which no sandbox has"):
            Database(path, schema=schema)
