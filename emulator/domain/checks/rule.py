"""A rule of a send: its name, its check, the facts the check needs, and its source page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import field
from operator import attrgetter
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the platform that a message passes or breaks.

    A check is a function whose parameters name the facts it asks for, as a pytest test names its fixtures:
    ``def template_name_is_free(name_taken: bool)``. They are read once, when the rule is declared, and taken
    from the attributes of these names whenever a message is checked. A fact of a new name is provided by the
    contexts in :mod:`emulator.sandbox.messages.context`.
    """

    name: str
    """What ``X-Emulator-Rule`` and the journal call it."""
    judge: Callable[..., None]
    """Raises :class:`PlatformError` when the message breaks the rule."""
    source: str
    """The page that documents it."""
    needs: tuple[str, ...] = field(init=False)
    """The names of the facts that the check asks for."""
    facts: Callable[[object], tuple[Any, ...]] = field(init=False, repr=False, compare=False)
    """Takes these facts from a context."""

    def __post_init__(self) -> None:
        needs = tuple(inspect.signature(self.judge).parameters)
        object.__setattr__(self, "needs", needs)
        object.__setattr__(self, "facts", _getter(needs))


def check(context: object, rules: Iterable[Rule]) -> None:
    """Judge a message by ``rules`` in order.

    ``context`` has an attribute for each fact that they need. Raises the first refusal
    (:class:`PlatformError`), signed with the name and the source of its rule.
    """
    for rule in rules:
        try:
            rule.judge(*rule.facts(context))
        except PlatformError as refusal:
            refusal.rule, refusal.source = rule.name, rule.source
            raise


def _getter(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """Get the attributes of these names, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    get = attrgetter(*names)
    return lambda context: (get(context),)
