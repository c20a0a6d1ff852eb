"""The seed of a throw-away sandbox, with the credentials and ids of the app that is examined."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from emulator.sandbox.seeds.source import SeedGiven, SeedSource

_PLACES = {
    "secret": ("app", "apps", "secret"),
    "verify_token": ("app", "apps", "verify_token"),
    "access_token": ("app", "apps", "access_token"),
    "waba_id": ("waba", "wabas", "id"),
    "phone_number_id": ("", "numbers", "id"),
}
"""Where each stands in a seed: the mapping, or the list whose first element has it, and the key."""


def seed_with(seed: SeedGiven, **known: str | None) -> SeedGiven:
    """Put what is ``known`` of an app into a seed; what is ``None`` stays as the seed has it.

    Known may be ``secret``, ``verify_token``, ``access_token``, ``waba_id`` and ``phone_number_id``. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for a seed that cannot be read.
    """
    given = {name: value for name, value in known.items() if value}
    if not given:
        return seed
    written: dict[str, Any] = deepcopy(SeedSource(seed).read().value)
    for name, value in given.items():
        alone, several, key = _PLACES[name]
        part = written.get(alone) or (written.get(several) or [{}])[0]
        part[key] = value
    return written
