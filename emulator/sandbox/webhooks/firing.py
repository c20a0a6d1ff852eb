"""Webhooks of any field on demand: with a value of one's own, or a documented sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from emulator.domain.events.numbers import WebhookFired
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.fixtures import fixtures
from emulator.sandbox.people.people import PeopleDirectory
from emulator.wire.webhooks.fields import FIELDS, WEBHOOK_FIELDS
from emulator.wire.webhooks.samples import filled


@cache
def documented(field: str) -> Mapping[str, Mapping[str, Any]]:
    """Read the documented values of a webhook field by the names of their samples.

    Empty for a field of which only the name is known. They are those of ``fixtures/webhooks``, where each has
    its source.
    """
    file = fixtures() / "webhooks" / f"{field}.json"
    if field not in WEBHOOK_FIELDS or not file.is_file():
        return MappingProxyType({})
    samples = json.loads(file.read_text(encoding="utf-8"))["samples"]
    return MappingProxyType({name: sample["value"] for name, sample in samples.items()})


class Firing:
    """Sends webhooks of which nothing is the cause. Called inside the caller's transaction."""

    def __init__(self, core: Core, people: PeopleDirectory) -> None:
        self._core, self._store, self._people = core, core.store, people

    def fire(
        self,
        field: str,
        value: Mapping[str, Any] | None = None,
        *,
        sample: str | None = None,
        to: str | None = None,
        person: str | None = None,
    ) -> Mapping[str, Any]:
        """Queue a webhook of a ``field`` about the number ``to`` (default: the first); returns its value.

        Without a ``value`` it is that of the documented ``sample`` (default: the first one of the field), in
        which the number, the ``person`` (default: the first) and the newest template of the sandbox stand.
        Raises :class:`ValueError` for a field or a sample that there is not, and :class:`LookupError` for a
        number or a person that is not there.
        """
        if field not in FIELDS:
            raise ValueError(f"there is no webhook field {field!r}; there are {', '.join(FIELDS)}")
        number, now = lookup.number(self._store.accounts, to), self._core.clock.now()
        if value is None:
            everybody = self._store.people.all(limit=1) if person is None else [self._people.get(person)]
            newest = self._store.templates.of(number.waba_id, limit=1)
            template = newest[0] if newest else None
            value = filled(_sample(field, sample), number, everybody[0] if everybody else None, template, now)
        elif sample is not None:
            raise ValueError("a webhook has a value or a sample, not both")
        self._core.happen(WebhookFired(number, field, value, at=now))
        return value


def _sample(field: str, name: str | None) -> Mapping[str, Any]:
    samples = documented(field)
    if not samples:
        raise ValueError(f"of {field} only the name is known; give it a value")
    if name is None:
        name = next(iter(samples))
    if name not in samples:
        raise ValueError(f"{field} has no sample {name!r}; there are {', '.join(samples)}")
    return samples[name]
