"""The bytes of files: whole or not at all, once, and gone with whatever they belonged to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from emulator import Emulator, Sandbox
from emulator.domain.media import HEAD_BYTES, Media
from emulator.sandbox.store.media.blobs import Blobs

NOTHING = sha256(b"").hexdigest()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def take_in(sandbox: Sandbox, source: Any, filename: str | None = None, kind: str = "image/png") -> Media:
    return sandbox.services.media.upload(sandbox.services.store.accounts.numbers()[0], source, kind, filename)


def bytes_of(sandbox: Sandbox, media_id: str) -> bytes:
    media = sandbox.services.media.find(media_id)
    assert media is not None
    with sandbox.services.media.open(media) as source:
        return source.read()


class Broken:
    """Some bytes, and then a client that is gone."""

    def __init__(self) -> None:
        self._left = [b"some", b"more"]

    def read(self, size: int, /) -> bytes:
        if not self._left:
            raise ConnectionResetError("gone")
        return self._left.pop(0)


class Trickle:
    """Bytes that come one by one, and what happens before the last."""

    def __init__(self, data: bytes, meanwhile: Any = None) -> None:
        self._left, self._meanwhile = list(data), meanwhile

    def read(self, size: int, /) -> bytes:
        if len(self._left) == 1 and self._meanwhile is not None:
            self._meanwhile()
        return bytes([self._left.pop(0)]) if self._left else b""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_upload_that_breaks_off_leaves_nothing(temporary: Path) -> None:
    """No row, no bytes."""
    with Emulator() as emulator:
        sandbox = emulator.create(speed=None)

        with pytest.raises(ConnectionResetError):
            take_in(sandbox, Broken())

        assert names(temporary) == []


def test_an_upload_that_is_refused_at_the_end_leaves_nothing(temporary: Path) -> None:
    """Its bytes are taken away with the transaction that should have named them."""
    with Emulator() as emulator:
        sandbox = emulator.create(speed=None)

        sandbox.services.core.note = full  # type: ignore[method-assign]
        with pytest.raises(RuntimeError):
            take_in(sandbox, BytesIO(b"data"))

        assert names(temporary) == []


def full(*_: Any, **__: Any) -> None:
    raise RuntimeError("the journal is full")


def test_a_temporary_folder_goes_with_its_sandbox(temporary: Path) -> None:
    """And is made only when a file comes."""
    with Emulator() as emulator:
        sandbox = emulator.create(speed=None)
        assert list(temporary.iterdir()) == []
        take_in(sandbox, BytesIO(b"data"))
        assert len(list(temporary.iterdir())) == 1

    assert list(temporary.iterdir()) == []


def test_two_first_files_at_once_share_a_folder(temporary: Path) -> None:
    """Nobody's folder is forgotten."""
    blobs, barrier = Blobs(None), Barrier(8)
    found: list[Path] = []

    def look() -> None:
        barrier.wait()
        found.append(blobs.folder)

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(temporary.iterdir()) == [found[0]]
    assert set(found) == {found[0]}
    blobs.close()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_reset_during_an_upload_lets_it_come(tmp_path: Path, kept: bool) -> None:
    """The file belongs to what the sandbox is afterwards."""
    with Emulator(data=tmp_path if kept else None) as emulator:
        sandbox = emulator.create(speed=None)
        before = take_in(sandbox, BytesIO(b"before"))

        media = take_in(sandbox, Trickle(b"during", sandbox.reset))

        assert bytes_of(sandbox, media.id) == b"during"
        with pytest.raises(FileNotFoundError):
            sandbox.services.media.open(before)


def test_the_head_of_a_file_that_comes_in_small_pieces_is_whole() -> None:
    """A sticker is told by its first bytes, however they came."""
    data = bytes(range(100))
    blobs = Blobs(None)

    with blobs.receiving(Trickle(data)) as blob:
        found = (blob.head, blob.size, blob.sha256)
    blobs.close()

    assert found == (data[:HEAD_BYTES], 100, sha256(data).hexdigest())


def test_an_empty_file_is_a_file() -> None:
    """It can be uploaded and looked at; a message that shows it fails later."""
    with Emulator() as emulator:
        sandbox = emulator.create(speed=None)

        media = take_in(sandbox, BytesIO(b""))

        assert (media.size, media.sha256) == (0, NOTHING)
        assert bytes_of(sandbox, media.id) == b""


@pytest.mark.parametrize(
    "filename",
    [
        "../../escaped",
        "/etc/passwd",
        "a\x00b",
        "..",
        "C:\\escaped",
        "partial-",
        "x" * 100_000,
        "\U0001f926" * 99,
    ],
)
def test_a_filename_is_a_word_and_never_a_path(tmp_path: Path, filename: str) -> None:
    """Bytes are named by their digest alone."""
    with Emulator(data=tmp_path / "data") as emulator:
        sandbox = emulator.create(speed=None)
        media = take_in(sandbox, BytesIO(b"data"), filename)

        found = sandbox.services.media.find(media.id)
        assert found is not None
        assert found.filename == filename
        assert names(tmp_path / "data" / "default.files") == [sha256(b"data").hexdigest()]
        assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("digest", ["../../secret", "", "..", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_digest_leads_nowhere(tmp_path: Path, digest: str) -> None:
    """A snapshot may come from anybody: its rows open no file, and take none away."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    blobs = Blobs(tmp_path / "a" / "b")

    with pytest.raises(FileNotFoundError):
        blobs.open(digest)
    blobs.remove(digest)

    assert secret.read_text() == "secret"


def test_a_kept_sandbox_is_swept_when_it_is_opened(tmp_path: Path) -> None:
    """What a crash left is taken away; what a row names, and what is not ours, stays."""
    folder = tmp_path / "default.files"
    with Emulator(data=tmp_path) as first:
        media = take_in(first.create(speed=None), BytesIO(b"data"))
    (folder / "partial-k3j2").write_bytes(b"da")
    (folder / sha256(b"lost").hexdigest()).write_bytes(b"lost")
    (folder / "notes.txt").write_text("mine")

    with Emulator(data=tmp_path) as second:
        taken_up = second.take_up()[0]

        assert names(folder) == sorted([media.sha256, "notes.txt"])
        assert bytes_of(taken_up, media.id) == b"data"


@pytest.fixture
def pair() -> Iterator[tuple[Sandbox, Sandbox]]:
    """Two sandboxes of one seed."""
    with Emulator() as emulator:
        yield emulator.create("one", speed=None), emulator.create("two", speed=None)


def test_a_snapshot_holds_every_file_once(pair: tuple[Sandbox, Sandbox]) -> None:
    """Several files, two of them with the same bytes, one empty; another sandbox can give them all out."""
    one, two = pair
    contents = [b"first", b"second", b"first", b"", bytes(300_000)]
    kept = [take_in(one, BytesIO(data)) for data in contents]
    left = take_in(two, BytesIO(b"from before"))

    two.restore(one.snapshot())

    assert [bytes_of(two, media.id) for media in kept] == contents
    assert names(two.services.blobs.folder) == sorted({media.sha256 for media in kept})
    with pytest.raises(FileNotFoundError):
        two.services.media.open(left)
    one.services.media.delete(kept[0])
    assert bytes_of(one, kept[2].id) == bytes_of(two, kept[0].id) == b"first"
    assert two.snapshot() == two.snapshot()
