"""Direct Send makes templates of the messages it sends; and the samples of a test number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.bodies.direct_send import MIXED, NOT_ENABLED, READY, generated, generated_in
from kit.graph import complaint_in

from emulator.sandbox.sandbox import Sandbox

# the template


def test_the_same_content_makes_one_template(direct: Any, sandbox: Sandbox) -> None:
    """Another content or another category makes another."""
    for body, category in (
        (READY, "utility"),
        (READY, "utility"),
        (READY, "authentication"),
        ("Another one.", "utility"),
    ):
        assert direct.text(body, category=category).status_code == 200

    made = generated(direct)
    assert [(each["category"], each["source"], each["status"]) for each in made] == [
        ("UTILITY", "AUTO_GENERATED", "APPROVED"),
        ("AUTHENTICATION", "AUTO_GENERATED", "APPROVED"),
        ("UTILITY", "AUTO_GENERATED", "APPROVED"),
    ]
    assert all(each["name"].startswith("auto_generated_") for each in made)
    assert len({each["name"] for each in made}) == 3


def test_templates_that_were_submitted_say_so(direct: Any) -> None:
    """``source`` is ``MANUAL``; the filter parts the two."""
    direct.text(READY, category="utility")
    listed = direct.get(f"{direct.waba}/message_templates?source=manual&fields=name,source&limit=50")

    assert {each["source"] for each in listed.json["data"]} == {"MANUAL"}
    assert "order_shipped" in {each["name"] for each in listed.json["data"]}


def test_a_template_has_the_parts_of_its_message(direct: Any, sandbox: Sandbox) -> None:
    """Header, body, footer, links and replies."""
    direct.send(type="interactive", interactive=MIXED, category="utility")

    (template,) = generated_in(sandbox)
    assert direct.get(template.id).json["components"] == [
        {"type": "HEADER", "format": "TEXT", "text": "Good news"},
        {"type": "BODY", "text": READY},
        {"type": "FOOTER", "text": "Lucky Shrub"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Track it", "url": "https://example.com/860198"},
                {"type": "QUICK_REPLY", "text": "Late"},
                {"type": "QUICK_REPLY", "text": "Lost"},
            ],
        },
    ]


def test_the_business_may_name_it(direct: Any, sandbox: Sandbox) -> None:
    """What is sent under the name next becomes its content."""
    named = {"direct_send_config": {"template_name": "order_ready_1"}}
    direct.text(READY, category="utility", **named)
    direct.text("It is still here.", category="utility", **named)

    (template,) = generated_in(sandbox)
    assert (template.name, template.components) == (
        "order_ready_1",
        ({"type": "BODY", "text": "It is still here."},),
    )


@pytest.mark.parametrize(
    ("category", "config", "sentence"),
    [
        ("utility", {"template_name": "Order"}, "must match the pattern ^[a-z0-9_]+$."),
        ("utility", {"template_name": "order\n"}, "must match the pattern ^[a-z0-9_]+$."),
        ("utility", {"template_name": "x" * 513}, "must be at most 512 characters long."),
        ("authentication", {"template_name": "code"}, "is supported for the category utility only."),
    ],
)
def test_a_bad_name_is_refused_at_once(direct: Any, category: str, config: Any, sentence: str) -> None:
    """The sentences are ours."""
    answer = direct.text(READY, category=category, direct_send_config=config)

    assert complaint_in(answer) == (
        100,
        f"(#100) Param direct_send_config['template_name'] {sentence}",
        None,
    )


def test_the_name_of_an_ordinary_template_is_found_taken_later(
    direct: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """200, then 132021; no template is made."""
    answer = direct.text(READY, category="utility", direct_send_config={"template_name": "order_shipped"})
    sandbox.settle()

    (status,) = inbox.statuses
    assert answer.status_code == 200
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 132021)
    assert "template_id" not in status
    assert generated_in(sandbox) == []


def test_it_cannot_be_edited_deleted_or_sent(direct: Any, sandbox: Sandbox, refusal: Any) -> None:
    """2388318, 2388330 and 132018; it stays as it is."""
    direct.text(READY, category="utility")
    (template,) = generated_in(sandbox)

    edited = refusal(direct.post(template.id, {"components": [{"type": "BODY", "text": "Another text."}]}))
    deleted = refusal(direct.delete(f"{direct.waba}/message_templates?name={template.name}"))
    sent = refusal(direct.template(template.name))

    assert [(status, error["code"], error["error_subcode"]) for status, error in (edited, deleted)] == [
        (400, 100, 2388318),
        (400, 100, 2388330),
    ]
    assert (sent[0], sent[1]["code"]) == (400, 132018)
    assert sent[1]["error_data"]["details"] == "Direct send template can't be used for template message"
    assert generated_in(sandbox) == [template]


def test_generated_templates_stand_in_nobody_s_way(direct: Any, sandbox: Sandbox) -> None:
    """They do not count as templates of the business, and a submitted one may say the same."""
    for number in range(250):
        assert direct.text(f"Order {number}", category="utility").status_code == 200
    body = {"name": "order", "language": "en_US", "category": "UTILITY"}
    made = direct.post(
        f"{direct.waba}/message_templates", body | {"components": [{"type": "BODY", "text": "Order 1"}]}
    )
    sandbox.clock.advance(timedelta(minutes=5))

    assert made.status_code == 200
    assert direct.get(made.json["id"]).json["status"] == "APPROVED"


# samples


@pytest.mark.parametrize(
    ("given", "category"), [({}, "UTILITY"), ({"category": "authentication"}, "AUTHENTICATION")]
)
def test_a_sample_is_taken_for_its_category(direct: Any, given: Any, category: str) -> None:
    """``UTILITY`` unless it says another."""
    answer = direct.post(f"{direct.waba}/message_samples", given)

    assert (answer.status_code, answer.json) == (200, {"success": True, "category": category})


def test_no_sample_is_taken_while_it_is_not_enabled(graph: Any) -> None:
    """In the words that a send gets."""
    assert complaint_in(graph.post(f"{graph.waba}/message_samples", {})) == (
        100,
        "(#100) Invalid parameter",
        NOT_ENABLED,
    )
