"""The facts that the rules of a send judge by, in tests of the domain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from emulator.domain.messages.marketing_endpoint import MarketingRoute

_HARMLESS: dict[str, Any] = {
    "allowed": True,
    "asked_to_call": (),
    "audience": None,
    "by_user_id": False,
    "direct": False,
    "fails_when_blocked": False,
    "files": (),
    "group": None,
    "identity_key_hash": None,
    "messaging_limit": None,
    "name_taken": False,
    "order": None,
    "pair_rate": None,
    "person": None,
    "relationship": None,
    "route": MarketingRoute(),
    "target": None,
    "template": None,
    "throughput": None,
    "utility_left": None,
    "waba": None,
    "window": None,
}


class SendFacts(SimpleNamespace):
    """An attribute for each fact that a rule may ask for."""

    def but(self, **facts: Any) -> SendFacts:
        """The same message with other facts."""
        return SendFacts(**{**vars(self), **facts})


def send_facts(**facts: Any) -> SendFacts:
    """A message of these facts: ``at``, ``number``, ``wa_id``, ``content`` and others that matter."""
    return SendFacts(**{**_HARMLESS, **facts})
