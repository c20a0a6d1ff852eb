"""Files of business numbers, uploads under way, and links that were looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulator.domain.media import File, Media, Upload
from emulator.domain.values import dataclass
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

_COLUMNS = "id, phone_number_id, mime_type, sha256, size, at, expires_at, filename, adler32, head"


def _media(row: tuple[Any, ...]) -> Media:
    return Media(
        id=row[0],
        phone_number_id=row[1],
        mime_type=row[2],
        sha256=row[3],
        size=row[4],
        at=from_micros(row[5]),
        expires_at=from_micros(row[6]),
        filename=row[7],
        adler32=row[8],
        head=row[9],
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """What a link led to when it was fetched.

    Neither a file nor a problem when nobody looked, as of a public host.
    """

    file: File | None
    problem: str | None
    """The sentence that the failed message's error details have, such as ``http code 404``."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits for its links, when it is due to go out, and the details of its due work."""

    message_id: str
    due: datetime
    details: Mapping[str, Any]


class MediaTables:
    """Everything about files but their bytes, which are in :class:`Blobs`.

    That is files of numbers, resumable uploads, what links led to, and messages that wait for their links.
    Called inside ``store.reading()`` or a transaction.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def add(self, media: Media) -> None:
        """Store a new file, in the transaction that keeps its bytes.

        Several files may have the same bytes; each has an id and an end of its own.
        """
        self._execute(
            f"INSERT INTO media ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                media.id,
                media.phone_number_id,
                media.mime_type,
                media.sha256,
                media.size,
                to_micros(media.at),
                to_micros(media.expires_at),
                media.filename,
                media.adler32,
                media.head,
            ),
        )

    def get(self, media_id: str, at: datetime) -> Media | None:
        """Find a file by its media id; ``None`` when there is none, or it has expired by ``at``.

        At exactly its end it has expired. Expired rows stay until :meth:`remove_expired`.
        """
        row = self._execute(
            f"SELECT {_COLUMNS} FROM media WHERE id = ? AND expires_at > ?", (media_id, to_micros(at))
        ).fetchone()
        return row and _media(row)

    def remove(self, media_id: str) -> None:
        """Remove the row of a file; without one nothing changes.

        The bytes stay: the caller removes them after the transaction, when :meth:`names` says that no other
        file has them.
        """
        self._execute("DELETE FROM media WHERE id = ?", (media_id,))

    def remove_expired(self, at: datetime) -> list[str]:
        """Remove the rows of files that have expired by ``at``.

        Returns the digests that no row names any more.
        """
        rows = self._execute(
            "DELETE FROM media WHERE expires_at <= ? RETURNING sha256", (to_micros(at),)
        ).fetchall()
        return [digest for (digest,) in rows if not self.names(digest)]

    def names(self, digest: str) -> bool:
        """Say whether the row of any file names these bytes, expired ones too."""
        return self._execute("SELECT 1 FROM media WHERE sha256 = ? LIMIT 1", (digest,)).fetchone() is not None

    # uploads in pieces

    def begin(self, upload: Upload) -> None:
        """Store a resumable upload of which nothing has come yet."""
        self._execute(
            "INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?)",
            (
                upload.id,
                upload.app_id,
                upload.file_type,
                upload.file_length,
                upload.file_name,
                upload.offset,
            ),
        )

    def upload(self, upload_id: str) -> Upload | None:
        """Find a resumable upload by its id, with how many bytes have come; ``None`` when there is none."""
        row = self._execute(
            "SELECT id, app_id, file_type, file_length, file_name, received FROM uploads WHERE id = ?",
            (upload_id,),
        ).fetchone()
        return row and Upload(*row)

    def advance(self, upload_id: str, offset: int) -> None:
        """Set how many bytes of a resumable upload have come."""
        self._execute("UPDATE uploads SET received = ? WHERE id = ?", (offset, upload_id))

    def whole_uploads(self) -> list[Upload]:
        """List the resumable uploads of which everything has come, in the order of their ids."""
        rows = self._execute(
            "SELECT id, app_id, file_type, file_length, file_name, received FROM uploads "
            "WHERE received >= file_length ORDER BY id"
        )
        return [Upload(*row) for row in rows]

    # links

    def put_link(self, url: str, at: datetime, looked: Looked) -> None:
        """Remember what a link led to at an instant; it replaces what was found before.

        Kept as long as the sandbox: how long it is gone by is decided by who asks :meth:`link`.
        """
        file = looked.file
        self._execute(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET at = excluded.at, "
            "mime_type = excluded.mime_type, size = excluded.size, head = excluded.head, "
            "problem = excluded.problem",
            (
                url,
                to_micros(at),
                file and file.mime_type,
                file and file.size,
                file and file.head,
                looked.problem,
            ),
        )

    def link(self, url: str, since: datetime | None = None) -> Looked | None:
        """Find what a link led to when somebody last looked.

        With ``since`` only if that was after this instant.
        """
        row = self._execute(
            "SELECT at, mime_type, size, head, problem FROM links WHERE url = ?", (url,)
        ).fetchone()
        if row is None or (since is not None and from_micros(row[0]) <= since):
            return None
        return Looked(None if row[1] is None else File(row[1], row[2], row[3]), row[4])

    def wait_for(self, message_id: str, due: datetime, details: Mapping[str, Any]) -> None:
        """Note that a message waits until its links have been fetched, outside every transaction.

        ``due`` is when it goes out, and ``details`` are those of its due work, with the ``links``.
        """
        self._execute(
            "INSERT INTO fetches (message_id, due, details) VALUES (?, ?, ?)",
            (message_id, to_micros(due), compact(details)),
        )

    def waiting(self) -> Waiting | None:
        """Find the first message that waits for its links, by when it is due; ``None`` when none does."""
        row = self._execute(
            "SELECT message_id, due, details FROM fetches ORDER BY due, seq LIMIT 1"
        ).fetchone()
        return row and Waiting(row[0], from_micros(row[1]), json.loads(row[2]))

    def fetched(self, message_id: str) -> None:
        """Note that a message waits no more: its links have been fetched."""
        self._execute("DELETE FROM fetches WHERE message_id = ?", (message_id,))
