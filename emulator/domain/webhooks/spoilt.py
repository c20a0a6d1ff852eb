"""What a sandbox keeps of webhooks that are spoilt on purpose: faults, webhooks held back, deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from emulator.domain.instants import iso, parse_instant
from emulator.domain.masking import masked
from emulator.domain.webhooks import faults
from emulator.domain.webhooks.deliveries import MadeWebhook
from emulator.domain.webhooks.faults import WebhookFault


@dataclass(frozen=True, slots=True)
class SpoiltWebhooks:
    """Faults that were asked for, webhooks that are held back, and the numbers of spoilt deliveries."""

    asked: tuple[WebhookFault, ...] = ()
    held: tuple[MadeWebhook, ...] = ()
    deliveries: frozenset[int] = frozenset()


def as_json(state: SpoiltWebhooks) -> dict[str, Any]:
    """Write all of it as JSON."""
    return {
        "asked": [faults.as_json(fault) for fault in state.asked],
        "held": [
            asdict(each)
            | {
                "url": masked(each.url),
                "body": each.body.decode(),
                "at": iso(each.at),
                "due": iso(each.due),
            }
            for each in state.held
        ],
        "deliveries": sorted(state.deliveries),
    }


def from_json(kept: Mapping[str, Any]) -> SpoiltWebhooks:
    """Read back what :func:`as_json` wrote. Raises :class:`ValueError` for anything else."""
    try:
        return SpoiltWebhooks(
            tuple(faults.from_json(fault) for fault in kept["asked"]),
            tuple(_made(each) for each in kept["held"]),
            frozenset(int(each) for each in kept["deliveries"]),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"holds no spoilt webhooks: {problem}") from None


def _made(kept: Mapping[str, Any]) -> MadeWebhook:
    instants = {name: parse_instant(kept[name]) for name in ("at", "due")}
    return MadeWebhook(**{**kept, "body": kept["body"].encode(), **instants})
