"""Patches: attributes that are replaced, now or once a module is imported, and are put back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from emulator.testing.interception.patches import Patches


class Parent:
    def greet(self) -> str:
        return "hello"


class Child(Parent):
    pass


def louder(original: Callable[..., str]) -> Callable[..., str]:
    return lambda *given: original(*given).upper()


def quieter(*_: Any) -> str:
    return "psst"


def test_what_is_replaced_is_put_back() -> None:
    """Nothing remains, neither on the class itself nor on one that only inherits."""
    patches = Patches()
    patches.replace(Parent, "greet", louder)
    patches.replace(Child, "greet", louder)
    replaced = Parent().greet(), Child().greet()

    patches.undo()

    assert replaced == ("HELLO", "HELLO")
    assert (Parent().greet(), "greet" in vars(Child)) == ("hello", False)


def test_what_others_replace_is_replaced_again() -> None:
    """On top of theirs, once for each of theirs."""
    thing, patches = SimpleNamespace(greet=lambda: "hello"), Patches()
    patches.replace(thing, "greet", louder)
    thing.greet = quieter

    patches.renew()
    first = thing.greet
    patches.renew()

    assert thing.greet is first
    assert thing.greet() == "PSST"


def test_what_others_put_back_is_still_ours() -> None:
    """A fixture that saved our replacement and puts it back has not brought back anything to keep."""
    original = lambda: "hello"  # noqa: E731
    thing, patches = SimpleNamespace(greet=original), Patches()
    patches.replace(thing, "greet", louder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thing, "greet", quieter)
        patches.renew()

    patches.undo()

    assert thing.greet is original


def test_what_others_have_replaced_last_stays() -> None:
    """It is not ours to take away."""
    thing, patches = SimpleNamespace(greet=lambda: "hello"), Patches()
    patches.replace(thing, "greet", louder)
    thing.greet = quieter

    patches.undo()

    assert thing.greet is quieter


def test_an_attribute_that_is_not_there_is_told() -> None:
    """A name that another version does not have is no silent gap."""
    with pytest.raises(AttributeError):
        Patches().replace(SimpleNamespace(), "greet", louder)


# modules


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that nobody has imported."""
    (tmp_path / "a_module_of_the_tests.py").write_text("def greet():\n    return 'hello'\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "a_module_of_the_tests", raising=False)
    return "a_module_of_the_tests"


@pytest.mark.parametrize("is_imported", [True, False], ids=["imported", "not yet"])
def test_a_module_is_patched_now_or_when_it_is_imported(module: str, is_imported: bool) -> None:
    """Without importing it; what it says of itself is as it would be without us."""
    if is_imported:
        __import__(module)
    patches = Patches()
    try:
        patches.when_imported({module: lambda made, found: made.replace(found, "greet", louder)})
        was_there = module in sys.modules
        found: Any = __import__(module)

        assert was_there == is_imported
        assert found.greet() == "HELLO"
        assert found.__loader__ is found.__spec__.loader
        assert type(found.__loader__).__name__ == "SourceFileLoader"
    finally:
        patches.undo()
    assert found.greet() == "hello"


def test_a_module_that_is_imported_after_the_end_is_left_alone(module: str) -> None:
    """Nobody waits for it any more."""
    finders = list(sys.meta_path)
    patches = Patches()
    patches.when_imported({module: lambda made, found: made.replace(found, "greet", louder)})

    patches.undo()

    found: Any = __import__(module)
    assert found.greet() == "hello"
    assert sys.meta_path == finders


def test_a_module_that_does_not_exist_is_missing_as_ever(module: str) -> None:
    """By Python's own error, however often it is tried."""
    patches = Patches()
    patches.when_imported({"no_module_of_this_name": lambda made, found: None})
    try:
        for _ in range(2):
            with pytest.raises(ModuleNotFoundError, match="no_module_of_this_name"):
                __import__("no_module_of_this_name")
    finally:
        patches.undo()


def test_patching_the_network_imports_nothing_that_is_patched() -> None:
    """A test that calls nobody pays for neither TLS nor event loops."""
    code = (
        "import sys; from emulator.testing.interception.network import Network; Network(); "
        "print(sorted({'asyncio', 'flask', 'ssl', 'trustme', 'urllib.request'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
