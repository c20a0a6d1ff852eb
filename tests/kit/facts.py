"""Facts as the rules see them: of the default seed an account, its number and people; and those of a send."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from emulator import Person
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.messages.marketing_endpoint import MarketingRoute
from emulator.domain.rules import AT_ONCE, LATER, PAYMENT
from kit.identities import BEATRIZ, PRODUCTION, PRODUCTION_DIGITS, SHEENA, WABA_ID

LUCKY_SHRUB = Waba(WABA_ID, "Lucky Shrub", "namespace")
LUCKY_NUMBER = BusinessNumber(PRODUCTION, WABA_ID, PRODUCTION_DIGITS, "Lucky Shrub")

SHEENA_NELSON = Person(SHEENA, "Sheena Nelson", "US.13491208655302741918")
"""In the United States, with the user id of the platform's own samples."""
BEATRIZ_SANTOS = Person(BEATRIZ, "Beatriz Santos", "BR.1")
"""In Brazil, where marketing is delivered."""

# a send

_HARMLESS: dict[str, Any] = {
    **dict.fromkeys(name for rule in (*AT_ONCE, *LATER, PAYMENT) for name in rule.needs),
    "allowed": True,
    "asked_to_call": (),
    "dialled": SHEENA,
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
