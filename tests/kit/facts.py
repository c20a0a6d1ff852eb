"""Facts of the default seed as the rules see them: an account, its number, and people."""

from __future__ import annotations

from emulator import Person
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from kit.identities import BEATRIZ, PRODUCTION, PRODUCTION_DIGITS, SHEENA, WABA_ID

LUCKY_SHRUB = Waba(WABA_ID, "Lucky Shrub", "namespace")
LUCKY_NUMBER = BusinessNumber(PRODUCTION, WABA_ID, PRODUCTION_DIGITS, "Lucky Shrub")

SHEENA_NELSON = Person(SHEENA, "Sheena Nelson", "US.134912086553027")
"""In the United States. Her user id is that of no seed: the rules do not look at it."""
BEATRIZ_SANTOS = Person(BEATRIZ, "Beatriz Santos", "BR.1")
"""In Brazil, where marketing is delivered."""
