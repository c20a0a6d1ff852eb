"""``/{waba_id}``: the account, and the apps that listen to it."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.wabas import Waba
from emulator.web.graph.accounts import health
from emulator.web.graph.accounts.numbers import override
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import nodes, responses


@endpoint(Waba, "", "GET", scope=MANAGEMENT)
def read_waba(call: Call) -> Answer:
    assert isinstance(call.node, Waba)
    return Answer(call.shown(shown_waba(call, call.node), nodes.WABA, nodes.WABA_DEFAULT_FIELDS))


def shown_waba(call: Call, waba: Waba) -> dict[str, Any]:
    """A WABA with all its fields."""
    settings = call.sandbox.settings
    portfolio = call.sandbox.accounts.portfolio_of(waba)
    return nodes.waba(
        waba,
        portfolio,
        marketing_off=settings.marketing_by != "any",
        auto_archival=settings.auto_archival,
        health=health.of_waba(call, waba),
    )


@endpoint(Waba, "subscribed_apps", "GET", scope=MANAGEMENT)
def read_subscribed_apps(call: Call) -> Answer:
    sandbox = call.sandbox
    listening = sandbox.webhooks.subscribed_apps(call.node.id)
    return Answer(
        {"data": [nodes.subscribed_app(each, sandbox.accounts.app(each.app_id)) for each in listening]}
    )


@endpoint(Waba, "subscribed_apps", "POST", scope=MANAGEMENT, waits=True)
def listen(call: Call) -> Answer:
    """Let the token's app listen to the WABA, at its own callback or at another one."""
    url, verify_token = override(call.parameters)
    app = call.sandbox.accounts.app(call.token.app_id)
    call.sandbox.webhooks.listen(call.node.id, app, url or None, verify_token)
    return Answer(responses.SUCCESS, call.node.id)


@endpoint(Waba, "subscribed_apps", "DELETE", scope=MANAGEMENT)
def stop_listening(call: Call) -> Answer:
    call.sandbox.webhooks.stop_listening(call.node.id, call.token.app_id)
    return Answer(responses.SUCCESS, call.node.id)
