"""One SQLite database a sandbox: commands happen whole or not at all, and a file keeps them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from emulator.domain.messages.lifecycle import MessageStatus
from emulator.sandbox.errors import InUse, NotASnapshot
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.database.schema import SCHEMA_NUMBER


@pytest.fixture
def store() -> Iterator[Store]:
    database = Database()
    yield Store(database)
    database.close()


def facts(store: Store) -> dict[str, object]:
    return {name: store.facts.get(name) for name in ("a", "b", "c") if store.facts.get(name) is not None}


class Refused(Exception):
    """Something a command raises."""


# transactions


def test_a_transaction_happens(store: Store) -> None:
    """Everything inside is there afterwards."""
    with store.transaction():
        store.facts.put("a", 1)
        store.facts.put("b", 2)

    assert facts(store) == {"a": 1, "b": 2}


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    """Facts and counters are as before."""

    def command() -> None:
        with store.transaction():
            store.facts.put("a", 1)
            store.facts.count("ids")
            raise Refused

    with pytest.raises(Refused):
        command()

    assert (facts(store), store.facts.count("ids")) == ({}, 1)


def test_transactions_nest_by_joining(store: Store) -> None:
    """An inner one that has ended is undone with the outer one."""

    def command() -> None:
        with store.transaction():
            with store.transaction():
                store.facts.put("a", 1)
            raise Refused

    with pytest.raises(Refused):
        command()

    assert facts(store) == {}


def test_a_transaction_knows_whose_it_is(store: Store) -> None:
    """Only the thread inside is in it."""
    told = []

    def look() -> None:
        told.append(store.database.in_transaction)

    look()
    with store.transaction():
        look()
        other = Thread(target=look)
        other.start()
        other.join(5)
    look()

    assert told == [False, True, False, False]


def test_two_threads_do_not_see_each_others_open_transaction(store: Store) -> None:
    """The second waits until the first has ended, and sees nothing of what was undone."""
    waiting, done = Event(), Event()
    seen: list[dict[str, object]] = []

    def read() -> None:
        waiting.set()
        with store.transaction():
            seen.append(facts(store))
        done.set()

    def command() -> None:
        with store.transaction():
            store.facts.put("a", 1)
            reader.start()
            waiting.wait(5)
            assert not done.wait(0.02)
            raise Refused

    reader = Thread(target=read)
    with pytest.raises(Refused):
        command()
    reader.join(5)

    assert (done.is_set(), seen) == (True, [{}])


def test_looking_sees_nobodys_half_done_work(store: Store) -> None:
    """Whoever only looks waits as well."""
    done = Event()
    seen: list[dict[str, object]] = []

    def look() -> None:
        with store.reading():
            seen.append(facts(store))
        done.set()

    with store.transaction():
        store.facts.put("a", 1)
        looker = Thread(target=look)
        looker.start()
        assert not done.wait(0.02)
        store.facts.put("b", 2)
    looker.join(5)

    assert seen == [{"a": 1, "b": 2}]


def test_many_threads_lose_nothing(store: Store) -> None:
    """Each counts in transactions of its own, and the sum is there."""

    def work() -> None:
        for _ in range(50):
            with store.transaction():
                store.facts.put("a", (store.facts.get("a") or 0) + 1)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert store.facts.get("a") == 200


# images


def test_a_copy_in_a_file_is_the_whole_database(store: Store, tmp_path: Path) -> None:
    """Opened, it is the same, with the facts that were put into it."""
    store.facts.put("a", [1, 2])

    store.database.write_to(tmp_path / "copy.sqlite", lambda: {"b": 3})

    other = Database(tmp_path / "copy.sqlite")
    assert facts(Store(other)) == {"a": [1, 2], "b": 3}
    other.close()


def test_a_database_is_made_like_another(store: Store) -> None:
    """As a sandbox is made from its seed; the two then go apart."""
    store.facts.put("a", 1)

    copy = Database(like=store.database)
    Store(copy).facts.put("b", 2)

    assert (facts(store), facts(Store(copy)), copy.is_new) == ({"a": 1}, {"a": 1, "b": 2}, True)
    copy.close()


# files


def test_a_file_keeps_everything(tmp_path: Path) -> None:
    """A database opened again is not new."""
    path = tmp_path / "kept.sqlite"
    first = Database(path)
    Store(first).facts.put("a", 1)
    first.close()

    second = Database(path)

    assert (facts(Store(second)), first.is_new, second.is_new) == ({"a": 1}, True, False)
    second.close()


def test_a_kept_file_is_not_overwritten_by_a_seed(tmp_path: Path, store: Store) -> None:
    """What it should be like counts for a new file only."""
    path = tmp_path / "kept.sqlite"
    first = Database(path, like=store.database)
    Store(first).facts.put("a", 1)
    first.close()

    second = Database(path, like=store.database)

    assert facts(Store(second)) == {"a": 1}
    second.close()


def test_what_was_committed_outlives_a_crash(tmp_path: Path) -> None:
    """A process that never closed its database loses nothing that was answered."""
    path = tmp_path / "kept.sqlite"
    crashed = Database(path)
    with crashed.transaction():
        Store(crashed).facts.put("a", 1)
    found = tmp_path / "after the crash"
    found.mkdir()
    for file in tmp_path.glob("kept.sqlite*"):
        shutil.copy(file, found)

    opened = Database(found / "kept.sqlite")

    assert facts(Store(opened)) == {"a": 1}
    opened.close()
    crashed.close()


def test_a_file_has_one_process_at_a_time(tmp_path: Path) -> None:
    """A second one is refused with a sentence, until the first one has closed it."""
    path = tmp_path / "kept.sqlite"
    first = Database(path)

    with pytest.raises(InUse, match="in use by another emulator"):
        Database(path)
    first.close()

    Database(path).close()


def test_a_file_becomes_a_copy_of_another_database(tmp_path: Path, store: Store) -> None:
    """With facts of its own, which come with the copy or not at all."""
    kept = Database(tmp_path / "kept.sqlite")
    try:
        Store(kept).facts.put("a", 1)
        store.facts.put("b", 2)

        kept.copy_from(store.database, {"c": 3})

        assert [facts(Store(kept)), facts(store)] == [{"b": 2, "c": 3}, {"b": 2}]
    finally:
        kept.close()


def test_a_key_in_another_order_is_no_damage(tmp_path: Path) -> None:
    """SQLite's own quick check takes the receipts of a group for damage; a whole check does not."""
    path = tmp_path / "kept.sqlite"
    first = Database(path)
    Store(first).groups.receive("wamid.1", "16505551234", MessageStatus.DELIVERED)
    first.close()

    second = Database(path)

    assert Store(second).groups.has_received("wamid.1", "16505551234")
    second.close()


