"""The facts that the rules of a send judge by, in tests of the domain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from emulator.domain.messages.marketing_endpoint import MarketingRoute
from emulator.domain.rules import AT_ONCE, LATER, PAYMENT

_HARMLESS: dict[str, Any] = {
    **dict.fromkeys(name for rule in (*AT_ONCE, *LATER, PAYMENT) for name in rule.needs),
    "allowed": True,
    "asked_to_call": (),
    "files": (),
    "route": MarketingRoute(),
}
"""What breaks no rule: nothing known, or where ``None`` is no answer, what lets a message pass."""


class SendFacts(SimpleNamespace):
    """An attribute for each fact that a rule may ask for."""

    def but(self, **facts: Any) -> SendFacts:
        """The same message with other facts."""
        return SendFacts(**{**vars(self), **facts})


def send_facts(**facts: Any) -> SendFacts:
    """A message of these facts: ``at``, ``number``, ``wa_id``, ``content`` and others that matter."""
    return SendFacts(**{**_HARMLESS, **facts})
