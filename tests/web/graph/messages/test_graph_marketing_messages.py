"""Marketing templates by the endpoint of their own, and accounts that keep them off the other one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.values import present

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

SALE = {
    "name": "spring_sale",
    "language": {"code": "en_US"},
    "components": [
        {
            "type": "header",
            "parameters": [{"type": "image", "image": {"link": "https://example.com/a.png"}}],
        },
        {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]},
    ],
}
CODE = {
    "name": "login_code",
    "language": {"code": "en_US"},
    "components": [
        {"type": "body", "parameters": [{"type": "text", "text": "123456"}]},
        {
            "type": "button",
            "sub_type": "url",
            "index": "0",
            "parameters": [{"type": "text", "text": "123456"}],
        },
    ],
}


@pytest.fixture
def market(graph: Any, sandbox: Sandbox) -> Any:
    """Sends a template by ``marketing_messages``, as if it were delivered in the United States."""
    sandbox.change_settings(us_marketing="delivered")

    def send(template: Any = SALE, *, version: str = "v24.0", **more: Any) -> Any:
        body = {
            "messaging_product": "whatsapp",
            "to": graph.sheena,
            "type": "template",
            "template": template,
        }
        return graph.post(f"/{version}/{graph.number}/marketing_messages", body | more)

    return send


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"product_policy": "CLOUD_API_FALLBACK"},
        {"product_policy": "STRICT", "message_activity_sharing": True},
        {"message_activity_sharing": False},
    ],
)
def test_a_marketing_template_is_answered_as_by_the_other_endpoint(
    graph: Any, market: Any, more: Any
) -> None:
    """Contact, id and ``message_status``, whatever the two members of its own say."""
    answer = market(**more)

    assert answer.status_code == 200
    assert answer.json["contacts"] == [{"input": graph.sheena, "wa_id": graph.sheena}]
    (message,) = answer.json["messages"]
    assert message == {"id": message["id"], "message_status": "accepted"}


def test_its_statuses_tell_the_price_of_the_endpoint(
    graph: Any, market: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """``marketing_lite`` by the message; the same template by the other endpoint is ``marketing``."""
    market()
    sandbox.settle()
    lite = [status["pricing"] for status in inbox.statuses]
    inbox.clear()
    graph.send(type="template", template=SALE)
    sandbox.settle()

    usual = {"billable": True, "pricing_model": "PMP", "category": "marketing", "type": "regular"}
    assert lite == [usual | {"category": "marketing_lite"}] * 3
    assert [status["pricing"] for status in inbox.statuses] == [usual] * 3


def test_webhooks_of_older_versions_tell_the_conversation_s_origin(
    emulator: Emulator, graph: Any, market: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """Before version 24 a status has a conversation: its origin is the price's category."""
    with sandbox.services.command() as store:
        known = store.accounts.subscription(graph.app)
        store.accounts.put_subscription(replace(present(known), fields=(("messages", "v23.0"),)))

    market()
    sandbox.settle()

    assert [status["conversation"]["origin"] for status in inbox.statuses] == [{"type": "marketing_lite"}] * 3


@pytest.mark.parametrize(
    ("at", "version", "code", "title", "details"),
    [
        (
            datetime(2026, 11, 2, tzinfo=UTC),
            "v24.0",
            134100,
            "Only marketing messages supported",
            "You're only able to send marketing messages on this API.",
        ),
        (
            datetime(2025, 6, 2, tzinfo=UTC),
            "v23.0",
            134100,
            "Only marketing messages supported",
            "You're only able to send marketing messages on this API.",
        ),
        (
            datetime(2025, 6, 2, tzinfo=UTC),
            "v22.0",
            131055,
            "Method not allowed",
            "Only marketing template messages are supported",
        ),
    ],
)
def test_another_category_is_refused_in_the_words_of_the_version(
    emulator: Emulator,
    graph: Any,
    market: Any,
    refusal: Any,
    at: datetime,
    version: str,
    code: int,
    title: str,
    details: str,
) -> None:
    """134100 since version 23, 131055 before."""
    emulator.remove("default")
    emulator.create(at=at, speed=None, at_once=True)

    answer = market(CODE, version=version)

    assert refusal(answer) == (
        400,
        {
            "message": f"(#{code}) {title}",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": details},
        },
    )
    assert answer.headers["X-Emulator-Rule"] == "marketing_goes_its_way"


