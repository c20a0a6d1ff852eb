"""A snapshot is written piece by piece: whoever sends meanwhile gets through, and it is of one instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.measurements import fill
from kit.sandboxes import send
from kit.times import MORNING

from emulator import Emulator, Sandbox
from emulator.sandbox.errors import SandboxClosed
from emulator.sandbox.store.database import copies

PAGES = 32
"""Pages of a piece, so that a small database has many."""


@pytest.fixture(params=["in memory", "in a file"])
def filled(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """A sandbox of some hundred pages."""
    monkeypatch.setattr(copies, "PIECE", PAGES)
    folder = tmp_path / "data" if request.param == "in a file" else None
    with Emulator(data=folder) as emulator:
        sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
        sandbox.people.say(SHEENA, "Hello")
        fill(sandbox, 500)
        yield sandbox


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], list[int]]:
    """Has an act done by another thread in each pause; what is returned grows by one for each."""

    def begin(act: Callable[[], object]) -> list[int]:
        done: list[int] = []

        def run() -> None:
            act()
            done.append(len(done))

        def pause() -> None:
            thread = Thread(target=run, daemon=True)
            thread.start()
            thread.join(10)

        monkeypatch.setattr(copies, "pause", pause)
        return done

    return begin


def test_sends_get_through_while_a_snapshot_is_written(
    filled: Sandbox, meanwhile: Callable[[Callable[[], object]], list[int]]
) -> None:
    """Between any two pieces of a file; of a sandbox in memory a few do, as its copy begins anew."""
    begun = len(filled.messages.all(outbound=True))
    done = meanwhile(lambda: send(filled, "Meanwhile"))

    snapshot = filled.snapshot()

    written = len(done)
    assert written > copies.RESTARTS
    assert len(filled.messages.all(outbound=True)) == begun + written
    if filled.path is None:
        assert written <= 2 * copies.RESTARTS
    filled.restore(snapshot)
    assert len(filled.messages.all(outbound=True)) == begun + written


def test_a_snapshot_is_of_one_instant(
    filled: Sandbox, meanwhile: Callable[[Callable[[], object]], list[int]]
) -> None:
    """What was written meanwhile is in it whole: each message with its entry and what is due of it."""

    def say() -> None:
        filled.clock.advance(MORNING - MORNING.replace(hour=MORNING.hour - 1))
        filled.people.say(SHEENA, "Meanwhile")

    meanwhile(say)
    snapshot = filled.snapshot()
    state = filled.messages.all(), filled.journal.all(), filled.clock.now(), filled.webhooks.all()

    filled.people.say(SHEENA, "Afterwards")
    filled.restore(snapshot)

    assert (filled.messages.all(), filled.journal.all(), filled.clock.now(), filled.webhooks.all()) == state


def test_a_snapshot_with_nobody_beside_it_is_the_same(filled: Sandbox) -> None:
    """The pieces make one whole."""
    before = filled.messages.all(), filled.journal.all()

    filled.restore(filled.snapshot())

    assert (filled.messages.all(), filled.journal.all()) == before


def test_files_that_are_removed_meanwhile_are_in_the_snapshot(filled: Sandbox) -> None:
    """They were there at its instant; afterwards nothing of it is left beside them."""
    number = filled.accounts.number(PRODUCTION)
    media = filled.media.upload(number, BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(64)), "image/png", "a.png")
    blobs = filled.services.blobs
    folder = blobs.folder

    with blobs.held() as held:
        held.hold()
        blobs.remove(media.sha256)
        assert [path.read_bytes()[:4] for _, path in held.files] == [b"\x89PNG"]

    assert list(folder.iterdir()) == []


def test_a_sandbox_that_is_closed_meanwhile_has_no_snapshot(
    filled: Sandbox, meanwhile: Callable[[Callable[[], object]], list[int]]
) -> None:
    """Who waits for it is told so."""
    meanwhile(filled.close)

    with pytest.raises(SandboxClosed):
        filled.snapshot()
