"""The bytes of files: each once, named by its SHA-256, in a folder beside the database."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Protocol
from zlib import adler32

from emulator.domain.media import HEAD_BYTES
from emulator.domain.values import dataclass
from emulator.sandbox.errors import NotKept

CHUNK = 256 * 1024
_PARTIAL = "partial-"
_HELD = count()
"""Numbers what is held, so that no two have the same second names."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Source(Protocol):
    """Where bytes come from, read piece by piece: an upload, a file, a download."""

    def read(self, size: int, /) -> bytes:
        """Read at most ``size`` bytes; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Blob:
    """What is known about bytes that have been received and are not kept yet.

    ``sha256`` is their digest in hexadecimal, ``size`` their number, ``adler32`` a checksum that downloads
    carry, ``head`` the first bytes, by which types are told apart.
    """

    sha256: str
    size: int
    adler32: int
    head: bytes
    partial: Path
    """The file they are in until they are kept; it is removed otherwise."""


@contextmanager
def _written_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise NotKept(f"{folder}: {problem.strerror}") from problem


class Held:
    """Every file that was kept at one instant, under a second name: what is removed later is still there."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.files: list[tuple[str, Path]] = []
        """Each digest with the second name of the file of its bytes."""

    def hold(self) -> None:
        """Give every file that is kept now a second name; where the disk knows none, it is copied."""
        number = next(_HELD)
        for digest, path in self._blobs.all():
            second = path.with_name(f"{_PARTIAL}{os.getpid()}-{number}-{digest}")
            self.files.append((digest, second))
            try:
                second.hardlink_to(path)
            except OSError:
                with _written_to(path.parent):
                    shutil.copyfile(path, second)


class Blobs:
    """Keeps the bytes of files in a folder, so that a large one never stands in memory; equal bytes once.

    A sandbox that is kept has its folder beside its database, any other a temporary one, made when the first
    file comes. Bytes are whole before a row names them, and taken away after the last row that did. Methods
    may be called from any thread.
    """

    def __init__(self, folder: Path | None) -> None:
        self._kept = folder
        self._temporary: Path | None = None
        self._lock = Lock()

    @property
    def folder(self) -> Path:
        """The folder that the bytes are in; made when it is first asked for.

        Beside the database for a sandbox that is kept, else a temporary one of the system.
        """
        if self._kept is not None:
            self._kept.mkdir(parents=True, exist_ok=True)
            return self._kept
        with self._lock:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="whatsapp-emulator-"))
            return self._temporary

    @contextmanager
    def receiving(self, source: Source) -> Iterator[Blob]:
        """Read ``source`` to its end into a partial file.

        Inside the ``with`` block it can be kept, afterwards it is removed. It may take as long as the source
        takes, so it is never called inside a transaction. What the source raises is raised.
        """
        blob = self._receive(source)
        try:
            yield blob
        finally:
            blob.partial.unlink(missing_ok=True)

    def _receive(self, source: Source) -> Blob:
        hashed, check, size, head = sha256(), 1, 0, b""
        with _written_to(self.folder):
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=_PARTIAL)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                while chunk := source.read(CHUNK):
                    hashed.update(chunk)
                    check = adler32(chunk, check)
                    size += len(chunk)
                    head = head if len(head) == HEAD_BYTES else (head + chunk)[:HEAD_BYTES]
                    with _written_to(self.folder):
                        target.write(chunk)
                with _written_to(self.folder):
                    target.flush()
                    if self._kept is not None:
                        os.fsync(target.fileno())
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Blob(hashed.hexdigest(), size, check, head, partial)

    def keep(self, blob: Blob) -> None:
        """Give received bytes the name of their digest, for good; the same bytes may be kept already.

        Called in the transaction that writes the row naming them, so that no row names half a file.
        """
        blob.partial.replace(self.path(blob.sha256))

    def path(self, digest: str) -> Path:
        """Find the file that bytes are kept in by their digest; it need not exist.

        Raises :class:`FileNotFoundError` for what is no digest: a snapshot may come from anywhere, and must
        lead nowhere else.
        """
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self.folder / digest

    def open(self, digest: str) -> BinaryIO:
        """Open kept bytes for reading.

        Raises :class:`FileNotFoundError` for a digest whose bytes are not kept.
        """
        return self.path(digest).open("rb")

    def remove(self, digest: str) -> None:
        """Remove the bytes with a digest; where they are removed already nothing happens.

        Called after the transaction that removed the last row naming them: a crash in between leaves what
        :meth:`sweep` finds.
        """
        with suppress(FileNotFoundError):
            self.path(digest).unlink()

    def sweep(self, is_named: Callable[[str], bool]) -> None:
        """Remove what a crash left: half of a file, or bytes whose row was never written.

        ``is_named`` says whether a row names a digest. Called once, before anything else happens.
        """
        for path in self._paths():
            is_ours = path.name.startswith(_PARTIAL) or _DIGEST.fullmatch(path.name)
            if is_ours and not is_named(path.name):
                path.unlink()

    @contextmanager
    def held(self) -> Iterator[Held]:
        """Give what :meth:`Held.hold` keeps readable until the end of the ``with`` block."""
        held = Held(self)
        try:
            yield held
        finally:
            for _, path in held.files:
                path.unlink(missing_ok=True)

    def all(self) -> Iterator[tuple[str, Path]]:
        """Go through everything that is kept: each digest with the file of its bytes.

        Partial files are left out.
        """
        for path in self._paths():
            if _DIGEST.fullmatch(path.name):
                yield path.name, path

    def keep_only(self, is_named: Callable[[str], bool]) -> None:
        """Remove the bytes that no row names; what is being received right now may still be kept."""
        for path in self._paths():
            if _DIGEST.fullmatch(path.name) and not is_named(path.name):
                path.unlink()

    def clear(self) -> None:
        """Remove everything with the folder itself, which is made anew when it is needed."""
        with self._lock:
            folder, self._temporary = self._kept or self._temporary, None
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove the folder of a sandbox that is not kept; a kept one stays for the next start."""
        if self._kept is None:
            self.clear()

    def _paths(self) -> list[Path]:
        folder = self._kept or self._temporary
        return sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
