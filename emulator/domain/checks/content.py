"""Checks of what a message contains."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.content import interactive
from emulator.domain.content.interactive.orders import Order
from emulator.domain.media import File, check_file, download_failed
from emulator.domain.messages import reactions
from emulator.domain.messages.lifecycle import Message
from emulator.domain.messages.outbound import Content, FreeForm
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that a message shows, as it was uploaded or found behind a link."""

    kind: str
    file: File | None
    """``None`` when a link led nowhere, or to where nobody looks."""
    problem: str | None = None


def call_may_be_asked_for(content: Content, asked_to_call: tuple[datetime, ...], at: datetime) -> None:
    """Refuse a call permission request beyond the limit for this person (138009)."""
    if _interactive(content, "call_permission_request") is not None:
        interactive.calls.check_permission_requests(asked_to_call, at)


def files_can_be_shown(files: tuple[ShownFile, ...]) -> None:
    """Fail a message whose file could not be fetched, or has a type or size that cannot be shown (131053)."""
    for shown in files:
        if shown.problem is not None:
            raise download_failed(shown.problem)
        if shown.file is not None:
            check_file(shown.kind, shown.file)


def reaction_has_a_target(
    content: Content, target: Message | None, number: BusinessNumber, wa_id: str, at: datetime
) -> None:
    """Fail a reaction to a message that cannot be reacted to (131009)."""
    if isinstance(content, FreeForm) and content.kind.name == "reaction":
        reactions.check_target(target, wa_id, number.id, at)


def order_moves_on(content: Content, order: Order | None) -> None:
    """Fail an order status that the order cannot take (2046, 2047)."""
    value = _interactive(content, "order_status")
    if value is not None:
        interactive.orders.check_transition(order, value["action"]["parameters"])


def _interactive(content: Content, subtype: str) -> Any:
    """The value of an interactive message of this ``type``; ``None`` for any other message."""
    if isinstance(content, FreeForm) and content.kind.name == "interactive" and content.subtype == subtype:
        return content.value
    return None