def test_a_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    """With both numbers, so that one knows which emulator to take."""
    path = _sqlite(
        tmp_path,
        f"PRAGMA application_id = {0x57614575}; PRAGMA user_version = 999; CREATE TABLE facts (name);",
    )

    with pytest.raises(
        NotASnapshot, match=f"the sandbox has schema 999, this emulator reads schema {SCHEMA_NUMBER}"
    ):
        Database(path)


def test_a_file_of_somebody_else_is_refused_and_stays(tmp_path: Path, store: Store) -> None:
    """A SQLite file that is no sandbox is not written over."""
    path = _sqlite(tmp_path, "CREATE TABLE diary (day); INSERT INTO diary VALUES ('precious');")

    with pytest.raises(NotASnapshot, match="no sandbox"):
        Database(path, like=store.database)

    connection = sqlite3.connect(path)
    assert connection.execute("SELECT day FROM diary").fetchall() == [("precious",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused_and_stays(tmp_path: Path, store: Store) -> None:
    """In the words of the emulator."""
    path = tmp_path / "kept.sqlite"
    path.write_text("Dear diary, " * 100)

    with pytest.raises(NotASnapshot):
        Database(path, like=store.database)

    assert path.read_text().startswith("Dear diary")


def _sqlite(folder: Path, script: str) -> Path:
    path = folder / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path
