"""Valid bodies with exactly one mistake, and the complaint that each mistake leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from emulator.domain.content.kinds import KINDS
from emulator.domain.shapes import (
    Choice,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Path,
    Record,
    Shape,
    Text,
    Variant,
    bracketed,
)
from kit.bodies.strategies import ABSENT, messages, put


@dataclass(frozen=True)
class Broken:
    """A send with one mistake, and the complaint about it: the message, or the details of a 131009."""

    body: dict[str, Any]
    complaint: str


@dataclass(frozen=True)
class Mistake:
    """Another value at a place, or none, and the complaint it leads to."""

    path: Path
    value: Any
    complaint: str


def mistakes(shape: Shape, value: Any, path: Path) -> Iterator[Mistake]:
    """Every single mistake there is to make in a valid value."""
    yield _wrong_type(shape, path)
    match shape:
        case Text(what=what, most=int(most)):
            yield Mistake(path, "x" * (most + 1), _too_long(shape, path))
        case Integer(what=str(what), least=int(least), most=int(most)):
            said = f"{what} is out of range. Min value: {least}, Max value: {most}"
            yield from (Mistake(path, wrong, said) for wrong in (least - 1, most + 1))
        case Items(of=of, what=what, least=least, most=most):
            if what is not None:
                upper = "" if most is None else f", Max allowed {what}: {most}"
                said = f"Invalid {what} count. Min allowed {what}: {least}{upper}"
                if least:
                    yield Mistake(path, [], said)
                if most is not None and value:
                    yield Mistake(path, [value[0]] * (most + 1), said)
            for place, element in enumerate(value):
                yield from mistakes(of, element, (*path, place))
        case Variant(on=on, cases=cases):
            here = (*path, on)
            yield _wrong_type(Choice(tuple(shape.readable)), here)
            yield from _in_record(cases[value[on].lower()], value, path, skip=on)
        case Record():
            yield from _in_record(shape, value, path)


def _in_record(shape: Record, value: Any, path: Path, skip: str | None = None) -> Iterator[Mistake]:
    yield Mistake((*path, "surprise"), 1, f'(#100) Unexpected key "surprise" on param "{bracketed(path)}".')
    for name in shape.required:
        yield Mistake((*path, name), ABSENT, f"(#100) The parameter {bracketed((*path, name))} is required.")
    if shape.file is not None:
        missed = bracketed((*path, "id"))
        yield Mistake((*path, "link"), ABSENT, f"(#100) The parameter {missed} is required.")
    for name, member in shape.members.items():
        if name in value and name != skip:
            yield from mistakes(member, value[name], (*path, name))


def _too_long(shape: Text, path: Path) -> str:
    if shape.what is None:
        return f"(#100) Param {bracketed(path)} must be at most {shape.most} characters long."
    if shape.least:
        return f"{shape.what} length invalid. Min length: {shape.least}, Max length: {shape.most}"
    return f"{shape.what} is too long. Max length is {shape.most}"


def _wrong_type(shape: Shape, path: Path) -> Mistake:
    wrong: Any = "nonsense"
    wanted = ""
    match shape:
        case Text():
            wrong, wanted = [], "must be a string"
        case Integer():
            wanted = "must be an integer"
        case Number():
            wanted = "must be a number"
        case Flag():
            wanted = "must be a boolean"
        case Choice(words=words):
            wanted = f'must be one of {{{", ".join(words).upper()}}} - got "nonsense"'
        case Link():
            wanted = "is not a valid URI"
        case Items():
            wanted = "must be an array"
        case Json() | Record() | Variant():
            wanted = "must be a JSON object"
    return Mistake(path, wrong, f"(#100) Param {bracketed(path)} {wanted}.")


@st.composite
def broken_messages(draw: st.DrawFn) -> Broken:
    """Sends of every kind with one mistake in the value of the kind."""
    body = draw(messages())
    kind = body["type"]
    mistake = draw(st.sampled_from(list(mistakes(KINDS[kind].shape, body[kind], (kind,)))))
    return Broken(put(body, mistake.path, mistake.value), mistake.complaint)
