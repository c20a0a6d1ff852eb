"""Dataclasses whose methods are made when they are first used: the same as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable, Hashable
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from threading import Barrier, Thread
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from emulator.domain.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Point:
    """A value as most are."""

    x: int
    y: int = 0
    marks: tuple[str, ...] = field(default=(), repr=False)

    @property
    def total(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Place(Point):
    """One more field behind those that it inherits."""

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    """Fields that are given by name alone."""

    name: str


@dataclass
class Basket:
    """A value that changes."""

    things: list[str] = field(default_factory=list)
    owner: str = "nobody"

    def __post_init__(self) -> None:
        self.things.append("first")


@dataclass(frozen=True)
class Measured:
    """A frozen value with attributes beside its fields."""

    size: int

    @cached_property
    def doubled(self) -> int:
        return self.size * 2


class Grown(Measured):
    """A subclass that is no dataclass, with an attribute of its own."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.own = 1


@dataclass(frozen=True, slots=True)
class Box(Generic[T]):
    """A value of some type."""

    inside: T


@dataclass
class Refused(Exception):
    """An error that is a dataclass."""

    code: int
    hint: str = field(kw_only=True, default="")

    def __str__(self) -> str:
        return f"({self.code}) {self.hint}"


def twin(of: type, **options: bool) -> type:
    """The class that the standard library makes of the same body."""
    body = {
        "__annotations__": dict(of.__annotations__),
        "__module__": __name__,
        "__qualname__": of.__qualname__,
        "y": 0,
        "marks": field(default=(), repr=False),
    }
    made: type = dataclasses.dataclass(**options)(type(of.__name__, (), body))
    return made


def test_nothing_is_made_before_it_is_used() -> None:
    """Importing a module with many of them costs next to nothing."""

    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int

    def kinds() -> dict[str, str]:
        return {name: type(value).__name__ for name, value in vars(Fresh).items()}

    before, made = kinds(), Fresh(1)
    when_made, compared = kinds(), made == Fresh(1)
    when_compared = kinds()

    assert compared
    assert before["__init__"] == before["__eq__"] == before["__hash__"] == "_Later"
    assert (when_made["__init__"], when_made["__match_args__"]) == ("function", "tuple")
    assert when_made["__eq__"] == when_made["__hash__"] == "_Later"
    assert when_compared["__eq__"] == when_compared["__hash__"] == when_compared["__repr__"] == "function"


@pytest.mark.parametrize(
    "look",
    [
        lambda made: made(1, 2),
        lambda made: dataclasses.fields(made),
        lambda made: made.__match_args__,
        lambda made: inspect.signature(made),
        dataclasses.is_dataclass,
    ],
    ids=["instance", "fields", "match", "signature", "is_dataclass"],
)
def test_whatever_is_looked_at_first(look: Callable[[Any], object]) -> None:
    """Everything is there afterwards."""

    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int
        y: int = 0

    look(Fresh)

    assert Fresh(1, 2) == Fresh(x=1, y=2)
    assert [each.name for each in dataclasses.fields(Fresh)] == ["x", "y"]


def test_is_written_compared_and_hashed_as_the_librarys() -> None:
    """The same text, the same equality, the same hash."""
    library: Any = twin(Point, frozen=True, slots=True)

    assert repr(Point(1, 2, ("a",))) == repr(library(1, 2, ("a",))) == "Point(x=1, y=2)"
    assert hash(Point(1, 2)) == hash(library(1, 2))
    assert inspect.signature(Point) == inspect.signature(library)
    assert Point.__match_args__ == library.__match_args__ == ("x", "y", "marks")
    assert Point(1) == Point(1, 0)
    assert Point(1) != Point(2)
    assert Point(1) != Place(1)


def test_inherits_fields() -> None:
    """Those of the base come first, and are no slots of the heir."""
    place, slots = Place(1, 2, name="here"), vars(Place)["__slots__"]

    assert (place.x, place.total, place.name) == (1, 3, "here")
    assert slots == ("name",)
    assert not hasattr(place, "__dict__")
    assert Named(1, name="by name").name == "by name"
    with pytest.raises(TypeError, match="positional"):
        Named(*(1, 2, (), "by place"))  # type: ignore[call-arg]


def test_frozen_values_do_not_change() -> None:
    """Neither a field nor another attribute; what is computed once is kept all the same."""
    point: Any = Point(1)
    measured: Any = Measured(2)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x
    with pytest.raises(FrozenInstanceError):
        measured.other = 1
    assert measured.doubled == 4


def test_a_subclass_has_attributes_of_its_own() -> None:
    """And cannot change the fields of the value that it is."""
    grown: Any = Grown(3)
    grown.own = 2
    del grown.own

    with pytest.raises(FrozenInstanceError):
        grown.size = 1
    assert grown.size == 3


def test_values_that_change_have_no_hash() -> None:
    """As those of the library; each has a list of its own."""
    one, other = Basket(), Basket(owner="somebody")
    one.owner = "somebody"

    assert one == other
    assert one.things is not other.things
    assert Basket.owner == "nobody"
    assert not issubclass(Basket, Hashable)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_copies_and_pickles() -> None:
    """By value, with and without slots."""
    for value in (Point(1, 2), Place(1, name="here"), Measured(1), Basket()):
        assert copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value
    assert dataclasses.replace(Point(1), y=5) == Point(1, 5)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 0, "marks": ()}


def test_dataclasses_of_the_library_may_be_derived() -> None:
    """Frozen ones of frozen ones, and the other way round not, as the library has it."""

    @dataclasses.dataclass(frozen=True)
    class Theirs(Point):
        more: int = 7

    @dataclass(frozen=True, slots=True)
    class Ours(Theirs):
        most: int = 8

    assert Theirs(1).total == 1
    assert (Ours(1, 2).more, Ours(1, 2).most, Ours(1, most=9).most) == (7, 8, 9)
    with pytest.raises(TypeError, match="non-frozen"):

        @dataclasses.dataclass
        class Wrong(Point):  # type: ignore[misc]
            more: int = 7


def test_of_every_kind_of_class() -> None:
    """Generic ones, and errors."""
    assert Box(1) == Box[int](1)
    with pytest.raises(Refused, match=r"\(7\) because"):
        raise Refused(7, hint="because")


def test_matches_by_place() -> None:
    """In the order of the fields, also as the first thing that is asked of the class."""

    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int
        y: int

    things: list[object] = [1, Fresh(1, 2)]
    found = []
    for thing in things:
        match thing:
            case Fresh(x, y):
                found.append((x, y))

    assert found == [(1, 2)]


def test_what_the_class_has_of_its_own_stays() -> None:
    """A method that is written is not made."""

    @dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    assert (repr(Own(1)), Own(1) == Own(2), hash(Own(1))) == ("own", True, 7)


def test_fields_that_are_none_are_refused() -> None:
    """What these dataclasses do not know, they say."""
    with pytest.raises(TypeError, match="ClassVar"):

        @dataclass
        class Wrong:
            x: ClassVar[int] = 1


def test_threads_that_come_first_together() -> None:
    """Each gets a whole class."""

    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int

    start, found = Barrier(8), []

    def make() -> None:
        start.wait(10)
        found.append(Fresh(1))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [Thread(target=make) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(10)
    finally:
        sys.setswitchinterval(interval)

    assert found == [Fresh(1)] * 8
