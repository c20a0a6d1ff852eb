"""The business number that sends, and the account it belongs to."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BANNED, LIMITED, NAME_IS_FINE, UNUSABLE, BusinessNumber
from emulator.domain.accounts.restrictions import (
    BIZ_INITIATED,
    COUNTRIES,
    CUSTOMER_INITIATED,
    DISABLED,
    LOCKED,
)
from emulator.domain.accounts.wabas import APPROVED, Waba
from emulator.domain.errors import message_error, refuse
from emulator.domain.messages.groups import Group
from emulator.domain.phones import country_of
from emulator.domain.windows import Window


def number_is_registered(number: BusinessNumber) -> None:
    if not number.registered or number.status in UNUSABLE:
        raise message_error(133010, hint=f"The number is {number.state}; register it first.")


def number_is_not_in_maintenance(number: BusinessNumber, at: datetime) -> None:
    if number.is_in_maintenance(at):
        raise message_error(
            131057, hint=f"Its throughput is being raised until {number.maintenance_until}; try again then."
        )


def display_name_is_approved(number: BusinessNumber) -> None:
    """Asked of the numbers that WhatsApp provides; others send without."""
    if number.is_provided and number.name_status not in NAME_IS_FINE:
        raise message_error(131037, hint=f"The display name is {number.name_status}.")


def account_is_not_locked(number: BusinessNumber, waba: Waba | None, at: datetime) -> None:
    if number.status == BANNED:
        raise message_error(131031, hint="The number is banned.")
    if waba is None:
        return
    if waba.review != APPROVED:
        raise message_error(131031, hint=f"The review of the account is {waba.review}.")
    for kind in (LOCKED, DISABLED):
        if waba.is_restricted(kind, at):
            raise message_error(131031, hint=f"The account is {kind.lower()}.")


def account_may_send(waba: Waba | None, window: Window | None, at: datetime) -> None:
    """Restrictions of what begins a conversation and of what answers one."""
    if waba is None or not waba.restrictions:
        return
    answers = window is not None and window.is_open(at)
    kind = CUSTOMER_INITIATED if answers else BIZ_INITIATED
    if waba.is_restricted(kind, at):
        ends = next(each.expires_at for each in waba.restrictions if each.type == kind)
        raise refuse(368, hint=f"{kind} holds until {ends}.", facts={"restriction": kind})


def country_may_be_written_to(waba: Waba | None, group: Group | None, wa_id: str, at: datetime) -> None:
    if waba is None or not waba.restrictions or group is not None:
        return
    country = country_of(wa_id)
    for each in waba.restrictions:
        if each.type == COUNTRIES and country in each.countries and each.holds(at):
            raise message_error(
                130497, hint=f"The account may not write to {country} until {each.expires_at}."
            )


def number_is_not_limited(number: BusinessNumber) -> None:
    """A number that people mind, or that has sent too much, reaches nobody until it is connected again."""
    if number.status in LIMITED:
        raise message_error(131048, hint=f"The number is {number.status}.", facts={"status": number.status})


def payment_is_arranged(waba: Waba | None, number: BusinessNumber) -> None:
    """Asked of what is billed; a test number's account needs no payment method."""
    if waba is not None and not waba.has_payment_method and not number.is_test:
        raise message_error(131042, hint=f"WABA {waba.id} has no payment method, and this message is billed.")
