"""The bytes of files: each once, named by its SHA-256, in a folder beside the database."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Protocol
from zlib import adler32

from emulator.domain.media import HEAD_BYTES

CHUNK = 256 * 1024
_PARTIAL = "partial-"
_DIGEST = re.compile(r"[0-9a-f]{64}")


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
        self._lock = Lock()

    @property
    def folder(self) -> Path:
        if self._kept is not None:
            self._kept.mkdir(parents=True, exist_ok=True)
            return self._kept
        with self._lock:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="whatsapp-emulator-"))
            return self._temporary

    @contextmanager
    def receiving(self, source: Source) -> Iterator[Blob]:
        """Read ``source`` to its end; may take as long as it takes, so not inside a transaction.

        What is not kept until the end of the block is taken away.
        """
        blob = self._receive(source)
        try:
            yield blob
        finally:
            blob.partial.unlink(missing_ok=True)

    def _receive(self, source: Source) -> Blob:
        hashed, check, size, head = sha256(), 1, 0, b""
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=_PARTIAL)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                while chunk := source.read(CHUNK):
                    hashed.update(chunk)
                    check = adler32(chunk, check)
                    size += len(chunk)
                    head = head if len(head) == HEAD_BYTES else (head + chunk)[:HEAD_BYTES]
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
        """Where bytes are kept. Raises :class:`FileNotFoundError` for what is no digest: a snapshot may come
        from anywhere, and must lead nowhere else.
        """
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self.folder / digest

    def open(self, digest: str) -> BinaryIO:
        """Raises :class:`FileNotFoundError` for bytes that are not kept."""
        return self.path(digest).open("rb")

    def remove(self, digest: str) -> None:
        with suppress(FileNotFoundError):
            self.path(digest).unlink()

    def sweep(self, is_named: Callable[[str], bool]) -> None:
        """Take away what a crash left: half of a file, or bytes whose row was never written."""
        for path in self._paths():
            is_ours = path.name.startswith(_PARTIAL) or _DIGEST.fullmatch(path.name)
            if is_ours and not is_named(path.name):
                path.unlink()

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Everything that is kept, by its digest."""
        for path in self._paths():
            if _DIGEST.fullmatch(path.name):
                yield path.name, path.read_bytes()

    def empty(self) -> None:
        """Keep nothing any more; what is on its way in may still come."""
        for path in self._paths():
            self.remove(path.name)

    def clear(self) -> None:
        """Keep nothing any more, not even the folder."""
        with self._lock:
            folder, self._temporary = self._kept or self._temporary, None
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Take away what is only temporary."""
        if self._kept is None:
            self.clear()

    def _paths(self) -> list[Path]:
        folder = self._kept or self._temporary
        return sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
