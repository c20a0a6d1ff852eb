"""What messages cost: a price is reported when they are sent, and charged when they are delivered.

By the price list of the day in the WABA's time zone; see :mod:`emulator.domain.pricing.prices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.phones import country_of
from emulator.domain.pricing import authentication_international, conversations, entry_points, prices
from emulator.domain.pricing.conversations import Conversation
from emulator.domain.pricing.costs import Charge
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.pricing.markets import market_of
from emulator.domain.pricing.prices import Era, Pricing, Quote
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core

_SWITCHED = next(era.since for era in prices.ERAS if not era.has_conversations)
"""The day on which messages began to be priced instead of conversations."""


@dataclass(frozen=True, slots=True)
class _Sale:
    """A message to one person, or to a group that is not looked into, at the instant it is priced."""

    message: Message
    number: BusinessNumber
    waba: Waba
    at: datetime
    day: date
    month: str
    era: Era
    country: str
    category: str
    window_open: bool

    @property
    def pair(self) -> tuple[str, str]:
        return self.number.id, self.message.wa_id


class Billing:
    """Prices every message when it is sent, and charges it when it is delivered (D/pricing).

    The price list is that of the day in the WABA's time zone: conversations until 2025-06-30, messages since.
    Methods are called inside the transaction in which the status changes.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def quote(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime, *, outside: bool
    ) -> Quote:
        """Price a message that is sent ``at`` an instant; the ``sent`` status reports and stores it.

        ``outside`` says whether no window was open when it was accepted. It may begin a conversation, or open
        a free entry point; nothing is charged.
        """
        return self._quoted(self._sale(message, number, person, at, not outside))

    def charge(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime, *, outside: bool
    ) -> Quote | None:
        """Charge a message that reaches a person ``at`` an instant.

        Returns the price that ``delivered`` reports. ``None`` for one without a price. The price stays as it
        was reported when the message was sent, but for what the delivery settles: the free thousand, the
        conversation it opens, the start of the international rate, a new price list. A free message is stored
        with the reason.
        """
        reported = reported_price(message)
        if reported is None:
            return None
        sale = self._sale(message, number, person, at, not outside)
        if sale.category == "utility" and reported.type and self._same_list(sale):
            sale = replace(sale, window_open=not reported.billable)
        final, free = self._charged(sale, reported)
        if final != reported and message.group_id is None:
            self._store.messages.set_pricing(message.id, final.as_json())
        market = market_of(sale.country, sale.day)
        self._store.charges.add(Charge(at, number.id, sale.country, market, final.category, free))
        return Quote(final)

    # when it is sent

    def _quoted(self, sale: _Sale) -> Quote:
        if sale.message.group_id is not None:
            return Quote(prices.price_in_group(self._of_message(sale, self._served(sale))))
        entry = self._store.entry_points.get(*sale.pair)
        if entry is not None and entry.makes_free(sale.message.at, sale.at):
            if self._core.settings.free_entry_point_from == "answer":
                entry = self._open(sale, entry, sale.message.at)
            return Quote(self._at_entry_point(sale, entry), entry.closes_at or sale.at + entry_points.LENGTH)
        conversation = self._conversation(sale)
        if conversation is not None:
            price = prices.price_by_conversation(conversation.category, sale.era, conversation.id)
            return Quote(price, conversation.closes_at or sale.at + conversations.LENGTH)
        return Quote(self._of_message(sale, self._served(sale)))

    def _conversation(self, sale: _Sale) -> Conversation | None:
        """The conversation a message is part of or will open; ``None`` when messages are priced."""
        if not sale.era.has_conversations:
            return self._left_over(sale)
        known = self._store.conversations.of(*sale.pair)
        found = conversations.conversation_for(sale.category, known, sale.at, sale.era)
        if found is None:
            begun = conversations.category_of_new_conversation(
                sale.category, sale.era, window_open=sale.window_open
            )
            found = Conversation(self._core.ids.conversation(), begun)
            self._store.conversations.put(*sale.pair, found)
        return found

    def _left_over(self, sale: _Sale) -> Conversation | None:
        """A utility conversation from before messages were priced goes on until it ends."""
        if sale.category != "utility" or sale.day != _SWITCHED:
            return None
        known = self._store.conversations.of(*sale.pair)
        return next(
            (
                each
                for each in known
                if each.category == "utility" and each.opened_at and not each.is_over(sale.at)
            ),
            None,
        )

    # when it is delivered

    def _charged(self, sale: _Sale, reported: Pricing) -> tuple[Pricing, str | None]:
        """What it costs in the end, and why nothing if it is free."""
        if prices.is_at_entry_point(reported):
            entry = self._store.entry_points.get(*sale.pair)
            if entry is not None and entry.id == reported.conversation_id and entry.opened_at is None:
                self._open(sale, entry, sale.at)
            return reported, prices.FREE_ENTRY_POINT
        if sale.era.has_conversations and sale.message.group_id is None:
            entry = self._store.entry_points.get(*sale.pair)
            if entry is not None and entry.is_open(sale.at):
                return self._at_entry_point(sale, entry), prices.FREE_ENTRY_POINT
        if sale.message.group_id is None:
            conversation = self._conversation_of(sale, reported)
            if conversation is not None:
                price = prices.price_by_conversation(conversation.category, sale.era, conversation.id)
                return price, self._begin(sale, conversation)
        served = 0
        if sale.category == prices.SERVICE and sale.era.free_a_month is not None:
            served = self._store.facts.count(_served(sale)) - 1
        price = self._of_message(sale, served)
        if sale.message.group_id is not None:
            price = prices.price_in_group(price)
        if price.billable:
            return price, None
        return price, prices.FREE_TIER if sale.era.free_a_month is not None else price.type

    def _conversation_of(self, sale: _Sale, reported: Pricing) -> Conversation | None:
        """The conversation that was reported, if it is not over; else the one to which it belongs now."""
        if reported.conversation_id is not None:
            for each in self._store.conversations.of(*sale.pair):
                if each.id == reported.conversation_id and not each.is_over(sale.at):
                    return each
        return self._conversation(sale)

    def _begin(self, sale: _Sale, conversation: Conversation) -> str | None:
        """Open a conversation with its first delivery; why the message is free, if it is."""
        if conversation.opened_at is not None:
            return prices.FREE_IN_CONVERSATION
        self._store.conversations.put(*sale.pair, conversation.opened(sale.at))
        if conversations.counts_as_free(conversation.category, sale.era):
            opened = self._store.facts.count(f"conversations:{sale.waba.id}:{sale.month}")
            return prices.FREE_TIER if opened <= (sale.era.free_a_month or 0) else None
        return prices.FREE_IN_WINDOW if conversation.category == prices.SERVICE else None

    # both

    def _sale(
        self,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        at: datetime,
        window_open: bool,
    ) -> _Sale:
        waba = self._store.accounts.waba(number.waba_id)
        assert waba is not None
        day, month, era = _calendar(waba.timezone, at.replace(second=0, microsecond=0))
        country = country_of(person.wa_id) if person else ""
        category = prices.pricing_category(message.category)
        if category == "authentication" and authentication_international.applies(
            waba.authentication_abroad, waba.primary_business_location, country, at, day
        ):
            category = authentication_international.CATEGORY
        return _Sale(
            message,
            number,
            waba,
            at,
            day,
            month,
            era,
            country,
            category,
            window_open,
        )

    @staticmethod
    def _same_list(sale: _Sale) -> bool:
        """Whether the price list is still the one of the day on which the message was accepted."""
        accepted = sale.message.at.replace(second=0, microsecond=0)
        return _calendar(sale.waba.timezone, accepted)[2] is sale.era

    def _of_message(self, sale: _Sale, served: int) -> Pricing:
        return prices.price_message(sale.category, sale.era, window_open=sale.window_open, served=served)

    def _at_entry_point(self, sale: _Sale, entry: EntryPoint) -> Pricing:
        own = self._core.settings.free_entry_point_category == "own"
        return prices.price_at_entry_point(sale.era, sale.category if own else prices.ENTRY_POINT, entry.id)

    def _open(self, sale: _Sale, entry: EntryPoint, at: datetime) -> EntryPoint:
        if entry.opened_at is not None:
            return entry
        opened = entry.opened(at)
        self._store.entry_points.put(opened)
        if sale.era.has_conversations:
            self._store.conversations.close(*sale.pair, at)
        self._core.note(
            "message",
            sale.message.id,
            f"a free entry point is open until {opened.closes_at:%Y-%m-%d %H:%M}",
            at=sale.at,
            wa_id=entry.wa_id,
            cause=sale.message.id,
        )
        return opened

    def _served(self, sale: _Sale) -> int:
        """How many service messages of the number have been delivered this month."""
        if sale.category != prices.SERVICE or sale.era.free_a_month is None:
            return 0
        return self._store.facts.counted(_served(sale))


@lru_cache(maxsize=1024)
def _calendar(timezone: str, minute: datetime) -> tuple[date, str, Era]:
    """The day of a minute in a time zone, its month, and the price list: no day begins within a minute."""
    there = minute.astimezone(ZoneInfo(timezone))
    return there.date(), f"{there:%Y-%m}", prices.era_on(there.date())


def _served(sale: _Sale) -> str:
    return f"service:{sale.number.id}:{sale.month}"


def reported_price(message: Message) -> Pricing | None:
    """Read the price of a message as it was reported last; ``None`` while none was."""
    reported: Mapping[str, object] | None = message.pricing
    return Pricing(**reported) if reported else None  # type: ignore[arg-type]
