"""The life of templates as an integrator meets it: limits, archives, pauses, and what is told of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import ORDER_SHIPPED
from kit.sandboxes import limit
from kit.times import MICROSECOND, MORNING

from emulator import Emulator, Sandbox

SHIPPED, PENDING, REJECTED = ORDER_SHIPPED, "1689556908129836", "1689556908129837"
BODY = {"type": "BODY", "text": "Thank you for your visit. We hope to see you again!"}


def draft(number: int, **facts: Any) -> dict[str, Any]:
    body = {"type": "BODY", "text": f"Thank you for visit number {number} to our shop."}
    return {
        "name": f"visit_{number}",
        "language": "en_US",
        "category": "UTILITY",
        "components": [body],
    } | facts


def create(graph: Any, count: int, first: int = 0) -> list[int]:
    """The HTTP statuses of ``count`` creations."""
    path = f"{graph.waba}/message_templates"
    return [graph.post(path, draft(number)).status_code for number in range(first, first + count)]


# how many


def test_a_hundred_templates_are_created_in_an_hour(graph: Any, sandbox: Sandbox, refusal: Any) -> None:
    """In a rolling hour, to the microsecond, where the limit is asked for."""
    sandbox.change_settings(limits={"template_creations": "always"})
    made = create(graph, 100)
    status, error = refusal(graph.post(f"{graph.waba}/message_templates", draft(100)))
    sandbox.clock.advance(timedelta(hours=1) - MICROSECOND)
    before = create(graph, 1, 100)
    sandbox.clock.advance(MICROSECOND)

    assert (set(made), before, create(graph, 1, 100)) == ({200}, [400], [200])
    assert (status, error["code"]) == (400, 80008)
    assert error["message"].startswith("(#80008) There have been too many calls to this WhatsApp Business")


def test_a_frozen_clock_turns_no_burst_into_a_violation(graph: Any) -> None:
    """The limit holds while the clock runs, unless a test asks for more."""
    assert set(create(graph, 101)) == {200}


@pytest.mark.parametrize(("setting", "last"), [("on", 400), ("off", 200)])
def test_while_the_clock_runs_the_limit_holds(
    emulator: Emulator, client: Any, setting: str, last: int
) -> None:
    """Or not, for whoever switches it off."""
    sandbox = emulator.create(f"running-{setting}", at=MORNING)
    sandbox.change_settings(limits={"template_creations": setting})
    identity = sandbox.identity()
    headers = {"Authorization": f"Bearer {identity['access_token']}"}
    path = f"/v24.0/{identity['waba_id']}/message_templates"

    made = [client.post(path, json=draft(number), headers=headers).status_code for number in range(101)]
    emulator.remove(sandbox.name)

    assert (made[99], made[100]) == (200, last)


def test_what_was_refused_does_not_count(graph: Any, sandbox: Sandbox) -> None:
    """Only templates that came to be do."""
    sandbox.change_settings(limits={"template_creations": "always"})
    for _ in range(5):
        assert graph.post(f"{graph.waba}/message_templates", draft(0, name="Wrong")).status_code == 400

    assert set(create(graph, 100)) == {200}


def test_the_summary_tells_how_many_there_may_be(graph: Any, sandbox: Sandbox) -> None:
    """Few for an account that is not verified, many for one that is and has a name."""
    path = f"{graph.waba}/message_templates?summary=message_template_limit"
    few = graph.get(path).json["summary"]
    sandbox.accounts.change_portfolio(verification="verified")

    assert few == {"message_template_limit": 250}
    assert graph.get(path).json["summary"] == {"message_template_limit": 6000}


def test_how_many_were_created_can_be_asked(graph: Any, sandbox: Sandbox) -> None:
    """With when there is one to be had again, once there is none."""
    sandbox.change_settings(limits={"template_creations": 2})
    create(graph, 2)

    status = limit(sandbox, "template_creations")
    assert (status.used, status.left, status.frees_up_at) == (2, 0, sandbox.clock.now() + timedelta(hours=1))


# categories


def test_a_promotion_is_created_as_marketing(graph: Any, sandbox: Sandbox) -> None:
    """The answer says so, where content is read."""
    sandbox.change_settings(review="content")
    body = {"type": "BODY", "text": "Everything is on sale today in our shop!"}

    answer = graph.post(f"{graph.waba}/message_templates", draft(1, components=[body]))

    assert {key: answer.json[key] for key in ("status", "category")} == {
        "status": "PENDING",
        "category": "MARKETING",
    }


def test_a_change_of_category_can_be_asked_for(graph: Any, sandbox: Sandbox) -> None:
    """Different while it is pending, equal when it has come; nothing for the others."""
    sandbox.templates.recategorize(SHIPPED, "MARKETING")
    fields = f"{SHIPPED}?fields=category,correct_category"

    pending = graph.get(fields).json
    sandbox.clock.advance(timedelta(hours=24))

    assert pending == {"category": "UTILITY", "correct_category": "MARKETING", "id": SHIPPED}
    assert graph.get(fields).json == {"category": "MARKETING", "correct_category": "MARKETING", "id": SHIPPED}
    assert "correct_category" not in graph.get(f"{REJECTED}?fields=category,correct_category").json


# edits


def test_an_edit_is_told_with_what_the_template_says(graph: Any, everything: Any, sandbox: Sandbox) -> None:
    """Header, body, footer and buttons under names of their own."""
    components = [
        {"type": "HEADER", "format": "TEXT", "text": "Your order"},
        {"type": "BODY", "text": "Your order is on its way to you."},
        {"type": "FOOTER", "text": "The shop"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Follow it", "url": "https://example.com/orders"},
                {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550783881"},
            ],
        },
    ]
    graph.post(SHIPPED, {"components": components})
    sandbox.settle()

    assert everything.of("message_template_components_update") == [
        {
            "message_template_id": int(SHIPPED),
            "message_template_name": "order_shipped",
            "message_template_language": "en_US",
            "message_template_title": "Your order",
            "message_template_element": "Your order is on its way to you.",
            "message_template_footer": "The shop",
            "message_template_buttons": [
                {
                    "message_template_button_type": "URL",
                    "message_template_button_text": "Follow it",
                    "message_template_button_url": "https://example.com/orders",
                },
                {
                    "message_template_button_type": "PHONE_NUMBER",
                    "message_template_button_text": "Call us",
                    "message_template_button_phone_number": "+15550783881",
                },
            ],
        }
    ]
    assert everything.webhooks[0].json["entry"][0]["time"] == int(MORNING.timestamp())


def test_another_category_alone_tells_no_components(graph: Any, everything: Any, sandbox: Sandbox) -> None:
    """It is told when the template has been approved in it."""
    graph.post(REJECTED, {"category": "UTILITY"})
    sandbox.clock.advance(timedelta(minutes=5))

    assert everything.of("message_template_components_update") == []
    told = everything.of("template_category_update")
    assert [(each["previous_category"], each["new_category"]) for each in told] == [("MARKETING", "UTILITY")]


# deletions


def test_ids_and_a_name_are_not_deleted_together(graph: Any, refusal: Any) -> None:
    """One way or the other."""
    status, error = refusal(
        graph.delete(f'{graph.waba}/message_templates?name=order_shipped&hsm_ids=["{SHIPPED}"]')
    )

    assert (status, error["message"]) == (400, "(#100) Param hsm_ids can't be combined with name or hsm_id.")
    assert graph.get(SHIPPED).status_code == 200


# the archive


@pytest.mark.parametrize("ids", [[SHIPPED, REJECTED], f"{SHIPPED},{REJECTED}"], ids=["list", "commas"])
def test_templates_are_archived_and_taken_out_again(
    graph: Any, everything: Any, sandbox: Sandbox, ids: Any
) -> None:
    """The answers list them; each is told."""
    archived = graph.post(f"{graph.waba}/message_templates/archive", {"hsm_ids": ids})
    during = graph.get(f"{SHIPPED}?fields=status").json["status"]
    out = graph.post(f"{graph.waba}/message_templates/unarchive", {"hsm_ids": ids})
    sandbox.settle()

    assert archived.json == {"archived_templates": [SHIPPED, REJECTED], "failed_templates": {}}
    assert out.data == (
        f'{{"unarchived_templates":["{SHIPPED}","{REJECTED}"],"failed_templates":{{}}}}'.encode()
    )
    assert during == "ARCHIVED"
    events = [value["event"] for value in everything.of("message_template_status_update")]
    assert events == ["ARCHIVED", "ARCHIVED", "UNARCHIVED", "UNARCHIVED"]
    assert graph.get(f"{REJECTED}?fields=status").json["status"] == "REJECTED"


def test_what_cannot_be_archived_is_told_with_its_reason(graph: Any) -> None:
    """The others are archived all the same."""
    answer = graph.post(f"{graph.waba}/message_templates/archive", {"hsm_ids": [SHIPPED, PENDING, "42"]})

    assert answer.json == {
        "archived_templates": [SHIPPED],
        "failed_templates": {
            PENDING: "Only approved or rejected templates can be archived",
            "42": "Template not found",
        },
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "(#100) The parameter hsm_ids is required."),
        ({"hsm_ids": []}, "(#100) The parameter hsm_ids is required."),
        ({"hsm_ids": ["1"] * 101}, "(#100) Param hsm_ids must be an array with at most 100 elements."),
    ],
)
@pytest.mark.parametrize("act", ["archive", "unarchive"])
def test_a_wrong_list_is_refused(graph: Any, refusal: Any, act: str, body: Any, message: str) -> None:
    """Nothing, or too much."""
    status, error = refusal(graph.post(f"{graph.waba}/message_templates/{act}", body))

    assert (status, error["message"]) == (400, message)


@pytest.mark.parametrize("enabled", [True, False])
def test_an_account_says_whether_it_archives(graph: Any, sandbox: Sandbox, enabled: bool) -> None:
    """As the setting has it; on the platform nobody can opt out."""
    sandbox.change_settings(auto_archival=enabled)

    answer = graph.get(f"{graph.waba}?fields=template_auto_archival_enabled")

    assert answer.json == {"template_auto_archival_enabled": enabled, "id": graph.waba}


# pauses


@pytest.mark.parametrize(
    ("late", "may"), [(-MICROSECOND, False), (0 * MICROSECOND, True), (MICROSECOND, True)]
)
def test_what_pacing_paused_is_unpaused_by_the_business(
    graph: Any, everything: Any, sandbox: Sandbox, late: timedelta, may: bool
) -> None:
    """Five minutes after it was paused; by itself it never is."""
    sandbox.templates.review(SHIPPED, "pause", "pacing")
    sandbox.clock.advance(timedelta(minutes=5) + late)

    answer = graph.post(f"{SHIPPED}/unpause")
    sandbox.clock.advance(timedelta(days=10))

    assert answer.json == (
        {"success": True}
        if may
        else {"success": False, "reason": "A template can be unpaused 5 minutes after it was paused."}
    )
    titles = [value["other_info"]["title"] for value in everything.of("message_template_status_update")]
    assert titles == ["RATE_LIMITING_PAUSE", *(["UNPAUSE"] if may else [])]
    assert graph.get(f"{SHIPPED}?fields=status").json["status"] == ("APPROVED" if may else "PAUSED")


def test_a_pause_for_quality_is_not_ended_by_the_business(graph: Any, sandbox: Sandbox) -> None:
    """It ends by itself."""
    sandbox.templates.review(SHIPPED, "pause")

    answer = graph.post(f"{SHIPPED}/unpause")

    assert answer.json == {
        "success": False,
        "reason": "The template was paused for its quality and will be unpaused by itself.",
    }


def test_a_pause_by_pacing_does_not_count(graph: Any, sandbox: Sandbox) -> None:
    """The first pause for quality after it still lasts three hours."""
    sandbox.templates.review(SHIPPED, "pause", "pacing")
    sandbox.clock.advance(timedelta(minutes=5))
    graph.post(f"{SHIPPED}/unpause")
    sandbox.templates.review(SHIPPED, "pause")

    sandbox.clock.advance(timedelta(hours=3))

    assert graph.get(f"{SHIPPED}?fields=status").json["status"] == "APPROVED"


def test_an_edit_ends_a_pause(graph: Any, sandbox: Sandbox) -> None:
    """What was planned for its end does not touch the next one."""
    sandbox.templates.review(SHIPPED, "pause")
    graph.post(SHIPPED, {"components": [BODY]})
    sandbox.clock.advance(timedelta(minutes=5))
    sandbox.templates.review(SHIPPED, "pause")

    sandbox.clock.advance(timedelta(hours=3))

    assert graph.get(f"{SHIPPED}?fields=status").json["status"] == "PAUSED"


@pytest.mark.parametrize(
    ("decisions", "event", "status"),
    [(["flag"], "FLAGGED", "APPROVED"), (["disable", "reinstate"], "REINSTATED", "APPROVED")],
)
def test_rarer_events_are_told_when_somebody_decides_so(
    graph: Any, everything: Any, sandbox: Sandbox, decisions: list[str], event: str, status: str
) -> None:
    """No rule of the emulator brings them about."""
    for decision in decisions:
        sandbox.templates.review(SHIPPED, decision)
    sandbox.settle()

    assert everything.of("message_template_status_update")[-1]["event"] == event
    assert graph.get(f"{SHIPPED}?fields=status").json["status"] == status
