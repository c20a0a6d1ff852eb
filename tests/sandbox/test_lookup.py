"""Who is meant by an id, by a phone number, or by nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kit.identities import APP_ID, PORTFOLIO, PRODUCTION, TEST, WABA_ID

from emulator import Sandbox
from emulator.sandbox import lookup
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.store.accounts import AccountTables


@pytest.fixture
def accounts(sandbox: Sandbox) -> AccountTables:
    return sandbox.services.store.accounts


def test_a_number_is_found_by_its_id_or_its_digits(accounts: AccountTables) -> None:
    """The first one is meant where none is named."""
    first, second = accounts.numbers()

    assert lookup.number(accounts) == lookup.number(accounts, PRODUCTION) == first
    assert lookup.number(accounts, TEST) == lookup.number(accounts, second.digits) == second


def test_a_number_that_there_is_not_is_answered_with_those_that_there_are(accounts: AccountTables) -> None:
    with pytest.raises(CannotDo, match=f"no business number 42; there are {PRODUCTION} .*{TEST}"):
        lookup.number(accounts, "42")


@pytest.mark.parametrize(
    ("find", "first"),
    [(lookup.app, APP_ID), (lookup.waba, WABA_ID), (lookup.portfolio, PORTFOLIO)],
)
def test_the_first_of_a_kind_is_meant_where_none_is_named(
    accounts: AccountTables, find: Callable[..., object], first: str
) -> None:
    assert find(accounts) == find(accounts, first)


@pytest.mark.parametrize(
    ("find", "why"),
    [
        (lookup.app, "there is no app 42"),
        (lookup.waba, "there is no WABA 42"),
        (lookup.portfolio, "there is no portfolio 42"),
        (lookup.number_by_id, "there is no business number 42"),
    ],
)
def test_an_id_that_there_is_not_is_said(
    accounts: AccountTables, find: Callable[..., object], why: str
) -> None:
    with pytest.raises(LookupError, match=why):
        find(accounts, "42")


def test_a_number_belongs_to_the_portfolio_of_its_waba(accounts: AccountTables) -> None:
    """One that belongs to no WABA has none."""
    number = lookup.number(accounts)

    assert lookup.portfolio_of_number(accounts, number) == lookup.portfolio(accounts)
    assert lookup.portfolio_of_number(accounts, number.changed(waba_id="42")) is None
