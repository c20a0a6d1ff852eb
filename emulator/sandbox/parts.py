"""What something is made of, each part when somebody first asks for it: its module is imported no sooner.

A sandbox has some ninety parts, and whoever calls it once needs a few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from operator import attrgetter
from threading import Lock
from typing import Any, ClassVar

Table = Mapping[str, tuple[str, ...]]
"""By the name of each attribute the module under ``emulator.sandbox`` and the class, as ``module:class``, and
the attributes that are handed to the class, such as ``core`` or ``spoiling.queue``."""


class _Part:
    """Stands for a part in its class; once that is made, the attribute of the object goes before this one."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, whole: Parts | None, owner: type) -> Any:
        return self if whole is None else whole.make(self._name)


class Parts:
    """Makes the parts of a table when somebody first asks for them; from then on they are plain attributes.

    A part's class is called with what the row names, and may take no lock but its own: two threads that ask
    at the same time get the same part, so the second one waits for it.
    """

    PARTS: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in vars(cls).get("PARTS", ()):
            setattr(cls, name, _Part(name))

    def __init__(self) -> None:
        self._making = Lock()

    def made(self, names: Iterable[str]) -> list[Any]:
        """List those of the parts with these names that somebody has asked for yet."""
        return [vars(self)[name] for name in names if name in vars(self)]

    def make(self, name: str) -> Any:
        """Make the part that is called ``name``, if nobody has yet, and return it."""
        home, *needed = self.PARTS[name]
        module, _, its_class = home.partition(":")
        made_by = getattr(import_module(f"emulator.sandbox.{module}"), its_class)
        given = [attrgetter(each)(self) for each in needed]
        with self._making:
            if name not in vars(self):
                setattr(self, name, made_by(*given))
        return vars(self)[name]
