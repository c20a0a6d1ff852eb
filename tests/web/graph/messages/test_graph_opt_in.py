"""Who may be written to, and with which templates: opt-in, reachability, allow-lists, categories."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import JONAS

from emulator.domain.templates.template import CATEGORIES, LEGACY_CATEGORIES
from emulator.sandbox.sandbox import Sandbox

BODY = {"type": "BODY", "text": "Your order is on its way to you now."}


def warnings(sandbox: Sandbox) -> list[tuple[str, str, str | None]]:
    with sandbox.services.command() as store:
        return [(entry.subject, entry.summary, entry.wa_id) for entry in store.journal.select(kind="warning")]


# opt-in


def test_a_template_to_somebody_who_never_opted_in_is_sent_with_a_warning(
    graph: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """Policy, not an error: the API does not know who opted in. The journal does."""
    answer = graph.reminder(to=graph.beatriz)
    sandbox.settle()

    sent = answer.json["messages"][0]["id"]
    assert answer.status_code == 200
    assert [status["status"] for status in inbox.statuses] == ["sent", "delivered", "read"]
    assert warnings(sandbox) == [
        (
            sent,
            "Beatriz Santos never opted in: WhatsApp's policy wants an opt-in before a template is sent",
            graph.beatriz,
        )
    ]


def test_who_opted_in_is_sent_templates_without_a_warning(graph: Any, sandbox: Sandbox) -> None:
    """From the beginning, or since lately."""
    sandbox.people.change(graph.beatriz, opted_in=True)

    graph.reminder()
    graph.reminder(to=graph.beatriz)

    assert warnings(sandbox) == []


def test_an_answer_needs_no_opt_in(graph: Any, sandbox: Sandbox) -> None:
    """Who writes first may be answered."""
    sandbox.people.say(graph.beatriz, "Oi")

    graph.text(to=graph.beatriz)

    assert warnings(sandbox) == []


def test_a_refused_template_warns_of_nothing(graph: Any, sandbox: Sandbox) -> None:
    """No message, no warning."""
    graph.template("nonexistent", to=graph.beatriz)

    assert warnings(sandbox) == []


# reachability


@pytest.mark.parametrize("to", [JONAS, "19999999999"], ids=["not on WhatsApp", "nobody"])
@pytest.mark.parametrize("kind", ["text", "template"])
def test_who_is_not_on_whatsapp_cannot_be_reached(
    graph: Any, sandbox: Sandbox, inbox: Any, to: str, kind: str
) -> None:
    """200 at once, 131026 later: the platform does not tell before."""
    answer = graph.text(to=to) if kind == "text" else graph.reminder(to=to)
    sandbox.settle()

    (value,) = inbox.of("messages")
    (status,) = value["statuses"]
    assert answer.json["contacts"] == [{"input": to, "wa_id": to}]
    assert (status["status"], status["recipient_id"]) == ("failed", to)
    assert status["errors"] == [
        {
            "code": 131026,
            "title": "Message undeliverable",
            "message": "Message undeliverable",
            "error_data": {"details": "Message Undeliverable."},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }
    ]
    assert value["contacts"] == [{"wa_id": to}]


def test_who_joins_whatsapp_can_be_reached_from_then_on(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Not what was sent before."""
    graph.reminder(to=graph.jonas)
    sandbox.settle()
    sandbox.people.change(graph.jonas, on_whatsapp=True)

    graph.reminder(to=graph.jonas)
    sandbox.settle()

    assert [status["status"] for status in inbox.statuses] == ["failed", "sent", "delivered", "read"]


# the allow-list of a test number


@pytest.mark.parametrize("kind", ["text", "template"])
def test_a_test_number_reaches_its_allow_list_alone(
    graph: Any, sandbox: Sandbox, refusal: Any, kind: str
) -> None:
    """Anybody else is refused at once."""
    facts = {"number": graph.test_number, "to": graph.pablo}
    told = refusal(graph.text(**facts) if kind == "text" else graph.reminder(**facts))

    assert told == (
        400,
        {
            "message": "(#131030) Recipient phone number not in allowed list",
            "type": "OAuthException",
            "code": 131030,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Recipient phone number not in allowed list: Add recipient phone number to "
                "recipient list and try again.",
            },
        },
    )
    assert sandbox.messages.all() == []


@pytest.mark.parametrize(
    ("wa_id", "dialled"), [("5491112345678", "541112345678"), ("5215512345678", "525512345678")]
)
def test_an_allow_list_knows_one_spelling(
    graph: Any, sandbox: Sandbox, refusal: Any, wa_id: str, dialled: str
) -> None:
    """As the number is dialled: in whichever it was put on the list, the other is refused."""
    sandbox.people.add("Ana", wa_id)
    for listed in (wa_id, dialled):
        sandbox.accounts.allow(graph.test_number, [listed])

        status, error = refusal(graph.text(number=graph.test_number, to=wa_id))
        answer = graph.text(number=graph.test_number, to=f"+{dialled}")

        assert (status, error["code"]) == (400, 131030)
        assert answer.json["contacts"] == [{"input": f"+{dialled}", "wa_id": wa_id}]


