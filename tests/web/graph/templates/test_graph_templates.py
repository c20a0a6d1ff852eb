"""Message templates are created, edited and deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.submissions import DRAFT, DRAFT_BODY, listed_names

from emulator.sandbox.sandbox import Sandbox

STATUS = "message_template_status_update"


def test_a_template_is_pending_until_it_is_reviewed(
    graph: Any, sandbox: Sandbox, inbox: Any, create: Any
) -> None:
    """The answer gives id, status and category; the review takes five minutes and is told by webhook."""
    answer = create()
    template_id = answer.json["id"]
    sandbox.clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))

    assert answer.json == {"id": template_id, "status": "PENDING", "category": "UTILITY"}
    assert list(answer.json) == ["id", "status", "category"]
    assert graph.get(f"{template_id}?fields=status").json == {"status": "PENDING", "id": template_id}
    assert inbox.webhooks == []

    sandbox.clock.advance(timedelta(microseconds=1))

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


def test_an_authentication_template_is_approved_at_once(create: Any) -> None:
    """Its text is the platform's own."""
    otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}
    components = [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}]

    answer = create(category="AUTHENTICATION", components=components)

    assert (answer.status_code, answer.json["status"]) == (200, "APPROVED")


def test_a_template_becomes_sendable_when_it_is_approved(graph: Any, sandbox: Sandbox, create: Any) -> None:
    """Not before."""
    template_id = create().json["id"]
    before = graph.template("order_on_its_way")

    sandbox.templates.review(template_id, "approve")

    assert (before.status_code, graph.template("order_on_its_way").status_code) == (404, 200)


def test_a_form_is_taken_like_json(graph: Any) -> None:
    """``components`` come as a JSON string."""
    form = DRAFT | {"components": '[{"type":"BODY","text":"Your order is on its way to you now."}]'}

    answer = graph.post(f"{graph.waba}/message_templates", data=form)

    assert (answer.status_code, answer.json["status"]) == (200, "PENDING")


@pytest.mark.parametrize("member", ["name", "language", "category", "components"])
def test_a_missing_member_is_told(graph: Any, refusal: Any, create: Any, member: str) -> None:
    """In the words of the generic reader."""
    assert refusal(create(**{member: None})) == (
        400,
        {
            "message": f"(#100) The parameter {member} is required.",
            "type": "OAuthException",
            "code": 100,
        },
    )


def test_a_wrong_name_is_told_as_the_editor_tells_it(refusal: Any, create: Any) -> None:
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


def test_a_template_exists_once_in_a_language(graph: Any, refusal: Any, create: Any) -> None:
    """Another language is another template."""
    create()

    status, error = refusal(create())

    assert (status, error["error_subcode"], error["error_user_title"]) == (
        400,
        2388024,
        "Content in This Language Already Exists",
    )
    assert create(language="en_GB").status_code == 200


def test_a_refused_template_leaves_nothing_behind(graph: Any, create: Any) -> None:
    """The list is what it was."""
    before = listed_names(graph.get(f"{graph.waba}/message_templates"))

    create(name="Order")
    create(components=[])
    create(language="xx")

    assert listed_names(graph.get(f"{graph.waba}/message_templates")) == before


def test_the_body_limit_of_marketing_templates_is_a_setting(
    sandbox: Sandbox, refusal: Any, create: Any
) -> None:
    """As several providers tell it; edits are held to it, too."""
    body = {"type": "BODY", "text": "x" * 551}
    sandbox.change_settings(marketing_body_limit=550)

    assert refusal(create(category="MARKETING", components=[body]))[1]["error_subcode"] == 2388040
    assert create(components=[body]).status_code == 200


def test_variables_at_an_edge_were_rejected_afterwards_until_october_2025(emulator: Any, client: Any) -> None:
    """At midnight the editor began to refuse them at once."""
    body = {
        "type": "BODY",
        "text": "{{1}} is on its way to you now.",
        "example": {"body_text": [["It"]]},
    }
    then = emulator.create("then", at=datetime(2025, 9, 30, 23, 54, tzinfo=UTC), speed=None)
    identity = then.identity()
    headers = {"Authorization": f"Bearer {identity['access_token']}"}
    path = f"/v23.0/{identity['waba_id']}/message_templates"

    before = client.post(path, json=DRAFT | {"components": [body]}, headers=headers)
    then.clock.advance(timedelta(minutes=5))
    shown = client.get(f"/v23.0/{before.json['id']}?fields=status,rejected_reason", headers=headers)
    then.clock.advance(timedelta(minutes=1))
    after = client.post(path, json=DRAFT | {"components": [body], "name": "again"}, headers=headers)
    emulator.remove("then")

    assert (shown.json["status"], shown.json["rejected_reason"]) == ("REJECTED", "INVALID_FORMAT")
    assert (after.status_code, after.json["error"]["error_subcode"]) == (400, 2388299)


# editing and deleting


