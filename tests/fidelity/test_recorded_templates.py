"""Recorded exchanges about templates, asked again: sent, created, listed, edited and deleted."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from kit.fidelity.recordings import NUMBER, PERSON, SENT, WABA, masked, same

ORDER = {
    "type": "BODY",
    "text": "Thank you for your order, {{1}}! Your confirmation number is {{2}}. If you have any questions, "
    "please use the buttons below to contact support. Thank you for being a customer!",
    "example": {"body_text": [["Ignacio", "860198-230332"]]},
}


ORDER_NAMED = {
    "type": "BODY",
    "text": "Thank you for your order, {{name}}! Your confirmation number is {{order_number}}. If you have "
    "any "
    "questions, please use the buttons below to contact support. Thank you for being a customer!",
    "example": {
        "body_text_named_params": [
            {"param_name": "name", "example": "Ignacio"},
            {"param_name": "order_number", "example": "860198-230332"},
        ]
    },
}


BUTTONS = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "59898400766"},
        {"type": "URL", "text": "Contact Support", "url": "https://www.luckyshrub.com/support"},
    ],
}


SAMPLES: list[dict[str, Any]] = [
    {
        "name": "hello_world",
        "id": "711633970112948",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
            {
                "type": "BODY",
                "text": "Welcome and congratulations!! This message demonstrates your ability to send a "
                "message "
                "notification from WhatsApp Business Platform’s Cloud API. Thank you for taking the time "
                "to test "
                "with us.",
            },
            {"type": "FOOTER", "text": "WhatsApp Business API Team"},
        ],
    },
    {
        "name": "sample_purchase_feedback",
        "id": "1350788845398345",
        "previous_category": "ISSUE_RESOLUTION",
        "components": [
            {"type": "HEADER", "format": "IMAGE"},
            {
                "type": "BODY",
                "text": "Thank you for purchasing {{1}}! We value your feedback and would like to learn more "
                "about your experience.",
            },
            {"type": "FOOTER", "text": "This message is from an unverified business."},
            {
                "type": "BUTTONS",
                "buttons": [{"type": "URL", "text": "Take Survey", "url": "https://www.example.com/"}],
            },
        ],
    },
    {
        "name": "sample_purchase_feedback",
        "id": "4820664911376445",
        "language": "pt_BR",
        "previous_category": "ISSUE_RESOLUTION",
        "components": [
            {"type": "HEADER", "format": "IMAGE"},
            {
                "type": "BODY",
                "text": "Agradecemos a aquisição de {{1}}! Valorizamos seu feedback e gostaríamos de saber "
                "mais "
                "sobre sua experiência.",
            },
            {"type": "FOOTER", "text": "Esta mensagem é de uma empresa não verificada."},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "URL", "text": "Participe da pesquisa", "url": "https://www.example.com/"}
                ],
            },
        ],
    },
    {
        "name": "sample_shipping_confirmation",
        "id": "419824263320619",
        "category": "UTILITY",
        "previous_category": "SHIPPING_UPDATE",
        "components": [
            {
                "type": "BODY",
                "text": "Your package has been shipped. It will be delivered in {{1}} business days.",
            },
            {"type": "FOOTER", "text": "This message is from an unverified business."},
        ],
    },
]


SAMPLE = {"language": "en_US", "category": "MARKETING", "status": "APPROVED", "sample": True}


PROMOTION = {
    "name": "seasonal_promotion",
    "language": "nl",
    "category": "MARKETING",
    "components": [ORDER, BUTTONS],
}


# messages


def test_a_text(sandbox_with: Any, ask: Any) -> None:
    """The recipient as a bare number."""
    sandbox_with()

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","to":13437772910,"recipient_type":"individual","type":"text",'
        '"text":{"body":"hola"}}',
    )

    same(answer, 200, SENT)
    assert len(answer.data) == 172


def test_a_text_in_reply_to_a_message(sandbox_with: Any, ask: Any) -> None:
    """The context changes nothing in the answer."""
    sandbox_with()

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","to":13437772910,"recipient_type":"individual","type":"text",'
        '"text":{"body":"gracias"},"context":{"message_id":'
        '"wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI3OEVCRjczQ0JGNzYzMTdBRDIA"}}',
    )

    same(answer, 200, SENT)


def test_a_template(sandbox_with: Any, ask: Any) -> None:
    """A parameter's type in capitals; the answer has a ``message_status``."""
    sandbox_with(*({**SAMPLE, **sample} for sample in SAMPLES))

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","recipient_type":"individual","to":13437772910,"type":"template",'
        '"template":{"name":"sample_shipping_confirmation","language":{"code":"en_US"},"components":'
        '[{"type":"body","parameters":[{"type":"TEXT","text":"2 hours"}]}]}}',
    )

    same(
        answer,
        200,
        r'{"messaging_product":"whatsapp","contacts":[{"input":"13437772910","wa_id":"13437772910"}],'
        r'"messages":[{"id":"wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI2REE3M0I0NEYzQjM1NkI2MDcA",'
        r'"message_status":"accepted"}]}',
    )


