"""Message templates are listed and shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import WABA_ID
from kit.submissions import DRAFT_BODY, listed_names

from emulator.sandbox.sandbox import Sandbox


def test_a_template_shows_its_usual_members(graph: Any) -> None:
    """In the recorded order; those without a value are left out."""
    answer = graph.get("1689556908129833")

    assert list(answer.json) == [
        "name",
        "parameter_format",
        "components",
        "language",
        "status",
        "category",
        "id",
    ]
    assert answer.json["parameter_format"] == "NAMED"


def test_a_template_shows_what_is_asked(graph: Any) -> None:
    """As asked, and the id."""
    assert graph.get("1689556908129837?fields=rejected_reason,status").json == {
        "rejected_reason": "PROMOTIONAL",
        "status": "REJECTED",
        "id": "1689556908129837",
    }


def test_an_unknown_field_of_a_template_is_told(graph: Any, refusal: Any) -> None:
    """With the type of the node."""
    status, error = refusal(graph.get("1689556908129837?fields=colour"))

    assert (status, error["message"]) == (
        400,
        "(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppMessageTemplate)",
    )


def test_the_list_has_every_template_and_cursors(graph: Any) -> None:
    """No ``next`` when there is no more."""
    answer = graph.get(f"{graph.waba}/message_templates")

    assert sorted(listed_names(answer)) == [
        "appointment_reminder",
        "free_gift",
        "hello_world",
        "login_code",
        "loyalty_points",
        "order_shipped",
        "spring_sale",
        "weekly_news",
    ]
    assert list(answer.json["paging"]) == ["cursors"]


def test_the_list_can_be_walked_page_by_page(graph: Any) -> None:
    """``next`` is an address that can be called as it is."""
    everything = listed_names(graph.get(f"{graph.waba}/message_templates"))
    page = graph.get(f"{graph.waba}/message_templates?limit=3&fields=name")
    walked = listed_names(page)

    while "next" in page.json["paging"]:
        address = page.json["paging"]["next"]
        assert address.startswith(f"http://localhost/v26.0/{WABA_ID}/message_templates?")
        page = graph.get(address.removeprefix("http://localhost"))
        walked += listed_names(page)

    assert walked == everything


@pytest.mark.parametrize(
    "query", ["status=APPROVED", "status[]=APPROVED&status[]=PAUSED", 'category=["UTILITY","MARKETING"]']
)
def test_the_links_of_a_narrowed_list_can_be_called(graph: Any, query: str) -> None:
    """A list in the query stands in them as one."""
    everything = listed_names(graph.get(f"{graph.waba}/message_templates?{query}"))
    page = graph.get(f"{graph.waba}/message_templates?limit=2&{query}")
    walked = listed_names(page)

    while "next" in page.json["paging"]:
        page = graph.get(page.json["paging"]["next"].removeprefix("http://localhost"))
        walked += listed_names(page)

    assert len(everything) > 2
    assert walked == everything


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=hello_world", ["hello_world"]),
        ("name=hello", []),
        ("name_or_content=HELLO_", ["hello_world"]),
        ("content=loyalty card", ["loyalty_points"]),
        ("status=pending", ["loyalty_points"]),
        ("status=REJECTED,PAUSED&fields=name", ["weekly_news", "free_gift"]),
        ('status=["REJECTED","PAUSED"]', ["weekly_news", "free_gift"]),
        ("status[]=REJECTED&status[]=PAUSED", ["weekly_news", "free_gift"]),
        ("category=authentication", ["login_code"]),
        ("language=de", []),
    ],
)
def test_the_list_can_be_filtered(graph: Any, query: str, expected: list[str]) -> None:
    """By name, content, status, category and language; words in any case and shape."""
    found = graph.get(f"{graph.waba}/message_templates?{query}")

    assert sorted(listed_names(found)) == sorted(expected)


def test_an_empty_list_is_empty(graph: Any) -> None:
    """``{"data":[]}``, without paging."""
    assert graph.get(f"{graph.waba}/message_templates?name=nothing").data == b'{"data":[]}'


def test_a_summary_tells_what_is_asked(graph: Any) -> None:
    """Beside the list."""
    answer = graph.get(
        f"{graph.waba}/message_templates?name=hello_world&summary=total_count,message_template_count"
    )

    assert answer.json["summary"] == {"total_count": 1, "message_template_count": 8}


@pytest.mark.parametrize(("version", "code"), [("v23.0", 100), ("v24.0", 131059)])
def test_a_cursor_that_is_none_is_refused(emulator: Any, client: Any, version: str, code: int) -> None:
    """By a number of its own since 24.0, at a time when both versions work."""
    identity = emulator.create("then", at=datetime(2025, 11, 3, tzinfo=UTC), speed=None).identity()
    headers = {"Authorization": f"Bearer {identity['access_token']}"}

    answer = client.get(f"/{version}/{identity['waba_id']}/message_templates?after=nonsense", headers=headers)
    emulator.remove("then")

    assert (answer.status_code, answer.json["error"]["code"]) == (400, code)


@pytest.mark.parametrize(("margin", "is_there"), [(-1, False), (0, True), (1, True)])
def test_the_list_can_be_cut_off_by_time(
    graph: Any, sandbox: Sandbox, create: Any, margin: int, is_there: bool
) -> None:
    """By when a template was created; both ends belong to it."""
    create()
    second = int(sandbox.clock.now().timestamp())
    sandbox.clock.advance(timedelta(days=1))
    create(name="much_later")

    until = listed_names(graph.get(f"{graph.waba}/message_templates?since={second}&until={second + margin}"))
    since = listed_names(graph.get(f"{graph.waba}/message_templates?since={second - margin}"))

    assert ("order_on_its_way" in until) == is_there
    assert ("order_on_its_way" in since) == is_there
    assert "much_later" in since


def test_an_authentication_template_is_listed_as_recorded(graph: Any, create: Any) -> None:
    """With its texts, samples, the address behind its button, and how long its codes live."""
    otp = {"type": "OTP", "otp_type": "COPY_CODE"}
    components = [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [otp]},
    ]

    shown = graph.get(create(category="AUTHENTICATION", components=components).json["id"])

    address = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp"
    assert shown.json == {
        "name": "order_on_its_way",
        "message_send_ttl_seconds": 600,
        "parameter_format": "POSITIONAL",
        "components": [
            {
                "type": "BODY",
                "text": "*{{1}}* is your verification code. For your security, do not share this code.",
                "add_security_recommendation": True,
                "example": {"body_text": [["123456"]]},
            },
            {
                "type": "FOOTER",
                "text": "This code expires in 10 minutes.",
                "code_expiration_minutes": 10,
            },
            {
                "type": "BUTTONS",
                "buttons": [
                    {
                        "type": "URL",
                        "text": "Copy code",
                        "url": address + "{{1}}",
                        "example": [address + "123456"],
                    }
                ],
            },
        ],
        "language": "en_US",
        "status": "APPROVED",
        "category": "AUTHENTICATION",
        "id": shown.json["id"],
    }
    assert list(shown.json)[:3] == ["name", "message_send_ttl_seconds", "parameter_format"]


def test_the_sample_of_a_header_is_listed_as_an_address(graph: Any, create: Any) -> None:
    """No handle comes back."""
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2U="]}}

    shown = graph.get(create(components=[header, DRAFT_BODY]).json["id"]).json["components"][0]

    (address,) = shown["example"]["header_handle"]
    assert address.startswith("https://scontent.whatsapp.net/v/")


def test_options_are_kept_and_shown_when_they_are_asked_for(graph: Any, create: Any) -> None:
    """``sub_category`` also without being asked for; one that is no field of a template is no field."""
    options = {
        "cta_url_link_tracking_opted_out": True,
        "degrees_of_freedom_spec": {"creative_features_spec": {"x": {"enroll_status": "OPT_IN"}}},
        "is_primary_device_delivery_only": True,
        "is_sms_fallback_enabled": False,
        "sub_category": "ORDER_STATUS",
    }
    template_id = create(**options, send_type="DIRECT").json["id"]

    shown = graph.get(f"{template_id}?fields={','.join(options)}")

    assert shown.json == options | {"id": template_id}
    assert list(graph.get(template_id).json)[-3:] == ["category", "sub_category", "id"]
    assert graph.get(f"{template_id}?fields=send_type").status_code == 400
