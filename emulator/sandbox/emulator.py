"""Many sandboxes in one process, each found by its name, a token, or an id."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from emulator.domain.accounts.apps import Token
from emulator.sandbox.clock import Clock
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.seeds import lookup
from emulator.sandbox.seeds.blueprint import Blueprint
from emulator.sandbox.seeds.seed import DEFAULT
from emulator.sandbox.store import Database
from emulator.sandbox.store.facts import FactTable
from emulator.sandbox.webhooks.receivers import Receivers

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class NoSuchSandbox(LookupError):
    """No sandbox has this name."""


class Emulator:
    """The sandboxes of this process.

    With ``data`` each is kept in a file of that folder and taken up again at the next start; with ``worker``
    each goes on by itself, as a server's must.
    """

    def __init__(self, *, data: Path | None = None, allow_public: bool = False, worker: bool = False) -> None:
        self._data = data
        self._allow_public = allow_public
        self._worker = worker
        self._sandboxes: dict[str, Sandbox] = {}
        self._homes: dict[str, str] = {}
        """Which sandbox a token opened; only a hint, it is asked again each time."""
        self._blueprints: dict[tuple[Path, tuple[int, int], str, bool], Blueprint] = {}
        self._lock = Lock()
        self._named = 0
        self._homeless: Counter[str] = Counter()
        if data is not None:
            data.mkdir(parents=True, exist_ok=True)

    def create(
        self,
        name: str = DEFAULT,
        seed: str | Path = DEFAULT,
        *,
        at: datetime | None = None,
        speed: float | None = 1.0,
        at_once: bool = False,
        follow: bool = False,
    ) -> Sandbox:
        """Make a sandbox from a seed, or take up the kept one of that name.

        ``speed=None`` makes its clock stand still; ``at_once`` makes people answer in the same instant.
        Raises :class:`ValueError` for a bad or taken name and
        :class:`~emulator.sandbox.seeds.files.SeedError` for a bad seed.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"a sandbox's name has 1 to 63 small letters, digits, - and _, not {name!r}")
        path = self._data / f"{name}.sqlite" if self._data else None
        if path is not None and (kept := _made_from(path)) is not None:
            seed, at_once = kept["seed"], kept["at_once"]
        blueprint = self.blueprint(seed, name, at_once=at_once)
        with self._lock:
            if name in self._sandboxes:
                raise ValueError(f"there is a sandbox {name} already")
            sandbox = Sandbox(
                name,
                blueprint,
                Clock(at, speed=speed, follow=follow),
                path=path,
                receivers=Receivers(allow_public=self._allow_public),
            )
            self._sandboxes[name] = sandbox
            self._homeless.clear()
        if self._worker:
            sandbox.worker.start()
        return sandbox

    def keeps(self, name: str) -> bool:
        """Whether a sandbox of this name is kept in the data folder."""
        return self._data is not None and (self._data / f"{name}.sqlite").exists()

    def take_up(self) -> list[Sandbox]:
        """Open every sandbox that is kept in the data folder and not open yet."""
        paths = self._data.glob("*.sqlite") if self._data else ()
        kept = sorted(path.stem for path in paths if _NAME.fullmatch(path.stem))
        return [self.create(name) for name in kept if name not in self._sandboxes]

    def blueprint(self, seed: str | Path, name: str = DEFAULT, *, at_once: bool = False) -> Blueprint:
        """A seed made ready; each is read once as long as its file does not change."""
        file = lookup.find(seed)
        key = (file, lookup.stamp(file), name, at_once)
        if key not in self._blueprints:
            made = lookup.read(seed, name, at_once=at_once)
            origin = str(seed) if str(seed) in lookup.names() else str(file.resolve())
            self._blueprints[key] = Blueprint(made, origin, at_once=at_once)
        return self._blueprints[key]

    def get(self, name: str) -> Sandbox:
        try:
            return self._sandboxes[name]
        except KeyError:
            known = ", ".join(self._sandboxes) or "none"
            raise NoSuchSandbox(f"there is no sandbox {name}; there are: {known}") from None

    def all(self) -> list[Sandbox]:
        return list(self._sandboxes.values())

    def remove(self, name: str) -> None:
        """Close a sandbox and forget it, with its file."""
        sandbox = self.get(name)
        with self._lock:
            del self._sandboxes[name]
            self._homes = {token: home for token, home in self._homes.items() if home != name}
        sandbox.close()
        self._forget_blueprints()
        if sandbox.path is not None:
            sandbox.forget_files()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{sandbox.path}{suffix}").unlink(missing_ok=True)

    def _forget_blueprints(self, kept: int = 8) -> None:
        """Keep the newest few of those that no sandbox uses: the next test may ask for the same."""
        with self._lock:
            used = [sandbox.blueprint for sandbox in self.all()]
            unused = [key for key, made in self._blueprints.items() if made not in used]
            for key in unused[: max(0, len(unused) - kept)]:
                self._blueprints.pop(key).database.close()

    def find(self, token: str) -> tuple[Sandbox, Token] | None:
        """The sandbox a token opens; ``APP_ID|SECRET`` is the token of that app."""
        for sandbox in self._likely(token):
            found = sandbox.accounts.find_token(token)
            if found is not None:
                self._homes[token] = sandbox.name
                return sandbox, found
        return None

    def find_app(self, app_id: str) -> Sandbox | None:
        """The sandbox an app lives in."""
        for sandbox in self._likely(app_id):
            with sandbox.reading():
                if not sandbox.is_closed and sandbox.accounts.has_app(app_id):
                    return sandbox
        return None

    def http_status(self, code: int, usual: int) -> int:
        """The HTTP status of a refusal that belongs to no sandbox: as the only one there is wants it."""
        alone = self.all()
        if len(alone) != 1:
            return usual
        with alone[0].reading():
            return usual if alone[0].is_closed else alone[0].settings.http_status(code, usual)

    def _likely(self, token: str) -> list[Sandbox]:
        """Every sandbox, first the one that ``token`` opened before: the others need not be asked then."""
        home = self._sandboxes.get(self._homes.get(token, ""))
        return self.all() if home is None else [home, *(each for each in self.all() if each is not home)]

    def count(self, called: str) -> int:
        """How often a call that belongs to no sandbox was made since the newest sandbox.

        With it the call's trace is unique, and the same in every run.
        """
        with self._lock:
            self._homeless[called] += 1
            if len(self._homeless) > 10_000:
                self._homeless.clear()
            return self._homeless[called]

    def next_name(self) -> str:
        """A name for a sandbox that was given none."""
        with self._lock:
            self._named += 1
            return f"sandbox-{self._named}"

    def close(self) -> None:
        """Close every sandbox; those in files can be taken up again."""
        for sandbox in self.all():
            sandbox.close()
        for blueprint in self._blueprints.values():
            blueprint.database.close()
        for held in (self._sandboxes, self._blueprints, self._homes, self._homeless):
            held.clear()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _made_from(path: Path) -> dict[str, Any] | None:
    """What the sandbox kept in a file was made from; ``None`` when there is no such file yet."""
    if not path.exists() or not path.stat().st_size:
        return None
    database = Database(path)
    try:
        found: dict[str, Any] | None = FactTable(database).get("made_from")
        return found
    finally:
        database.close()