def test_marking_an_outgoing_message_as_read(sandbox_with: Any, ask: Any) -> None:
    """The id alone tells the direction."""
    sandbox_with()

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","status":"read",'
        '"message_id":"wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBJDRDhCNTAwRkU0MTdCNkI3OUMA"}',
    )

    same(
        answer,
        400,
        r'{"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"error_data":'
        r'{"messaging_product":"whatsapp","details":"Message supplied to mark message as read API with '
        r"message "
        r"ID: wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBJDRDhCNTAwRkU0MTdCNkI3OUMA is outgoing. Please use an incoming "
        r'message ID."},"fbtrace_id":"A37kyQyzvth42JAWv5dja9R"}}',
    )


def test_marking_nothing_as_read(sandbox_with: Any, ask: Any) -> None:
    """An id that is none."""
    sandbox_with()

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","status":"read","message_id":"12345"}',
    )

    same(
        answer,
        400,
        r'{"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"error_data":'
        r'{"messaging_product":"whatsapp","details":"Please check the message ID you have provided."},'
        r'"fbtrace_id":"A3PJ2-1aODhbAGAh66zQkwf"}}',
    )


def test_a_typing_indicator(sandbox_with: Any, ask: Any) -> None:
    """With the id of a message that is there."""
    message = sandbox_with().people.say(PERSON, "hola")

    answer = ask(
        f"POST /v19.0/{NUMBER}/messages",
        '{"messaging_product":"whatsapp","recipient_type":"individual","status":"read","message_id":"'
        + message.id
        + '","typing_indicator":{"type":"text"}}',
    )

    same(answer, 200, '{"success":true}')


# templates


@pytest.mark.parametrize(
    ("language", "body", "more"),
    [
        ("nl", ORDER, {"allow_category_change": True}),
        ("en", ORDER_NAMED, {"parameter_format": "named"}),
    ],
    ids=["positional", "named"],
)
def test_creating_a_template(
    sandbox_with: Any, ask: Any, language: str, body: dict[str, Any], more: dict[str, Any]
) -> None:
    """With positional variables, and with named ones."""
    sandbox_with()
    draft = {
        "name": "seasonal_promotion",
        "category": "MARKETING",
        "language": language,
        "components": [body, BUTTONS],
        **more,
    }

    answer = ask(f"POST /v19.0/{WABA}/message_templates", json.dumps(draft))

    made = answer.json["id"]
    same(answer, 200, f'{{"id":"{made}","status":"PENDING","category":"MARKETING"}}')
    assert re.fullmatch(r"[1-9]\d{15}", made)
    assert len(answer.data) == 67


def test_a_template_by_its_id(sandbox_with: Any, ask: Any) -> None:
    """The phone number has got a plus, the rest is as it was written."""
    sandbox_with({**PROMOTION, "id": "1297883712183052", "status": "PENDING"})

    same(
        ask("GET /v19.0/1297883712183052"),
        200,
        r'{"name":"seasonal_promotion","parameter_format":"POSITIONAL","components":[{"type":"BODY",'
        r'"text":"Thank '
        r"you for your order, {{1}}! Your confirmation number is {{2}}. If you have any questions, please "
        r"use the "
        r'buttons below to contact support. Thank you for being a customer!",'
        r'"example":{"body_text":[["Ignacio",'
        r'"860198-230332"]]}},{"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"Call",'
        r'"phone_number":'
        r'"+59898400766"},{"type":"URL","text":"Contact Support",'
        r'"url":"https:\/\/www.luckyshrub.com\/support"}]}],'
        r'"language":"nl","status":"PENDING","category":"MARKETING","id":"1297883712183052"}',
    )


