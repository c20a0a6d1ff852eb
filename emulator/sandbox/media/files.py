"""Keep files: uploaded to a business number, sent by a person, downloaded, forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import BinaryIO

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter
from emulator.domain.media import RECEIVED_LIFETIME, UPLOAD_LIFETIME, Media, Upload
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.store.media.blobs import Blobs, Source


@dataclass(frozen=True, slots=True)
class Received:
    """How a resumable upload stands after a piece of it was taken in."""

    upload: Upload

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing: as many bytes have come as it was begun with."""
        return self.upload.offset >= self.upload.file_length


class MediaFiles:
    """Keeps the files of a sandbox: uploaded to a business number, sent by a person, downloaded, forgotten.

    Its methods make their own transactions; bytes are read before one begins.
    """

    def __init__(self, core: Core, blobs: Blobs) -> None:
        self._core, self._store, self._blobs = core, core.store, blobs

    def upload(
        self,
        number: BusinessNumber,
        source: Source,
        mime_type: str,
        filename: str | None = None,
        kept: timedelta = UPLOAD_LIFETIME,
    ) -> Media:
        """Take in a file that a business uploads to a number.

        Returns it with its media id, noted in the journal. ``source`` is read to its end first. It lives for
        the time ``kept``; files that have expired by now are removed with their bytes.
        """
        return self._take_in(number, source, mime_type, filename, kept, "was uploaded")

    def receive(
        self, number: BusinessNumber, source: Source, mime_type: str, filename: str | None = None
    ) -> Media:
        """Take in a file that a person sends to a number; it lives for seven days.

        ``source`` is read to its end first.
        """
        return self._take_in(number, source, mime_type, filename, RECEIVED_LIFETIME, "was sent by a person")

    def _take_in(
        self,
        number: BusinessNumber,
        source: Source,
        mime_type: str,
        filename: str | None,
        kept: timedelta,
        what: str,
    ) -> Media:
        with self._blobs.receiving(source) as blob, self._store.reading():
            with self._core.command():
                now = self._core.clock.now()
                media = Media(
                    id=self._core.ids.media(),
                    phone_number_id=number.id,
                    mime_type=mime_type,
                    sha256=blob.sha256,
                    size=blob.size,
                    at=now,
                    expires_at=now + kept,
                    filename=filename,
                    adler32=blob.adler32,
                    head=blob.head,
                )
                self._store.media.add(media)
                unused = self._store.media.remove_expired(now)
                self._core.note("media", media.id, f"{mime_type} of {blob.size} bytes {what}", cause=media.id)
                self._blobs.keep(blob)
            self._drop(unused)
        return media

    def find(self, media_id: str) -> Media | None:
        """Find a file by its media id.

        ``None`` when there never was one, or it was deleted, or has expired by now.
        """
        with self._store.reading():
            return self._store.media.get(media_id, self._core.clock.now())

    def open(self, media: Media) -> BinaryIO:
        """Open the bytes of a file for reading.

        Raises :class:`FileNotFoundError` when they were taken away.
        """
        return self._blobs.open(media.sha256)

    def delete(self, media: Media) -> None:
        """Delete a file, noted in the journal; its bytes go, too, unless another file has the same."""
        with self._store.reading():
            with self._core.command():
                self._store.media.remove(media.id)
                self._core.note("media", media.id, "was deleted", cause=media.id)
                unused = [] if self._store.media.names(media.sha256) else [media.sha256]
            self._drop(unused)

    def _drop(self, digests: list[str]) -> None:
        for digest in digests:
            self._blobs.remove(digest)

    # uploads in pieces

    def begin(self, app: App, file_type: str, file_length: int, file_name: str | None) -> Upload:
        """Begin a resumable upload of an app; its end gives a handle for the example of a template's header.

        ``file_length`` is in bytes, ``file_type`` is kept as it is given. Makes its own transaction.
        """
        with self._core.command():
            upload = Upload(self._core.ids.upload(), app.id, file_type, file_length, file_name, 0)
            self._store.media.begin(upload)
        return upload

    def append(self, upload: Upload, offset: int, source: Source) -> Received:
        """Take in the next piece of a resumable upload; returns how it stands.

        ``offset`` is the place of its first byte. No answer of the platform shows the bytes again, so they
        are counted and not kept. Raises ``(#100)`` for another offset than the one that is due, and for more
        bytes than were announced.
        """
        size = 0
        while chunk := source.read(256 * 1024):
            size += len(chunk)
        with self._core.command():
            current = self._store.media.upload(upload.id) or upload
            if offset != current.offset or offset + size > current.file_length:
                raise bad_parameter(
                    "Param file_offset does not fit the upload.",
                    hint=f"{current.offset} of {current.file_length} bytes have come; this piece has {size} "
                    f"from {offset}.",
                )
            current = replace(current, offset=offset + size)
            self._store.media.advance(current.id, current.offset)
        return Received(current)

    def now(self) -> datetime:
        """The sandbox's present time, as files expire by it."""
        return self._core.clock.now()
