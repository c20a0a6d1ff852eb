"""``/{waba_id}/message_templates`` and ``/{template_id}``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import WABA_ID

from emulator.sandbox.sandbox import Sandbox

BODY = {"type": "BODY", "text": "Your order is on its way to you now."}
DRAFT = {"name": "order_on_its_way", "language": "en_US", "category": "UTILITY", "components": [BODY]}
STATUS = "message_template_status_update"


def names(answer: Any) -> list[str]:
    return [template["name"] for template in answer.json["data"]]


@pytest.fixture
def create(graph: Any) -> Any:
    def make(**changes: Any) -> Any:
        return graph.post(f"{graph.waba}/message_templates", DRAFT | changes)

    return make


def test_a_template_is_pending_until_it_is_reviewed(graph: Any, sandbox: Sandbox, inbox: Any, create: Any):
    """The answer gives id, status and category; the review takes five minutes and is told by webhook."""
    answer = create()
    template_id = answer.json["id"]
    sandbox.advance(timedelta(minutes=5) - timedelta(microseconds=1))

    assert answer.json == {"id": template_id, "status": "PENDING", "category": "UTILITY"}
    assert list(answer.json) == ["id", "status", "category"]
    assert graph.get(f"{template_id}?fields=status").json == {"status": "PENDING", "id": template_id}
    assert inbox.webhooks == []

    sandbox.advance(timedelta(microseconds=1))

    assert graph.get(f"{template_id}?fields=status").json == {"status": "APPROVED", "id": template_id}
    assert inbox.of(STATUS) == [
        {
            "event": "APPROVED",
            "message_template_id": int(template_id),
            "message_template_name": "order_on_its_way",
            "message_template_language": "en_US",
            "reason": "NONE",
            "message_template_category": "UTILITY",
        }
    ]


def test_an_authentication_template_is_approved_at_once(create: Any):
    """Its text is the platform's own."""
    otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}
    components = [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}]

    answer = create(category="AUTHENTICATION", components=components)

    assert (answer.status_code, answer.json["status"]) == (200, "APPROVED")


def test_a_template_becomes_sendable_when_it_is_approved(graph: Any, sandbox: Sandbox, create: Any):
    """Not before."""
    template_id = create().json["id"]
    before = graph.template("order_on_its_way")

    sandbox.review(template_id, "approve")

    assert (before.status_code, graph.template("order_on_its_way").status_code) == (404, 200)


def test_a_form_is_taken_like_json(graph: Any):
    """``components`` come as a JSON string."""
    form = DRAFT | {"components": '[{"type":"BODY","text":"Your order is on its way to you now."}]'}

    answer = graph.post(f"{graph.waba}/message_templates", data=form)

    assert (answer.status_code, answer.json["status"]) == (200, "PENDING")


@pytest.mark.parametrize("member", ["name", "language", "category", "components"])
def test_a_missing_member_is_told(graph: Any, refusal: Any, create: Any, member: str):
    """In the words of the generic reader."""
    assert refusal(create(**{member: None})) == (
        400,
        {
            "message": f"(#100) The parameter {member} is required.",
            "type": "OAuthException",
            "code": 100,
        },
    )


def test_a_wrong_name_is_told_as_the_editor_tells_it(refusal: Any, create: Any):
    """With the strings for a person, and the member to blame."""
    assert refusal(create(name="Order")) == (
        400,
        {
            "message": "Invalid parameter",
            "type": "OAuthException",
            "code": 100,
            "error_data": {"blame_field_specs": [["name"]]},
            "error_subcode": 2388046,
            "is_transient": False,
            "error_user_title": "Name Format is Incorrect",
            "error_user_msg": "The message template name can only have lowercase letters and underscores.",
        },
    )


def test_a_template_exists_once_in_a_language(graph: Any, refusal: Any, create: Any):
    """Another language is another template."""
    create()

    status, error = refusal(create())

    assert (status, error["error_subcode"], error["error_user_title"]) == (
        400,
        2388024,
        "Content in This Language Already Exists",
    )
    assert create(language="en_GB").status_code == 200


