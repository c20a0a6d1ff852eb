"""The ``context`` of an inbound message: what it quotes, that it was forwarded, or what it asks about.

Forms: D/webhooks/reference/messages (2025 and 2026). Whose message is quoted, and by which id: reports of
June and July 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.ids import scoped
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person

FORWARDED = ("forwarded", "frequently_forwarded")
"""Forwarded up to five times, and more often."""
REFERRED_PRODUCT = "referred_product"
PRODUCT = ("catalog_id", "product_retailer_id")
SCOPED_SINCE = datetime(2026, 7, 1, tzinfo=UTC)
"""From when on a quoted message of the person's own is named by an id with their user id inside."""


def check(context: Mapping[str, Any], *, quotes: bool) -> dict[str, Any]:
    """Check what a caller says of a message beside the one it ``quotes``; returns what is said.

    Members are ``forwarded`` and ``frequently_forwarded`` (``true``), and ``referred_product`` with both of
    its ids. Raises :class:`ValueError` for others, and for what no phone can do: forward and quote at once.
    """
    said: dict[str, Any] = {}
    for name, value in context.items():
        if name not in (*FORWARDED, REFERRED_PRODUCT):
            raise ValueError(f"a context has {', '.join((*FORWARDED, REFERRED_PRODUCT))}; not {name!r}")
        if name == REFERRED_PRODUCT:
            said[name] = _product(value)
        elif not isinstance(value, bool):
            raise ValueError(f"context.{name} is true; got {value!r}")
        elif value:
            said[name] = value
    if len(said) > 1:
        raise ValueError(f"a message is one of these: {', '.join(said)}")
    if quotes and any(name in said for name in FORWARDED):
        raise ValueError("a message that is forwarded quotes none")
    return said


def _product(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != set(PRODUCT):
        raise ValueError(f"context.{REFERRED_PRODUCT} has {' and '.join(PRODUCT)}")
    if not all(isinstance(each, str) and each for each in value.values()):
        raise ValueError(f"the ids of context.{REFERRED_PRODUCT} are texts")
    return {name: value[name] for name in PRODUCT}


def quoting(
    quoted: Message,
    author: Person | None,
    number: BusinessNumber,
    reader: Person,
    *,
    named: str,
    at: datetime,
) -> dict[str, Any]:
    """Build the context of a message in which ``reader`` quotes another: whose that was, and its id.

    ``author`` is who wrote the quoted message, ``None`` for the business. ``named`` is the setting
    ``quoted_ids``; by ``platform`` the date ``at`` decides.
    """
    if author is None:
        whose = {"from": number.digits}
    else:
        whose = {"from": author.wa_id} if author.shows_number else {}
        whose |= {"from_user_id": author.user_id}
    is_scoped = named == "scoped" or (named == "platform" and not quoted.outbound and at >= SCOPED_SINCE)
    return {**whose, "id": scoped(quoted.id, (author or reader).user_id) if is_scoped else quoted.id}
