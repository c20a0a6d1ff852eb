"""``/{waba_id}/message_template_previews`` and ``/{waba_id}/upsert_message_templates``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator.domain.templates.languages import LANGUAGES
from emulator.sandbox.sandbox import Sandbox

STATUS = "message_template_status_update"
CODE = {"type": "text", "text": "123456"}
PARTS = [
    {"type": "body", "parameters": [CODE]},
    {"type": "button", "sub_type": "url", "index": 0, "parameters": [CODE]},
]


def codes(advises: bool = True, minutes: int = 10, **changes: Any) -> dict[str, Any]:
    components = [
        {"type": "BODY", "add_security_recommendation": advises},
        {"type": "FOOTER", "code_expiration_minutes": minutes},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
    ]
    whole = {"name": "codes", "languages": ["en_US", "es_ES", "fr"], "category": "AUTHENTICATION"}
    return whole | {"components": components} | changes


@pytest.fixture
def upsert(graph: Any) -> Any:
    def make(*args: Any, **changes: Any) -> Any:
        return graph.post(f"{graph.waba}/upsert_message_templates", codes(*args, **changes))

    return make


def bodies(graph: Any, name: str = "codes") -> dict[str, str]:
    """The first text of a template by language."""
    found = graph.get(f"{graph.waba}/message_templates?name={name}&fields=language,components").json["data"]
    return {each["language"]: each["components"][0]["text"] for each in found}


def test_a_preview_is_the_documented_one(graph: Any) -> None:
    """Byte for byte, but for the slashes of the text."""
    answer = graph.get(
        f"{graph.waba}/message_template_previews?category=AUTHENTICATION&languages=en_US,es_ES"
        "&add_security_recommendation=true&code_expiration_minutes=10&button_types=OTP"
    )

    assert answer.json == {
        "data": [
            {
                "body": "*{{1}}* is your verification code. For your security, do not share this code.",
                "buttons": [{"autofill_text": "Autofill", "text": "Copy code"}],
                "footer": "This code expires in 10 minutes.",
                "language": "en_US",
            },
            {
                "body": "Tu código de verificación es *{{1}}*. Por tu seguridad, no lo compartas.",
                "buttons": [{"autofill_text": "Autocompletar", "text": "Copiar código"}],
                "footer": "Este código caduca en 10 minutos.",
                "language": "es_ES",
            },
        ]
    }
    assert list(answer.json["data"][0]) == ["body", "buttons", "footer", "language"]


def test_a_preview_of_nothing_special_shows_the_body_in_every_language(graph: Any) -> None:
    """Options that are not asked for are left out."""
    answer = graph.get(f"{graph.waba}/message_template_previews?category=AUTHENTICATION")

    assert [each["language"] for each in answer.json["data"]] == list(LANGUAGES)
    assert {tuple(each) for each in answer.json["data"]} == {("body", "language")}


def test_templates_are_made_in_every_language_that_is_asked(
    graph: Any, sandbox: Sandbox, inbox: Any, upsert: Any
) -> None:
    """Approved at once, each in its own words, and ready to be sent."""
    answer = upsert()
    sandbox.settle()

    assert [(each["status"], each["language"]) for each in answer.json["data"]] == [
        ("APPROVED", "en_US"),
        ("APPROVED", "es_ES"),
        ("APPROVED", "fr"),
    ]
    assert list(answer.json["data"][0]) == ["id", "status", "language"]
    assert (
        bodies(graph)["fr"]
        == "Votre code de vérification est *{{1}}*. Pour votre sécurité, ne le partagez pas."
    )
    assert len(inbox.of(STATUS)) == 3
    assert graph.template("codes", *PARTS, language="fr").status_code == 200


def test_templates_that_are_there_are_updated_without_being_edits(
    graph: Any, sandbox: Sandbox, upsert: Any
) -> None:
    """As often as one likes; they keep their id and stay approved, and others are made beside them."""
    first = upsert(languages=["en_US"]).json["data"][0]["id"]

    for minutes in range(1, 13):
        answer = upsert(False, minutes, languages=["en_US", "fr"])
        assert [each["status"] for each in answer.json["data"]] == ["APPROVED", "APPROVED"]

    assert answer.json["data"][0]["id"] == first
    assert bodies(graph)["en_US"] == "*{{1}}* is your verification code."
    footer = graph.get(first).json["components"][1]
    assert (footer["text"], footer["code_expiration_minutes"]) == ("This code expires in 12 minutes.", 12)
    edited = graph.post(first, {"components": codes()["components"]})
    assert edited.status_code == 200


def test_an_update_may_say_how_long_codes_live(graph: Any, upsert: Any) -> None:
    """And leaves it alone when it does not."""
    made = upsert(languages=["fr"], message_send_ttl_seconds=60).json["data"][0]["id"]
    upsert(languages=["fr"])

    assert graph.get(f"{made}?fields=message_send_ttl_seconds").json["message_send_ttl_seconds"] == 60


def test_a_rejected_template_is_approved_by_its_update(graph: Any, sandbox: Sandbox, upsert: Any) -> None:
    """Its new words are the platform's own."""
    made = upsert(languages=["fr"]).json["data"][0]["id"]
    sandbox.templates.review(made, "reject")

    assert upsert(languages=["fr"]).json["data"] == [{"id": made, "status": "APPROVED", "language": "fr"}]


def test_all_or_none_are_made(graph: Any, sandbox: Sandbox, refusal: Any, upsert: Any) -> None:
    """One language that cannot be updated, and nothing has happened."""
    made = upsert(languages=["fr"]).json["data"][0]["id"]
    sandbox.templates.review(made, "disable")

    status, error = refusal(upsert(languages=["en_US", "fr"]))

    assert (status, error["error_subcode"]) == (400, 2388039)
    assert list(bodies(graph)) == ["fr"]


def test_a_template_of_another_category_is_not_updated(graph: Any, refusal: Any, upsert: Any) -> None:
    """The recorded sentence about categories."""
    _, error = refusal(upsert(name="order_shipped", languages=["en_US"]))

    assert error["error_user_msg"] == (
        "The category AUTHENTICATION doesn't match the one that's already associated with this template, "
        "UTILITY."
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"languages": None}, "(#100) The parameter languages is required."),
        ({"category": "UTILITY"}, '(#100) Param category must be one of {AUTHENTICATION} - got "UTILITY".'),
    ],
)
def test_what_makes_no_sense_is_complained_about(
    refusal: Any, upsert: Any, changes: dict[str, Any], message: str
) -> None:
    """In the words of the generic reader."""
    assert refusal(upsert(**changes))[1]["message"] == message


def test_the_editor_judges_what_is_upserted(refusal: Any, upsert: Any) -> None:
    """Names, minutes, buttons: by the same rules."""
    assert refusal(upsert(name="Codes"))[1]["error_subcode"] == 2388046
    assert refusal(upsert(minutes=91))[1]["error_subcode"] == 2388073


def test_a_language_is_made_once_however_often_it_is_named(upsert: Any, sandbox: Sandbox) -> None:
    """Twice the same is once."""
    assert len(upsert(languages=["fr", "fr"]).json["data"]) == 1
    sandbox.clock.advance(timedelta(hours=1))
    assert len(upsert(languages=["fr", "fr"]).json["data"]) == 1
