"""The blueprints of a process: one for each seed, whoever uses it, and the newest few that nobody does."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock

from emulator.sandbox.seeds.blueprint import Blueprint
from emulator.sandbox.seeds.source import SeedSource

KEPT = 8
"""Blueprints that nobody uses and that are kept all the same: the next test may ask for the same seed."""


class Blueprints:
    """Lends blueprints: one for all sandboxes that are made of the same seed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[Hashable, Blueprint] = {}
        self._keys: dict[Blueprint, Hashable] = {}
        self._users: dict[Blueprint, int] = {}
        self._unused: dict[Blueprint, None] = {}
        """Those that nobody uses, that for the longest time first."""

    def __len__(self) -> int:
        return len(self._made)

    def lend(self, source: SeedSource, name: str, *, at_once: bool) -> Blueprint:
        """Give the blueprint of a seed, until :meth:`give_back`; it is read anew when a file has changed.

        ``name`` is the sandbox for which it is made where there is none yet. Raises
        :class:`~emulator.sandbox.seeds.files.SeedError` for a seed that is not there or wrong.
        """
        key = source.stamp(), at_once
        found = self._take(key)
        return self._keep(key, Blueprint(source, name, at_once=at_once)) if found is None else found

    def _take(self, key: Hashable) -> Blueprint | None:
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                self._users[found] += 1
                self._unused.pop(found, None)
            return found

    def _keep(self, key: Hashable, made: Blueprint) -> Blueprint:
        """Two threads may have read the same seed at the same time; one of the two blueprints is kept."""
        with self._lock:
            kept = self._made.setdefault(key, made)
            if kept is made:
                self._keys[made], self._users[made] = key, 0
        if kept is not made:
            made.close()
        self._take(key)
        return kept

    def give_back(self, blueprint: Blueprint) -> None:
        """End the use of one that was lent; of those that nobody uses the newest :data:`KEPT` stay."""
        with self._lock:
            if blueprint not in self._users:  # all have been closed
                return
            self._users[blueprint] -= 1
            if self._users[blueprint]:
                return
            self._unused[blueprint] = None
            while len(self._unused) > KEPT:
                oldest = next(iter(self._unused))
                del self._unused[oldest], self._users[oldest], self._made[self._keys.pop(oldest)]
                oldest.close()

    def close(self) -> None:
        """Let all of them go, used or not."""
        with self._lock:
            for blueprint in self._made.values():
                blueprint.close()
            for held in (self._made, self._keys, self._users, self._unused):
                held.clear()
