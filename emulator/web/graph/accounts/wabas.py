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
    """Answer ``GET /{waba_id}`` with the WABA's fields that were asked for, edges among them expanded."""
    assert isinstance(call.node, Waba)
    return Answer(call.shown(shown_waba(call, call.node), nodes.WABA, nodes.WABA_DEFAULT_FIELDS))


def shown_waba(call: Call, waba: Waba) -> dict[str, Any]:
    """Build the node of a WABA with all its fields, its health and its portfolio's among them.

    What it says of marketing messages and of archival follows the sandbox's settings.
    """
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
    """Answer ``GET /{waba_id}/subscribed_apps`` with the apps that hear of the WABA, and their overrides."""
    sandbox = call.sandbox
    listening = sandbox.webhooks.subscribed_apps(call.node.id)
    return Answer(
        {"data": [nodes.subscribed_app(each, sandbox.accounts.app(each.app_id)) for each in listening]}
    )


@endpoint(Waba, "subscribed_apps", "POST", scope=MANAGEMENT, waits=True)
def listen(call: Call) -> Answer:
    """Subscribe the token's app to the WABA (``POST /{waba_id}/subscribed_apps``), or change its override.

    An ``override_callback_uri`` is verified by a handshake before this answers, outside every transaction.
    Raises ``(#100)`` for an app that has to be subscribed first, and 2200 when the handshake fails; an empty
    URL means the app's own callback.
    """
    url, verify_token = override(call.parameters)
    app = call.sandbox.accounts.app(call.token.app_id)
    call.sandbox.webhooks.listen(call.node.id, app, url or None, verify_token)
    return Answer(responses.SUCCESS, call.node.id)


@endpoint(Waba, "subscribed_apps", "DELETE", scope=MANAGEMENT)
def stop_listening(call: Call) -> Answer:
    """Unsubscribe the token's app from the WABA (``DELETE /{waba_id}/subscribed_apps``).

    Its override of the callback goes, too; it hears nothing of the WABA any more.
    """
    call.sandbox.webhooks.stop_listening(call.node.id, call.token.app_id)
    return Answer(responses.SUCCESS, call.node.id)
