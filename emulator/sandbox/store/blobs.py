"""The bytes of files: each once, named by its SHA-256, in a folder beside the database."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol
from zlib import adler32

from emulator.domain.media import HEAD

CHUNK = 256 * 1024


class Source(Protocol):
    """Where bytes come from: an upload, a file, a download."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Blob:
    """What is known about bytes that came."""

    sha256: str
    size: int
    adler32: int
    head: bytes
    partial: Path
    """Where they are until they are kept."""


class Blobs:
    """Keeps bytes in files, so that a large one never stands in memory.

    A sandbox that is kept has its folder beside its database, any other a temporary one, made when the first
    file comes. Bytes are whole before a row names them, and taken away after the last row that did.
    """

    def __init__(self, folder: Path | None) -> None:
        self._kept = folder
        self._temporary: Path | None = None

    @property
    def folder(self) -> Path:
        if self._kept is not None:
            self._kept.mkdir(parents=True, exist_ok=True)
            return self._kept
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="whatsapp-emulator-"))
        return self._temporary

    def receive(self, source: Source) -> Blob:
        """Read ``source`` to its end; may take as long as it takes, so not inside a transaction."""
        hashed, check, size, head = sha256(), 1, 0, b""
        handle, name = tempfile.mkstemp(dir=self.folder, prefix="partial-")
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                while chunk := source.read(CHUNK):
                    hashed.update(chunk)
                    check = adler32(chunk, check)
                    size += len(chunk)
                    head = head or chunk[:HEAD]
                    target.write(chunk)
                if self._kept is not None:
                    target.flush()
                    os.fsync(target.fileno())
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Blob(hashed.hexdigest(), size, check, head, partial)

    def keep(self, blob: Blob) -> None:
        """Give received bytes their name."""
        blob.partial.replace(self.path(blob.sha256))

    def path(self, digest: str) -> Path:
        return self.folder / digest

    def open(self, digest: str) -> BinaryIO:
        """Raises :class:`FileNotFoundError` for bytes that are not kept."""
        return self.path(digest).open("rb")

    def remove(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Everything that is kept, by its digest."""
        if self._is_there():
            for path in sorted(self.folder.iterdir()):
                if not path.name.startswith("partial-"):
                    yield path.name, path.read_bytes()

    def clear(self) -> None:
        """Keep nothing any more."""
        if self._is_there():
            shutil.rmtree(self.folder)
            self._temporary = None

    def close(self) -> None:
        """Take away what is only temporary."""
        if self._kept is None:
            self.clear()

    def _is_there(self) -> bool:
        return self._kept.is_dir() if self._kept is not None else self._temporary is not None
