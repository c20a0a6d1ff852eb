"""Hear of freezegun's ``tick`` and ``move_to`` at once, so that a sandbox keeps up with a frozen process.

Nothing is wrapped unless a test uses the fixture and freezegun has been imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from threading import local
from typing import Any

_FACTORIES = ("FrozenDateTimeFactory", "TickingDateTimeFactory", "StepTickTimeFactory")


class FreezeWatcher:
    """Calls its listeners after every ``tick`` and ``move_to`` of freezegun; so a sandbox keeps up at once.

    It wraps the methods of freezegun's factories, once freezegun has been imported by somebody; it never
    imports it.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._depth = local()
        self._wrapped: list[tuple[type, str, Any]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every move of a freeze, on the thread that moves it; begins to watch."""
        self._listeners.append(listener)
        self.watch()

    def forget(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` no more. Raises :class:`ValueError` for one that does not listen."""
        self._listeners.remove(listener)

    def watch(self) -> None:
        """Wrap the methods of freezegun's factories, if it has been imported by now.

        Again changes nothing.
        """
        module = sys.modules.get("freezegun.api")
        if module is None or self._wrapped:
            return
        for name in _FACTORIES:
            factory = getattr(module, name, None)
            for method in ("tick", "move_to"):
                original = vars(factory).get(method) if factory is not None else None
                if factory is not None and original is not None:
                    setattr(factory, method, self._heard(original))
                    self._wrapped.append((factory, method, original))

    def unwatch(self) -> None:
        """Give freezegun its own methods back, as the plugin does at the end of the session.

        Listeners hear nothing then.
        """
        for factory, method, original in self._wrapped:
            setattr(factory, method, original)
        self._wrapped.clear()

    def _heard(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def moved(factory: Any, *args: Any, **kwargs: Any) -> Any:
            depth = getattr(self._depth, "value", 0)
            self._depth.value = depth + 1
            try:
                result = original(factory, *args, **kwargs)
            finally:
                self._depth.value = depth
            if depth == 0 and not _by_looking(factory):
                for listener in list(self._listeners):
                    listener()
            return result

        return moved


def _by_looking(factory: Any) -> bool:
    """Whether an auto-ticking factory moves because somebody looked at it: no move anybody asked for."""
    return hasattr(factory, "step_width") and sys._getframe(2).f_code.co_name == "__call__"
