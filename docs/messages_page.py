"""The page about messages, made from the shapes of their kinds."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.direct import KINDS as DIRECT_KINDS
from emulator.domain.messages.outbound import CALLBACK_DATA_LIMIT
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
)

Line = tuple[str, str, str]
"""A member's path, whether it is needed, and what it is."""

_INTRODUCTION = f"""
What stands under the name of a message's `type` in `POST /{{phone_number_id}}/messages`. A member that is not
listed is refused, `(#100) Unexpected key …`; so are a missing one and a wrong type, with the path. What breaks a
limit in characters or in number is refused with 131009, but for the text of a text message. What is recorded,
documented and inferred about each limit is in [fidelity](../fidelity.md).

Around it: `messaging_product` (needed, `whatsapp`), `to` or `recipient` (one is needed), `type` (`text` unless
said), `recipient_type`, `context` (an object with a `message_id`), `biz_opaque_callback_data` (up to
{CALLBACK_DATA_LIMIT} characters). With Direct Send enabled (the setting `direct_send`) also `category` (`utility`,
`authentication`: texts alone, `service`), `ttl_seconds` and `direct_send_config` (an object with a `template_name`).
`template` has its own page in Meta's documentation; its components are in the
[Graph API](graph-api.md) of the emulator.
"""


def messages(made: str) -> str:
    """A section a kind: members, needed or not, what they are, and the page they come from."""
    parts = ["# Messages\n", made, _INTRODUCTION.strip() + "\n"]
    titled = [(kind.name, kind) for kind in KINDS.values()]
    titled += [(f"{kind.name}, sent directly", kind) for kind in DIRECT_KINDS["UTILITY"].values()]
    for title, kind in titled:
        parts.append(f"## {title}\n\n[Meta's page]({kind.source}).\n")
        if isinstance(kind.shape, Variant):
            parts.append(f"By its `{kind.shape.on}`:\n")
            for name, case in kind.shape.cases.items():
                parts.append(f"### {title}: {name}\n")
                parts.append(_table(case, kind.name))
        else:
            parts.append(_table(kind.shape, kind.name))
    return "\n".join(parts)


def _table(shape: Shape, name: str) -> str:
    table = ["| member | needed | what it is |", "|---|---|---|"]
    if isinstance(shape, Items):
        table.append(f"| `{name}` | yes | {describe(shape)} |")
    table += [f"| `{path}` | {needed} | {what} |" for path, needed, what in _members(shape, "")]
    rules = list(dict.fromkeys(_rules(shape)))
    return "\n".join([*table, *(["", "Refused, too:", ""] if rules else []), *rules]) + "\n"


def _members(shape: Shape, path: str, only: str = "") -> Iterator[Line]:
    """The members of a shape, those of members after them."""
    match shape:
        case Items(of=of):
            yield from _members(of, f"{path}[]", only)
        case Variant(on=on, cases=cases):
            yield _path(path, on), "yes" + only, describe(Choice(tuple(cases)))
            for case, record in cases.items():
                inner = {name: member for name, member in record.members.items() if name != on}
                for name, member in inner.items():
                    yield from _member(record, name, member, path, f", if `{on}` is `{case}`")
        case Record():
            for name, member in shape.members.items():
                if not (isinstance(member, Json) and _is_forbidden(shape, name)):
                    yield from _member(shape, name, member, path, only)


def _is_forbidden(record: Record, name: str) -> bool:
    """Whether a rule refuses the member, which the reader takes in any form."""
    return any(sentence == f"- a {name}, which the pages of this type forbid" for sentence in _said(record))


def _member(record: Record, name: str, member: Shape, path: str, only: str) -> Iterator[Line]:
    if record.file is not None and name in ("id", "link"):
        needed = "one of `id` and `link`" if name == "id" else "or this"
    else:
        needed = ("yes" if name in record.required else "no") + only
    yield _path(path, name), needed, describe(member)
    yield from _members(member, _path(path, name))


def _path(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _rules(shape: Shape) -> Iterator[str]:
    """What must hold between members, as list items."""
    match shape:
        case Items(of=of):
            yield from _rules(of)
        case Variant(cases=cases):
            for case in cases.values():
                yield from _rules(case)
        case Record():
            for member in shape.members.values():
                yield from _rules(member)
            yield from _said(shape)


def _said(record: Record) -> Iterator[str]:
    for rule in record.rules:
        sentence = (rule.__doc__ or "").partition(".")[0].partition(";")[0]
        yield f"- {sentence.removeprefix('Refuse ').partition(' (')[0]}"


def describe(shape: Shape) -> str:
    """A shape in a few words."""
    match shape:
        case Text():
            kind = "text or number" if shape.numbers else "text"
            length = "" if shape.most is None else f", up to {shape.most:,} characters"
            return kind + length + (", may be empty" if shape.may_be_empty else "")
        case Integer(least=least, most=most):
            return "whole number" if most is None else f"whole number, {least or 0:,} to {most:,}"
        case Number():
            return "number"
        case Flag():
            return "truth value"
        case Choice(words=words):
            return ", ".join(f"`{word}`" for word in words)
        case Phone():
            return "telephone number"
        case Link() | Address():
            return "`http` or `https` address"
        case Json():
            return "object"
        case Items(least=least, most=most):
            counted = f"{least} to {most:,}" if most is not None else f"{least} or more" if least else ""
            return f"array, {counted}" if counted else "array"
        case Record(file=kind):
            return f"file: {kind}" if kind else "object"
        case Variant():
            return "object"
