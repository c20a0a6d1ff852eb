"""Ads and posts that people write from, and clicks that may become a free entry point (D/pricing)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.messages import referrals
from emulator.domain.people.person import Person
from emulator.domain.pricing.entry_points import COUNTED, EntryPoint
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo


class Referrals:
    """The ads and posts that people write from, and the free entry points that a click on one may become."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def invented(self) -> dict[str, Any]:
        """Make up an ad, as the ``referral`` of a webhook has it; another one each time, by the seed."""
        return referrals.sample_referral(self._core.ids.draw("referral"))

    def checked(
        self, referral: Mapping[str, Any] | None, group_id: str | None = None
    ) -> dict[str, Any] | None:
        """Check the ad or post that a person writes from, and return it as webhooks show it.

        ``None`` without one. Raises :class:`~emulator.sandbox.errors.CannotDo` for a referral that cannot be,
        and for one in a group.
        """
        if referral is None:
            return None
        if group_id is not None:
            raise CannotDo("an ad leads to the business, not into a group")
        try:
            return referrals.check(referral)
        except ValueError as problem:
            raise CannotDo(str(problem)) from None

    def count(self, person: Person, number: BusinessNumber, device: str) -> None:
        """Take a click on an ad as a chance for a free entry point; one on a telephone is.

        A new click restarts the time in which an answer opens the entry point.
        """
        if device in COUNTED:
            now, fresh = self._core.clock.now(), self._core.ids.conversation()
            known = self._store.entry_points.get(number.id, person.wa_id)
            entry = known.clicked_again(fresh, now) if known else None
            self._store.entry_points.put(entry or EntryPoint(number.id, person.wa_id, fresh, now))