def test_a_refused_template_leaves_nothing_behind(graph: Any, create: Any):
    """The list is what it was."""
    before = names(graph.get(f"{graph.waba}/message_templates"))

    create(name="Order")
    create(components=[])
    create(language="xx")

    assert names(graph.get(f"{graph.waba}/message_templates")) == before


# reading


def test_a_template_shows_its_usual_members(graph: Any):
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


def test_a_template_shows_what_is_asked(graph: Any):
    """As asked, and the id."""
    assert graph.get("1689556908129837?fields=rejected_reason,status").json == {
        "rejected_reason": "PROMOTIONAL",
        "status": "REJECTED",
        "id": "1689556908129837",
    }


def test_an_unknown_field_of_a_template_is_told(graph: Any, refusal: Any):
    """With the type of the node."""
    status, error = refusal(graph.get("1689556908129837?fields=colour"))

    assert (status, error["message"]) == (
        400,
        "(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppMessageTemplate)",
    )


def test_the_list_has_every_template_and_cursors(graph: Any):
    """No ``next`` when there is no more."""
    answer = graph.get(f"{graph.waba}/message_templates")

    assert sorted(names(answer)) == [
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


def test_the_list_can_be_walked_page_by_page(graph: Any):
    """``next`` is an address that can be called as it is."""
    everything = names(graph.get(f"{graph.waba}/message_templates"))
    page = graph.get(f"{graph.waba}/message_templates?limit=3&fields=name")
    walked = names(page)

    while "next" in page.json["paging"]:
        address = page.json["paging"]["next"]
        assert address.startswith(f"http://localhost/v26.0/{WABA_ID}/message_templates?")
        page = graph.get(address.removeprefix("http://localhost"))
        walked += names(page)

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
def test_the_list_can_be_filtered(graph: Any, query: str, expected: list[str]):
    """By name, content, status, category and language; words in any case and shape."""
    found = graph.get(f"{graph.waba}/message_templates?{query}")

    assert sorted(names(found)) == sorted(expected)


def test_an_empty_list_is_empty(graph: Any):
    """``{"data":[]}``, without paging."""
    assert graph.get(f"{graph.waba}/message_templates?name=nothing").data == b'{"data":[]}'


def test_a_summary_tells_what_is_asked(graph: Any):
    """Beside the list."""
    answer = graph.get(
        f"{graph.waba}/message_templates?name=hello_world&summary=total_count,message_template_count"
    )

    assert answer.json["summary"] == {"total_count": 1, "message_template_count": 8}


@pytest.mark.parametrize(("version", "code"), [("v23.0", 100), ("v24.0", 131059)])
def test_a_cursor_that_is_none_is_refused(emulator: Any, client: Any, version: str, code: int):
    """By a number of its own since 24.0, at a time when both versions work."""
    identity = emulator.create("then", at=datetime(2025, 11, 3, tzinfo=UTC), speed=None).identity()
    headers = {"Authorization": f"Bearer {identity['access_token']}"}

    answer = client.get(f"/{version}/{identity['waba_id']}/message_templates?after=nonsense", headers=headers)
    emulator.remove("then")

    assert (answer.status_code, answer.json["error"]["code"]) == (400, code)


@pytest.mark.parametrize(("margin", "is_there"), [(-1, False), (0, True), (1, True)])
def test_the_list_can_be_cut_off_by_time(
    graph: Any, sandbox: Sandbox, create: Any, margin: int, is_there: bool
):
    """By when a template was created; both ends belong to it."""
    create()
    second = int(sandbox.clock.now().timestamp())
    sandbox.advance(timedelta(days=1))
    create(name="much_later")

    until = names(graph.get(f"{graph.waba}/message_templates?since={second}&until={second + margin}"))
    since = names(graph.get(f"{graph.waba}/message_templates?since={second - margin}"))

    assert ("order_on_its_way" in until) == is_there
    assert ("order_on_its_way" in since) == is_there
    assert "much_later" in since


def test_an_authentication_template_is_listed_as_recorded(graph: Any, create: Any):
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


def test_the_sample_of_a_header_is_listed_as_an_address(graph: Any, create: Any):
    """No handle comes back."""
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2U="]}}

    shown = graph.get(create(components=[header, BODY]).json["id"]).json["components"][0]

    (address,) = shown["example"]["header_handle"]
    assert address.startswith("https://scontent.whatsapp.net/v/")


def test_options_are_kept_and_shown_when_they_are_asked_for(graph: Any, create: Any):
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


def test_the_body_limit_of_marketing_templates_is_a_setting(sandbox: Sandbox, refusal: Any, create: Any):
    """As several providers tell it; edits are held to it, too."""
    body = {"type": "BODY", "text": "x" * 551}
    sandbox.change_settings(marketing_body_limit=550)

    assert refusal(create(category="MARKETING", components=[body]))[1]["error_subcode"] == 2388040
    assert create(components=[body]).status_code == 200


def test_variables_at_an_edge_were_rejected_afterwards_until_october_2025(emulator: Any, client: Any):
    """At midnight the editor began to refuse them at once."""
    body = {"type": "BODY", "text": "{{1}} is on its way to you now.", "example": {"body_text": [["It"]]}}
    then = emulator.create("then", at=datetime(2025, 9, 30, 23, 54, tzinfo=UTC), speed=None)
    identity = then.identity()
    headers = {"Authorization": f"Bearer {identity['access_token']}"}
    path = f"/v23.0/{identity['waba_id']}/message_templates"

    before = client.post(path, json=DRAFT | {"components": [body]}, headers=headers)
    then.advance(timedelta(minutes=5))
    shown = client.get(f"/v23.0/{before.json['id']}?fields=status,rejected_reason", headers=headers)
    then.advance(timedelta(minutes=1))
    after = client.post(path, json=DRAFT | {"components": [body], "name": "again"}, headers=headers)
    emulator.remove("then")

    assert (shown.json["status"], shown.json["rejected_reason"]) == ("REJECTED", "INVALID_FORMAT")
    assert (after.status_code, after.json["error"]["error_subcode"]) == (400, 2388299)


# editing and deleting


def test_an_edited_template_is_reviewed_again(graph: Any, sandbox: Sandbox, inbox: Any):
    """The answer says what was edited; it cannot be sent until it is approved."""
    edited = graph.post(
        "1689556908129838",
        {"components": [{"type": "BODY", "text": "Here is the news of this week for you."}]},
    )
    during = graph.template("weekly_news")
    sandbox.advance(timedelta(minutes=5))

    assert edited.status_code == 200
    assert (
        edited.data == b'{"success":true,"id":"1689556908129838","name":"weekly_news","category":"MARKETING"}'
    )
    assert during.status_code == 404
    assert [value["event"] for value in inbox.of(STATUS)] == ["APPROVED"]
    assert graph.template("weekly_news").status_code == 200


def test_an_approved_template_is_edited_once_a_day(graph: Any, sandbox: Sandbox, refusal: Any):
    """The second time within 24 hours is refused."""
    new = {"components": [{"type": "BODY", "text": "Hello there, here is what you asked us for."}]}
    graph.post("1689556908129833", new | {"components": [BODY]})
    sandbox.advance(timedelta(minutes=5))

    status, error = refusal(graph.post("1689556908129833", new))
    sandbox.advance(timedelta(hours=24))

    assert (status, error["error_subcode"]) == (400, 2388039)
    assert graph.post("1689556908129833", new).status_code == 200


def test_a_pending_template_cannot_be_edited(graph: Any, refusal: Any):
    """As the error reference words it."""
    status, error = refusal(graph.post("1689556908129836", {"components": [BODY]}))

    assert (status, error["error_subcode"], error["error_user_msg"]) == (
        400,
        2388039,
        "The status for this message template can't be changed. You can only delete or add templates.",
    )


def test_a_template_is_deleted_by_name_in_all_languages(graph: Any, create: Any):
    """And the answer is as short as can be."""
    create()
    create(language="de")

    answer = graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    assert (answer.status_code, answer.data) == (200, b'{"success":true}')
    assert "order_on_its_way" not in names(graph.get(f"{graph.waba}/message_templates"))


def test_a_template_is_deleted_by_id_in_one_language(graph: Any, create: Any):
    """The other stays."""
    template_id = create().json["id"]
    create(language="de")

    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way&hsm_id={template_id}")

    found = graph.get(f"{graph.waba}/message_templates?name=order_on_its_way&fields=language")
    assert [template["language"] for template in found.json["data"]] == ["de"]
    assert graph.get(template_id).json["error"]["error_subcode"] == 33


def test_several_templates_are_deleted_all_or_none(graph: Any):
    """One unknown id, and nothing is deleted."""
    answer = graph.delete(f'{graph.waba}/message_templates?hsm_ids=["1689556908129836","1"]')
    left = names(graph.get(f"{graph.waba}/message_templates"))
    graph.delete(f'{graph.waba}/message_templates?hsm_ids=["1689556908129836","1689556908129837"]')

    assert answer.status_code == 400
    assert "loyalty_points" in left
    assert set(left) - set(names(graph.get(f"{graph.waba}/message_templates"))) == {
        "loyalty_points",
        "free_gift",
    }


def test_the_name_of_an_approved_template_stays_taken_for_30_days(
    graph: Any, sandbox: Sandbox, refusal: Any, create: Any
):
    """Then it is free again."""
    sandbox.review(create().json["id"], "approve")
    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    status, error = refusal(create())
    sandbox.advance(timedelta(days=30))

    assert (status, error["error_subcode"]) == (400, 2388023)
    assert "Try again in 4 weeks" in error["error_user_msg"]
    assert create().status_code == 200


def test_the_sample_can_be_neither_edited_nor_deleted(graph: Any, refusal: Any):
    """``hello_world`` belongs to the platform."""
    edited = refusal(graph.post("711633970112948", {"components": [BODY]}))
    deleted = refusal(graph.delete(f"{graph.waba}/message_templates?name=hello_world"))

    assert [(status, error["error_subcode"]) for status, error in (edited, deleted)] == [
        (400, 2388094),
        (400, 2388094),
    ]


def test_a_deleted_template_that_was_still_under_review_is_not_reviewed(
    graph: Any, sandbox: Sandbox, inbox: Any, create: Any
):
    """All that is told is that it is gone."""
    create()
    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    sandbox.advance(timedelta(days=1))

    assert [value["event"] for value in inbox.of(STATUS)] == ["DELETED"]


@pytest.mark.parametrize(
    ("decision", "reason", "status", "event"),
    [
        ("approve", None, "APPROVED", ("APPROVED", "NONE")),
        ("reject", None, "REJECTED", ("REJECTED", "INVALID_FORMAT")),
        ("reject", "promotional", "REJECTED", ("REJECTED", "PROMOTIONAL")),
    ],
)
def test_a_test_may_be_the_reviewer(
    graph: Any,
    sandbox: Sandbox,
    inbox: Any,
    create: Any,
    decision: str,
    reason: str | None,
    status: str,
    event: tuple[str, str],
):
    """Its decision is told at once, and the review that was planned does not happen."""
    template_id = create().json["id"]

    sandbox.review(template_id, decision, reason)
    sandbox.advance(timedelta(days=1))

    assert graph.get(f"{template_id}?fields=status").json["status"] == status
    assert [(value["event"], value["reason"]) for value in inbox.of(STATUS)] == [event]
