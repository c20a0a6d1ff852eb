"""Find the portfolio, WABA, app or business number that somebody named, or the first of its kind.

A sandbox may have several of each. Where a caller names none, the first by the order of the seed is meant, so
that a sandbox with one of each needs no ids. Every function takes ``store.accounts`` and is called inside
``store.reading()`` or a command::

    lookup.number(store.accounts, to)                   # by id or digits, or the first; raises CannotDo
    lookup.number_by_id(store.accounts, "106540352")    # by an id out of a path; raises LookupError
    lookup.waba(store.accounts)                         # the first WABA
    lookup.waba(store.accounts, waba_id)                # that one; raises LookupError
    lookup.portfolio_of_number(store.accounts, number)  # the one whose messaging limit holds, or None
"""

from __future__ import annotations

from typing import TypeVar

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.media import Media, Upload
from emulator.domain.templates.template import Template
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.store.accounts import AccountTables

Account = TypeVar("Account")


def number(accounts: AccountTables, named: str | None = None) -> BusinessNumber:
    """The business number with this phone number id or these digits; the first one for ``None``.

    Raises :class:`~emulator.sandbox.errors.CannotDo` (a :class:`ValueError`), naming those that there are.
    """
    numbers = accounts.numbers()
    if named is None:
        return numbers[0]
    for each in numbers:
        if named in (each.id, each.digits):
            return each
    known = ", ".join(f"{each.id} ({each.digits})" for each in numbers)
    raise CannotDo(f"there is no business number {named}; there are {known}")


def number_by_id(accounts: AccountTables, phone_number_id: str) -> BusinessNumber:
    """The business number with this phone number id. Raises :class:`LookupError`."""
    return _there("business number", phone_number_id, accounts.number(phone_number_id))


def waba(accounts: AccountTables, waba_id: str | None = None, *, word: str = "WABA") -> Waba:
    """The WABA with this id; the first one for ``None``.

    Raises :class:`LookupError`: "there is no WABA 42", with ``word`` for what the caller calls one.
    """
    return accounts.wabas()[0] if waba_id is None else _there(word, waba_id, accounts.waba(waba_id))


def portfolio(accounts: AccountTables, portfolio_id: str | None = None) -> Portfolio:
    """The business portfolio with this id; the first one for ``None``. Raises :class:`LookupError`."""
    if portfolio_id is None:
        return accounts.portfolios()[0]
    return _there("portfolio", portfolio_id, accounts.portfolio(portfolio_id))


def app(accounts: AccountTables, app_id: str | None = None) -> App:
    """The app with this id; the first one for ``None``. Raises :class:`LookupError`."""
    return accounts.apps()[0] if app_id is None else _there("app", app_id, accounts.app(app_id))


def portfolio_of_waba(accounts: AccountTables, waba_id: str) -> Portfolio | None:
    """The portfolio that a WABA belongs to; ``None`` where it belongs to none."""
    found = accounts.waba(waba_id)
    return accounts.portfolio(found.portfolio_id) if found and found.portfolio_id else None


def portfolio_of_number(accounts: AccountTables, number: BusinessNumber) -> Portfolio | None:
    """The portfolio that the WABA of a number belongs to; ``None`` where it belongs to none."""
    return portfolio_of_waba(accounts, number.waba_id)


def wabas_beside(accounts: AccountTables, waba_id: str) -> list[Waba]:
    """Every WABA of the portfolio that a WABA belongs to, itself among them."""
    owner = portfolio_of_waba(accounts, waba_id)
    return accounts.wabas(owner.id) if owner else [waba(accounts, waba_id)]


def has_access(accounts: AccountTables, token: Token, found: object) -> bool:
    """Whether a token may be used on an object of the sandbox.

    That is its own app, and what belongs to a WABA that its app is used with: every WABA, unless the seed
    names some. What belongs to no WABA is open to every token.
    """
    if isinstance(found, App):
        return found.id == token.app_id
    if isinstance(found, Upload):
        return found.app_id == token.app_id
    app = accounts.app(token.app_id)
    if app is None or not app.waba_ids:
        return True
    match found:
        case Waba():
            return app.has_access_to(found.id)
        case BusinessNumber() | Template():
            return app.has_access_to(found.waba_id)
        case Media():
            owner = accounts.number(found.phone_number_id)
            return owner is None or app.has_access_to(owner.waba_id)
        case Portfolio():
            return any(app.has_access_to(each.id) for each in accounts.wabas(found.id))
    return True


def _there(word: str, named: str, found: Account | None) -> Account:
    if found is None:
        raise LookupError(f"there is no {word} {named}")
    return found
