"""Replace attributes of modules and classes, now or once a module is imported, and put them back."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from emulator.domain.values import dataclass

_ABSENT = object()


@dataclass
class _Patch:
    owner: Any
    name: str
    make: Callable[[Any], Any]
    own: Any
    """What stood there before; what a class only inherited is :data:`_ABSENT`, and is deleted again."""
    ours: list[Any]
    """Every replacement that was made; who has saved one may put it back later."""

    def apply(self) -> None:
        self.ours.append(self.make(getattr(self.owner, self.name)))
        setattr(self.owner, self.name, self.ours[-1])

    @property
    def is_on_top(self) -> bool:
        present = vars(self.owner).get(self.name)
        return present is self.ours[-1] or any(present is each for each in self.ours)


class Patches:
    """Attributes that were replaced, each with what stood there before."""

    def __init__(self) -> None:
        self._made: list[_Patch] = []
        self._awaiting: _Awaiting | None = None

    def replace(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """Replace an attribute by ``make(original)``. Raises :class:`AttributeError` when there is none."""
        patch = _Patch(owner, name, make, vars(owner).get(name, _ABSENT), [])
        patch.apply()
        self._made.append(patch)

    def renew(self) -> None:
        """Replace again what others have replaced meanwhile, on top of theirs.

        Other plugins do so for their own tests: pytest-socket puts its own ``connect`` there after each.
        """
        for patch in self._made:
            if not patch.is_on_top:
                patch.apply()

    def when_imported(self, patches: dict[str, Callable[[Patches, Any], None]]) -> None:
        """Call each function with this and its module: now, or at the moment the module is first imported."""
        later = {}
        for name, patch in patches.items():
            if (module := sys.modules.get(name)) is not None:
                patch(self, module)
            else:
                later[name] = patch
        self._awaiting = _Awaiting(self, later)
        sys.meta_path.insert(0, self._awaiting)

    def undo(self) -> None:
        """Put everything back, and wait for no module any more.

        What others have replaced meanwhile stays as it is, with ours below theirs.
        """
        if self._awaiting is not None and self._awaiting in sys.meta_path:
            sys.meta_path.remove(self._awaiting)
        for patch in reversed(self._made):
            if not patch.is_on_top:
                continue
            if patch.own is _ABSENT:
                delattr(patch.owner, patch.name)
            else:
                setattr(patch.owner, patch.name, patch.own)
        self._made.clear()


class _Awaiting(MetaPathFinder):
    """Finds nothing itself: it lets the others find a module, and patches it after it has been loaded."""

    def __init__(self, patches: Patches, awaited: dict[str, Callable[[Patches, Any], None]]) -> None:
        self._patches, self._awaited = patches, awaited

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        patch = self._awaited.pop(fullname, None)
        if patch is None:
            return None
        spec = importlib.util.find_spec(fullname)  # asks this finder, too, which awaits it no longer
        if spec is not None and spec.loader is not None:
            spec.loader = _Patching(spec.loader, lambda module: patch(self._patches, module))
        return spec


class _Patching(Loader):
    """Loads a module as its loader does, and hands it on."""

    def __init__(self, loader: Loader, loaded: Callable[[ModuleType], None]) -> None:
        self._loader, self._loaded = loader, loaded

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loaded(module)
