"""``/{phone_number_id}`` and ``/{waba_id}/phone_numbers``."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import bad_parameter
from emulator.domain.graph.versions import major
from emulator.domain.limits.messaging_limit import Tier
from emulator.web.graph.accounts import health
from emulator.web.graph.accounts.registration import pin
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import fields, nodes, responses
from emulator.wire.parameters import Parameter


@endpoint(BusinessNumber, "", "GET", scope=MANAGEMENT)
def read(call: Call) -> Answer:
    """Answer ``GET /{phone_number_id}`` with the number's fields that were asked for."""
    assert isinstance(call.node, BusinessNumber)
    return Answer(_shown(call, call.node))


@endpoint(Waba, "phone_numbers", "GET", scope=MANAGEMENT)
def listing(call: Call) -> Answer:
    """Answer ``GET /{waba_id}/phone_numbers`` with a page of the WABA's numbers, in the order of the seed."""
    numbers = call.sandbox.accounts.numbers(call.node.id)
    return Answer(call.listing(numbers, lambda number: _shown(call, number)))


@endpoint(BusinessNumber, "", "POST", scope=MANAGEMENT, waits=True)
def configure(call: Call) -> Answer:
    """Override a number's callback, set its PIN, or request a display name (``POST /{phone_number_id}``).

    One of the three in a call, by ``webhook_configuration``, ``pin`` or ``new_display_name``. A callback is
    verified by a handshake before this answers, outside every transaction. Raises ``(#100)`` for none of
    them, and for an app that has to be subscribed first, and 2200 for a failed handshake.
    """
    assert isinstance(call.node, BusinessNumber)
    given = call.parameters
    if not given.get("pin").absent:
        call.sandbox.accounts.set_pin(call.node, pin(given.get("pin")))
        return Answer(responses.SUCCESS, call.node.id)
    if not given.get("new_display_name").absent:
        name = given.get("new_display_name").text()
        call.sandbox.accounts.ask_for_name(call.node.id, name)
        return Answer(responses.SUCCESS, call.node.id)
    if call.parameters.get("webhook_configuration").absent:
        raise bad_parameter(
            "The parameter webhook_configuration is required.",
            hint="A call sets one of webhook_configuration, pin and new_display_name.",
        )
    configuration = call.parameters.get("webhook_configuration").object()
    configuration.only("override_callback_uri", "verify_token")
    url, verify_token = override(configuration)
    app = call.sandbox.accounts.app(call.token.app_id)
    call.sandbox.webhooks.override(call.node, url, verify_token, app)
    return Answer(responses.SUCCESS, call.node.id)


def override(given: Parameter) -> tuple[str, str]:
    """Read ``override_callback_uri`` and ``verify_token``; both are empty when they are left out.

    An empty URL ends the override. Raises ``(#100)`` for one of more than 200 characters.
    """
    uri = given.get("override_callback_uri")
    url = "" if uri.absent else uri.text()
    if len(url) > 200:
        raise bad_parameter(
            f"Param {uri} must be at most 200 characters long.",
            hint="The limit is that of the address of a callback; shorten its path or its query.",
        )
    token = given.get("verify_token")
    return url, "" if token.absent else token.string()


def _shown(call: Call, number: BusinessNumber) -> dict[str, Any]:
    accounts, webhooks = call.sandbox.accounts, call.sandbox.webhooks
    listening = {app.app_id: app for app in webhooks.subscribed_apps(number.waba_id)}
    portfolio = accounts.portfolio_of(accounts.waba(number.waba_id))
    node = nodes.number(
        number,
        webhooks.subscription(call.token.app_id),
        listening.get(call.token.app_id),
        tier=portfolio.tier if portfolio else Tier.T250,
        health=health.of_number(call, number),
        major=major(call.version),
    )
    return fields.select(node, call.fields(), nodes.NUMBER, nodes.NUMBER_DEFAULT_FIELDS)
