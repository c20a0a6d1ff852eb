"""``/message_template_library``, and templates made from it."""

from __future__ import annotations

from typing import Any

import pytest
from kit.submissions import listed_names

from emulator.sandbox.sandbox import Sandbox

STATUS = "message_template_status_update"
WISH = {
    "name": "my_auto_pay",
    "language": "en_US",
    "category": "UTILITY",
    "library_template_name": "auto_pay_reminder_1",
    "library_template_button_inputs": "[{'type': 'URL', 'url': {'base_url': 'https://bank.example/{{1}}',"
    " 'url_suffix_example': 'https://bank.example/demo'}}]",
}
SUFFIX = {"type": "button", "sub_type": "url", "index": 0, "parameters": [{"type": "text", "text": "7"}]}


@pytest.fixture
def create(graph: Any) -> Any:
    def make(**changes: Any) -> Any:
        return graph.post(f"{graph.waba}/message_templates", WISH | changes)

    return make


def values(*texts: str) -> dict[str, Any]:
    return {"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]}


# the list


def test_a_library_template_is_listed_as_recorded(graph: Any) -> None:
    """Members in the order of the answers that users have published; what it has not is left out."""
    answer = graph.get("message_template_library?language=en&name=auto_pay_reminder_1")

    assert answer.json["data"] == [
        {
            "name": "auto_pay_reminder_1",
            "language": "en",
            "category": "UTILITY",
            "topic": "PAYMENTS",
            "usecase": "AUTO_PAY_REMINDER",
            "industry": ["FINANCIAL_SERVICES"],
            "header": "Upcoming automatic payment",
            "body": "Hi {{1}}, \n\nYour automatic payment for {{2}} is scheduled on {{3}} for {{4}}.\n\n"
            "Kindly ensure your balance is sufficient to avoid {{5}} fees.",
            "body_params": ["John", "CS Mutual Checking", "Jan 1, 2024", "$12.34", "late"],
            "body_param_types": ["TEXT", "TEXT", "DATE", "AMOUNT", "TEXT"],
            "buttons": [{"type": "URL", "text": "View account", "url": "https://www.example.com"}],
            "id": "7465715813478141",
        }
    ]
    assert list(answer.json["data"][0])[-2:] == ["buttons", "id"]


def test_the_library_is_walked_page_by_page(graph: Any) -> None:
    """25 at a time, by addresses that can be called as they are."""
    page = graph.get("message_template_library?language=en_US")
    first = len(page.json["data"])
    walked = listed_names(page)

    while "next" in page.json["paging"]:
        address = page.json["paging"]["next"]
        assert address.startswith("http://localhost/v26.0/message_template_library?")
        page = graph.get(address.removeprefix("http://localhost"))
        walked += listed_names(page)

    assert first == 25
    assert len(walked) == len(set(walked)) > 40


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=pre-set", {"low_balance_warning_1", "low_balance_warning_2"}),
        ("topic=CUSTOMER_FEEDBACK", {"feedback_survey_1", "feedback_survey_2"}),
        ("topic=account_update", {"account_creation_confirmation_3"}),
        ("usecase=SHIPMENT_CONFIRMATION", {"shipment_confirmation_2", "shipment_confirmation_3"}),
        ("industry=FINANCIAL_SERVICES&topic=ACCOUNT_UPDATES", {"account_creation_confirmation_3"}),
        ("name=delivery_update_1&fields=name", {"delivery_update_1"}),
    ],
)
def test_the_library_is_filtered(graph: Any, query: str, expected: set[str]) -> None:
    """By every parameter that the page has."""
    answer = graph.get(f"message_template_library?limit=100&{query}")

    assert {template["name"] for template in answer.json["data"]} == expected


@pytest.mark.parametrize(("language", "rule"), [("es_MX", "template_editor"), ("de", "not_emulated")])
def test_a_language_that_the_library_has_not_is_refused(
    graph: Any, create: Any, refusal: Any, language: str, rule: str
) -> None:
    """In its list and for a template from it; Spanish has no countries there, of others that is not known."""
    for answer in (graph.get(f"message_template_library?language={language}"), create(language=language)):
        assert answer.headers["X-Emulator-Rule"] == rule
        assert refusal(answer)[1] | {"fbtrace_id": ""} == {
            "message": "Invalid parameter",
            "type": "OAuthException",
            "code": 100,
            "error_subcode": 2388049,
            "is_transient": False,
            "error_user_title": "Message template language is not supported",
            "error_user_msg": "Content can't be added for this language because it is not available for "
            "using library templates.",
            "fbtrace_id": "",
        }


def test_nothing_can_be_written_to_the_library(graph: Any, refusal: Any) -> None:
    """And below it there is nothing."""
    assert refusal(graph.post("message_template_library", {}))[1]["error_subcode"] == 33
    assert refusal(graph.get("message_template_library/1"))[1]["message"] == "Unknown path components: /1"


# templates made from it


