"""``sandbox.media``: files of business numbers: uploaded, sent by people, downloaded, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.media import UPLOAD_LIFETIME, Media, Upload
from emulator.sandbox.media.files import Received
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.store.media.blobs import Source


class MediaNamespace(Namespace):
    """The files of a sandbox; their bytes are read outside every transaction."""

    def upload(
        self,
        number: BusinessNumber,
        source: Source,
        mime_type: str,
        filename: str | None = None,
        kept: timedelta = UPLOAD_LIFETIME,
    ) -> Media:
        """Take in a file that a business uploads; it is ``kept`` for 30 simulated days by default."""
        return self._services.media.upload(number, source, mime_type, filename, kept)

    def find(self, media_id: str) -> Media | None:
        """The file, unless it was deleted or has expired."""
        return self._services.media.find(media_id)

    def open(self, media: Media) -> BinaryIO:
        """The bytes of a file. Raises :class:`FileNotFoundError` when somebody took them away."""
        return self._services.media.open(media)

    def delete(self, media: Media) -> None:
        """Delete a file."""
        self._services.media.delete(media)

    def begin_upload(self, app: App, file_type: str, file_length: int, file_name: str | None) -> Upload:
        """Begin a resumable upload whose end gives a handle, for the example of a template's header."""
        return self._services.media.begin(app, file_type, file_length, file_name)

    def find_upload(self, upload_id: str) -> Upload | None:
        """A resumable upload by its id."""
        with self._store.reading():
            return self._store.media.upload(upload_id)

    def append(self, upload: Upload, offset: int, source: Source) -> Received:
        """Take in a piece of a resumable upload that begins at ``offset``. Raises ``(#100)``."""
        return self._services.media.append(upload, offset, source)
