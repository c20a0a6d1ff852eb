"""Direct Send: messages that say their category and need no window."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.bodies.direct_send import LINK, MIXED, NOT_ENABLED, READY, generated, generated_in
from kit.graph import complaint_in

from emulator.sandbox.sandbox import Sandbox

# the switch


def test_by_default_it_is_not_enabled(graph: Any, sandbox: Sandbox) -> None:
    """As for most accounts, in an open window, too; no message exists and no template is made."""
    sandbox.people.say(graph.sheena, "Hi")

    told = {complaint_in(graph.text(category=word)) for word in ("utility", "AUTHENTICATION", "service")}

    assert told == {(100, "(#100) Invalid parameter", NOT_ENABLED)}
    assert [message.outbound for message in sandbox.messages.all()] == [False]
    assert generated(graph) == []


def test_an_account_that_abused_it_is_blocked(graph: Any, sandbox: Sandbox) -> None:
    """139200."""
    sandbox.change_settings(direct_send="blocked")

    assert complaint_in(graph.text(category="utility")) == (
        139200,
        "(#139200) Direct Send access blocked",
        None,
    )


@pytest.mark.parametrize("switch", ["off", "on", "blocked"])
def test_marketing_is_no_category_of_it(graph: Any, sandbox: Sandbox, switch: str) -> None:
    """Whatever the account may: the generic reader refuses the word."""
    sandbox.change_settings(direct_send=switch)

    assert complaint_in(graph.text(category="marketing")) == (
        100,
        '(#100) Param category must be one of {AUTHENTICATION, SERVICE, UTILITY} - got "marketing".',
        None,
    )


@pytest.mark.parametrize("switch", ["off", "on"])
@pytest.mark.parametrize(
    "extra", [{"ttl_seconds": 60}, {"direct_send_config": {"template_name": "order_ready"}}]
)
def test_what_belongs_to_it_is_unknown_without_a_category(
    graph: Any, sandbox: Sandbox, switch: str, extra: dict[str, Any]
) -> None:
    """Such a message is not sent as if it had not been said."""
    sandbox.change_settings(direct_send=switch)

    code, sentence, _ = complaint_in(graph.text(**extra))

    assert (code, sentence) == (100, f"(#100) Param {next(iter(extra))} is unsupported or misspelled.")


# what is sent


@pytest.mark.parametrize(
    ("category", "priced"), [("utility", "utility"), ("AUTHENTICATION", "authentication")]
)
def test_it_arrives_without_a_window_and_is_priced_as_its_category(
    direct: Any, sandbox: Sandbox, inbox: Any, category: str, priced: str
) -> None:
    """The answer is that of a text, without a ``message_status``; each status names the template."""
    answer = direct.text(READY, category=category)
    sandbox.settle()

    (template,) = generated_in(sandbox)
    (message,) = answer.json["messages"]
    statuses = inbox.statuses
    assert list(message) == ["id"]
    assert [status["status"] for status in statuses] == ["sent", "delivered", "read"]
    assert {status["template_id"] for status in statuses} == {template.id}
    assert [status["pricing"] for status in statuses] == [
        {"billable": True, "pricing_model": "PMP", "category": priced, "type": "regular"}
    ] * 3


def test_an_ordinary_message_names_no_template(direct: Any, sandbox: Sandbox, inbox: Any) -> None:
    """And still needs the window: 131047, with Direct Send enabled as well."""
    direct.text()
    direct.text(category="service")
    sandbox.settle()

    assert [status["errors"][0]["code"] for status in inbox.statuses] == [131047, 131047]
    assert [status for status in inbox.statuses if "template_id" in status] == []
    assert generated_in(sandbox) == []


def test_a_message_of_the_category_service_is_priced_as_what_it_is(
    direct: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """The category only states what a free-form message is anyway."""
    sandbox.people.say(direct.sheena, "Hi")
    sandbox.settle()
    inbox.clear()
    direct.text(category="service")
    sandbox.settle()

    assert {status["pricing"]["category"] for status in inbox.statuses} == {"service"}
    assert len(inbox.statuses) == 3


def test_a_number_without_whatsapp_is_not_reached_directly_either(
    direct: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """131026; the failed status names the template as well."""
    direct.text(READY, category="utility", to=direct.jonas)
    sandbox.settle()

    (status,) = inbox.statuses
    assert status["errors"][0]["code"] == 131026
    assert status["template_id"] == generated_in(sandbox)[0].id


def test_a_person_can_tap_the_replies_beside_links(direct: Any, sandbox: Sandbox, inbox: Any) -> None:
    """A mixed button message is a message with reply buttons."""
    answer = direct.send(type="interactive", interactive=MIXED, category="utility")
    sandbox.settle()
    (sent,) = sandbox.messages.all()

    assert answer.status_code == 200
    assert sent.as_text == f"Good news\n{READY}\nLucky Shrub\n[Track it] [Late] [Lost]"

    sandbox.people.tap(direct.sheena, "Lost")
    sandbox.settle()
    (told,) = inbox.messages
    assert told["interactive"] == {"type": "button_reply", "button_reply": {"id": "Lost", "title": "Lost"}}


def buttons(*made: Any) -> dict[str, Any]:
    return {"type": "button", "body": {"text": READY}, "action": {"buttons": list(made)}}


def reply(name: str) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": name, "title": name}}


TEN = [reply(str(place)) for place in range(10)]


@pytest.mark.parametrize(
    "interactive",
    [
        buttons(*TEN),
        buttons(LINK, LINK, *TEN[:8]),
        buttons(LINK),
        {
            "type": "cta_url",
            "body": {"text": "x" * 1024},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "x" * 20, "url": "https://example.com"},
            },
        },
    ],
)
def test_ten_buttons_are_taken_of_which_two_may_be_links(direct: Any, interactive: Any) -> None:
    """And one link in a message of its own."""
    assert direct.send(type="interactive", interactive=interactive, category="utility").status_code == 200


@pytest.mark.parametrize(
    ("interactive", "details"),
    [
        (
            buttons(*TEN, reply("ten")),
            "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 10",
        ),
        (buttons(LINK, LINK, LINK), "Invalid cta_url buttons count. Max allowed cta_url buttons: 2"),
        (
            buttons(reply("Late"), LINK),
            "Buttons of type cta_url must be listed before those of type reply",
        ),
        (buttons(reply("Late"), reply("Late")), "Duplicate button id: Late"),
        (
            buttons(LINK) | {"body": {"text": "x" * 1025}},
            "Body text length invalid. Min length: 1, Max length: 1024",
        ),
        (
            buttons(LINK) | {"footer": {"text": "x" * 61}},
            "Footer text length invalid. Min length: 1, Max length: 60",
        ),
        (
            buttons(LINK) | {"header": {"type": "text", "text": "x" * 61}},
            "Header text length invalid. Min length: 1, Max length: 60",
        ),
        (buttons(reply("x" * 21)), "Button title length invalid. Min length: 1, Max length: 20"),
    ],
)
def test_limits_are_those_of_templates(direct: Any, interactive: Any, details: str) -> None:
    """131009, as for other interactive messages."""
    answer = direct.send(type="interactive", interactive=interactive, category="utility")

    assert complaint_in(answer) == (131009, "(#131009) Parameter value is not valid", details)


def test_a_text_has_1024_characters(direct: Any) -> None:
    """As the body of a template, not as a text."""
    assert direct.text("x" * 1024, category="utility").status_code == 200
    code, _, details = complaint_in(direct.text("x" * 1025, category="utility"))
    assert (code, details) == (131009, "Body text length invalid. Min length: 1, Max length: 1024")


@pytest.mark.parametrize(
    ("category", "kind", "content"),
    [
        ("authentication", "interactive", MIXED),
        ("utility", "image", {"link": "https://example.com/a.png"}),
        ("utility", "template", {"name": "order_shipped", "language": {"code": "en_US"}}),
    ],
)
def test_other_kinds_of_message_are_refused(direct: Any, category: str, kind: str, content: Any) -> None:
    """Codes go as texts alone; the sentence is ours."""
    code, sentence, details = complaint_in(direct.send(type=kind, category=category, **{kind: content}))

    assert (code, sentence) == (100, "(#100) Invalid parameter")
    assert details == (
        f"Parameter Invalid: Direct Send of category {category} does not support messages of type {kind}."
    )


def test_other_types_of_interactive_message_are_no_choice(direct: Any) -> None:
    """The reader's list has two."""
    answer = direct.send(type="interactive", interactive={"type": "list"}, category="utility")

    assert complaint_in(answer)[1] == (
        "(#100) Param interactive['type'] must be one of {BUTTON, CTA_URL} - got \"list\"."
    )


