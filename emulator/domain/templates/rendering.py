"""A template filled in: what a person reads, and which buttons they can tap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RenderedButton:
    """A button of a delivered message.

    ``payload`` is what a quick reply answers with, or the code that a copy-code or OTP button copies; ``url``
    is where a URL button leads, and ``tel:`` with the number for one that calls.
    """

    type: str
    text: str
    payload: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template with its variables filled in. A file or place on top reads ``[image]``, ``[location]``."""

    header: str | None
    body: str
    footer: str | None
    buttons: tuple[RenderedButton, ...] = ()


def as_json(rendered: Rendered) -> dict[str, Any]:
    """The rendered template as JSON, for storing and showing."""
    return asdict(rendered) | {"buttons": [asdict(button) for button in rendered.buttons]}


def from_json(stored: Mapping[str, Any]) -> Rendered:
    """Read back what :func:`as_json` wrote."""
    return Rendered(
        stored["header"],
        stored["body"],
        stored["footer"],
        tuple(RenderedButton(**button) for button in stored["buttons"]),
    )


def plain_text(rendered: Rendered) -> str:
    """The message as one text: header, body, footer and the buttons in brackets, a line each."""
    parts = (rendered.header, rendered.body, rendered.footer)
    lines = [part for part in parts if part]
    if rendered.buttons:
        lines.append(" ".join(f"[{button.text}]" for button in rendered.buttons))
    return "\n".join(lines)
