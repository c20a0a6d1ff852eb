"""Find the app that a text names, as servers do: ``module:app`` or ``module:make_app()``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from emulator.testing.receiving.kinds import kind_of


class AppNotFound(ValueError):
    """A text that should name an app names none; the message goes on after the name of the option."""


def app_named(text: str, folders: Iterable[Path] = ()) -> Any:
    """Import the app that ``text`` names, from ``folders``, the working directory, and where Python looks.

    After the colon stands the name of the app in its module, dotted where it is inside something, or the call
    of a function without arguments that makes it. A module alone is the settings of a Django project. The
    folders stay on ``sys.path``, as the app may import more of its modules later.

    Raises :class:`AppNotFound` for a module or a name that is not there, with those that are; and what the
    module or the function raises.
    """
    if "/" in text:
        raise AppNotFound(
            f"{text!r} is no URL, which begins with http:// or https://, nor the name of an app"
        )
    _search(folders)
    module_name, colon, attribute = text.strip().partition(":")
    module = _module(module_name, text)
    if not colon:
        if kind_of(module) is not None:
            return module
        raise AppNotFound(f"names the module {module_name!r} and no app in it; {_offer(module)}")
    name, makes_it = attribute.removesuffix("()"), attribute.endswith("()")
    app: Any = module
    for part in name.split("."):
        if not hasattr(app, part):
            raise AppNotFound(f"names {text!r}, and {module_name} has no {name!r}; {_offer(module, name)}")
        app = getattr(app, part)
    if not makes_it:
        return app
    if not callable(app):
        raise AppNotFound(f"calls {name!r} of {module_name}, which is no function but {type(app).__name__}")
    return app()


def _search(folders: Iterable[Path]) -> None:
    for folder in (*folders, Path.cwd()):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


def _module(name: str, text: str) -> ModuleType:
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        package = ".".join(parts[:count])
        if not parts[count - 1].isidentifier() or (package not in sys.modules and find_spec(package) is None):
            beside = ".".join(parts[: count - 1])
            raise AppNotFound(
                f"names {text!r}, and there is no module {package!r}{_near(parts[count - 1], beside)}"
            )
        if count < len(parts):
            import_module(package)
    return import_module(name)


def _near(name: str, package: str) -> str:
    places = sys.modules[package].__path__ if package else sys.path
    before = f"{package}." if package else ""
    found = get_close_matches(name, [each.name for each in iter_modules(places)], n=1)
    return f"; did you mean {before + found[0]!r}?" if found else " in " + ", ".join(_own_folders())


def _own_folders() -> list[str]:
    return [folder or "." for folder in sys.path if Path(folder) in (Path.cwd(), Path("."))] or [
        str(Path.cwd())
    ]


def _offer(module: ModuleType, name: str = "") -> str:
    """Say which names of a module could have been meant."""
    apps = [each for each, value in vars(module).items() if _is_app(each, value)]
    near = (
        get_close_matches(name, [each for each in vars(module) if not each.startswith("_")], n=1)
        if name
        else []
    )
    if near:
        return f"did you mean '{module.__name__}:{near[0]}'?"
    if apps:
        return "did you mean " + " or ".join(f"'{module.__name__}:{each}'" for each in apps[:3]) + "?"
    return "it has no app; name one as 'module:app' or 'module:make_app()'"


def _is_app(name: str, value: Any) -> bool:
    """Whether something in a module is an app: not a function, which might be anything."""
    try:
        kind = kind_of(value)
    except Exception:  # it lets nobody look at it, as Flask's `request` outside of one
        return False
    if kind is None or name.startswith("_") or getattr(value, "__module__", None) == "builtins":
        return False
    return (
        not kind.name.endswith("function") and not isinstance(value, type) and not hasattr(value, "__code__")
    )
