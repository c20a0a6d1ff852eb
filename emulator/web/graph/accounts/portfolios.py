"""``/{business_id}``: the portfolio that owns accounts."""

from __future__ import annotations

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.portfolios import Portfolio
from emulator.web.graph.accounts.wabas import shown_waba
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import nodes


@endpoint(Portfolio, "", "GET", scope=MANAGEMENT)
def read(call: Call) -> Answer:
    """Answer ``GET /{business_id}`` with the portfolio's fields that were asked for, expanding edges."""
    assert isinstance(call.node, Portfolio)
    return Answer(call.shown(nodes.portfolio(call.node), nodes.PORTFOLIO, nodes.PORTFOLIO_DEFAULT_FIELDS))


@endpoint(Portfolio, "owned_whatsapp_business_accounts", "GET", scope=MANAGEMENT)
def owned(call: Call) -> Answer:
    """Answer ``GET /{business_id}/owned_whatsapp_business_accounts`` with a page of the portfolio's WABAs.

    Their edges can be asked for, too, as in ``fields=name,phone_numbers{id}``.
    """
    found = call.sandbox.accounts.wabas(call.node.id)
    usual = (*nodes.WABA_DEFAULT_FIELDS, "currency")
    return Answer(
        call.listing(found, lambda waba: call.at(waba).shown(shown_waba(call, waba), nodes.WABA, usual))
    )


@endpoint(Portfolio, "client_whatsapp_business_accounts", "GET", scope=MANAGEMENT)
def shared(call: Call) -> Answer:  # noqa: ARG001
    """Answer ``GET /{business_id}/client_whatsapp_business_accounts``.

    The list is empty, as nobody shares WABAs here.
    """
    return Answer({"data": []})
