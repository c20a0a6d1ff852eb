"""``/{phone_number_id}`` and ``/{waba_id}/phone_numbers``."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts import MANAGEMENT, BusinessNumber, Waba
from emulator.domain.errors import bad_parameter
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import fields, nodes, responses
from emulator.wire.parameters import Parameter


@endpoint(BusinessNumber, "", "GET", scope=MANAGEMENT)
def read(call: Call) -> Answer:
    assert isinstance(call.node, BusinessNumber)
    return Answer(_shown(call, call.node))


@endpoint(Waba, "phone_numbers", "GET", scope=MANAGEMENT)
def listing(call: Call) -> Answer:
    numbers = call.sandbox.store.accounts.numbers(call.node.id)
    return Answer(call.listing(numbers, lambda number: _shown(call, number)))


@endpoint(BusinessNumber, "", "POST", scope=MANAGEMENT, waits=True)
def configure(call: Call) -> Answer:
    """Override the callback of one number."""
    assert isinstance(call.node, BusinessNumber)
    if call.parameters.get("webhook_configuration").absent:
        raise bad_parameter(
            "The parameter webhook_configuration is required.",
            hint="Of the settings of a number only webhook_configuration is emulated.",
        )
    configuration = call.parameters.get("webhook_configuration").object()
    configuration.only("override_callback_uri", "verify_token")
    url, verify_token = override(configuration)
    call.sandbox.subscribing.override(call.node, url, verify_token)
    return Answer(responses.SUCCESS, call.node.id)


def override(given: Parameter) -> tuple[str, str]:
    """The override URL and its verify token; an empty URL ends the override."""
    uri = given.get("override_callback_uri")
    url = "" if uri.absent else uri.text()
    if len(url) > 200:
        raise bad_parameter(f"Param {uri} must be at most 200 characters long.")
    token = given.get("verify_token")
    return url, "" if token.absent else token.string()


def _shown(call: Call, number: BusinessNumber) -> dict[str, Any]:
    accounts = call.sandbox.store.accounts
    listening = {app.app_id: app for app in accounts.subscribed_apps(number.waba_id)}
    node = nodes.number(number, accounts.subscription(call.token.app_id), listening.get(call.token.app_id))
    return fields.select(node, call.fields(), nodes.NUMBER, nodes.NUMBER_USUAL)