def test_an_edited_template_is_reviewed_again(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """The answer says what was edited; it cannot be sent until it is approved."""
    edited = graph.post(
        "1689556908129838",
        {"components": [{"type": "BODY", "text": "Here is the news of this week for you."}]},
    )
    during = graph.template("weekly_news")
    sandbox.clock.advance(timedelta(minutes=5))

    assert edited.status_code == 200
    assert (
        edited.data == b'{"success":true,"id":"1689556908129838","name":"weekly_news","category":"MARKETING"}'
    )
    assert during.status_code == 404
    assert [value["event"] for value in inbox.of(STATUS)] == ["APPROVED"]
    assert graph.template("weekly_news").status_code == 200


def test_an_approved_template_is_edited_once_a_day(graph: Any, sandbox: Sandbox, refusal: Any) -> None:
    """The second time within 24 hours is refused."""
    new = {"components": [{"type": "BODY", "text": "Hello there, here is what you asked us for."}]}
    graph.post("1689556908129833", new | {"components": [DRAFT_BODY]})
    sandbox.clock.advance(timedelta(minutes=5))

    status, error = refusal(graph.post("1689556908129833", new))
    sandbox.clock.advance(timedelta(hours=24))

    assert (status, error["error_subcode"]) == (400, 2388039)
    assert graph.post("1689556908129833", new).status_code == 200


def test_a_pending_template_cannot_be_edited(graph: Any, refusal: Any) -> None:
    """As the error reference words it."""
    status, error = refusal(graph.post("1689556908129836", {"components": [DRAFT_BODY]}))

    assert (status, error["error_subcode"], error["error_user_msg"]) == (
        400,
        2388039,
        "The status for this message template can't be changed. You can only delete or add templates.",
    )


def test_a_template_is_deleted_by_name_in_all_languages(graph: Any, create: Any) -> None:
    """And the answer is as short as can be."""
    create()
    create(language="de")

    answer = graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    assert (answer.status_code, answer.data) == (200, b'{"success":true}')
    assert "order_on_its_way" not in listed_names(graph.get(f"{graph.waba}/message_templates"))


def test_a_template_is_deleted_by_id_in_one_language(graph: Any, create: Any) -> None:
    """The other stays."""
    template_id = create().json["id"]
    create(language="de")

    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way&hsm_id={template_id}")

    found = graph.get(f"{graph.waba}/message_templates?name=order_on_its_way&fields=language")
    assert [template["language"] for template in found.json["data"]] == ["de"]
    assert graph.get(template_id).json["error"]["error_subcode"] == 33


def test_several_templates_are_deleted_all_or_none(graph: Any) -> None:
    """One unknown id, and nothing is deleted."""
    answer = graph.delete(f'{graph.waba}/message_templates?hsm_ids=["1689556908129836","1"]')
    left = listed_names(graph.get(f"{graph.waba}/message_templates"))
    graph.delete(f'{graph.waba}/message_templates?hsm_ids=["1689556908129836","1689556908129837"]')

    assert answer.status_code == 400
    assert "loyalty_points" in left
    assert set(left) - set(listed_names(graph.get(f"{graph.waba}/message_templates"))) == {
        "loyalty_points",
        "free_gift",
    }


def test_the_name_of_an_approved_template_stays_taken_for_30_days(
    graph: Any, sandbox: Sandbox, refusal: Any, create: Any
) -> None:
    """Then it is free again."""
    sandbox.templates.review(create().json["id"], "approve")
    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    status, error = refusal(create())
    sandbox.clock.advance(timedelta(days=30))

    assert (status, error["error_subcode"]) == (400, 2388023)
    assert "Try again in 4 weeks" in error["error_user_msg"]
    assert create().status_code == 200


def test_the_sample_can_be_neither_edited_nor_deleted(graph: Any, refusal: Any) -> None:
    """``hello_world`` belongs to the platform."""
    edited = refusal(graph.post("711633970112948", {"components": [DRAFT_BODY]}))
    deleted = refusal(graph.delete(f"{graph.waba}/message_templates?name=hello_world"))

    assert [(status, error["error_subcode"]) for status, error in (edited, deleted)] == [
        (400, 2388094),
        (400, 2388094),
    ]


def test_a_deleted_template_that_was_still_under_review_is_not_reviewed(
    graph: Any, sandbox: Sandbox, inbox: Any, create: Any
) -> None:
    """All that is told is that it is gone."""
    create()
    graph.delete(f"{graph.waba}/message_templates?name=order_on_its_way")

    sandbox.clock.advance(timedelta(days=1))

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
) -> None:
    """Its decision is told at once, and the review that was planned does not happen."""
    template_id = create().json["id"]

    sandbox.templates.review(template_id, decision, reason)
    sandbox.clock.advance(timedelta(days=1))

    assert graph.get(f"{template_id}?fields=status").json["status"] == status
    assert [(value["event"], value["reason"]) for value in inbox.of(STATUS)] == [event]
