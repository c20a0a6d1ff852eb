"""How much is sent: in a second, to one person, and to how many people in a day."""

from __future__ import annotations

from emulator.domain.checks.context import SendContext
from emulator.domain.errors import message_error


def throughput_is_left(attempt: SendContext) -> None:
    slot = attempt.throughput
    if slot is not None and not slot.is_free:
        raise message_error(
            130429,
            hint=f"{attempt.number.id} handles {slot.rate.burst} messages a second, inbound ones too; the "
            f"next may be sent at {slot.frees_up_at}.",
            facts={"phone_number_id": attempt.number.id, "most": slot.rate.burst},
        )


def pair_rate_is_left(attempt: SendContext) -> None:
    slot = attempt.pair
    if slot is not None and not slot.is_free:
        raise message_error(
            131056,
            hint=f"To one person go {slot.rate.burst} messages at once and then one every "
            f"{slot.rate.every.total_seconds():g} seconds; the next to {attempt.wa_id} may be sent at "
            f"{slot.frees_up_at}.",
            facts={"phone_number_id": attempt.number.id, "wa_id": attempt.wa_id, "most": slot.rate.burst},
        )


def portfolio_may_reach_one_more(attempt: SendContext) -> None:
    reach = attempt.reach
    if reach is not None and reach.is_exceeded:
        raise message_error(
            131048,
            hint=f"The portfolio may reach {reach.most} people outside their windows in 24 hours and has "
            f"reached {reach.used}; `GET …/limits` says when one more may be.",
            facts={"most": reach.most, "used": reach.used, "wa_id": attempt.wa_id},
        )
