"""The parts of a message as its recipient sees it: the words of its body, and what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.domain.content.interactive.parts import labels
from emulator.domain.templates.filling.rendered import from_json


def body(kind: str, content: Any, otherwise: str) -> str:
    """Find the words of a message's body: of a filled template, of an interactive one, or a caption.

    ``kind`` is its type, ``content`` what stands under it. A message of another type, or a file without a
    caption, reads as ``otherwise``.
    """
    if not isinstance(content, Mapping):
        return otherwise
    if kind == "template":
        return str(content["rendered"]["body"])
    if kind == "interactive":
        inside = content.get("body")
        return str(inside["text"]) if isinstance(inside, Mapping) else otherwise
    return str(content.get("caption") or otherwise)


def buttons(kind: str, content: Any) -> tuple[str, ...]:
    """List the labels of what can be tapped on a message, in the order it is shown.

    Buttons of the message and then of its cards; of a list its rows, not the button that opens it. Empty for
    what a person wrote.
    """
    if kind == "template":
        return tuple(button.text for button in from_json(content["rendered"]).every_button())
    if kind == "interactive":
        return tuple(_of_interactive(content))
    return ()


def _of_interactive(content: Mapping[str, Any]) -> Iterator[str]:
    action = content.get("action") or {}
    rows = [row["title"] for section in action.get("sections", ()) for row in section.get("rows", ())]
    yield from rows or labels(content)
    for card in action.get("cards", ()):
        yield from labels(card)