def test_a_library_template_is_approved_at_once_and_knows_where_it_is_from(
    graph: Any, create: Any, inbox: Any, sandbox: Sandbox
) -> None:
    """Its words are the library's; ``library_template_name`` stands after the category, as recorded."""
    made = create()
    sandbox.settle()
    shown = graph.get(made.json["id"])

    assert made.json == {"id": made.json["id"], "status": "APPROVED", "category": "UTILITY"}
    assert [value["event"] for value in inbox.of(STATUS)] == ["APPROVED"]
    assert list(shown.json)[-3:] == ["category", "library_template_name", "id"]
    assert shown.json["library_template_name"] == "auto_pay_reminder_1"
    assert shown.json["components"] == [
        {"type": "HEADER", "format": "TEXT", "text": "Upcoming automatic payment"},
        {
            "type": "BODY",
            "text": "Hi {{1}}, \n\nYour automatic payment for {{2}} is scheduled on {{3}} for {{4}}.\n\n"
            "Kindly ensure your balance is sufficient to avoid {{5}} fees.",
            "example": {"body_text": [["John", "CS Mutual Checking", "Jan 1, 2024", "$12.34", "late"]]},
        },
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "URL",
                    "text": "View account",
                    "url": "https://bank.example/{{1}}",
                    "example": ["https://bank.example/demo"],
                }
            ],
        },
    ]


def test_a_send_is_held_to_the_types(graph: Any, create: Any, refusal: Any) -> None:
    """A day where a day stands, an amount where money does."""
    create()
    good = ("Ann", "Savings", "2026-11-30", "USD 5.00", "late")

    status, error = refusal(graph.template("my_auto_pay", values(*good[:2], "soon", *good[3:]), SUFFIX))

    assert (status, error["code"], error["error_data"]["details"]) == (
        400,
        132018,
        "body: Parameter at index 3 is not a valid value of type DATE",
    )
    assert graph.template("my_auto_pay", values(*good), SUFFIX).status_code == 200


def test_a_template_that_is_rewritten_is_the_library_s_no_longer(
    graph: Any, sandbox: Sandbox, create: Any
) -> None:
    """What its author writes is reviewed, and its values have no types."""
    template_id = create().json["id"]
    body = {
        "type": "BODY",
        "text": "Dear customer {{1}}, this is about your payment.",
        "example": {"body_text": [["Ann"]]},
    }

    graph.post(template_id, {"components": [body]})
    sandbox.templates.review(template_id, "approve")

    assert "library_template_name" not in graph.get(template_id).json
    assert graph.template("my_auto_pay", values("whoever")).status_code == 200


def test_every_template_of_the_library_can_be_made_and_sent_with_its_samples(
    graph: Any, sandbox: Sandbox
) -> None:
    """The samples fit the types, the inputs the buttons."""
    whole = graph.get("message_template_library?language=en_US&limit=100").json["data"]
    inputs: list[dict[str, Any]] = [
        {"type": "URL", "url": {"base_url": "https://shop.example/"}},
        {"type": "PHONE_NUMBER", "phone_number": "+16315551010"},
    ]

    for entry in whole:
        kinds = [button["type"] for button in entry.get("buttons", ())]
        wish = {
            "name": f"my_{entry['name']}",
            "language": "en_US",
            "category": "UTILITY",
            "library_template_name": entry["name"],
            "library_template_button_inputs": [each for each in inputs if each["type"] in kinds],
        }
        flow = [{"type": "button", "sub_type": "flow", "index": 0}] if "FLOW" in kinds else []
        made = graph.post(f"{graph.waba}/message_templates", wish)
        sent = graph.template(f"my_{entry['name']}", values(*entry["body_params"]), *flow)
        assert (made.status_code, sent.status_code) == (200, 200), (entry["name"], made.json, sent.json)


def test_a_missing_input_is_told(create: Any, refusal: Any) -> None:
    """In the words of the generic reader."""
    status, error = refusal(create(library_template_button_inputs=None))

    assert (status, error["message"]) == (
        400,
        "(#100) The parameter library_template_button_inputs is required.",
    )


def test_what_the_library_has_not_is_unsupported(create: Any, refusal: Any, sandbox: Sandbox) -> None:
    """The platform may have it, so that a strict test fails and says what it met."""
    answer = create(library_template_name="weather_1")

    assert (answer.status_code, answer.headers["X-Emulator-Rule"]) == (400, "not_emulated")
    assert refusal(answer)[1]["error_user_msg"] == (
        "There is no template weather_1 in the template library for this language."
    )
    with sandbox.services.command() as store:
        (noted,) = store.journal.select(kind="unsupported")
    assert noted.subject == "library template weather_1"


def test_the_name_of_a_library_template_is_the_author_s(create: Any, refusal: Any) -> None:
    """And judged like any other."""
    assert refusal(create(name="My auto pay"))[1]["error_subcode"] == 2388046
    assert create().status_code == 200
    assert refusal(create())[1]["error_subcode"] == 2388024
