"""Open a file that was received as one that nobody trusts, and hand on what is in it once it is judged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from emulator.sandbox.errors import NotASnapshot, NotKept
from emulator.sandbox.store.database import check_pages, not_kept, put_facts, reason
from emulator.sandbox.store.database.schema import CURRENT, Schema
from emulator.sandbox.store.media.blobs import CHUNK, Blobs, Source
from emulator.sandbox.store.snapshots.judge import judge

_SQLITE = b"SQLite format 3\x00"
_PAGE = 4096
"""Bytes of a page of a sandbox's database: a copy has those of its source."""


class Snapshot:
    """A database that was received and judged: everything in it can be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connection = _connect(path, read_only=True)

    def unpack(self, blobs: Blobs) -> None:
        """Put the files that it brought along where bytes are kept, a piece at a time."""
        for row, _ in _blobs(self.connection):
            with (
                self.connection.blobopen("blobs", "bytes", row, readonly=True) as source,
                blobs.receiving(source) as blob,
            ):
                blobs.keep(blob)

    def strip(self) -> None:
        """Leave the bytes of files out of the database, which is copied next."""
        with self._written() as writable:
            (size,) = writable.execute("PRAGMA page_size").fetchone()
            deleted = writable.execute("DELETE FROM blobs").rowcount
            if deleted or size != _PAGE:
                writable.execute(f"PRAGMA page_size = {_PAGE}")
                writable.execute("VACUUM")

    def put(self, facts: Mapping[str, object]) -> None:
        """Put some facts into the database, in the place of those of the same name."""
        with self._written() as writable:
            put_facts(writable, facts)

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        self.connection.close()
        with not_kept(self._path.parent), closing(_connect(self._path, read_only=False)) as writable:
            writable.execute("PRAGMA synchronous = OFF")
            writable.execute("PRAGMA journal_mode = DELETE")
            yield writable
        self.connection = _connect(self._path, read_only=True)

    def close(self) -> None:
        self.connection.close()


@contextmanager
def opened(snapshot: bytes | Path | Source) -> Iterator[Snapshot]:
    """Copy a snapshot to a temporary file, a piece at a time, judge it there, and open it.

    Raises :class:`NotASnapshot` as :func:`received` does, and :class:`NotKept` when there is no room for it.
    """
    with TemporaryDirectory(prefix="whatsapp-emulator-") as folder:
        path = Path(folder) / "snapshot.sqlite"
        if isinstance(snapshot, Path):
            with snapshot.open("rb") as source:
                _copy(source, path)
        else:
            _copy(BytesIO(snapshot) if isinstance(snapshot, bytes) else snapshot, path)
        with received(path) as found:
            yield found


def _copy(source: Source, path: Path) -> None:
    with path.open("wb") as target:
        while chunk := source.read(CHUNK):
            try:
                target.write(chunk)
            except OSError as problem:
                raise NotKept(f"{path.parent}: {problem.strerror}") from problem


@contextmanager
def received(path: Path, schema: Schema = CURRENT) -> Iterator[Snapshot]:
    """Judge the file at ``path``, which is the caller's to be changed, and open it.

    One of an older schema is migrated first. Raises :class:`NotASnapshot` with a sentence that names the
    first thing that is wrong.
    """
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise NotASnapshot("this is no snapshot of a sandbox: not a SQLite file")
    try:
        _judge(path, schema)
        snapshot = Snapshot(path)
    except sqlite3.Error as problem:
        raise NotASnapshot(f"this is no snapshot of a sandbox: {reason(problem)}") from None
    try:
        yield snapshot
    finally:
        snapshot.close()


def _judge(path: Path, schema: Schema) -> None:
    connection = _connect(path, read_only=True)
    try:
        number = schema.number_of(connection)
        if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
            raise NotASnapshot("the snapshot is not in UTF-8")
        check_pages(connection, whole=True)
        if number != schema.number:
            connection.close()
            connection = _connect(path, read_only=False)
            schema.migrate(connection)
        schema.check(connection)
        judge(connection)
        _judge_blobs(connection)
    finally:
        connection.close()


def _judge_blobs(connection: sqlite3.Connection) -> None:
    """The bytes of a file are those that its digest says."""
    for row, digest in _blobs(connection):
        try:
            source = connection.blobopen("blobs", "bytes", row, readonly=True)
        except sqlite3.Error:
            raise NotASnapshot(f"the snapshot's blobs.bytes of {digest!r} are no bytes") from None
        found = sha256()
        with source:
            while chunk := source.read(CHUNK):
                found.update(chunk)
        if found.hexdigest() != digest:
            raise NotASnapshot(f"the snapshot's blobs.bytes of {digest!r} are others than its digest says")


def _blobs(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT rowid, sha256 FROM blobs ORDER BY sha256").fetchall()


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro&immutable=1" if read_only else "rw"
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = FILE"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
