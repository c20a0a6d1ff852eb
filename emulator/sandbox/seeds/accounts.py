"""The accounts of a seed: app, tokens, WABA, numbers."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from emulator.domain import ids
from emulator.domain.accounts.apps import MANAGEMENT, MESSAGING, App, Token
from emulator.domain.accounts.numbers import ALLOW_LIST_SIZE, NAME_STATUSES, NUMBER_STATUSES, BusinessNumber
from emulator.domain.accounts.portfolios import NOT_VERIFIED, VERIFIED, Portfolio
from emulator.domain.accounts.subscriptions import Subscription
from emulator.domain.accounts.wabas import REVIEW_DECISIONS, Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.limits.throughput import PER_SECOND
from emulator.domain.pricing import authentication_international
from emulator.domain.versions import RELEASED
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.parts import SEED_KEYS, SeedIds, phone, url
from emulator.wire.webhooks.fields import FIELDS

PORTFOLIO_ID = "506914307656634"
"""The id of the portfolio in the default sandbox, unless its seed says another."""


def app(spot: Spot, own: SeedIds) -> tuple[App, Token, Subscription]:
    """The app, its token, and where its webhooks go."""
    spot.table(*SEED_KEYS["app"])
    app_id = own.id(spot.get("id"), 15)
    secret = own.own(spot.get("secret").text(ids.app_secret(ids.draw(own.word, "secret", 0))), ids.app_secret)
    made = App(
        app_id,
        spot.get("name").text("Emulated App"),
        secret,
        spot.get("api_version").choice("v24.0", *RELEASED),
    )
    token = own.token(spot.require("access_token").text())
    webhook = spot.get("webhook")
    if webhook.value is not None:
        webhook.table(*SEED_KEYS["webhook"])
    fields = [item.choice("", *FIELDS) for item in webhook.get("fields").items()] or ["messages"]
    subscription = Subscription(
        app_id,
        url(webhook.get("url")),
        own.own(spot.get("verify_token").text("verify"), lambda entropy: entropy[:8].hex()),
        tuple((name, made.api_version) for name in fields),
    )
    return made, Token(token, app_id), subscription


def tokens(spot: Spot, own: SeedIds, first: Token) -> tuple[Token, ...]:
    """Further tokens beside the app's first one."""
    found = {first.text: first}
    for item in spot.items():
        token = _token(item, own, first.app_id)
        if token.text in found:
            item.get("token").wrong("this token stands twice")
        found[token.text] = token
    del found[first.text]
    return tuple(found.values())


def _token(spot: Spot, own: SeedIds, app_id: str) -> Token:
    spot.table(*SEED_KEYS["token"])
    expires = spot.get("expires_at").instant()
    written = spot.require("token").text()
    text = own.token(written)
    scopes = tuple(item.choice("", MANAGEMENT, MESSAGING) for item in spot.get("scopes").items())
    usual = Token(text, app_id)
    return Token(text, app_id, scopes=scopes or usual.scopes, expires_at=expires)


def portfolio(spot: Spot, own: SeedIds) -> Portfolio:
    """The business portfolio; one that is left out is new: not verified, with the lowest tier."""
    if spot.value is not None:
        spot.table(*SEED_KEYS["portfolio"])
    verified = spot.get("verified").flag(False)
    return Portfolio(
        own.own(spot.get("id").digits(PORTFOLIO_ID), lambda entropy: ids.numeric(entropy, len(PORTFOLIO_ID))),
        spot.get("name").text("Emulated Portfolio"),
        VERIFIED if verified else NOT_VERIFIED,
        Tier(spot.get("tier").choice(Tier.T2K if verified else Tier.T250, *Tier)),
    )


def waba(spot: Spot, own: SeedIds, portfolio: Portfolio) -> Waba:
    """The WhatsApp Business Account."""
    spot.table(*SEED_KEYS["waba"])
    timezone = spot.get("timezone").text("UTC")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        spot.get("timezone").wrong(f"there is no time zone {timezone!r}")
    eligibility = spot.get("auth_international_rate_eligibility")
    try:
        abroad = (
            None if eligibility.value is None else authentication_international.from_json(eligibility.value)
        )
    except ValueError as problem:
        eligibility.wrong(str(problem))
    home = spot.get("primary_business_location")
    return Waba(
        own.id(spot.get("id"), 15),
        spot.get("name").text("Emulated Business"),
        spot.get("namespace").text(ids.uuid_like(ids.draw(own.word, "namespace", 0))),
        spot.get("currency").text("USD"),
        spot.get("country").text() if spot.has("country") else None,
        spot.get("timezone_id").digits("1"),
        timezone,
        portfolio.id,
        spot.get("account_review").choice("APPROVED", *REVIEW_DECISIONS),
        spot.get("payment_method").flag(True),
        primary_business_location=None if home.value is None else home.text(),
        authentication_abroad=abroad,
    )


def _pin(spot: Spot) -> str | None:
    if spot.value is None:
        return None
    pin = spot.text()
    if not (len(pin) == 6 and pin.isascii() and pin.isdigit()):
        spot.wrong(f"a PIN has six digits, got {pin!r}")
    return pin


def numbers(
    spot: Spot, own: SeedIds, waba: Waba
) -> tuple[tuple[BusinessNumber, ...], dict[str, tuple[str, ...]]]:
    """The business numbers, and the allow-lists of those that are test numbers."""
    found: list[BusinessNumber] = []
    allowed: dict[str, tuple[str, ...]] = {}
    for item in spot.items():
        item.table(*SEED_KEYS["number"])
        number = BusinessNumber(
            own.id(item.get("id"), 15),
            waba.id,
            phone(item.require("number")),
            item.get("verified_name").text(waba.name),
            item.get("kind").choice("production", "production", "test"),
            item.get("registered").flag(True),
            status=item.get("status").choice("CONNECTED", *NUMBER_STATUSES),
            throughput=item.get("throughput").choice("STANDARD", *PER_SECOND),
            on_business_app=item.get("on_business_app").flag(False),
            pin=_pin(item.get("pin")),
            given_name_status=item.get("name_status").choice("APPROVED", *NAME_STATUSES)
            if item.has("name_status")
            else None,
        )
        if number.id in {known.id for known in found}:
            item.get("id").wrong(f"the id {number.id} is taken by another number")
        if number.digits in {known.digits for known in found}:
            item.get("number").wrong(f"+{number.digits} is taken by another number")
        listed = tuple(phone(entry) for entry in item.get("allowed").items())
        if listed and not number.is_test:
            item.get("allowed").wrong("only a test number has an allow-list")
        if len(listed) > ALLOW_LIST_SIZE:
            item.get("allowed").wrong(f"a test number reaches at most {ALLOW_LIST_SIZE} people")
        found.append(number)
        allowed[number.id] = listed
    if not found:
        spot.wrong("a sandbox needs at least one business number")
    return tuple(found), allowed
