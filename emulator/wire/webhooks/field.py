"""A webhook field and its payloads: the types that :mod:`.fields` is a table of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from emulator.domain.errors import DOCS
from emulator.domain.events.event import Event
from emulator.domain.values import dataclass

E = TypeVar("E", bound=Event)
Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WebhookPayload(Generic[E]):
    """The webhook that one field sends for one class of events."""

    event: type[E]
    render: Callable[[E, int], Payload]
    """Builds the ``value`` from an event, for a webhook version (24 for ``v24.0``)."""
    samples: tuple[str, ...]
    """The names of Meta's documented samples of it, in ``fixtures/webhooks/{field}.json``."""
    when: Callable[[E], bool] = lambda _: True
    """Whether this event sends the webhook at all; by default every one does."""


def payload(
    event: type[E],
    render: Callable[[E], Payload],
    *samples: str,
    when: Callable[[E], bool] = lambda _: True,
) -> WebhookPayload[E]:
    """Make the webhook of an event that is rendered alike in every version."""
    return WebhookPayload(event, lambda happened, _version: render(happened), samples, when)


@dataclass(frozen=True, slots=True)
class WebhookField:
    """One name in the ``fields`` of a subscription.

    A new field is one of these in :data:`.fields.WEBHOOK_FIELDS`.
    """

    name: str
    about: str
    payloads: tuple[WebhookPayload[Any], ...] = ()
    """Its webhooks, in the order they are sent; none for a field that can be subscribed to and is never
    sent."""
    timed: bool = True
    """Whether its entries carry the ``time`` of the event."""
    overridable: bool = False
    """Whether it honours the callback override of a number or a WABA."""
    page: str | None = ""
    """The page that documents it, below ``D/``; empty: ``webhooks/reference/{name}``; ``None``: there is
    none."""

    @property
    def source(self) -> str | None:
        """The address of the page that documents it; ``None`` where there is none."""
        if self.page is None:
            return None
        return f"{DOCS}/{self.page or f'webhooks/reference/{self.name}'}"
