"""The single facts of a sandbox by name: what each may be, and which must be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.people.habits import habits_from_json
from emulator.domain.pricing.costs import rate_card_from_json
from emulator.domain.settings.settings import from_json
from emulator.domain.webhooks import held
from emulator.sandbox.store.snapshots import checks as of
from emulator.sandbox.store.snapshots.checks import Check

_SPEED = of.number(1e-9, 1e6)


def _seed(value: Any) -> None:
    (of.mapping if isinstance(value, dict) else of.filled)(value)


def _templates(value: Any) -> None:
    (of.array(of.mapping) if isinstance(value, list) else _seed)(value)


_made_from = of.members({"seed": _seed, "at_once": of.boolean}, {"templates": _templates})
_beginning = of.members({"at": of.maybe(of.written_instant), "speed": of.maybe(_SPEED)})
_frozen = of.members({"mode": of.one_of(("frozen",)), "at": of.written_instant})
_running = of.members(
    {"mode": of.one_of(("running",)), "at": of.written_instant, "speed": _SPEED},
    {"wall": of.written_instant},
)


def _clock(value: Any) -> None:
    of.mapping(value)
    (_running if value.get("mode") == "running" else _frozen)(value)


def _settings(value: Any) -> None:
    of.mapping(value)
    from_json(value)


def _held_webhooks(value: Any) -> None:
    of.mapping(value)
    held.from_json(value)


def _business_app(value: Any) -> None:
    of.members({"since": of.maybe(of.written_instant), "asked": of.array(of.filled), "contacts": of.mapping})(
        value
    )
    for names in value["contacts"].values():
        of.maybe(of.array(of.filled))(names)


def _since(value: Any) -> None:
    (of.boolean if isinstance(value, bool) else of.written_instant)(value)


def _habits(value: Any) -> None:
    of.mapping(value)
    habits_from_json(value)


FACTS: Mapping[str, Check] = {
    "seed": of.filled,
    "settings": _settings,
    "access_token": of.filled,
    "habits": _habits,
    "rates": lambda value: rate_card_from_json(value),
    "made_from": _made_from,
    "clock": _clock,
    "beginning": _beginning,
    "begun": of.written_instant,
    "receiver": of.maybe(of.link),
    "watched_since": of.written_instant,
    "held_webhooks": _held_webhooks,
    "outcomes_to_write": _since,
}
"""By name."""
FAMILIES: Mapping[str, Check] = {
    "business_app": _business_app,
    "dropped": of.between(0, of.MOST),
    "tier.deferred": of.boolean,
    "tier.planned": of.boolean,
    "throughput.planned": of.boolean,
    "utility_paused": of.written_instant,
}
"""By what stands before the colon and the id of what it is about."""
NEEDED = ("seed", "settings", "access_token", "habits", "rates", "made_from", "clock", "beginning")


def fact_is_readable(row: Mapping[str, Any]) -> None:
    """Raise :class:`ValueError` for a fact that this version does not know, or cannot read."""
    name = row["name"]
    family, colon, subject = name.partition(":")
    check = FACTS.get(name) or (FAMILIES.get(family) if colon and subject else None)
    if check is None:
        raise ValueError(" is none that this version knows")
    try:
        check(of.loaded(row["value"]))
    except ValueError as problem:
        raise ValueError(f" {problem}") from None