def test_a_test_number_reaches_who_is_allowed(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Also with the sample, which no other number may send; where marketing is delivered."""
    sandbox.change_settings(us_marketing="delivered")
    answer = graph.template("hello_world", number=graph.test_number)
    sandbox.settle()

    assert answer.status_code == 200
    assert [status["status"] for status in inbox.statuses] == ["sent", "delivered", "read"]


# categories of templates


@pytest.fixture
def create(graph: Any) -> Any:
    def make(category: str, **changes: Any) -> Any:
        components: list[Any] = [BODY]
        if category == "AUTHENTICATION":
            otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}
            components = [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}]
        draft = {"name": "on_its_way", "language": "en_US", "category": category, "components": components}
        return graph.post(f"{graph.waba}/message_templates", draft | changes)

    return make


@pytest.mark.parametrize("policy", ["any", "current"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_today_s_categories_are_taken_without_a_word(
    sandbox: Sandbox, create: Any, policy: str, category: str
) -> None:
    """In any case of letters."""
    sandbox.change_settings(template_categories=policy)

    answer = create(category)

    assert (answer.status_code, answer.json["category"]) == (200, category)
    assert "X-Emulator-Warning" not in answer.headers
    assert warnings(sandbox) == []


@pytest.mark.parametrize("category", LEGACY_CATEGORIES)
def test_a_legacy_category_is_taken_as_utility_with_a_warning(
    graph: Any, sandbox: Sandbox, create: Any, category: str
) -> None:
    """``any``: in a header and in the journal; the old name stays visible."""
    answer = create(category)

    template_id = answer.json["id"]
    expected = f"The platform refuses the category {category} since 2023-05-01; taken as UTILITY here."
    assert (answer.status_code, answer.json["category"]) == (200, "UTILITY")
    assert answer.headers["X-Emulator-Warning"] == expected
    assert warnings(sandbox) == [(template_id, expected, None)]
    assert graph.get(f"{template_id}?fields=category,previous_category").json == {
        "category": "UTILITY",
        "previous_category": category,
        "id": template_id,
    }


@pytest.mark.parametrize("category", LEGACY_CATEGORIES)
def test_under_current_a_legacy_category_is_refused_as_the_platform_does(
    sandbox: Sandbox, refusal: Any, create: Any, category: str
) -> None:
    """In its words, and no template is made."""
    sandbox.change_settings(template_categories="current")

    told = refusal(create(category))

    assert told == (
        400,
        {
            "message": "(#100) Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got "
            f'"{category}".',
            "type": "OAuthException",
            "code": 100,
        },
    )
    assert warnings(sandbox) == []


@pytest.mark.parametrize("category", LEGACY_CATEGORIES)
def test_under_legacy_the_ten_are_taken_as_they_are(
    graph: Any, sandbox: Sandbox, inbox: Any, create: Any, category: str
) -> None:
    """As until 2022; sent, it is billed as utility."""
    sandbox.change_settings(template_categories="legacy")

    answer = create(category)
    sandbox.templates.review(answer.json["id"], "approve")
    graph.template("on_its_way")
    sandbox.settle()

    assert (answer.status_code, answer.json["category"]) == (200, category)
    assert "X-Emulator-Warning" not in answer.headers
    assert {status["pricing"]["category"] for status in inbox.statuses} == {"utility"}


@pytest.mark.parametrize("category", [*CATEGORIES, "TRANSACTIONAL"])
def test_under_legacy_nothing_else_is_taken(
    sandbox: Sandbox, refusal: Any, create: Any, category: str
) -> None:
    """The complaint lists the ten."""
    sandbox.change_settings(template_categories="legacy")

    status, error = refusal(create(category))

    assert (status, error["message"]) == (
        400,
        f'(#100) Param category must be one of {{{", ".join(LEGACY_CATEGORIES)}}} - got "{category}".',
    )


@pytest.mark.parametrize("policy", ["any", "current", "legacy"])
@pytest.mark.parametrize("category", ["TRANSACTIONAL", "OTP", "SERVICE", "NONSENSE"])
def test_what_is_no_category_is_refused_under_every_policy(
    sandbox: Sandbox, refusal: Any, create: Any, policy: str, category: str
) -> None:
    """Those in between never count."""
    sandbox.change_settings(template_categories=policy)

    status, error = refusal(create(category))

    assert (status, error["code"]) == (400, 100)
    assert error["message"].startswith("(#100) Param category must be one of {")
    assert error["message"].endswith(f'}} - got "{category}".')


def test_a_category_may_be_written_in_small_letters(create: Any) -> None:
    """As the documentation's own samples do."""
    assert create("utility").json["category"] == "UTILITY"
    assert create("account_update", name="other").json["category"] == "UTILITY"


def test_an_unknown_category_is_quoted_as_it_was_written(refusal: Any, create: Any) -> None:
    """As every other member with a fixed set of words is: ``got "foo"``."""
    _, error = refusal(create("nonsense"))

    assert error["message"] == (
        '(#100) Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got "nonsense".'
    )
