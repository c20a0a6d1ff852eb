"""Checks of the business number that sends, and of the account it belongs to."""

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
    """Refuse a send from a number that is not registered, or not any more (133010)."""
    if not number.registered or number.status in UNUSABLE:
        raise message_error(133010, hint=f"The number is {number.state}; register it first.")


def number_is_not_in_maintenance(number: BusinessNumber, at: datetime) -> None:
    """Refuse a send from a number whose throughput is being raised at the instant ``at`` (131057)."""
    if number.is_in_maintenance(at):
        raise message_error(
            131057, hint=f"Its throughput is being raised until {number.maintenance_until}; try again then."
        )


def display_name_is_approved(number: BusinessNumber) -> None:
    """Refuse a send from a number that WhatsApp provided (555) until its display name is approved (131037).

    Other numbers send without an approved name.
    """
    if number.is_provided and number.name_status not in NAME_IS_FINE:
        raise message_error(131037, hint=f"The display name is {number.name_status}.")


def account_is_not_locked(number: BusinessNumber, waba: Waba | None, at: datetime) -> None:
    """Refuse a send of a banned number, or of an account that is locked, banned or not approved (131031)."""
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
    """Refuse a message that a restriction of the account forbids at the instant ``at`` (368).

    Inside an open window the restriction of answers counts, outside it that of business-initiated messages.
    """
    if waba is None or not waba.restrictions:
        return
    answers = window is not None and window.is_open(at)
    kind = CUSTOMER_INITIATED if answers else BIZ_INITIATED
    if waba.is_restricted(kind, at):
        ends = next(each.expires_at for each in waba.restrictions if each.type == kind)
        raise refuse(368, hint=f"{kind} holds until {ends}.", facts={"restriction": kind})


def country_may_be_written_to(waba: Waba | None, group: Group | None, wa_id: str, at: datetime) -> None:
    """Refuse a message to a country that the account may not write to at the instant ``at`` (130497).

    Groups are exempt: they are in no one country.
    """
    if waba is None or not waba.restrictions or group is not None:
        return
    country = country_of(wa_id)
    for each in waba.restrictions:
        if each.type == COUNTRIES and country in each.countries and each.holds(at):
            raise message_error(
                130497, hint=f"The account may not write to {country} until {each.expires_at}."
            )


def number_is_not_limited(number: BusinessNumber) -> None:
    """Fail a message of a number that is FLAGGED, RESTRICTED or RATE_LIMITED (131048)."""
    if number.status in LIMITED:
        raise message_error(131048, hint=f"The number is {number.status}.", facts={"status": number.status})


def payment_is_arranged(waba: Waba | None, number: BusinessNumber) -> None:
    """Fail a billed message when the account has no payment method (131042); test numbers need none."""
    if waba is not None and not waba.has_payment_method and not number.is_test:
        raise message_error(131042, hint=f"WABA {waba.id} has no payment method, and this message is billed.")
