"""The business of the default seed, as the rules see it: its account and its number."""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from kit.identities import PRODUCTION, PRODUCTION_DIGITS, WABA_ID

LUCKY_SHRUB = Waba(WABA_ID, "Lucky Shrub", "namespace")
LUCKY_NUMBER = BusinessNumber(PRODUCTION, WABA_ID, PRODUCTION_DIGITS, "Lucky Shrub")
