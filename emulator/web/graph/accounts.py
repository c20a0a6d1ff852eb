"""Apps and WABAs: what they are, and who listens to them."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT, App
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import GraphError, bad_parameter
from emulator.web.graph import health
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.web.graph.numbers import override
from emulator.wire import nodes, responses
from emulator.wire.webhooks.fields import FIELDS

_OBJECT = "whatsapp_business_account"


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


@endpoint(App, "", "GET")
def read_app(call: Call) -> Answer:
    assert isinstance(call.node, App)
    return Answer(call.shown(nodes.app(call.node), nodes.APP, nodes.APP_DEFAULT_FIELDS))


@endpoint(App, "subscriptions", "GET")
def read_subscriptions(call: Call) -> Answer:
    subscription = call.sandbox.webhooks.subscription(_own_app(call).id)
    return Answer({"data": [nodes.subscription(subscription)] if subscription else []})


@endpoint(App, "subscriptions", "POST", waits=True)
def subscribe(call: Call) -> Answer:
    """Register a callback; it is asked for the challenge before this answers."""
    app = _own_app(call)
    call.parameters.required("object").one_of((_OBJECT.upper(),))
    url = call.parameters.required("callback_url").text()
    verify_token = call.parameters.required("verify_token").string()
    asked = call.parameters.get("fields").strings() or ("messages",)
    call.sandbox.webhooks.subscribe_app(app, url, verify_token, _known(asked))
    return Answer(responses.SUCCESS, app.id)


@endpoint(App, "subscriptions", "DELETE")
def unsubscribe(call: Call) -> Answer:
    app = _own_app(call)
    if not call.parameters.get("object").absent:
        call.parameters.get("object").one_of((_OBJECT.upper(),))
    call.sandbox.webhooks.unsubscribe_app(app, _known(call.parameters.get("fields").strings()) or None)
    return Answer(responses.SUCCESS, app.id)


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


def _own_app(call: Call) -> App:
    assert isinstance(call.node, App)
    if not call.token.is_app_token:
        raise GraphError(
            "(#15) This method must be called with an app access_token.",
            15,
            rule="token",
            hint="Use APP_ID|APP_SECRET, or the token that oauth/access_token gives.",
        )
    return call.node


def _known(asked: tuple[str, ...]) -> tuple[str, ...]:
    for place, field in enumerate(asked):
        if field not in FIELDS:
            listed = ", ".join(FIELDS)
            raise bad_parameter(f'Param fields[{place}] must be one of {{{listed}}} - got "{field}".')
    return asked
