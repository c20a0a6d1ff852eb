"""What something is made of, each part when somebody first asks for it: its module is imported no sooner.

A sandbox has some ninety parts, and whoever calls it once needs a few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

Table = Mapping[str, tuple[str, ...]]
"""By the name of each attribute the module under ``emulator.sandbox`` and the class, as ``module:class``, and
the attributes that are handed to the class, such as ``core`` or ``spoiling.queue``."""


class Parts:
    """Makes the parts of a table when somebody first asks for them; from then on they are plain attributes.

    A part's class is called with what the row names, and may take no lock but its own: two threads that ask
    at the same time get the same part, so the second one waits for it.
    """

    PARTS: ClassVar[Table]

    def __init__(self) -> None:
        self._making = Lock()

    def made(self, names: Iterable[str]) -> list[Any]:
        """List those of the parts with these names that somebody has asked for yet."""
        return [vars(self)[name] for name in names if name in vars(self)]

    if not TYPE_CHECKING:  # a type checker knows the attributes that a class declares, and no others

        def __getattr__(self, name: str) -> Any:
            if name not in self.PARTS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            home, *needed = self.PARTS[name]
            module, _, its_class = home.partition(":")
            made_by = getattr(import_module(f"emulator.sandbox.{module}"), its_class)
            given = [attrgetter(each)(self) for each in needed]
            with self._making:
                if name not in vars(self):
                    setattr(self, name, made_by(*given))
            return vars(self)[name]

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *self.PARTS]
