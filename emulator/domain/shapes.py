"""Shapes: what a value in a request must be, written as data.

The tables of message kinds and template parameters are made of them. A limit stands once, and everybody reads
it there: the request reader makes Graph's ``(#100)`` errors of it, :func:`check_limits` the messaging
service's 131009, the documentation its table of limits, and the tests their good and bad bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any
from urllib.parse import urlsplit

from emulator.domain.errors import MessageError, message_error
from emulator.domain.values import dataclass

Value = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string of ``least`` to ``most`` characters.

    With ``what``, its name in complaints, :func:`check_limits` judges the length (131009); without, the
    generic request reader refuses one that is too long (100). ``most`` of ``None`` is no limit.
    """

    what: str | None = None
    least: int = 0
    most: int | None = None
    numbers: bool = False
    """Whether a JSON number is accepted too and read as its digits, as Graph does with ids."""
    may_be_empty: bool = False
    """Whether ``""`` is accepted where the member is required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number from ``least`` to ``most``, both included; a numeric string counts as one.

    ``what`` names it in the 131009 about its range; without it no range is checked.
    """

    what: str | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number with or without a fraction, or a string that is one; Graph accepts both.

    No range is checked here; a rule of its record may, as for coordinates.
    """


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean in any spelling that Graph accepts: ``true``, ``"true"``, ``1``, ``"1"`` and so on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few ``words``, compared without regard to case; it is read as the spelling of the table."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute ``http://`` or ``https://`` address; anything else is refused by the reader (100)."""


@dataclass(frozen=True, slots=True)
class Address:
    """The ``http://`` or ``https://`` address of a template's button; its path may have a variable."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as people write it; it is read with a plus before it.

    The reader refuses anything else with a code of its own (192).
    """


@dataclass(frozen=True, slots=True)
class Json:
    """Any JSON object, kept as it is: nothing inside is read or checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """An array of ``least`` to ``most`` elements of one shape.

    ``what`` names the elements in the 131009 about their number ("buttons"); without it they are not counted.
    """

    of: Shape
    what: str | None = None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object with known members, listed in the order in which a missing one is complained about.

    A member that is neither ``required`` nor ``optional`` is refused by the reader (100).
    """

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    rules: tuple[Callable[[Value], None], ...] = ()
    """Checks across members, run in order by :func:`check_limits`; each raises :class:`MessageError`."""
    file: str | None = None
    """The kind of media that this object names by ``id`` or ``link``, such as ``image``; ``None``: it is no
    file."""

    @property
    def members(self) -> Mapping[str, Shape]:
        """All members by name, the required ones first."""
        return {**self.required, **self.optional}


@dataclass(frozen=True, slots=True)
class Variant:
    """An object whose members depend on the value of its member ``on``, such as ``type``.

    ``cases`` has the record for each value. Another value, or none, is refused by the reader (100).
    """

    on: str
    cases: Mapping[str, Record]
    elsewhere: Mapping[str, Record] = field(default_factory=dict)
    """Cases that other messages have and this one has not: well-formed, refused by :func:`check_limits`."""
    refusal: str = ""
    """The details of the 131009 about a case of ``elsewhere``."""

    @property
    def readable(self) -> Mapping[str, Record]:
        """Every case that the reader takes, those of ``elsewhere`` last."""
        return {**self.cases, **self.elsewhere}


Shape = Text | Integer | Number | Flag | Choice | Link | Address | Phone | Json | Items | Record | Variant


@dataclass(frozen=True, slots=True)
class FileUse:
    """A file that a message shows: uploaded before (``id``), or fetched when the message is sent (``link``).

    ``kind`` is the kind of media it must be, ``path`` where it stands in the request.
    """

    kind: str
    path: Path
    id: str | None = None
    link: str | None = None


def invalid(details: str, hint: str) -> MessageError:
    """Build error 131009, the messaging service's complaint about a value.

    ``details`` say which value and why, and stand in ``error_data``; ``hint`` is for headers and journal.
    """
    return message_error(131009, details, rule="message_content", hint=hint)


def check_limits(shape: Shape, value: Any) -> None:
    """Refuse a well-formed value that breaks a limit of its shape. Raises :class:`MessageError` (131009).

    ``value`` must be as the request reader returns it. The sentences about lengths and counts follow the two
    recorded ones; which limit has which was recorded for few of them.
    """
    match shape:
        case Text(what=str(what), least=least, most=int(most)) if not least <= len(value) <= most:
            if least:
                raise invalid(f"{what} length invalid. Min length: {least}, Max length: {most}", _has(value))
            raise invalid(f"{what} is too long. Max length is {most}", _has(value))
        case Integer(what=str(what), least=int(least), most=int(most)) if not least <= value <= most:
            raise invalid(
                f"{what} is out of range. Min value: {least}, Max value: {most}",
                f"The value that came is {value}.",
            )
        case Items(of=of, what=what, least=least, most=most):
            if what is not None and not least <= len(value) <= (len(value) if most is None else most):
                upper = "" if most is None else f", Max allowed {what}: {most}"
                raise invalid(
                    f"Invalid {what} count. Min allowed {what}: {least}{upper}",
                    f"The message has {len(value)} {what}.",
                )
            for element in value:
                check_limits(of, element)
        case Record():
            _check_record(shape, value)
        case Variant(on=on, cases=cases):
            if value[on] in shape.elsewhere:
                raise invalid(
                    shape.refusal, f"The {on} came as {value[on]}; it can be {', '.join(cases)} here."
                )
            check_limits(cases[value[on]], value)


def _has(text: str) -> str:
    """The hint about a length, which the platform's sentence does not give."""
    if not text:
        return "It came as an empty string; give it a text."
    return f"The text that came has {len(text)} characters and begins with {text[:30]!r}."


def _check_record(record: Record, value: Value) -> None:
    for name, member in record.members.items():
        if name in value:
            check_limits(member, value[name])
    for rule in record.rules:
        rule(value)


def files(shape: Shape, value: Any, path: Path = ()) -> Iterator[FileUse]:
    """List every file that ``value`` names, in the order of the request, with where it stands.

    ``path`` is put before each file's own path; ``value`` must be as the request reader returns it.
    """
    match shape:
        case Items(of=of):
            for place, element in enumerate(value):
                yield from files(of, element, (*path, place))
        case Variant(on=on):
            yield from files(shape.readable[value[on]], value, path)
        case Record(file=kind):
            if kind is not None and ("id" in value or "link" in value):
                yield FileUse(kind, path, value.get("id") if "link" not in value else None, value.get("link"))
            for name, member in shape.members.items():
                if name in value:
                    yield from files(member, value[name], (*path, name))


def web_host(url: str) -> str | None:
    """Find the host of an ``http://`` or ``https://`` address; ``None`` for anything else."""
    try:
        address = urlsplit(url)
        return (address.hostname or None) if address.scheme in ("http", "https") else None
    except ValueError:
        return None


def bracketed(path: Path) -> str:
    """Write a path in a request as Graph's errors do: ``template['components'][0]``.

    The first part stands bare, later names in quotes and brackets, places in brackets alone (recorded).
    """
    head, *rest = path or ("",)
    return str(head) + "".join(f"[{part}]" if isinstance(part, int) else f"['{part}']" for part in rest)