# how long it lives


@pytest.mark.parametrize(
    ("category", "seconds", "sentence"),
    [
        ("utility", 43_201, "must be lower than or equal to 43200."),
        ("utility", 29, "must be greater than or equal to 30."),
        ("authentication", 901, "must be lower than or equal to 900."),
        ("authentication", 0, "must be greater than or equal to 30."),
        ("utility", "soon", "must be an integer."),
    ],
)
def test_a_lifetime_has_its_limits(direct: Any, category: str, seconds: Any, sentence: str) -> None:
    """By category."""
    answer = direct.text(READY, category=category, ttl_seconds=seconds)

    assert complaint_in(answer) == (100, f"(#100) Param ttl_seconds {sentence}", None)


@pytest.mark.parametrize(
    ("category", "ttl", "lives"),
    [
        ("utility", 30, timedelta(seconds=30)),
        ("utility", 43_200, timedelta(hours=12)),
        ("authentication", 900, timedelta(minutes=15)),
        ("authentication", None, timedelta(minutes=10)),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_message_is_dropped_when_its_time_is_over(
    direct: Any,
    sandbox: Sandbox,
    inbox: Any,
    category: str,
    ttl: int | None,
    lives: timedelta,
    late: bool,
) -> None:
    """Delivered until the last microsecond, then never, without a word; codes live ten minutes."""
    on = lives if late else lives - timedelta(microseconds=1)
    sandbox.people.change(direct.sheena, habits={"delivered_after": on.total_seconds()})
    direct.text(READY, category=category, **({} if ttl is None else {"ttl_seconds": ttl}))
    sandbox.clock.advance(timedelta(days=1))

    expected = ["sent"] if late else ["sent", "delivered", "read"]
    assert [status["status"] for status in inbox.statuses] == expected
