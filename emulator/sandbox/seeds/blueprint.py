"""A seed made ready: the state it describes, kept as a database to copy for sandboxes of any name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from emulator.sandbox.errors import SeedError
from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.prepared import images
from emulator.sandbox.seeds.source import SeedSource
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.database.whole_rows import put_rows

if TYPE_CHECKING:
    from emulator.sandbox.seeds.files import Spot
    from emulator.sandbox.seeds.parts import Judged
    from emulator.sandbox.seeds.seed import Seed

KEPT = 4
"""Images for other names that a blueprint keeps, of some 0.4 MB each."""


class Blueprint:
    """The image of a seed: a database to copy. A new sandbox is a copy of it, and a reset becomes one again.

    A database is filled once, for the first sandbox: the seed is read and its templates are judged, where its
    image does not come with the emulator. A sandbox of another name gets a copy in which only what its name
    decides is written anew: a tenth of the work.
    """

    def __init__(self, source: SeedSource, name: str, *, at_once: bool = False) -> None:
        """Make the seed of ``source`` ready, first for the sandbox called ``name``.

        ``at_once`` makes people without habits of their own answer in the same instant. Raises
        :class:`~emulator.sandbox.seeds.files.SeedError` for a seed that is not there or wrong.
        """
        self.source = source
        """Where its seed comes from."""
        self._at_once = at_once
        self._name, self._stamp = name, source.stamp()
        self._judged: Judged = {}
        self._read: tuple[Spot, Seed] | None = None
        self._lock = Lock()
        self._images: dict[str, Database] = {}
        self.relative_people: tuple[str, ...]
        """The people in whose habits lengths of time count from the beginning of a sandbox."""
        self.database = Database()
        """The image for the first name."""
        try:
            with self.database.transaction():
                self._fill()
        except BaseException:
            self.database.close()
            raise

    def _fill(self) -> None:
        """Fill the image for the first name: from what is kept beside a seed, or else by reading it."""
        file = self.source.file
        kept = images.read(file, at_once=self._at_once) if file and self._name == DEFAULT else None
        store = Store(self.database)
        if kept is not None:
            put_rows(self.database, kept.rows)
            self.relative_people = kept.relative_people
        else:
            from emulator.sandbox.seeds import filling  # and all that reads a seed

            _, seed = self._what_was_read()
            filling.fill(store, seed)
            self.relative_people = filling.relative_people(seed)
        store.facts.put("made_from", self.source.as_json() | {"at_once": self._at_once})

    def _what_was_read(self) -> tuple[Spot, Seed]:
        """Give what is read, and the seed for the first name; what was read first holds."""
        if self._read is None:
            root = self.source.read()
            if self.source.stamp() != self._stamp:
                raise SeedError(root.file, 1, "", "has been changed while a sandbox of it is there")
            self._read = root, self._seed_for(root, self._name)
        return self._read

    def _seed_for(self, root: Spot, name: str) -> Seed:
        from emulator.sandbox.seeds import lookup

        return lookup.from_spot(root, name, at_once=self._at_once, judged=self._judged)

    @contextmanager
    def image(self, name: str, *, again: bool = False) -> Iterator[Database]:
        """Give the ``with`` block a database to copy for the sandbox called ``name``.

        With ``again`` it is kept for the next time, as a sandbox that is reset once is reset often; of the
        newest :data:`KEPT` names. Raises :class:`~emulator.sandbox.seeds.files.SeedError` where ids collide
        that are made of the name.
        """
        if name == self._name:
            yield self.database
        elif again:
            with self._lock:
                yield self._kept_image(name)
        else:
            with self._lock:
                made = self._made_for(name)
            try:
                yield made
            finally:
                made.close()

    def _kept_image(self, name: str) -> Database:
        found = self._images.pop(name, None)
        self._images[name] = found = self._made_for(name) if found is None else found
        if len(self._images) > KEPT:
            self._images.pop(next(iter(self._images))).close()
        return found

    def _made_for(self, name: str) -> Database:
        from emulator.sandbox.seeds import filling

        root, before = self._what_was_read()
        seed, copy = self._seed_for(root, name), Database(like=self.database)
        try:
            with copy.transaction():
                filling.rename(Store(copy), before, seed)
        except BaseException:
            copy.close()
            raise
        return copy

    def close(self) -> None:
        """Let the images go; nothing can be made of them any more."""
        with self._lock:
            while self._images:
                self._images.popitem()[1].close()
        self.database.close()
