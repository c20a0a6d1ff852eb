"""What a value in a request must be, as data: the tables of the message kinds are written in these words.

A shape says it once, and everybody reads it there: the request reader makes Graph's ``(#100)`` complaints of
it, :func:`judge` the messaging service's 131009, the documentation its table of limits, and the tests their
good and bad bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.domain.errors import MessageError, message_error

Value = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string.

    With ``what`` its length is the messaging service's affair (131009, in words about that); without, the
    generic reader's.
    """

    what: str | None = None
    least: int = 0
    most: int | None = None
    numbers: bool = False
    """Whether a number is taken for its digits, as Graph does with ids."""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number; a numeric string counts as one."""

    what: str | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a string that is one."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A truth value in any of its spellings."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, in any case; the spelling of the table comes back."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An ``http://`` or ``https://`` address."""


@dataclass(frozen=True, slots=True)
class Json:
    """Any object: its inside is nobody's affair here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """An array. ``what`` counts its elements in complaints: "buttons"."""

    of: Shape
    what: str | None = None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object with known members, in the order in which a missing one is complained about."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    rules: tuple[Callable[[Value], None], ...] = ()
    """What must hold between the members; each raises :class:`MessageError`."""
    file: str | None = None
    """The kind of file that this object names by ``id`` or ``link``."""

    @property
    def members(self) -> Mapping[str, Shape]:
        return {**self.required, **self.optional}


@dataclass(frozen=True, slots=True)
class Variant:
    """An object whose members hang on one of them."""

    on: str
    cases: Mapping[str, Record]


Shape = Text | Integer | Number | Flag | Choice | Link | Json | Items | Record | Variant


@dataclass(frozen=True, slots=True)
class FileUse:
    """A file that a message shows: uploaded before (``id``), or fetched when it is sent (``link``)."""

    kind: str
    path: Path
    id: str | None = None
    link: str | None = None


def invalid(details: str, hint: str | None = None) -> MessageError:
    """Build 131009, the messaging service's complaint about a value."""
    return message_error(131009, details, rule="message_content", hint=hint)


def check_limits(shape: Shape, value: Any) -> None:
    """Refuse a well-formed value that breaks a limit. Raises :class:`MessageError` (131009).

    The sentences about lengths and counts follow the two recorded ones; which limit has which was recorded
    for few of them.
    """
    match shape:
        case Text(what=str(what), least=least, most=int(most)) if not least <= len(value) <= most:
            if least:
                raise invalid(f"{what} length invalid. Min length: {least}, Max length: {most}")
            raise invalid(f"{what} is too long. Max length is {most}")
        case Integer(what=str(what), least=int(least), most=int(most)) if not least <= value <= most:
            raise invalid(f"{what} is out of range. Min value: {least}, Max value: {most}")
        case Items(of=of, what=what, least=least, most=most):
            if what is not None and not least <= len(value) <= (len(value) if most is None else most):
                upper = "" if most is None else f", Max allowed {what}: {most}"
                raise invalid(f"Invalid {what} count. Min allowed {what}: {least}{upper}")
            for element in value:
                check_limits(of, element)
        case Record():
            _check_record(shape, value)
        case Variant(on=on, cases=cases):
            check_limits(cases[value[on]], value)


def _check_record(record: Record, value: Value) -> None:
    for name, member in record.members.items():
        if name in value:
            check_limits(member, value[name])
    for rule in record.rules:
        rule(value)


def files(shape: Shape, value: Any, path: Path = ()) -> Iterator[FileUse]:
    """Every file that ``value`` names, in order."""
    match shape:
        case Items(of=of):
            for place, element in enumerate(value):
                yield from files(of, element, (*path, place))
        case Variant(on=on, cases=cases):
            yield from files(cases[value[on]], value, path)
        case Record(file=kind):
            if kind is not None and ("id" in value or "link" in value):
                yield FileUse(kind, path, value.get("id") if "link" not in value else None, value.get("link"))
            for name, member in shape.members.items():
                if name in value:
                    yield from files(member, value[name], (*path, name))


def bracketed(path: Path) -> str:
    """A path as Graph writes it: ``template['components'][0]``."""
    head, *rest = path or ("",)
    return str(head) + "".join(f"[{part}]" if isinstance(part, int) else f"['{part}']" for part in rest)
