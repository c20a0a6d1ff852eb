"""The values a send brings for a template: components, carousel cards, and their parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from emulator.domain.values import dataclass

MEDIA = ("IMAGE", "VIDEO", "DOCUMENT", "GIF")
"""Parameter types whose ``payload`` is a file: its ``id`` or ``link``, of a document perhaps ``filename``."""

TEXTS = ("TEXT", "CURRENCY", "DATE_TIME")
"""Parameter types that fill a variable of a text with their ``text``."""

SENT_TYPES = ("BODY", "BUTTON", "CAROUSEL", "HEADER", "LIMITED_TIME_OFFER", "TAP_TARGET_CONFIGURATION")
CARD_SENT_TYPES = ("BODY", "BUTTON", "HEADER")

SUB_TYPES = (
    "BOOKING_CONFIRMATION",
    "CATALOG",
    "COPY_CODE",
    "FLOW",
    "MPM",
    "ORDER_DETAILS",
    "QUICK_REPLY",
    "REMINDER",
    "URL",
    "VOICE_CALL",
)
"""The values of ``sub_type`` as the platform's own complaint lists them (recorded under v24.0)."""


@dataclass(frozen=True, slots=True)
class SentParameter:
    """One value of a send; ``type`` in upper case.

    ``text`` is what a variable or a button is filled with (of a currency or a date its ``fallback_value``),
    ``payload`` a value that is no plain text, in canonical form: a file, a location, a product, an action …
    with the shape it has in :data:`.parameters.SHAPES`; ``name`` is the ``parameter_name``, and ``path`` says
    where the value stands in the request, for errors that are found later.
    """

    type: str
    text: str | None = None
    name: str | None = None
    payload: Any = None
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SentCard:
    """The values for the carousel card at ``index``, counted from 0 as ``card_index``.

    Its components are of the kinds in :data:`CARD_SENT_TYPES`.
    """

    index: int
    components: tuple[SentComponent, ...] = ()


@dataclass(frozen=True, slots=True)
class SentComponent:
    """The values for one part of a template: a HEADER, a BODY, the BUTTON at ``index``, a CAROUSEL …

    ``sub_type`` is a button's type; ``cards`` are those of a carousel.
    """

    type: str
    sub_type: str | None = None
    index: int | None = None
    parameters: tuple[SentParameter, ...] = ()
    cards: tuple[SentCard, ...] = ()


def sent_parameters(components: Sequence[SentComponent]) -> Iterator[SentParameter]:
    """List every parameter of a send, those in carousel cards included, in the order of the request."""
    for component in components:
        yield from component.parameters
        for card in component.cards:
            yield from sent_parameters(card.components)


def parameters_of(components: Sequence[SentComponent], kind: str) -> tuple[SentParameter, ...]:
    """List the parameters of all components of one type, in the order of the request.

    ``kind`` is in upper case; those inside carousel cards are not among them.
    """
    return tuple(
        parameter for component in components if component.type == kind for parameter in component.parameters
    )


def body_values(components: Sequence[SentComponent]) -> list[str] | dict[str, str]:
    """List the texts that fill the body's variables, in order; by name where the send names them."""
    given = parameters_of(components, "BODY")
    if given and all(parameter.name for parameter in given):
        return {parameter.name or "": parameter.text or "" for parameter in given}
    return [parameter.text or "" for parameter in given]