def test_anything_but_a_template_is_refused(graph: Any, market: Any, refusal: Any, sandbox: Sandbox) -> None:
    """With the window open as well; nothing is sent."""
    sandbox.people.say(graph.sheena, "Hi")

    status, error = refusal(market(type="text", text={"body": "Hello"}))

    assert (status, error["message"]) == (400, "(#100) Invalid parameter")
    assert error["error_data"]["details"] == "Message must be a template message."
    assert [message.outbound for message in sandbox.messages.all()] == [False]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"product_policy": "LOOSE"},
            'Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT} - got "LOOSE".',
        ),
        ({"message_activity_sharing": "perhaps"}, "Param message_activity_sharing must be a boolean."),
        ({"messaging_product": None}, "The parameter messaging_product is required."),
    ],
)
def test_its_members_are_read_as_all_others(market: Any, refusal: Any, more: Any, sentence: str) -> None:
    """In the sentences of the generic reader."""
    assert refusal(market(**more)) == (
        400,
        {"message": f"(#100) {sentence}", "type": "OAuthException", "code": 100},
    )


def test_a_new_template_is_unknown_for_as_long_as_the_setting_says(
    graph: Any, market: Any, sandbox: Sandbox, refusal: Any
) -> None:
    """134101 until ten minutes after the approval, to the microsecond; by default it is known at once."""
    body = {"type": "BODY", "text": "Our autumn plants have arrived, come and see them."}
    made = graph.post(
        f"{graph.waba}/message_templates",
        {"name": "autumn", "language": "en_US", "category": "MARKETING", "components": [body]},
    )
    sandbox.clock.advance(timedelta(minutes=5))
    autumn = {"name": "autumn", "language": {"code": "en_US"}}
    known = market(autumn).status_code
    sandbox.change_settings(marketing_sync=timedelta(minutes=10))

    first = refusal(market(autumn))
    sandbox.clock.advance(timedelta(minutes=10) - timedelta(microseconds=1))
    last = refusal(market(autumn))
    sandbox.clock.advance(timedelta(microseconds=1))
    then = market(autumn).status_code

    assert (made.status_code, known, then) == (200, 200, 200)
    assert first == last
    assert (first[0], first[1]["code"]) == (400, 134101)
    assert first[1]["message"] == "(#134101) Your template is still syncing"
    assert first[1]["error_data"]["details"].startswith("When you send a message from a template, the")


def test_an_account_may_keep_marketing_off_the_other_endpoint(
    graph: Any, market: Any, sandbox: Sandbox, refusal: Any
) -> None:
    """131063 for marketing templates there; other templates and the endpoint of its own go on."""
    sandbox.change_settings(marketing_by="marketing_messages")

    status, error = refusal(graph.send(type="template", template=SALE))

    assert (status, error["code"]) == (400, 131063)
    assert error["message"] == (
        "(#131063) Your template is categorized as Marketing, but marketing templates are currently disabled "
        "for your Cloud API configuration."
    )
    assert graph.reminder().status_code == 200
    assert market().status_code == 200


@pytest.mark.parametrize(("setting", "shown"), [("any", False), ("marketing_messages", True)])
def test_the_account_says_so(graph: Any, sandbox: Sandbox, setting: str, shown: bool) -> None:
    """As ``disable_marketing_messages_on_cloud_api``, when it is asked for."""
    sandbox.change_settings(marketing_by=setting)

    answer = graph.get(f"{graph.waba}?fields=disable_marketing_messages_on_cloud_api")

    assert answer.json == {"disable_marketing_messages_on_cloud_api": shown, "id": graph.waba}
