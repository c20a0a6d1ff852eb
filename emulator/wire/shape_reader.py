"""Read a value of a request by its shape, with Graph's error about the first thing that is wrong.

The order within an object: it is one, it has no unknown member, its required members are there, and then each
member in turn. Limits that the messaging service judges are not looked at here but in
:func:`emulator.domain.shapes.check_limits`, since on the platform, too, the whole body is read before.
"""

from __future__ import annotations

from typing import Any

from emulator.domain.errors import GraphError, bad_parameter, refuse
from emulator.domain.phones import is_number_of_a_button
from emulator.domain.shapes import (
    Address,
    Choice,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Phone,
    Record,
    Shape,
    Text,
    Variant,
    web_host,
)
from emulator.wire.parameters import Parameter
from emulator.wire.received import described


def read(shape: Shape, given: Parameter) -> Any:
    """Read a value into its canonical form: choices in the table's spelling, numbers as numbers.

    Raises :class:`~emulator.domain.errors.GraphError` (100) for the first thing that does not fit the shape.
    """
    match shape:
        case Text():
            return _text(shape, given)
        case Integer():
            return given.integer()
        case Number():
            return given.number()
        case Flag():
            return given.boolean()
        case Choice(words=words):
            chosen = given.one_of(word.upper() for word in words)
            return next(word for word in words if word.upper() == chosen)
        case Link():
            return _link(given)
        case Address():
            return _address(given)
        case Phone():
            return _phone(given)
        case Json():
            return given.object().value
        case Items(of=of):
            return [read(of, element) for element in given.array()]
        case Record():
            return _record(shape, given.object())
        case Variant(on=on, readable=cases):
            found = given.object()
            chosen = read(Choice(tuple(cases)), found.required(on))
            return _record(cases[chosen], found)


def _record(record: Record, given: Parameter) -> dict[str, Any]:
    given.only(*record.members)
    made: dict[str, Any] = {}
    for name, shape in record.required.items():
        empty = isinstance(shape, Text) and shape.may_be_empty
        made[name] = read(shape, given.present(name) if empty else given.required(name))
    for name, shape in record.optional.items():
        if not given.get(name).absent:
            made[name] = read(shape, given.get(name))
    if record.file is not None and not (made.get("id") or "link" in made):
        given.required("id")
    return made


def _text(shape: Text, given: Parameter) -> str:
    text = given.string() if shape.numbers else given.text()
    if shape.what is None and shape.most is not None and len(text) > shape.most:
        raise bad_parameter(
            f"Param {given} must be at most {shape.most} characters long.",
            hint=f"It has {len(text)} characters, {len(text) - shape.most} too many.",
        )
    return text


def _link(given: Parameter) -> str:
    link = given.text()
    if web_host(link) is None:
        raise _no_uri(given)
    return link


def _address(given: Parameter) -> str:
    """The address of a button: a variable may stand anywhere but in its host."""
    host = web_host(given.text())
    if host is None or "{" in host:
        raise _no_uri(given)
    return given.text()


def _no_uri(given: Parameter) -> GraphError:
    return bad_parameter(
        f"Param {given} is not a valid URI.",
        hint=f"It came as {described(given.value)}; it must be absolute: http:// or https://, and a host.",
    )


def _phone(given: Parameter) -> str:
    number = "+" + given.string().removeprefix("+")
    if not is_number_of_a_button(number):
        raise refuse(
            192,
            rule="parameters",
            words={"parameter": str(given)},
            hint=f"It came as {described(given.value)}; write it in full, like +16505551234.",
        )
    return number
