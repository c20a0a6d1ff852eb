"""The accounts of a seed: apps with their tokens, portfolios, WABAs, numbers."""

from __future__ import annotations

from dataclasses import replace

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
from emulator.sandbox.seeds.several import Several, spots

PORTFOLIO_ID = "506914307656634"
"""The id of the first portfolio in the default sandbox, unless its seed says another."""


def apps(root: Spot, own: SeedIds) -> tuple[Several[App], list[Token], list[Subscription]]:
    """Read the apps of a seed, the access token of each, and where its webhooks go.

    Raises :class:`~emulator.sandbox.seeds.files.SeedError` for no app, and for an id or a token that stands
    twice.
    """
    found, tokens, subscriptions = Several[App]("app"), list[Token](), list[Subscription]()
    for place, spot in enumerate(spots(root, "app", "apps") or [root.require("app")]):
        app = _app(spot, own, place)
        found.add(spot, app)
        token = Token(own.token(spot.require("access_token").text()), app.id)
        if token.text in {known.text for known in tokens}:
            spot.get("access_token").wrong("this token stands twice")
        tokens.append(token)
        subscriptions.append(_subscription(spot, own, app))
    return found, tokens, subscriptions


def _app(spot: Spot, own: SeedIds, place: int) -> App:
    spot.table(*SEED_KEYS["app"])
    app_id = own.id(spot.get("id"), 15, own.more("app", place) if place else None)
    secret = spot.get("secret").text(ids.app_secret(ids.draw(own.word, "secret", place)))
    besides = ("id", "secret", "waba_ids")
    return App(
        id=app_id,
        secret=own.own(secret, ids.app_secret),
        **read_facts(spot, App, {"name": "Emulated App"}, besides=besides),
    )


def _subscription(spot: Spot, own: SeedIds, app: App) -> Subscription:
    webhook = spot.get("webhook")
    if webhook.value is not None:
        webhook.table(*SEED_KEYS["webhook"])
    fields = [_field(item) for item in webhook.get("fields").items()] or ["messages"]
    return Subscription(
        app.id,
        url(webhook.get("url")),
        own.own(spot.get("verify_token").text("verify"), lambda entropy: entropy[:8].hex()),
        tuple((name, app.api_version) for name in fields),
    )


def _field(spot: Spot) -> str:
    """The name of a webhook field."""
    if spot.is_judged:
        return spot.text()
    from emulator.wire.webhooks.fields import FIELDS

    return spot.choice("", *FIELDS)


def with_wabas(root: Spot, apps: Several[App], wabas: Several[Waba]) -> tuple[App, ...]:
    """Give each app the WABAs that its seed names; they are read after the apps.

    An app that names none has access to all. Raises :class:`~emulator.sandbox.seeds.files.SeedError` for a
    WABA that is not there.
    """
    return tuple(
        replace(app, waba_ids=tuple(wabas.named(item).id for item in spot.get("wabas").items()))
        for app, spot in zip(apps, spots(root, "app", "apps"), strict=True)
    )


def tokens(spot: Spot, own: SeedIds, apps: Several[App], first: list[Token]) -> tuple[Token, ...]:
    """Read every access token of a seed: the first one of each app, and then those of ``tokens``.

    Raises :class:`~emulator.sandbox.seeds.files.SeedError` for a token that stands twice, and for an unknown
    app or scope.
    """
    found = {token.text: token for token in first}
    for item in spot.items():
        token = _token(item, own, apps)
        if token.text in found:
            item.get("token").wrong("this token stands twice")
        found[token.text] = token
    return tuple(found.values())


def _token(spot: Spot, own: SeedIds, apps: Several[App]) -> Token:
    spot.table(*SEED_KEYS["token"])
    text = own.token(spot.require("token").text())
    scopes = tuple(item.choice("", *SCOPES) for item in spot.get("scopes").items())
    facts = read_facts(spot, Token, besides=("text", "scopes", "app_id"))
    return Token(text=text, app_id=apps.named(spot.get("app")).id, scopes=scopes or SCOPES, **facts)


def portfolios(root: Spot, own: SeedIds) -> Several[Portfolio]:
    """Read the business portfolios of a seed; without any there is one: not verified, with the lowest tier.

    A verified one has ``TIER_2K`` unless the seed says another. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for an id that stands twice.
    """
    found = Several[Portfolio]("portfolio")
    for place, spot in enumerate(spots(root, "portfolio", "portfolios") or [root.get("portfolio")]):
        found.add(spot, _portfolio(spot, own, place))
    return found


def _portfolio(spot: Spot, own: SeedIds, place: int) -> Portfolio:
    if spot.value is not None:
        spot.table(*SEED_KEYS["portfolio"])
    length = len(PORTFOLIO_ID)
    made = ids.numeric(own.more("portfolio", place), length) if place else PORTFOLIO_ID
    verified = spot.get("verified").flag(False)
    usual = {"name": "Emulated Portfolio", "tier": Tier.T2K if verified else Tier.T250}
    return Portfolio(
        id=own.own(spot.get("id").digits(made), lambda entropy: ids.numeric(entropy, length)),
        verification=VERIFIED if verified else NOT_VERIFIED,
        **read_facts(spot, Portfolio, usual, besides=("id", "verification")),
    )


def wabas(root: Spot, own: SeedIds, portfolios: Several[Portfolio]) -> Several[Waba]:
    """Read the WhatsApp Business Accounts of a seed, each in the portfolio that it names, or else the first.

    Raises :class:`~emulator.sandbox.seeds.files.SeedError` when there is none, and for a portfolio that is
    not there.
    """
    found = Several[Waba]("WABA")
    for place, spot in enumerate(spots(root, "waba", "wabas") or [root.require("waba")]):
        spot.table(*SEED_KEYS["waba"])
        usual = {
            "name": "Emulated Business",
            "namespace": ids.uuid_like(ids.draw(own.word, "namespace", place)),
        }
        waba = Waba(
            id=own.id(spot.get("id"), 15, own.more("waba", place) if place else None),
            portfolio_id=portfolios.named(spot.get("portfolio")).id,
            **read_facts(spot, Waba, usual, besides=("id", "portfolio_id")),
        )
        found.add(spot, waba)
    return found


def numbers(
    spot: Spot, own: SeedIds, wabas: Several[Waba]
) -> tuple[tuple[BusinessNumber, ...], dict[str, tuple[str, ...]]]:
    """Read the business numbers of a seed, and by phone number id the allow-list of each.

    Each belongs to the WABA that it names, or else the first. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for no number, for an id or digits that stand twice, and
    for an allow-list of another than a test number.
    """
    found: list[BusinessNumber] = []
    allowed: dict[str, tuple[str, ...]] = {}
    for item in spot.items():
        item.table(*SEED_KEYS["number"])
        waba = wabas.named(item.get("waba"))
        number = BusinessNumber(
            id=own.id(item.get("id"), 15),
            waba_id=waba.id,
            digits=phone(item.require("number")),
            **read_facts(
                item, BusinessNumber, {"verified_name": waba.name}, besides=("id", "waba_id", "digits")
            ),
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
