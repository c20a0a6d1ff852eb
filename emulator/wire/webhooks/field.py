"""What there is to know about one webhook field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from emulator.domain.errors import DOCS
from emulator.domain.events.event import Event

E = TypeVar("E", bound=Event)
Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WebhookPayload(Generic[E]):
    """One thing that a field tells of."""

    event: type[E]
    render: Callable[[E, int], Payload]
    """Makes the ``value`` of an event for a webhook version (24 for ``v24.0``)."""
    samples: tuple[str, ...]
    """The names of what Meta documents of it, in ``fixtures/webhooks/{field}.json``."""
    when: Callable[[E], bool] = lambda _: True
    """Whether there is anything to tell of an event."""


@dataclass(frozen=True, slots=True)
class WebhookField:
    """One name in the ``fields`` of a subscription."""

    name: str
    about: str
    payloads: tuple[WebhookPayload[Any], ...] = ()
    """What it tells of, in this order; nothing for a field that is taken and never sent."""
    timed: bool = True
    """Whether an entry carries the time of the event."""
    overridable: bool = False
    """Whether it goes to the callback of a number or a WABA, where that has one of its own."""
    page: str | None = ""
    """Where it is documented, below ``D/``: in ``webhooks/reference`` unless said; ``None`` for nowhere."""

    @property
    def source(self) -> str | None:
        """The address of the page that documents it."""
        if self.page is None:
            return None
        return f"{DOCS}/{self.page or f'webhooks/reference/{self.name}'}"
