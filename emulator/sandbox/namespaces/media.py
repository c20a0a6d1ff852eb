"""``sandbox.media``: files of business numbers: uploaded, sent by people, downloaded, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from emulator.domain.media import UPLOAD_LIFETIME
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.apps import App
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.domain.media import Media, Upload
    from emulator.sandbox.media.files import Received
    from emulator.sandbox.store.media.blobs import Source


class MediaNamespace(Namespace):
    """The files of business numbers: uploaded by businesses, sent by people, downloaded, deleted.

    Bytes are read before the transaction that keeps them begins, so a slow source holds nobody up. Files
    expire by the simulated time.
    """

    def upload(
        self,
        number: BusinessNumber,
        source: Source,
        mime_type: str,
        filename: str | None = None,
        kept: timedelta = UPLOAD_LIFETIME,
    ) -> Media:
        """Take in a file that a business uploads to a number; returns it with its media id.

        The journal notes it. ``source`` is read to its end; ``mime_type`` is kept as it is given, sizes and
        types are checked when a message uses the file; ``kept`` is how long it lives by the simulated time,
        30 days by default.
        """
        return self._services.media.upload(number, source, mime_type, filename, kept)

    def find(self, media_id: str) -> Media | None:
        """Find a file by its media id.

        ``None`` when there never was one, or it was deleted, or has expired by now.
        """
        return self._services.media.find(media_id)

    def open(self, media: Media) -> BinaryIO:
        """Open the bytes of a file for reading; the caller closes it.

        May be called at any time, outside transactions. Raises :class:`FileNotFoundError` when the bytes were
        taken away, as by a deletion at the same time.
        """
        return self._services.media.open(media)

    def delete(self, media: Media) -> None:
        """Delete a file; messages that have it can be sent no more.

        Its bytes go too, unless another file has the same.
        """
        self._services.media.delete(media)

    def begin_upload(self, app: App, file_type: str, file_length: int, file_name: str | None) -> Upload:
        """Begin a resumable upload of an app, as ``POST /{app_id}/uploads`` does.

        Returns it, with no byte received. ``file_length`` is in bytes. Its end gives a handle, which the
        example of a template's media header names.
        """
        return self._services.media.begin(app, file_type, file_length, file_name)

    def append(self, upload: Upload, offset: int, source: Source) -> Received:
        """Take in the next piece of a resumable upload; returns how it stands, and whether it is whole.

        ``offset`` is the place of its first byte, and has to be the number of bytes that have come. The bytes
        are counted and not kept, as nothing shows them again. Raises ``(#100)`` for another offset or too
        many bytes.
        """
        return self._services.media.append(upload, offset, source)