def test_the_templates_of_an_account(sandbox_with: Any, ask: Any) -> None:
    """In 2024 there was no ``parameter_format`` yet; all else is as it was."""
    sandbox_with(*({**SAMPLE, **sample} for sample in SAMPLES[:3]))

    answer = ask(f"GET /v19.0/{WABA}/message_templates?limit=100")

    assert masked(answer.text.replace('"parameter_format":"POSITIONAL",', "")) == masked(
        r'{"data":[{"name":"hello_world","components":[{"type":"HEADER","format":"TEXT","text":"Hello '
        r'World"},'
        r'{"type":"BODY","text":"Welcome and congratulations!! This message demonstrates your ability to '
        r"send a "
        r"message notification from WhatsApp Business Platform\u2019s Cloud API. Thank you for taking the "
        r"time to "
        r'test with us."},{"type":"FOOTER","text":"WhatsApp Business API Team"}],"language":"en_US",'
        r'"status":"APPROVED","category":"MARKETING","id":"711633970112948"},'
        r'{"name":"sample_purchase_feedback",'
        r'"previous_category":"ISSUE_RESOLUTION","components":[{"type":"HEADER","format":"IMAGE"},'
        r'{"type":"BODY",'
        r'"text":"Thank you for purchasing {{1}}! We value your feedback and would like to learn more '
        r"about your "
        r'experience."},{"type":"FOOTER","text":"This message is from an unverified business."},'
        r'{"type":"BUTTONS",'
        r'"buttons":[{"type":"URL","text":"Take Survey","url":"https:\/\/www.example.com\/"}]}],'
        r'"language":"en_US",'
        r'"status":"APPROVED","category":"MARKETING","id":"1350788845398345"},'
        r'{"name":"sample_purchase_feedback",'
        r'"previous_category":"ISSUE_RESOLUTION","components":[{"type":"HEADER","format":"IMAGE"},'
        r'{"type":"BODY",'
        r'"text":"Agradecemos a aquisi\u00e7\u00e3o de {{1}}! Valorizamos seu feedback e gostar\u00edamos '
        r"de saber "
        r'mais sobre sua experi\u00eancia."},{"type":"FOOTER","text":"Esta mensagem \u00e9 de uma empresa '
        r"n\u00e3o "
        r'verificada."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Participe da pesquisa",'
        r'"url":"https:\/\/www.example.com\/"}]}],"language":"pt_BR","status":"APPROVED",'
        r'"category":"MARKETING",'
        r'"id":"4820664911376445"}],"paging":{"cursors":{"before":"MAZDZD","after":"OTkZD"}}}'
    )


def test_no_templates(sandbox_with: Any, ask: Any) -> None:
    """An empty list, without paging."""
    sandbox_with()

    same(ask(f"GET /v19.0/{WABA}/message_templates?limit=100"), 200, '{"data":[]}')


def test_editing_a_template(sandbox_with: Any, ask: Any) -> None:
    """New components for an approved one, in October 2024, when the answer was this short."""
    sandbox_with(
        {**PROMOTION, "id": "1713674996085293", "status": "APPROVED"}, at=datetime(2024, 10, 14, tzinfo=UTC)
    )

    answer = ask("POST /v19.0/1713674996085293", json.dumps({"components": [ORDER, BUTTONS]}))

    same(answer, 200, '{"success":true}')


@pytest.mark.parametrize(
    "query", ["name=seasonal_promotion", "hsm_id=1075472707447727&name=seasonal_promotion"]
)
def test_deleting_a_template(sandbox_with: Any, ask: Any, query: str) -> None:
    """By name, and by id and name."""
    sandbox_with({**PROMOTION, "id": "1075472707447727"})

    same(ask(f"DELETE /v19.0/{WABA}/message_templates?{query}"), 200, '{"success":true}')


def test_deleting_a_template_that_is_not_there(sandbox_with: Any, ask: Any) -> None:
    """With the strings for a person."""
    sandbox_with()

    answer = ask(f"DELETE /v19.0/{WABA}/message_templates?name=fake%20name")

    same(
        answer,
        400,
        r'{"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":2593002,'
        r'"is_transient":false,"error_user_title":"Message Template Not Found","error_user_msg":"The message '
        r"""template fake name wasn't found for this account.","fbtrace_id":"Ax5tIkALJCP4l5S8jbPvW2n"}}""",
    )
    assert answer.headers["WWW-Authenticate"] == (
        'OAuth "Facebook Platform" "invalid_request" "Invalid parameter"'
    )
