"""Webhooks that a fault holds back: those that go after the next one, and those that wait for a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any

from emulator.domain.instants import iso, parse_instant
from emulator.domain.masking import masked
from emulator.domain.values import dataclass
from emulator.domain.webhooks.deliveries import MadeWebhook


@dataclass(frozen=True, slots=True)
class HeldWebhook:
    """A webhook that is held back, and the number of the fault that does."""

    fault_id: int
    webhook: MadeWebhook


@dataclass(frozen=True, slots=True)
class HeldWebhooks:
    """What a sandbox holds back, in the order in which it was made."""

    overtaken: tuple[HeldWebhook, ...] = ()
    """Those that go out after the next one."""
    batches: Mapping[int, tuple[MadeWebhook, ...]] = field(default_factory=dict)
    """Those that wait for others, to go out with them, by the number of the fault."""


def as_json(held: HeldWebhooks) -> dict[str, Any]:
    """Write all of it as JSON; passwords of URLs are masked."""
    return {
        "overtaken": [{"fault": each.fault_id, "webhook": _kept(each.webhook)} for each in held.overtaken],
        "batches": [
            {"fault": fault_id, "webhooks": [_kept(each) for each in waiting]}
            for fault_id, waiting in held.batches.items()
        ],
    }


def from_json(kept: Mapping[str, Any]) -> HeldWebhooks:
    """Read back what :func:`as_json` wrote. Raises :class:`ValueError` for anything else."""
    try:
        return HeldWebhooks(
            tuple(HeldWebhook(_number(each["fault"]), _made(each["webhook"])) for each in kept["overtaken"]),
            {
                _number(each["fault"]): tuple(_made(one) for one in each["webhooks"])
                for each in kept["batches"]
            },
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"holds no webhooks that are held back: {problem}") from None


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"holds {value!r} as the number of a fault")
    return value


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
