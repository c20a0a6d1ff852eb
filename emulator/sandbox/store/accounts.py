"""The tables of apps, tokens, portfolios, WABAs, numbers, allow-lists and subscriptions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.memory import Memory
from emulator.sandbox.store.rows import LAST, RowCodec

_APPS = RowCodec(App, "apps", place=f"{LAST} apps")
_TOKENS = RowCodec(Token, "tokens", "text")
_PORTFOLIOS = RowCodec(Portfolio, "portfolios", place=f"{LAST} portfolios")
_WABAS = RowCodec(Waba, "wabas", place=f"{LAST} wabas")
_NUMBERS = RowCodec(BusinessNumber, "numbers", place=f"{LAST} numbers")
_TABLES = (
    "apps",
    "tokens",
    "portfolios",
    "wabas",
    "numbers",
    "allowed",
    "subscriptions",
    "subscribed_apps",
)

Read = TypeVar("Read", bound=Callable[..., Any])


def remembered(read: Read) -> Read:
    """Make a method of :class:`AccountTables` answer from memory until an account changes.

    Accounts are read by every call and change seldom. What is not there is not remembered. What it returns is
    shared: lists must not be changed by the caller.
    """
    name = read.__name__

    @wraps(read)
    def answer(accounts: AccountTables, *key: str) -> Any:
        known, question = accounts.memory.answers, (name, *key)
        found = known.get(question)
        if found is None:
            found = read(accounts, *key)
            if found:  # what is not there is not remembered: it may be a real token
                known[question] = found
        return found

    return cast(Read, answer)


class AccountTables:
    """What an integrator owns: apps with tokens, portfolios, WABAs, numbers, and who is subscribed to what.

    Called inside ``store.reading()`` or a transaction. What is read by an id is remembered until an account
    is written or a transaction is rolled back, as every call of the API reads it.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.memory = Memory[tuple[str, ...], Any](database)
        self.credentials_heard: Callable[[], None] = lambda: None
        """Called when there may be other tokens or apps, inside of the transaction that adds them."""
        self._execute = database.execute

    def _write(self, statement: str, values: Sequence[object] | Mapping[str, object]) -> None:
        self._execute(statement, values)
        self.database.stamp += 1

    def clear(self) -> None:
        """Remove every app, token, portfolio, WABA and number, and who is subscribed to what."""
        for table in _TABLES:
            self._write(f"DELETE FROM {table}", ())

    def add_app(self, app: App) -> None:
        """Store a new app, after those that there are; raises an integrity error for an id that is taken."""
        self._write(_APPS.insert, _APPS.values(app))
        self.credentials_heard()

    @remembered
    def app(self, app_id: str) -> App | None:
        """Find an app by its id; ``None`` when there is none.

        Answered from memory until an account changes. Whether a token may see it is
        :func:`emulator.sandbox.lookup.has_access`.
        """
        row = self._execute(f"{_APPS.select} WHERE id = ?", (app_id,)).fetchone()
        return row and _APPS.read(row)

    def apps(self) -> list[App]:
        """List the apps in the order they were added, which is that of the seed."""
        return _APPS.read_all(self._execute(f"{_APPS.select} ORDER BY place"))

    def add_token(self, token: Token) -> None:
        """Store an access token; one with the same text that is there stays as it is.

        Tokens come from the seed alone: the emulator never stores one that a caller shows.
        """
        self._write(f"{_TOKENS.insert} ON CONFLICT (text) DO NOTHING", _TOKENS.values(token))
        self.credentials_heard()

    def tokens(self) -> list[Token]:
        """List the access tokens in the order of their text, expired ones too."""
        return _TOKENS.read_all(self._execute(f"{_TOKENS.select} ORDER BY text"))

    @remembered
    def token(self, text: str) -> Token | None:
        """Find an access token by its text, expired or not; ``None`` when there is none.

        App tokens (``APP_ID|SECRET``) are not stored: :meth:`AccountsNamespace.find_token` makes them of the
        app.
        """
        row = self._execute(f"{_TOKENS.select} WHERE text = ?", (text,)).fetchone()
        return row and _TOKENS.read(row)

    def put_portfolio(self, portfolio: Portfolio) -> None:
        """Store a business portfolio: a new one after those that there are, or every fact of a known one.

        A known one keeps its place, so the first portfolio of the seed stays the one that is meant where none
        is named.
        """
        self._write(_PORTFOLIOS.upsert, _PORTFOLIOS.values(portfolio))

    @remembered
    def portfolio(self, portfolio_id: str) -> Portfolio | None:
        """Find a business portfolio by its id; ``None`` when there is none."""
        row = self._execute(f"{_PORTFOLIOS.select} WHERE id = ?", (portfolio_id,)).fetchone()
        return row and _PORTFOLIOS.read(row)

    def portfolios(self) -> list[Portfolio]:
        """List the business portfolios in the order they were added, which is that of the seed."""
        return _PORTFOLIOS.read_all(self._execute(f"{_PORTFOLIOS.select} ORDER BY place"))

    def put_waba(self, waba: Waba) -> None:
        """Store a WABA.

        A new one after those that there are, or every fact of a known one with its restrictions. A known one
        keeps its place, so the first WABA of the seed stays the one that is meant where none is named.
        """
        self._write(_WABAS.upsert, _WABAS.values(waba))

    @remembered
    def waba(self, waba_id: str) -> Waba | None:
        """Find a WABA by its id; ``None`` when there is none."""
        row = self._execute(f"{_WABAS.select} WHERE id = ?", (waba_id,)).fetchone()
        return row and _WABAS.read(row)

    def wabas(self, portfolio_id: str | None = None) -> list[Waba]:
        """List the WABAs in the order of the seed: those of a portfolio, or with ``None`` all of them."""
        rows = self._execute(
            f"{_WABAS.select} WHERE ? IS NULL OR portfolio_id = ? ORDER BY place",
            (portfolio_id, portfolio_id),
        )
        return _WABAS.read_all(rows)

    def add_number(self, number: BusinessNumber) -> None:
        """Store a new business number, after those that there are.

        Raises an integrity error for an id that is taken.
        """
        self._write(_NUMBERS.insert, _NUMBERS.values(number))

    def change_number(self, phone_number_id: str, **facts: object) -> BusinessNumber:
        """Change these facts of a business number and no other; returns the number as it is then.

        What the caller has read may be older than the transaction, so the number is read anew. Raises
        :class:`LookupError` for an id that is not there. The allow-list is a table of its own.
        """
        number = self.number(phone_number_id)
        if number is None:
            raise LookupError(f"there is no business number {phone_number_id}")
        changed = number.changed(**facts)
        self._write(_NUMBERS.update, _NUMBERS.values(changed))
        return changed

    @remembered
    def number(self, phone_number_id: str) -> BusinessNumber | None:
        """Find a business number by its phone number id; ``None`` when there is none."""
        row = self._execute(f"{_NUMBERS.select} WHERE id = ?", (phone_number_id,)).fetchone()
        return row and _NUMBERS.read(row)

    @remembered
    def numbers(self, waba_id: str | None = None) -> list[BusinessNumber]:
        """List the business numbers in the order of the seed.

        Those of a WABA, or with ``None`` all of them. Answered from memory until an account changes; the list
        must not be changed.
        """
        rows = self._execute(
            f"{_NUMBERS.select} WHERE waba_id = COALESCE(?, waba_id) ORDER BY place", (waba_id,)
        )
        return _NUMBERS.read_all(rows)

    def disallow(self, phone_number_id: str) -> None:
        """Empty the allow-list of a test number; it can write to nobody until :meth:`allow` is called."""
        self._write("DELETE FROM allowed WHERE phone_number_id = ?", (phone_number_id,))

    def allow(self, phone_number_id: str, wa_ids: Iterable[str]) -> None:
        """Add people to the allow-list of a test number; those who are on it already stay there once."""
        for wa_id in wa_ids:
            self._write("INSERT INTO allowed VALUES (?, ?) ON CONFLICT DO NOTHING", (phone_number_id, wa_id))

    def allowed(self, phone_number_id: str) -> list[str]:
        """List the ``wa_id`` on the allow-list of a test number, sorted; empty for any other number."""
        rows = self._execute(
            "SELECT wa_id FROM allowed WHERE phone_number_id = ? ORDER BY wa_id", (phone_number_id,)
        )
        return [row[0] for row in rows]

    def put_subscription(self, subscription: Subscription) -> None:
        """Store the subscription of an app.

        Its callback, its verify token and its fields with their versions. It replaces the one there is.
        Whether the callback was verified is the caller's affair.
        """
        self._write(
            "INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?) ON CONFLICT (app_id) DO UPDATE SET "
            "callback_url = excluded.callback_url, verify_token = excluded.verify_token, "
            "fields = excluded.fields, has_values = excluded.has_values",
            (
                subscription.app_id,
                subscription.callback_url,
                subscription.verify_token,
                json.dumps(subscription.fields),
                subscription.has_values,
            ),
        )

    @remembered
    def subscription(self, app_id: str) -> Subscription | None:
        """Find the subscription of an app: its callback and its fields with their versions.

        ``None`` without one.
        """
        row = self._execute("SELECT * FROM subscriptions WHERE app_id = ?", (app_id,)).fetchone()
        if row is None:
            return None
        fields = tuple((field, version) for field, version in json.loads(row[3]))
        return Subscription(row[0], row[1], row[2], fields, bool(row[4]))

    @remembered
    def callback_urls(self) -> list[str]:
        """List every URL to which webhooks may go: callbacks of apps, overrides of WABAs and of numbers."""
        rows = self._execute(
            "SELECT callback_url FROM subscriptions WHERE callback_url IS NOT NULL "
            "UNION SELECT override_url FROM subscribed_apps WHERE override_url IS NOT NULL "
            "UNION SELECT override_url FROM numbers WHERE override_url IS NOT NULL"
        )
        return [row[0] for row in rows]

    def remove_subscription(self, app_id: str) -> None:
        """Remove the subscription of an app, so that it hears of nothing; without one nothing changes."""
        self._write("DELETE FROM subscriptions WHERE app_id = ?", (app_id,))

    def put_subscribed_app(self, subscribed: SubscribedApp) -> None:
        """Subscribe an app to a WABA, perhaps with an override.

        It replaces the subscription to it that there is.
        """
        self._write(
            "INSERT INTO subscribed_apps VALUES (?, ?, ?, ?) ON CONFLICT (waba_id, app_id) DO UPDATE SET "
            "override_url = excluded.override_url, override_verify_token = excluded.override_verify_token",
            (
                subscribed.waba_id,
                subscribed.app_id,
                subscribed.override_url,
                subscribed.override_verify_token,
            ),
        )

    @remembered
    def subscribed_apps(self, waba_id: str) -> list[SubscribedApp]:
        """List the apps that are subscribed to a WABA, in the order of their ids, each with its override.

        Answered from memory until an account changes, as every event asks; the list must not be changed.
        """
        rows = self._execute("SELECT * FROM subscribed_apps WHERE waba_id = ? ORDER BY app_id", (waba_id,))
        return [SubscribedApp(*row) for row in rows]

    def remove_subscribed_app(self, waba_id: str, app_id: str) -> None:
        """End the subscription of an app to a WABA, with its override; without one nothing changes."""
        self._write("DELETE FROM subscribed_apps WHERE waba_id = ? AND app_id = ?", (waba_id, app_id))
