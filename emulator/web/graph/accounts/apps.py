"""``/{app_id}``: the app, and the webhook fields it listens to."""

from __future__ import annotations

from emulator.domain.accounts.apps import App
from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.quoting import cut
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import nodes, responses
from emulator.wire.received import closest
from emulator.wire.webhooks.fields import FIELDS

_OBJECT = "whatsapp_business_account"


@endpoint(App, "", "GET")
def read_app(call: Call) -> Answer:
    """Answer ``GET /{app_id}``, or ``GET /app`` for the token's own, with the fields that were asked for."""
    assert isinstance(call.node, App)
    return Answer(call.shown(nodes.app(call.node), nodes.APP, nodes.APP_DEFAULT_FIELDS))


@endpoint(App, "subscriptions", "GET")
def read_subscriptions(call: Call) -> Answer:
    """Answer ``GET /{app_id}/subscriptions``.

    The app's callback URL and its webhook fields, or an empty list. It takes an app token
    (``APP_ID|SECRET``); raises ``(#15)`` for any other.
    """
    subscription = call.sandbox.webhooks.subscription(_own_app(call).id)
    return Answer({"data": [nodes.subscription(subscription)] if subscription else []})


@endpoint(App, "subscriptions", "POST", waits=True)
def subscribe(call: Call) -> Answer:
    """Register the app's callback (``POST /{app_id}/subscriptions``), after a handshake with it.

    ``fields`` are added to those it has; without them it is ``messages``. With ``include_values`` false
    webhooks name the fields that have changed, and nothing else. Waits for the callback, outside every
    transaction. Raises 2200 when it does not answer the challenge, ``(#15)`` for a token
    that is no app token.
    """
    app = _own_app(call)
    call.parameters.required("object").one_of((_OBJECT.upper(),))
    url = call.parameters.required("callback_url").text()
    verify_token = call.parameters.required("verify_token").string()
    asked = call.parameters.get("fields").strings() or ("messages",)
    given = call.parameters.get("include_values")
    has_values = None if given.absent else given.boolean()
    call.sandbox.webhooks.subscribe_app(app, url, verify_token, _known(asked), has_values)
    return Answer(responses.SUCCESS, app.id)


@endpoint(App, "subscriptions", "DELETE")
def unsubscribe(call: Call) -> Answer:
    """Unsubscribe the app from some webhook fields, or without ``fields`` from all.

    It is ``DELETE /{app_id}/subscriptions`` and takes an app token; raises ``(#15)`` for any other, and
    ``(#100)`` for a field that does not exist.
    """
    app = _own_app(call)
    if not call.parameters.get("object").absent:
        call.parameters.get("object").one_of((_OBJECT.upper(),))
    call.sandbox.webhooks.unsubscribe_app(app, _known(call.parameters.get("fields").strings()) or None)
    return Answer(responses.SUCCESS, app.id)


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
            raise bad_parameter(
                f'Param fields[{place}] must be one of {{{listed}}} - got "{cut(field)}".',
                hint=f"The field at index {place} is none of the webhook fields.{closest(field, FIELDS)} "
                "docs/reference/webhooks.md lists them.",
            )
    return asked
