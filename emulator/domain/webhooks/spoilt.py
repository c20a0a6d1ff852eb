"""What a sandbox keeps of webhooks that are spoilt on purpose: faults, webhooks held back, deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from emulator.domain.instants import iso, parse_instant
from emulator.domain.masking import masked
from emulator.domain.values import dataclass
from emulator.domain.webhooks import faults
from emulator.domain.webhooks.deliveries import MadeWebhook
from emulator.domain.webhooks.faults import WebhookFault


@dataclass(frozen=True, slots=True)
class SpoiltWebhooks:
    """Faults that were asked for, webhooks that are held back, and the numbers of spoilt deliveries."""

    asked: tuple[WebhookFault, ...] = ()
    held: tuple[MadeWebhook, ...] = ()
    """Those that go out after the next one."""
    batch: tuple[MadeWebhook, ...] = ()
    """Those that wait for others, to go out with them."""
    deliveries: frozenset[int] = frozenset()


def as_json(state: SpoiltWebhooks) -> dict[str, Any]:
    """Write all of it as JSON."""
    return {
        "asked": [faults.as_json(fault) for fault in state.asked],
        "held": [_kept(each) for each in state.held],
        "batch": [_kept(each) for each in state.batch],
        "deliveries": sorted(state.deliveries),
    }


def from_json(kept: Mapping[str, Any]) -> SpoiltWebhooks:
    """Read back what :func:`as_json` wrote. Raises :class:`ValueError` for anything else."""
    try:
        return SpoiltWebhooks(
            tuple(faults.from_json(fault) for fault in kept["asked"]),
            tuple(_made(each) for each in kept["held"]),
            tuple(_made(each) for each in kept.get("batch", ())),
            frozenset(int(each) for each in kept["deliveries"]),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"holds no spoilt webhooks: {problem}") from None


def _kept(webhook: MadeWebhook) -> dict[str, Any]:
    return asdict(webhook) | {
        "url": masked(webhook.url),
        "body": webhook.body.decode(),
        "at": iso(webhook.at),
        "due": iso(webhook.due),
    }


def _made(kept: Mapping[str, Any]) -> MadeWebhook:
    instants = {name: parse_instant(kept[name]) for name in ("at", "due")}
    return MadeWebhook(**{**kept, "body": kept["body"].encode(), **instants})
