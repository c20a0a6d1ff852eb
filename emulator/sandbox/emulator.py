"""Many sandboxes in one process, each found by its name, a token, or the id of an app.

It makes them from seeds, keeps them in files where a server is to remember them, and closes them.
"""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from emulator.domain.accounts.apps import Token
from emulator.sandbox.clock import Clock, TimeGoesForward
from emulator.sandbox.errors import CannotOpen, NotKept, SandboxClosed
from emulator.sandbox.log_records import happened, is_heard
from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.seeds.blueprints import Blueprints
from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.source import SeedGiven, SeedSource, TemplatesGiven
from emulator.sandbox.store.kept import made_from
from emulator.sandbox.token_lookup import TokenLookup
from emulator.sandbox.webhooks.receivers import Receivers

log = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class NoSuchSandbox(LookupError):
    """No sandbox of this process has this name; the sentence names those that there are."""


class Emulator:
    """The sandboxes of this process, found by name, token or app id; a context manager that closes them.

    With ``data`` each is kept in a file of that folder and taken up again at the next start; with ``worker``
    each goes on by itself, as a server's must. Webhooks and media links go to this machine and its private
    networks; ``allow_public`` lets public addresses, and ``allow_hosts`` these hosts, named as in their URLs,
    link-local ones too (:mod:`emulator.sandbox.network.addresses`).
    """

    def __init__(
        self,
        *,
        data: Path | None = None,
        allow_public: bool = False,
        allow_hosts: Iterable[str] = (),
        worker: bool = False,
        check: bool | None = None,
    ) -> None:
        """Begin without a sandbox.

        ``check``: whether files of ``data`` are read whole before they are opened; by default the pages of
        those are looked at that are not too large for it. Raises :class:`CannotOpen` for a folder that cannot
        be used.
        """
        self._data = data
        self._check = check
        self.left_out: dict[str, str] = {}
        """The sandboxes of the data folder that could not be opened, each with the reason."""
        self._policy = AddressPolicy(allow_public, frozenset(allow_hosts))
        self._worker = worker
        self.url: str | None = None
        """Where this process is reached, without a slash at the end; set by whoever serves it."""
        self._sandboxes: dict[str, Sandbox] = {}
        self._tokens = TokenLookup(self._sandboxes)
        self._blueprints = Blueprints()
        self._lock = Lock()
        self._named = 0
        self._is_closed = False
        self._outside: Counter[str] = Counter()
        """How often each call was made that belongs to no sandbox."""
        if data is not None:
            _make_usable(data)

    def create(
        self,
        name: str = DEFAULT,
        seed: SeedGiven = DEFAULT,
        *,
        templates: TemplatesGiven | None = None,
        at: datetime | None = None,
        speed: float | None = 1.0,
        at_once: bool = False,
        follow: bool = False,
        salt: str = "",
    ) -> Sandbox:
        """Make a sandbox from a seed, or take up the kept one of that name, which goes on as it was.

        ``seed`` is a name, the path of a file, or a mapping with what stands in one; ``templates`` are added
        to its first WABA, as ``GET /{waba_id}/message_templates`` answers them: a path, the answer, or its
        ``data``. ``at`` is when its time begins (default: the real time), ``speed`` how many simulated
        seconds a real one has (``None``: the clock stands still); ``at_once`` makes people answer in the same
        instant; ``follow`` has the clock follow a frozen process. A ``salt`` gives messages and calls other
        ids, and nothing else: an app that remembers them takes those of two sandboxes for different ones.
        Raises :class:`ValueError` for a bad or taken name,
        :class:`~emulator.sandbox.seeds.files.SeedError` for a bad seed, and
        :class:`~emulator.sandbox.errors.CannotOpen` for a kept one that cannot be read.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"a sandbox's name has 1 to 63 small letters, digits, - and _, not {name!r}")
        path = self._data / f"{name}.sqlite" if self._data else None
        kept = None if path is None else made_from(path, self._check)
        source = SeedSource(seed, templates)
        if kept is not None:
            source, at_once = SeedSource.from_json(kept), kept["at_once"]
        blueprint = self._blueprints.lend(source, name, at_once=at_once)
        with self._lock:
            is_new = path is not None and not path.exists()
            try:
                if is_taken := name in self._sandboxes:
                    raise ValueError(f"there is a sandbox {name} already")
                sandbox = Sandbox(
                    name,
                    blueprint,
                    Clock(at, speed=speed, follow=follow),
                    path=path,
                    receivers=Receivers(self._policy),
                )
            except BaseException:
                self._blueprints.give_back(blueprint)
                if path is not None and is_new and not is_taken:
                    _remove(path)
                raise
            sandbox.services.core.base_url = lambda: self.url
            sandbox.services.core.ids.salt = salt
            self._sandboxes[name] = sandbox
            self._tokens.enter(sandbox)
            sandbox.on_credentials(self._tokens.enter)
            self.left_out.pop(name, None)
            self._outside.clear()
        if self._worker:
            sandbox.worker.start()
        if is_heard():
            how = f"taken up from {path}" if kept else f"created from the seed {source}"
            happened("sandbox", how, at=self.time_of(name), sandbox=name)
        return sandbox

    def keeps(self, name: str) -> bool:
        """Say whether a sandbox of this name is kept in the data folder, open or not.

        Then :meth:`create` takes it up, and what it is given beside the name is not used.
        """
        return self._data is not None and (self._data / f"{name}.sqlite").exists()

    def take_up(self) -> list[Sandbox]:
        """Open every sandbox that is kept in the data folder and not open yet; returns those.

        One that cannot be opened does not keep the others from it: it stands in :attr:`left_out` afterwards.
        """
        paths = self._data.glob("*.sqlite") if self._data else ()
        taken = []
        for path in sorted(path for path in paths if _NAME.fullmatch(path.stem)):
            if path.stem in self._sandboxes:
                continue
            try:
                if path.is_file() and not path.stat().st_size:
                    raise CannotOpen(f"{path}: it is empty and holds no sandbox; delete it")
                taken.append(self.create(path.stem))
            except (ValueError, OSError, NotKept) as problem:
                self.leave_out(path.stem, str(problem))
        return taken

    def leave_out(self, name: str, why: str) -> None:
        """Go on without a sandbox that cannot be opened, and say so in the log, the list and the health."""
        self.left_out[name] = why
        log.warning("left out: %s", why)

    def problems(self) -> list[str]:
        """What is wrong with the state: sandboxes that were left out, and those that cannot be written."""
        unwritten = [why for sandbox in self.all() if not sandbox.is_closed and (why := sandbox.problem())]
        return [*self.left_out.values(), *unwritten]

    def get(self, name: str) -> Sandbox:
        """Find a sandbox by its name. Raises :class:`NoSuchSandbox`, naming those that there are."""
        try:
            return self._sandboxes[name]
        except KeyError:
            known = ", ".join(self._sandboxes) or "none"
            raise NoSuchSandbox(f"there is no sandbox {name}; there are: {known}") from None

    def all(self, *, after: str | None = None, limit: int | None = None) -> list[Sandbox]:
        """List the sandboxes that are open, in the order they were made.

        ``after``: only those that were made after the one of this name; ``limit`` keeps the first of them.
        Raises :class:`NoSuchSandbox` for an ``after`` that is not there.
        """
        found = list(self._sandboxes.values())
        start = 0 if after is None else found.index(self.get(after)) + 1
        return found[start:][:limit]

    def dropped(self) -> dict[str, dict[str, int]]:
        """Map the name of each sandbox that has dropped some of its past to how much of what, by its name.

        What is bounded is said by the settings ``keep_journal`` and ``keep_deliveries``.
        """
        found: dict[str, dict[str, int]] = {}
        for sandbox in self.all():
            with suppress(SandboxClosed):  # it is being closed meanwhile
                counts = {"journal": sandbox.journal.dropped, "deliveries": sandbox.webhooks.dropped}
                if any(counts.values()):
                    found[sandbox.name] = counts
        return found

    def remove(self, name: str) -> None:
        """Close a sandbox and forget it, with the file and the folder it is kept in; nothing brings it back.

        Raises :class:`NoSuchSandbox` for a name that is not there.
        """
        at = self.time_of(name) if is_heard() else None
        with self._lock:
            sandbox = self.get(name)
            del self._sandboxes[name]
            self._tokens.leave(name)
        sandbox.close()
        happened("sandbox", "deleted", at=at, sandbox=name)
        self._blueprints.give_back(sandbox.blueprint)
        if sandbox.path is not None:
            sandbox.forget_files()
            _remove(sandbox.path)

    @contextmanager
    def replaced(self, name: str, *, receivers: Receivers, salt: str) -> Iterator[Sandbox]:
        """Put a copy of a sandbox in its place inside the ``with`` block, and then the sandbox itself again.

        Calls with its tokens reach the copy meanwhile, whose webhooks go to ``receivers``; the sandbox stays
        as it was. The clock of the copy stands still and follows no frozen process. ``salt`` gives its
        messages and calls other ids. Raises :class:`NoSuchSandbox` for a name that is not there.
        """
        original = self.get(name)
        clock = Clock(original.clock.latest, speed=None)
        copy = Sandbox(name, original.blueprint, clock, receivers=receivers)
        try:
            copy.services.core.base_url = lambda: self.url
            copy.services.core.ids.salt = salt
            copy.restore(original.snapshot())
            clock.stand()
            with self._lock:
                self._sandboxes[name] = copy
                self._tokens.enter(copy)
                copy.on_credentials(self._tokens.enter)
            try:
                yield copy
            finally:
                with self._lock:
                    self._sandboxes[name] = original
                    self._tokens.enter(original)
        finally:
            copy.close()

    def find(self, token: str) -> tuple[Sandbox, Token] | None:
        """Find the sandbox that a token opens, and the token, expired or not; ``None`` when none has it.

        ``APP_ID|SECRET`` is the token of that app. Many sandboxes cost no more than one. Where several have
        the token, as after a restore, the one that it opened before goes before the others. Raises
        :class:`~emulator.sandbox.errors.SandboxClosed` once the emulator has been closed.
        """
        if self._is_closed:
            raise SandboxClosed("the emulator has been closed")
        return self._tokens.find(token)

    def find_app(self, app_id: str) -> Sandbox | None:
        """Find the sandbox that an app lives in; ``None`` when none has it.

        For calls that show an app's id instead of a token, as ``oauth/access_token``.
        """
        return self._tokens.find_app(app_id)

    def http_status(self, code: int, usual: int) -> int:
        """Find the HTTP status of a refusal that belongs to no sandbox.

        ``usual``, or what the only sandbox's settings say.
        """
        alone = self.all()
        if len(alone) != 1:
            return usual
        with alone[0].reading():
            return usual if alone[0].is_closed else alone[0].settings.http_status(code, usual)

    def time_of(self, name: str | None = None) -> datetime | None:
        """Read the time of the sandbox called ``name``, or of the only one; ``None`` without such."""
        alone = self.all()[0] if len(self._sandboxes) == 1 else None
        sandbox = self._sandboxes.get(name) if name is not None else alone
        if sandbox is None:
            return None
        try:
            return sandbox.clock.now()
        except TimeGoesForward:
            return sandbox.clock.latest

    def count(self, called: str) -> int:
        """Count how often a call that belongs to no sandbox was made since the newest sandbox, from 1.

        With it the call's trace is unique, and the same in every run.
        """
        with self._lock:
            self._outside[called] += 1
            if len(self._outside) > 10_000:
                self._outside.clear()
            return self._outside[called]

    def next_name(self) -> str:
        """Make a name for a sandbox that was given none: ``sandbox-1``, ``sandbox-2``, …"""
        with self._lock:
            self._named += 1
            return f"sandbox-{self._named}"

    def close(self) -> None:
        """Close every sandbox, whatever is under way in it; those in files can be taken up again.

        Calls that come afterwards are refused as calls to a sandbox that has been closed.
        """
        self._is_closed = True
        for sandbox in self.all():
            sandbox.close()
        self.left_out.clear()
        self._blueprints.close()
        self._tokens.clear()
        self._sandboxes.clear()
        self._outside.clear()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _make_usable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CannotOpen(f"cannot keep the state in {folder}: it is a file") from None
    except OSError as problem:
        raise CannotOpen(f"cannot keep the state in {folder}: {problem.strerror}") from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise CannotOpen(f"cannot keep the state in {folder}: it cannot be written to")
