"""Parts of a sandbox are made when somebody first asks for them, and are given what they ask for."""

from __future__ import annotations

import inspect
from importlib import import_module
from operator import attrgetter
from threading import Barrier, Thread
from typing import Any

import pytest

from emulator.sandbox.closing import Closing
from emulator.sandbox.namespaces.namespaces import Namespaces
from emulator.sandbox.parts import Parts
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.services import Services
from emulator.sandbox.store import Store

TABLES: tuple[type[Parts], ...] = (Services, Store, Namespaces)
ROWS = [(table, name) for table in TABLES for name in table.PARTS]


def owner_of(sandbox: Sandbox, table: type[Parts]) -> Parts:
    """What has the parts of a table, in a sandbox."""
    return {Services: sandbox.services, Store: sandbox.services.store, Namespaces: sandbox}[table]


@pytest.mark.parametrize(("table", "name"), ROWS, ids=[f"{table.__name__}.{name}" for table, name in ROWS])
def test_a_part_is_what_its_row_says(table: type[Parts], name: str, sandbox: Sandbox) -> None:
    """Of the class that a type checker takes it for, and made with what that class takes."""
    home, *needed = table.PARTS[name]
    module, _, its_class = home.partition(":")
    made_by = getattr(import_module(f"emulator.sandbox.{module}"), its_class)
    owner = owner_of(sandbox, table)

    part, given = getattr(owner, name), [attrgetter(each)(owner) for each in needed]

    assert type(part) is made_by
    assert inspect.get_annotations(table)[name] == its_class
    asked = [each.annotation for each in inspect.signature(made_by).parameters.values()]
    assert len(asked) == len(given)
    for value, annotation in zip(given, asked, strict=True):
        assert callable(value) or type(value).__name__ == annotation


def test_a_type_checker_knows_every_part_and_no_other() -> None:
    """What a class declares stands in its table."""
    for table in TABLES:
        assert list(inspect.get_annotations(table)) == ["PARTS", *table.PARTS]


def test_a_sandbox_that_does_nothing_has_few_services(sandbox: Sandbox) -> None:
    """What sends, charges and judges is made when there is something to send."""
    assert sandbox.services.made(["outbound", "delivery", "templates", "publisher", "worker"]) == []
    assert sandbox.services.store.made(["messages", "faults", "charges"]) == []


def test_a_part_stays(sandbox: Sandbox) -> None:
    """It is made once."""
    assert sandbox.people is sandbox.people
    assert sandbox.services.made(["people", "calls"]) == []

    first = sandbox.services.people

    assert sandbox.services.made(["people", "calls"]) == [first]


def test_threads_that_ask_together_get_the_same() -> None:
    """And the part is made once, or it would carry out everything twice."""
    made: list[object] = []

    class Whole(Parts):
        PARTS = {"part": (f"{__name__}:Part",)}
        part: Any

    together, got = Barrier(8), list[object]()

    def ask() -> None:
        together.wait()
        got.append(whole.part)

    def make() -> object:
        made.append(object())
        return made[-1]

    whole = Whole()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("emulator.sandbox.parts.import_module", lambda _: type("Home", (), {"Part": make}))
        threads = [Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert got == made * 8


def test_what_is_no_part_is_no_attribute(sandbox: Sandbox) -> None:
    """As of any object; a shell completes the names of those that are."""
    with pytest.raises(AttributeError, match=r"'Services' object has no attribute 'pepole'"):
        sandbox.services.pepole  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"'Sandbox' object has no attribute 'pepole'"):
        sandbox.pepole  # type: ignore[attr-defined]  # noqa: B018

    assert {"people", "templates", "clock"} <= set(dir(sandbox))


def test_a_part_that_comes_when_the_sandbox_is_closed_hears_of_it() -> None:
    """At once: nobody else would end what it waits for."""
    closing, heard = Closing("default"), list[str]()
    closing.on_begin(lambda: heard.append("before"))
    closing.begin()

    closing.on_begin(lambda: heard.append("after"))

    assert heard == ["before", "after"]
