"""What interactive messages share: header, body, footer, labels, and the message as one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from emulator.domain.content.files import FILENAME_LENGTH, file
from emulator.domain.shapes import Choice, Flag, Json, Link, Record, Shape, Text, Value, Variant, invalid

BODY_LENGTH = 1024
LIST_BODY_LENGTH = 4096
"""The most characters of a list's body (D/messages/interactive-list-messages); a client reports 1,024."""
HEADER_LENGTH = 60
FOOTER_LENGTH = 60
LABEL_LENGTH = 20
SECTION_TITLE_LENGTH = 24

NO_TEXT = "Text cannot be null for header type text"
"""What a header that must be a text is refused with when it has none (recorded under v15.0)."""


def _has_text(top: Value) -> None:
    """Refuse a header of type ``text`` without one, in the recorded words."""
    if "text" not in top:
        raise invalid(NO_TEXT, "A header of type text needs its text: a string of 1 to 60 characters.")


_HEADERS: Mapping[str, Record] = {
    "text": Record(
        required={"type": Choice(("text",))},
        optional={"text": Text(what="Header text", least=1, most=HEADER_LENGTH)},
        rules=(_has_text,),
    ),
    "image": Record(required={"type": Choice(("image",)), "image": file("image")}),
    "video": Record(required={"type": Choice(("video",)), "video": file("video")}),
    "document": Record(
        required={
            "type": Choice(("document",)),
            "document": file("document", filename=Text(what="Filename", most=FILENAME_LENGTH)),
        }
    ),
}
FOOTER = Record(required={"text": Text(what="Footer text", least=1, most=FOOTER_LENGTH)})

ValueRule = Callable[[Value], None]
"""A check across the members of a value; it raises :class:`MessageError`."""


def header(*kinds: str) -> Variant:
    """Build the shape of a header of one of these ``kinds``: ``text``, ``image``, ``video``, ``document``.

    A text has 1 to 60 characters; the others name a file by ``id`` or ``link``. One of another kind is
    well-formed all the same, and refused by the messaging service (131009); where only a text may stand, as
    in a list, it is refused as a text that is not there. The sentence for other messages is ours.
    """
    return Variant(
        "type",
        {kind: _HEADERS[kind] for kind in kinds},
        {kind: shape for kind, shape in _HEADERS.items() if kind not in kinds},
        NO_TEXT if kinds == ("text",) else f"Header type must be one of {', '.join(kinds)}",
    )


ANY_HEADER = header("text", "image", "video", "document")


def body(most: int = BODY_LENGTH) -> Record:
    """Build the shape of a body of 1 to ``most`` characters."""
    return Record(required={"text": Text(what="Body text", least=1, most=most)})


def interactive(
    name: str,
    action: Record,
    *,
    top: Variant | None = None,
    needs_header: bool = False,
    needs_body: bool = True,
    footer: bool = True,
    most: int = BODY_LENGTH,
    rules: tuple[ValueRule, ...] = (),
) -> Record:
    """Build the shape of ``interactive`` for the type ``name``.

    ``action`` is the shape of its action, ``top`` of its header (``None``: it has none), ``most`` the length
    of its body. A header or footer that this type cannot have is well-formed all the same, as on the
    platform: the messaging service refuses it (131009), not the request reader.
    """
    required: dict[str, Shape] = {"type": Choice((name,))}
    optional: dict[str, Shape] = {"header": top or Json(), "footer": FOOTER if footer else Json()}
    if needs_header:
        required["header"] = optional.pop("header")
    (required if needs_body else optional)["body"] = body(most)
    forbidden = [part for part, may in (("header", top is not None), ("footer", footer)) if not may]
    return Record(
        required={**required, "action": action},
        optional=optional,
        rules=(*(_without(part, name) for part in forbidden), *rules),
    )


def named_action(name: str, parameters: Shape | None = None, *, needed: bool = True) -> Record:
    """Build the shape of an action that repeats its name and carries ``parameters``.

    ``needed`` says whether the parameters must be there; without ``parameters`` it has its name alone.
    """
    required: dict[str, Shape] = {"name": Choice((name,))}
    if parameters is None:
        return Record(required=required)
    if needed:
        return Record(required={**required, "parameters": parameters})
    return Record(required=required, optional={"parameters": parameters})


CTA_PARAMETERS = Record(
    required={
        "display_text": Text(what="Display text", least=1, most=LABEL_LENGTH),
        "url": Link(),
    },
    optional={"webview_interaction": Flag()},
)


def _without(part: str, name: str) -> ValueRule:
    def rule(value: Value) -> None:
        if part in value:
            raise invalid(
                f"Interactive message of type {name} does not support a {part}",
                f"Leave {part} out, or send another type of interactive message.",
            )

    rule.__doc__ = f"Refuse a {part}, which the pages of this type forbid; the sentence is ours."
    return rule


def check_unique(what: str, values: Iterable[Any]) -> None:
    """Refuse a value that comes twice (131009), naming it and ``what`` it is.

    The first repetition in the order of ``values`` is reported; the sentence is ours.
    """
    for value, count in Counter(values).items():
        if count > 1:
            raise invalid(f"Duplicate {what}: {value}", f"Give each a {what} of its own.")


def plain_text(value: Value) -> str:
    """Write an interactive message as one text: header, body, footer and the labels, a line each.

    ``value`` is what stands under ``interactive``; a file in the header reads ``[image]``.
    """
    top = value.get("header") or {}
    lines = [top.get("text") or (f"[{top['type']}]" if top else "")]
    lines += [(value.get(part) or {}).get("text", "") for part in ("body", "footer")]
    lines.append(" ".join(f"[{label}]" for label in labels(value)))
    return "\n".join(line for line in lines if line)


def labels(value: Value) -> list[str]:
    """List the labels of what can be tapped: buttons, the list's button, a link, a Flow, in this order."""
    action = value.get("action") or {}
    found = [button_label(button) for button in action.get("buttons", ())]
    if isinstance(action.get("button"), str):
        found.append(action["button"])
    parameters = action.get("parameters")
    if isinstance(parameters, Mapping):
        found += [str(parameters[key]) for key in ("display_text", "flow_cta") if parameters.get(key)]
    return found


def button_label(button: Value) -> str:
    """Read the label of a button of any type: its title or its display text; empty where it has none."""
    inside = button.get(str(button.get("type")), {})
    return str(inside.get("title") or inside.get("display_text") or "")
