"""Apps, tokens, WABAs, numbers and who listens to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import Restriction
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.pricing import authentication_international
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import maybe_from_micros, maybe_to_micros

_NUMBER = (
    "id, waba_id, digits, verified_name, kind, registered, quality_rating, override_url, "
    "override_verify_token, status, throughput, on_business_app, maintenance_until, pin, name_status, "
    "new_name, new_name_status"
)

_WABA = (
    "name",
    "namespace",
    "currency",
    "country",
    "timezone_id",
    "timezone",
    "portfolio_id",
    "review",
    "has_payment_method",
    "restrictions",
    "primary_business_location",
    "authentication_abroad",
)


def _number(row: tuple[Any, ...]) -> BusinessNumber:
    facts = list(row)
    facts[5], facts[11], facts[12] = bool(row[5]), bool(row[11]), maybe_from_micros(row[12])
    return BusinessNumber(*facts)


def _number_row(number: BusinessNumber) -> tuple[object, ...]:
    return (
        number.id,
        number.waba_id,
        number.digits,
        number.verified_name,
        number.kind,
        number.registered,
        number.quality_rating,
        number.override_url,
        number.override_verify_token,
        number.status,
        number.throughput,
        number.on_business_app,
        maybe_to_micros(number.maintenance_until),
        number.pin,
        number.given_name_status,
        number.new_name,
        number.new_name_status,
    )


def _waba(row: tuple[Any, ...]) -> Waba:
    facts = list(row)
    facts[9] = bool(row[9])
    facts[10] = tuple(
        Restriction(kind, maybe_from_micros(expires), tuple(countries), remediation)
        for kind, expires, countries, remediation in json.loads(row[10])
    )
    facts[12] = row[12] and authentication_international.from_json(json.loads(row[12]))
    return Waba(*facts)


def _waba_row(waba: Waba) -> tuple[object, ...]:
    held = [
        (each.type, maybe_to_micros(each.expires_at), each.countries, each.remediation)
        for each in waba.restrictions
    ]
    abroad = waba.authentication_abroad
    return (
        waba.id,
        waba.name,
        waba.namespace,
        waba.currency,
        waba.country,
        waba.timezone_id,
        waba.timezone,
        waba.portfolio_id,
        waba.review,
        waba.has_payment_method,
        json.dumps(held),
        waba.primary_business_location,
        abroad and json.dumps(authentication_international.as_json(abroad)),
    )


def _marks(many: int) -> str:
    return ", ".join("?" * many)


Read = TypeVar("Read", bound=Callable[..., Any])


def remembered(read: Read) -> Read:
    """Answer from memory until an account changes: accounts are read by every call and change seldom."""
    name = read.__name__

    @wraps(read)
    def answer(accounts: AccountTables, *key: str) -> Any:
        memory, stamp = accounts.memory, accounts.database.stamp
        if memory.get("stamp") != stamp:
            memory.clear()
            memory["stamp"] = stamp
        found = memory.get((name, *key))
        if found is None:
            found = read(accounts, *key)
            if found:  # what is not there is not remembered: there is no end of it
                memory[(name, *key)] = found
        return found

    return cast(Read, answer)


class AccountTables:
    """What an integrator owns."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.memory: dict[object, Any] = {}
        self._execute = database.execute

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        self._execute(statement, values)
        self.database.stamp += 1

    def add_app(self, app: App) -> None:
        self._write("INSERT INTO apps VALUES (?, ?, ?, ?)", (app.id, app.name, app.secret, app.api_version))

    @remembered
    def app(self, app_id: str) -> App | None:
        row = self._execute(
            "SELECT id, name, secret, api_version FROM apps WHERE id = ?", (app_id,)
        ).fetchone()
        return row and App(*row)

    def apps(self) -> list[App]:
        return [
            App(*row) for row in self._execute("SELECT id, name, secret, api_version FROM apps ORDER BY id")
        ]

    def add_token(self, token: Token) -> None:
        self._write(
            "INSERT INTO tokens VALUES (?, ?, ?, ?, ?) ON CONFLICT (text) DO NOTHING",
            (
                token.text,
                token.app_id,
                token.kind,
                json.dumps(token.scopes),
                maybe_to_micros(token.expires_at),
            ),
        )

    def tokens(self) -> list[Token]:
        rows = self._execute("SELECT text, app_id, kind, scopes, expires_at FROM tokens ORDER BY text")
        return [
            Token(text, app_id, kind, tuple(json.loads(scopes)), maybe_from_micros(expires))
            for text, app_id, kind, scopes, expires in rows
        ]

    @remembered
    def token(self, text: str) -> Token | None:
        row = self._execute(
            "SELECT text, app_id, kind, scopes, expires_at FROM tokens WHERE text = ?", (text,)
        ).fetchone()
        return row and Token(row[0], row[1], row[2], tuple(json.loads(row[3])), maybe_from_micros(row[4]))

    def put_portfolio(self, portfolio: Portfolio) -> None:
        self._write(
            "INSERT INTO portfolios VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
            "verification = excluded.verification, tier = excluded.tier",
            (portfolio.id, portfolio.name, portfolio.verification, portfolio.tier),
        )

    @remembered
    def portfolio(self, portfolio_id: str) -> Portfolio | None:
        row = self._execute("SELECT * FROM portfolios WHERE id = ?", (portfolio_id,)).fetchone()
        return row and Portfolio(row[0], row[1], row[2], Tier(row[3]))

    def portfolios(self) -> list[Portfolio]:
        rows = self._execute("SELECT * FROM portfolios ORDER BY id")
        return [Portfolio(row[0], row[1], row[2], Tier(row[3])) for row in rows]

    def put_waba(self, waba: Waba) -> None:
        changed = ", ".join(f"{name} = excluded.{name}" for name in _WABA)
        self._write(
            f"INSERT INTO wabas (id, {', '.join(_WABA)}) VALUES ({_marks(len(_WABA) + 1)}) "
            f"ON CONFLICT (id) DO UPDATE SET {changed}",
            _waba_row(waba),
        )

    @remembered
    def waba(self, waba_id: str) -> Waba | None:
        row = self._execute("SELECT * FROM wabas WHERE id = ?", (waba_id,)).fetchone()
        return row and _waba(row)

    def wabas(self, portfolio_id: str | None = None) -> list[Waba]:
        rows = self._execute(
            "SELECT * FROM wabas WHERE ?1 IS NULL OR portfolio_id = ?1 ORDER BY id", (portfolio_id,)
        )
        return [_waba(row) for row in rows]

    def add_number(self, number: BusinessNumber, place: int) -> None:
        self._write(f"INSERT INTO numbers VALUES ({_marks(18)})", (*_number_row(number), place))

    def put_number(self, number: BusinessNumber) -> None:
        """Keep what has changed of a number that is there."""
        changed = ", ".join(f"{name} = ?" for name in _NUMBER.split(", "))
        self._write(f"UPDATE numbers SET {changed} WHERE id = ?", (*_number_row(number), number.id))

    @remembered
    def number(self, phone_number_id: str) -> BusinessNumber | None:
        row = self._execute(f"SELECT {_NUMBER} FROM numbers WHERE id = ?", (phone_number_id,)).fetchone()
        return row and _number(row)

    def numbers(self, waba_id: str | None = None) -> list[BusinessNumber]:
        rows = self._execute(
            f"SELECT {_NUMBER} FROM numbers WHERE ?1 IS NULL OR waba_id = ?1 ORDER BY place", (waba_id,)
        )
        return [_number(row) for row in rows]

    def override_number(self, phone_number_id: str, url: str | None, verify_token: str | None) -> None:
        self._write(
            "UPDATE numbers SET override_url = ?, override_verify_token = ? WHERE id = ?",
            (url, verify_token, phone_number_id),
        )

    def disallow(self, phone_number_id: str) -> None:
        """Empty the allow-list of a test number."""
        self._write("DELETE FROM allowed WHERE phone_number_id = ?", (phone_number_id,))

    def rate_number(self, phone_number_id: str, quality_rating: str) -> None:
        self._write("UPDATE numbers SET quality_rating = ? WHERE id = ?", (quality_rating, phone_number_id))

    def allow(self, phone_number_id: str, wa_ids: Iterable[str]) -> None:
        for wa_id in wa_ids:
            self._write("INSERT INTO allowed VALUES (?, ?) ON CONFLICT DO NOTHING", (phone_number_id, wa_id))

    def allowed(self, phone_number_id: str) -> list[str]:
        """The allow-list of a test number."""
        rows = self._execute(
            "SELECT wa_id FROM allowed WHERE phone_number_id = ? ORDER BY wa_id", (phone_number_id,)
        )
        return [row[0] for row in rows]

    def put_subscription(self, subscription: Subscription) -> None:
        self._write(
            "INSERT INTO subscriptions VALUES (?, ?, ?, ?) ON CONFLICT (app_id) DO UPDATE SET "
            "callback_url = excluded.callback_url, verify_token = excluded.verify_token, "
            "fields = excluded.fields",
            (
                subscription.app_id,
                subscription.callback_url,
                subscription.verify_token,
                json.dumps(subscription.fields),
            ),
        )

    @remembered
    def subscription(self, app_id: str) -> Subscription | None:
        row = self._execute("SELECT * FROM subscriptions WHERE app_id = ?", (app_id,)).fetchone()
        return row and Subscription(row[0], row[1], row[2], tuple((f, v) for f, v in json.loads(row[3])))

    def remove_subscription(self, app_id: str) -> None:
        self._write("DELETE FROM subscriptions WHERE app_id = ?", (app_id,))

    def put_subscribed_app(self, subscribed: SubscribedApp) -> None:
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
        rows = self._execute("SELECT * FROM subscribed_apps WHERE waba_id = ? ORDER BY app_id", (waba_id,))
        return [SubscribedApp(*row) for row in rows]

    def remove_subscribed_app(self, waba_id: str, app_id: str) -> None:
        self._write("DELETE FROM subscribed_apps WHERE waba_id = ? AND app_id = ?", (waba_id, app_id))
