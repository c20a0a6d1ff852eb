"""A template filled in, as the person sees it: its texts and its buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.domain.values import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RenderedButton:
    """A button of a delivered message.

    ``payload`` is what a quick reply or a call button answers with, or the code that a copy-code or OTP
    button copies; ``url`` is where a URL button or a TAP_TARGET leads, and ``tel:`` with the number for one
    that calls; ``action`` is what any other button opens: a flow with its token, a catalogue with its
    thumbnail, sections of products, an order, a call with its ``ttl_minutes``.
    """

    type: str
    text: str
    payload: str | None = None
    url: str | None = None
    action: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RenderedOffer:
    """The line of a limited-time offer, and when it ends.

    ``expires_at_ms`` is in milliseconds since 1970, as the send had it; ``None`` when it does not end.
    """

    text: str
    expires_at_ms: int | None = None

    @property
    def expires_at(self) -> datetime | None:
        """When the offer ends, in UTC; ``None`` when it does not."""
        if self.expires_at_ms is None:
            return None
        return _EPOCH + timedelta(milliseconds=self.expires_at_ms)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template with its variables filled in; a card of a carousel is one, too.

    A file, location or product in the header reads ``[image]``, ``[location]``, ``[product SKU]``. A card may
    have no body: it is empty then.
    """

    header: str | None
    body: str
    footer: str | None
    buttons: tuple[RenderedButton, ...] = ()
    offer: RenderedOffer | None = None
    cards: tuple[Rendered, ...] = ()

    def every_button(self) -> Iterator[RenderedButton]:
        """List the buttons in the order a person sees them: those of the message, then card by card."""
        yield from self.buttons
        for card in self.cards:
            yield from card.every_button()


def as_json(rendered: Rendered) -> dict[str, Any]:
    """Write a rendered template as JSON, as it is stored with its message and shown by the control API."""
    return {
        "header": rendered.header,
        "body": rendered.body,
        "footer": rendered.footer,
        "buttons": [asdict(button) for button in rendered.buttons],
        "offer": asdict(rendered.offer) if rendered.offer else None,
        "cards": [as_json(card) for card in rendered.cards],
    }


def from_json(stored: Mapping[str, Any]) -> Rendered:
    """Read back a rendered template that :func:`as_json` wrote."""
    offer = stored.get("offer")
    return Rendered(
        stored["header"],
        stored["body"],
        stored["footer"],
        tuple(RenderedButton(**button) for button in stored["buttons"]),
        RenderedOffer(**offer) if offer else None,
        tuple(from_json(card) for card in stored.get("cards", ())),
    )


def plain_text(rendered: Rendered) -> str:
    """Write the message as one text: header, offer, body, footer, buttons in brackets, a line a card.

    It is the ``text`` that is stored with the message and shown in transcripts.
    """
    parts = (rendered.header, _offer(rendered.offer), rendered.body, rendered.footer)
    lines = [part for part in parts if part]
    if rendered.buttons:
        lines.append(" ".join(f"[{button.text}]" for button in rendered.buttons))
    for number, card in enumerate(rendered.cards, start=1):
        lines.append(f"({number}) " + " ".join(plain_text(card).splitlines()))
    return "\n".join(lines)


def _offer(offer: RenderedOffer | None) -> str | None:
    if offer is None or offer.expires_at is None:
        return offer.text if offer else None
    return f"{offer.text} (until {offer.expires_at:%Y-%m-%d %H:%M} UTC)"
