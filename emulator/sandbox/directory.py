"""Who has which token and which app, among many sandboxes."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock


class Directory:
    """Finds sandboxes by their tokens and apps, in the same time however many there are.

    It says who may have one: a snapshot may bring the tokens of another sandbox along, so several can have
    the same, and one that was about to have it may have been rolled back. Who is named is asked.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: dict[str, int] = {}
        """By name, how many sandboxes came before it."""
        self._keys: dict[str, frozenset[str]] = {}
        """By name, what leads to a sandbox."""
        self._holders: dict[str, set[str]] = {}
        """By what leads to them, the names of sandboxes."""
        self._unknown: set[str] = set()
        """The names of those that could not say what leads to them."""
        self._count = 0

    def enter(self, name: str, keys: Iterable[str] | None) -> None:
        """Note what leads to a sandbox, in the place of what did before; ``None``: it cannot be told."""
        with self._lock:
            self._forget(name)
            self._count += 1
            self._places.setdefault(name, self._count)
            if keys is None:
                self._unknown.add(name)
                return
            self._keys[name] = frozenset(keys)
            for key in self._keys[name]:
                self._holders.setdefault(key, set()).add(name)

    def leave(self, name: str) -> None:
        """Forget a sandbox."""
        with self._lock:
            self._forget(name)
            self._places.pop(name, None)

    def _forget(self, name: str) -> None:
        self._unknown.discard(name)
        for key in self._keys.pop(name, ()):
            holders = self._holders[key]
            holders.discard(name)
            if not holders:
                del self._holders[key]

    def holders(self, *keys: str) -> list[str]:
        """List the names of the sandboxes to which one of these may lead, in the order they came."""
        with self._lock:
            found = self._unknown.union(*(self._holders.get(key, ()) for key in keys))
            return sorted(found, key=self._places.__getitem__) if len(found) > 1 else list(found)

    def clear(self) -> None:
        """Forget every sandbox."""
        with self._lock:
            for held in (self._places, self._keys, self._holders, self._unknown):
                held.clear()
