"""The ``health_status`` of what a call asks about: that of everything a message passes through."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts import health
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.templates.template import Template
from emulator.web.graph.endpoints import Call
from emulator.wire.health import health_status


def of_number(call: Call, number: BusinessNumber) -> dict[str, Any]:
    """Build the ``health_status`` of a business number.

    Its own, its WABA's, its portfolio's and the app's.
    """
    first = health.of_number(number, call.sandbox.clock.now())
    return health_status([first, *_account(call, number.waba_id)])


def of_waba(call: Call, waba: Waba) -> dict[str, Any]:
    """Build the ``health_status`` of a WABA: its own, its portfolio's, and that of the token's app."""
    return health_status(_account(call, waba.id))


def of_template(call: Call, template: Template) -> dict[str, Any]:
    """Build the ``health_status`` of a template: its own, its WABA's, its portfolio's and the app's."""
    return health_status([health.of_template(template), *_account(call, template.waba_id)])


def _account(call: Call, waba_id: str) -> list[health.Entity]:
    accounts = call.sandbox.accounts
    waba = accounts.waba(waba_id)
    portfolio = accounts.portfolio_of(waba)
    found = [health.of_waba(waba, call.sandbox.clock.now())]
    found += [health.of_portfolio(portfolio)] if portfolio else []
    return [*found, health.of_app(accounts.app(call.token.app_id))]
