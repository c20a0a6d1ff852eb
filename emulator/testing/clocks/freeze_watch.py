"""Hear of every move of a frozen process at once, so that a sandbox keeps up with it.

Nothing is wrapped unless a test uses the fixture and freezegun or time-machine has been imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from threading import local
from typing import Any

from emulator.sandbox.freeze import FREEZERS, Freezer


class FreezeWatcher:
    """Calls its listeners after every move of a freeze; so a sandbox keeps up at once.

    It wraps the methods that move the freezes of freezegun and time-machine, once these have been imported by
    somebody; it never imports them.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._depth = local()
        self._watched: set[str] = set()
        self._wrapped: list[tuple[type, str, Any]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every move of a freeze, on the thread that moves it; begins to watch."""
        self._listeners.append(listener)
        self.watch()

    def forget(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` no more. Raises :class:`ValueError` for one that does not listen."""
        self._listeners.remove(listener)

    def watch(self) -> None:
        """Wrap the methods that move a freeze, of each library that has been imported by now.

        Again changes nothing.
        """
        for freezer in FREEZERS:
            module = sys.modules.get(freezer.module)
            if module is None or freezer.module in self._watched:
                continue
            for name in freezer.classes:
                for method in freezer.moves:
                    kind = getattr(module, name, None)
                    original = vars(kind).get(method) if kind is not None else None
                    if kind is not None and original is not None:
                        setattr(kind, method, self._heard(freezer, original))
                        self._wrapped.append((kind, method, original))
                        self._watched.add(freezer.module)

    def unwatch(self) -> None:
        """Give the libraries their own methods back, as the plugin does at the end of the session.

        Listeners hear nothing then.
        """
        for kind, method, original in self._wrapped:
            setattr(kind, method, original)
        self._wrapped.clear()
        self._watched.clear()

    def _heard(self, freezer: Freezer, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def moved(freeze: Any, *args: Any, **kwargs: Any) -> Any:
            depth = getattr(self._depth, "value", 0)
            self._depth.value = depth + 1
            try:
                result = original(freeze, *args, **kwargs)
            finally:
                self._depth.value = depth
            if depth == 0 and not freezer.moves_by_itself(freeze, sys._getframe(1)):
                for listener in list(self._listeners):
                    listener()
            return result

        return moved
