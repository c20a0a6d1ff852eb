"""Field expansion (``?fields=a,b{c},d.limit(5)``) and the pages of an edge.

Source: developers.facebook.com/docs/graph-api/guides/field-expansion and /results; recorded answers.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from emulator.domain.errors import PlatformError, bad_parameter, message_error
from emulator.domain.quoting import cut
from emulator.domain.values import dataclass
from emulator.wire import documented
from emulator.wire.received import closest, described

T = TypeVar("T")
Node = Mapping[str, Any]
DEFAULT_LIMIT = 25
"""How many elements a page has when the call does not say."""
_SIGNS = re.compile(r"[{}(),]")
_WITHOUT_A_VALUE = {
    "official_business_account": frozenset({"status_message"}),
    "quality_score": frozenset({"date", "reasons"}),
    "webhook_configuration": frozenset({"application", "phone_number", "whatsapp_business_account"}),
}
"""Fields in braces of plain objects that are known, and are left out where they have no value."""
_DEEPEST = 8
_LONGEST = 64 * 1024
"""Characters of a specification; more do not fit into a URL."""
MOST_ON_A_PAGE = 1000
"""How many elements a page has at most, whatever ``limit`` the call gives."""


@dataclass(frozen=True, slots=True)
class Field:
    """One requested field, with its subfields in braces and its modifiers like ``.limit(5)``.

    As text it is written as in the parameter.
    """

    name: str
    subfields: tuple[Field, ...] = ()
    modifiers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        modifiers = "".join(f".{name}({value})" for name, value in self.modifiers)
        subfields = "{" + ",".join(map(str, self.subfields)) + "}" if self.subfields else ""
        return f"{self.name}{modifiers}{subfields}"


def parse(text: str) -> tuple[Field, ...]:
    """Read a ``fields`` parameter into fields, in order; empty names between commas are skipped.

    Raises ``(#100) Syntax error in the field specification`` when its brackets do not match or nest more than
    eight deep, or it has more characters than a URL. A field under another name, ``.as(…)``, is not emulated.
    """
    if len(text) > _LONGEST:
        raise _syntax(text)
    fields, rest = _fields(text, 0)
    if rest != len(text):
        raise _syntax(text)
    return fields


def _fields(text: str, at: int, depth: int = 0) -> tuple[tuple[Field, ...], int]:
    if depth > _DEEPEST:
        raise _syntax(text)
    found: list[Field] = []
    words: list[str] = []
    subfields: tuple[Field, ...] = ()
    modifiers: list[tuple[str, str]] = []
    while (sign := _SIGNS.search(text, at)) is not None:
        words.append(text[at : sign.start()])
        at = sign.end()
        match sign.group():
            case "{":
                subfields, at = _fields(text, at, depth + 1)
                if at >= len(text) or text[at] != "}":
                    raise _syntax(text)
                at += 1
            case "(":
                end = text.find(")", at)
                if end < 0:
                    raise _syntax(text)
                words[-1], _, modifier = words[-1].rpartition(".")
                modifiers.append((modifier.strip(), text[at:end]))
                at = end + 1
            case "}":
                at -= 1
                break
            case _:
                found += _field(words, subfields, modifiers)
                words, subfields, modifiers = [], (), []
    else:
        words.append(text[at:])
        at = len(text)
    found += _field(words, subfields, modifiers)
    return tuple(found), at


def _field(words: list[str], subfields: tuple[Field, ...], modifiers: list[tuple[str, str]]) -> list[Field]:
    name = "".join(words).partition(".")[0].strip()
    if any(modifier == "as" for modifier, _ in modifiers):
        feature = "a field under another name (as)"
        refusal = bad_parameter("Field aliases are not supported.", hint=documented.lacks(feature))
        raise documented.marked(refusal, feature)
    return [Field(name, subfields, tuple(modifiers))] if name else []


def _syntax(text: str) -> Exception:
    return bad_parameter(
        f"Syntax error in the field specification: {text[:200]}",
        hint="Each { and ( needs its closing bracket, at most eight deep; fields are parted by commas, as in "
        "id,name,phone_numbers.limit(5){id}.",
    )


def select(node: Node, asked: tuple[Field, ...], node_type: str, usual: Sequence[str]) -> dict[str, Any]:
    """Keep the requested fields of a node in their order, and the id; without a request the ``usual`` ones.

    Fields without a value are left out. Raises ``(#100) Tried accessing nonexisting field …`` for one the
    node type does not have, and, marked, for a field in braces that the emulator lacks.
    """
    names = [field.name for field in asked] if asked else list(usual)
    for name in names:
        if name not in node:
            refusal = bad_parameter(
                f"Tried accessing nonexisting field ({cut(name)}) on node type ({node_type})",
                hint=f"{node_type} has the fields {', '.join(node)}.{closest(name, node)}",
            )
            if documented.is_field(node_type, name):
                raise documented.marked(refusal, f"GET {node_type} with the field {name}")
            raise refusal
    if "id" not in names:
        names.append("id")
    inner = {field.name: field.subfields for field in asked if field.subfields}
    return {
        name: _inside(node[name], inner.get(name, ()), node_type, name)
        for name in names
        if node[name] is not None
    }


def _inside(value: Any, asked: tuple[Field, ...], node_type: str, name: str) -> Any:
    """Keep the fields in braces of an object; the platform's words for one that is not there are unknown."""
    if not asked or not isinstance(value, Mapping):
        return value
    known = value.keys() | _WITHOUT_A_VALUE.get(name, frozenset()) | {"id"}
    for field in asked:
        if field.name not in known:
            feature = f"GET {node_type} with the field {name}{{{cut(field.name)}}}"
            message = f"Tried accessing nonexisting field ({cut(field.name)})"
            raise documented.marked(bad_parameter(message, hint=documented.lacks(feature)), feature)
    return {field.name: value[field.name] for field in asked if field.name in value}


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some elements of a longer list, the place of the first (from 0), and the length of the whole."""

    elements: Sequence[T]
    start: int
    total: int


def page(elements: Sequence[T], query: Mapping[str, Any], version: int) -> Page[T]:
    """Cut out the page that ``limit``, ``after`` and ``before`` of a ``query`` ask for.

    Where both cursors are given, ``after`` counts.

    Raises 131059 (24.0 and later) or ``(#100)`` for a cursor that is none; ``version`` is the major version
    of the call.
    """
    limit, start = limit_of(query), 0
    if query.get("after"):
        start = _place(query["after"], version) + 1
    elif query.get("before"):
        end = _place(query["before"], version)
        start = max(0, end - limit)
        limit = end - start
    return Page(elements[start : start + limit], start, len(elements))


def limit_of(query: Mapping[str, Any]) -> int:
    """Read ``limit`` of a query: 25 without it, and never less than 1 or more than 1,000.

    Raises ``(#100) Param limit must be an integer.`` for a text that is no number.
    """
    try:
        return min(max(int(query.get("limit") or DEFAULT_LIMIT), 1), MOST_ON_A_PAGE)
    except (TypeError, ValueError):
        hint = f"It came as {described(query.get('limit'))}; 1 to {MOST_ON_A_PAGE} elements fit on a page."
        raise bad_parameter("Param limit must be an integer.", hint=hint) from None


def paging(found: Page[Any], url: str, query: Mapping[str, Any]) -> dict[str, Any] | None:
    """Build the ``paging`` object of a page: cursors always, ``next`` and ``previous`` where there is more.

    The links are ``url`` with the other parameters of ``query``, lists among them as JSON. ``None`` for an
    empty page.
    """
    if not found.elements:
        return None
    first, last = found.start, found.start + len(found.elements) - 1
    shown: dict[str, Any] = {"cursors": {"before": cursor(first), "after": cursor(last)}}
    kept = {
        key: json.dumps(value, separators=(",", ":")) if isinstance(value, list | dict) else value
        for key, value in query.items()
        if key not in ("after", "before")
    }
    if first > 0:
        shown["previous"] = f"{url}?{urlencode({**kept, 'before': cursor(first)})}"
    if last + 1 < found.total:
        shown["next"] = f"{url}?{urlencode({**kept, 'after': cursor(last)})}"
    return shown


def cursor(place: int) -> str:
    """Build the opaque cursor of a ``place`` in a list, counted from 0.

    It has the recorded form: the number in base64, whose padding is written ``ZD``.
    """
    return base64.b64encode(str(place).encode()).decode().replace("=", "ZD")


def without_padding(cursor: str) -> str:
    """Drop every ``ZD`` at the end of a cursor: the ``=`` of base64, as the platform writes it."""
    end = len(cursor)
    while cursor.endswith("ZD", 0, end):
        end -= 2
    return cursor[:end]


def _place(text: object, version: int) -> int:
    raw = str(text)
    raw = without_padding(raw)
    try:
        place = int(base64.b64decode(raw + "=" * (-len(raw) % 4), validate=True))
        if place >= 0:
            return place
    except (binascii.Error, ValueError):
        pass
    raise invalid_cursor(version)


def invalid_cursor(version: int) -> PlatformError:
    """Build the error about a text that is no cursor: 131059 from version 24 on, ``(#100)`` before."""
    hint = "The cursor is none of this list; ask again without it."
    if version >= 24:
        return message_error(131059, rule="paging", hint=hint)
    return bad_parameter("Invalid parameter", hint=hint)
