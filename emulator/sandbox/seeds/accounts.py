"""The accounts of a seed: app, tokens, WABA, numbers."""

from __future__ import annotations

from emulator.domain import ids
from emulator.domain.accounts.apps import SCOPES, App, Token
from emulator.domain.accounts.numbers import ALLOW_LIST_SIZE, BusinessNumber
from emulator.domain.accounts.portfolios import NOT_VERIFIED, VERIFIED, Portfolio
from emulator.domain.accounts.subscriptions import Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.sandbox.seeds.facts import read_facts
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
    own_facts = read_facts(spot, App, {"name": "Emulated App"}, besides=("id", "secret"))
    made = App(id=app_id, secret=secret, **own_facts)
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
    text = own.token(spot.require("token").text())
    scopes = tuple(item.choice("", *SCOPES) for item in spot.get("scopes").items())
    facts = read_facts(spot, Token, besides=("text", "scopes"))
    return Token(text=text, app_id=app_id, scopes=scopes or SCOPES, **facts)


def portfolio(spot: Spot, own: SeedIds) -> Portfolio:
    """The business portfolio; one that is left out is new: not verified, with the lowest tier."""
    if spot.value is not None:
        spot.table(*SEED_KEYS["portfolio"])
    verified = spot.get("verified").flag(False)
    usual = {"name": "Emulated Portfolio", "tier": Tier.T2K if verified else Tier.T250}
    return Portfolio(
        id=own.own(
            spot.get("id").digits(PORTFOLIO_ID), lambda entropy: ids.numeric(entropy, len(PORTFOLIO_ID))
        ),
        verification=VERIFIED if verified else NOT_VERIFIED,
        **read_facts(spot, Portfolio, usual, besides=("id", "verification")),
    )


def waba(spot: Spot, own: SeedIds, portfolio: Portfolio) -> Waba:
    """The WhatsApp Business Account."""
    spot.table(*SEED_KEYS["waba"])
    usual = {
        "name": "Emulated Business",
        "namespace": ids.uuid_like(ids.draw(own.word, "namespace", 0)),
    }
    return Waba(
        id=own.id(spot.get("id"), 15),
        portfolio_id=portfolio.id,
        **read_facts(spot, Waba, usual, besides=("id",)),
    )


def numbers(
    spot: Spot, own: SeedIds, waba: Waba
) -> tuple[tuple[BusinessNumber, ...], dict[str, tuple[str, ...]]]:
    """The business numbers, and the allow-lists of those that are test numbers."""
    found: list[BusinessNumber] = []
    allowed: dict[str, tuple[str, ...]] = {}
    for item in spot.items():
        item.table(*SEED_KEYS["number"])
        number = BusinessNumber(
            id=own.id(item.get("id"), 15),
            waba_id=waba.id,
            digits=phone(item.require("number")),
            **read_facts(item, BusinessNumber, {"verified_name": waba.name}, besides=("id", "digits")),
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
