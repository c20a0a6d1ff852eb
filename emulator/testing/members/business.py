"""``whatsapp.business``.

The portfolio, the WABA and the numbers of a test, and what the platform decides over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import BIZ_INITIATED, DISABLED, LOCKED, Restriction
from emulator.domain.accounts.wabas import Waba
from emulator.domain.messages.chat_history import USUAL_CHUNK, HistoryChunk
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.members.people import PersonHandle


class Business:
    """The portfolio, the WABA and the numbers of a test's sandbox, and what the platform decides over them.

    It is ``whatsapp.business``. Each act happens at the present simulated time; the webhooks it causes go out
    with the next ``settle()``. It is the first portfolio and the first WABA of the seed.
    """

    def __init__(self, sandbox: Sandbox, phone_number_id: str) -> None:
        self._sandbox, self._number = sandbox, phone_number_id

    @property
    def portfolio(self) -> Portfolio:
        """The business portfolio as it stands now: its ``tier`` and its ``verification``."""
        return self._sandbox.accounts.portfolio()

    @property
    def account(self) -> Waba:
        """The WABA as it stands now: its ``review``, ``restrictions`` and ``has_payment_method``."""
        return self._sandbox.accounts.waba()

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """The restrictions of the WABA as they stand now, each with its ``type`` and its ``expires_at``."""
        return self._sandbox.accounts.waba().restrictions

    def number(self, phone_number_id: str | None = None) -> BusinessNumber:
        """Look up a business number (default: the fixture's ``phone_number_id``) as it stands now.

        It has ``status``, ``quality_rating``, ``throughput`` and ``verified_name``. Raises
        :class:`LookupError` for an id that is not there.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.number(phone_number_id or self._number)

    def shares_history(
        self,
        chats: Mapping[PersonHandle, Sequence[Mapping[str, Any]]] | None = None,
        *,
        chunk: int = USUAL_CHUNK,
        phone_number_id: str | None = None,
    ) -> list[HistoryChunk]:
        """Share the chats of a number as when it is connected to the API (coexistence).

        Without ``chats`` they are the conversations of the test so far; else messages by person, each with a
        ``text``, ``from`` (``business`` or ``person``), ``at`` (an instant) and ``status``. The app under
        test hears of it by ``history``, to which it is subscribed from now on: a webhook for each ``chunk``
        of messages, phase by phase. Returns the chunks.
        """
        __tracebackhide__ = True
        self._sandbox.webhooks.subscribe("history")
        told = None if chats is None else {person.wa_id: past for person, past in chats.items()}
        number = phone_number_id or self._number
        return self._sandbox.business_app.share_history(told, number=number, chunk=chunk)

    def declines_history(self, *, phone_number_id: str | None = None) -> None:
        """Share no chats: the app under test learns it by ``history`` with error 2593109."""
        __tracebackhide__ = True
        self._sandbox.webhooks.subscribe("history")
        self._sandbox.business_app.decline_history(number=phone_number_id or self._number)

    def saves_contact(
        self,
        person: PersonHandle,
        full_name: str | None = None,
        first_name: str | None = None,
        *,
        phone_number_id: str | None = None,
    ) -> None:
        """Save a person among the contacts of the WhatsApp Business app, or change their name there.

        The app under test hears of it by ``smb_app_state_sync`` as ``add``, to which it is subscribed from
        now on. By default it is the person's own name.
        """
        __tracebackhide__ = True
        self._sandbox.webhooks.subscribe("smb_app_state_sync")
        number = phone_number_id or self._number
        self._sandbox.business_app.save_contact(person.wa_id, full_name, first_name, number=number)

    def removes_contact(self, person: PersonHandle, *, phone_number_id: str | None = None) -> None:
        """Remove a person from the contacts of the app; told by ``smb_app_state_sync`` as ``remove``."""
        __tracebackhide__ = True
        self._sandbox.webhooks.subscribe("smb_app_state_sync")
        number = phone_number_id or self._number
        self._sandbox.business_app.remove_contact(person.wa_id, number=number)

    def writes_in_app(self, to: PersonHandle, text: str, *, phone_number_id: str | None = None) -> str:
        """Have somebody of the business write to a person in the WhatsApp Business app (coexistence).

        The app under test hears of it by ``smb_message_echoes``, to which it is subscribed from now on; the
        message is not one that it sent. Returns the id of the message.
        """
        __tracebackhide__ = True
        self._sandbox.webhooks.subscribe("smb_message_echoes")
        number = phone_number_id or self._number
        return self._sandbox.messages.echo(to.wa_id, "text", {"body": text}, number=number)

    def verify(self, verification: str = "verified") -> Portfolio:
        """Decide over the verification of the business; passed, its portfolio leaves the lowest tier at once.

        ``verification`` is ``verified``, ``not_verified``, ``pending``, ``failed``, ``rejected`` or
        ``pending_need_more_info``; another word raises :class:`ValueError`.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.change_portfolio(verification=verification)

    def give_tier(self, tier: str) -> Portfolio:
        """Give the portfolio a tier of the messaging limit, such as ``TIER_10K`` or ``TIER_UNLIMITED``.

        Apps hear of it by ``business_capability_update``. Raises :class:`ValueError` for another word.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.change_portfolio(tier=tier)

    def review(self, decision: str) -> Waba:
        """Decide the review of the WABA: ``APPROVED``, ``REJECTED``, ``PENDING`` or ``DEFERRED``.

        Only an approved WABA can send. Apps hear of it by ``account_review_update``. Raises
        :class:`ValueError` for another word.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.change_waba(review=decision)

    def pays(self, has_payment_method: bool = True) -> Waba:
        """Give the WABA a payment method, or with ``False`` take it away.

        Then what would be billed fails (131042). Free messages still arrive. No webhook is sent.
        """
        return self._sandbox.accounts.change_waba(payment_method=has_payment_method)

    def restrict(
        self,
        *kinds: str,
        days: float | None = None,
        until: datetime | None = None,
        violation: str | None = None,
        countries: Iterable[str] = (),
    ) -> tuple[Restriction, ...]:
        """Restrict the WABA for some ``days`` or ``until`` an instant.

        By default it may send no templates outside a window. ``kinds`` are types such as
        ``RESTRICTED_BIZ_INITIATED_MESSAGING``, ``violation`` is the policy that was violated (``SPAM``),
        ``countries`` are ISO codes for the type ``COUNTRIES``. Apps hear of it by ``account_update``. Returns
        every restriction that holds. Raises :class:`ValueError` for a restriction that makes no sense.
        """
        __tracebackhide__ = True
        ends = until if days is None else self._sandbox.clock.now() + timedelta(days=days)
        return self._sandbox.accounts.restrict(
            *(kinds or (BIZ_INITIATED,)), expires_at=ends, violation=violation, countries=countries
        )

    def lock(self, violation: str = "SCAM") -> None:
        """Lock the WABA for a ``violation``: sends are refused until :meth:`lift` is called.

        Apps hear of the violation by ``account_update``.
        """
        self._sandbox.accounts.restrict(LOCKED, violation=violation)

    def disable(self) -> None:
        """Ban the WABA: sends are refused until :meth:`lift` is called.

        Apps hear of it by ``account_update``.
        """
        self._sandbox.accounts.restrict(DISABLED)

    def lift(self, kind: str | None = None) -> tuple[Restriction, ...]:
        """Lift one type of restriction, or with ``None`` all, locks and bans too.

        Returns those that are left. Apps hear of the end of a ban by ``account_update``. Raises
        :class:`LookupError` for a type that does not hold.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.lift(kind)

    def change_number(self, phone_number_id: str | None = None, **facts: object) -> BusinessNumber:
        """Set facts of a business number (default: the fixture's), without a webhook.

        They are ``status``, ``name_status``, ``quality_rating``, ``throughput`` and ``on_business_app``.
        Returns the number as it is then. Raises :class:`ValueError` for another fact or value.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.change_number(phone_number_id or self._number, **facts)

    def review_name(
        self, decision: str, reason: str | None = None, *, phone_number_id: str | None = None
    ) -> BusinessNumber:
        """Decide the review of the display name that was requested over the API, or else of the present one.

        ``decision`` is ``APPROVED``, ``REJECTED``, ``DEFERRED`` or ``PENDING``. Apps hear of it by
        ``phone_number_name_update``. Raises :class:`ValueError` for another word.
        """
        __tracebackhide__ = True
        return self._sandbox.accounts.review_name(phone_number_id or self._number, decision, reason)

    def allow(self, phone_number_id: str, *people: PersonHandle | str) -> list[str]:
        """Replace the allow-list of a test number by these people, at most five; returns their ``wa_id``.

        Sends to others are refused with 131030. Raises :class:`ValueError` for too many people, and for a
        number that is no test number.
        """
        __tracebackhide__ = True
        numbers = [each.wa_id if isinstance(each, PersonHandle) else each for each in people]
        return self._sandbox.accounts.allow(phone_number_id, numbers)

    def __repr__(self) -> str:
        portfolio, held = self.portfolio, ", ".join(each.type for each in self.restrictions)
        return f"<Business {portfolio.name}: {portfolio.tier}, {held or 'not restricted'}>"
