"""Checks of the limits: messages a second, to one person, and people in a day."""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.limits.throughput import Reservation


def throughput_is_left(throughput: Reservation | None, number: BusinessNumber) -> None:
    """Refuse a send beyond the number's messages a second (130429).

    ``None`` is a limit that is not enforced.
    """
    if throughput is not None and not throughput.is_free:
        raise message_error(
            130429,
            hint=f"{number.id} handles {throughput.rate.burst} messages a second, inbound ones too; the "
            f"next may be sent at {throughput.frees_up_at}.",
            facts={"phone_number_id": number.id, "most": throughput.rate.burst},
        )


def pair_rate_is_left(pair_rate: Reservation | None, number: BusinessNumber, wa_id: str) -> None:
    """Refuse a send beyond the number's rate to one person (131056).

    ``None`` is a limit that is not enforced.
    """
    if pair_rate is not None and not pair_rate.is_free:
        raise message_error(
            131056,
            hint=f"To one person go {pair_rate.rate.burst} messages at once and then one every "
            f"{pair_rate.rate.every.total_seconds():g} seconds; the next to {wa_id} may be sent at "
            f"{pair_rate.frees_up_at}.",
            facts={"phone_number_id": number.id, "wa_id": wa_id, "most": pair_rate.rate.burst},
        )


def portfolio_may_reach_one_more(messaging_limit: MessagingLimitUse | None, wa_id: str) -> None:
    """Fail a message to one person more than the portfolio's messaging limit allows in 24 hours (131048).

    ``None`` where the message does not count: inside a window, or with the limit off.
    """
    if messaging_limit is not None and messaging_limit.is_exceeded:
        most, used = messaging_limit.most, messaging_limit.used
        raise message_error(
            131048,
            hint=f"The portfolio may reach {most} people outside their windows in 24 hours and has "
            f"reached {used}; `GET …/limits` says when one more may be.",
            facts={"most": most, "used": used, "wa_id": wa_id},
        )
