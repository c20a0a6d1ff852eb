"""Templates of a real account, as Graph lists them, in a sandbox of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.messages import template_message

from emulator import Emulator, SeedError, create_app
from emulator.sandbox.seeds.source import TemplatesGiven

CODE = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}"
ANSWER: dict[str, Any] = {
    "data": [
        {
            "name": "feedback",  # without an example, which none could be created without
            "previous_category": "ISSUE_RESOLUTION",
            "components": [
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BODY", "text": "Thank you for buying {{1}}!"},
                {
                    "type": "BUTTONS",
                    "buttons": [{"type": "URL", "text": "Tell us", "url": "https://x.example/"}],
                },
            ],
            "language": "en_US",
            "status": "APPROVED",
            "category": "MARKETING",
            "id": "1350788845398345",
        },
        {
            "name": "code",
            "components": [
                {
                    "type": "BODY",
                    "text": "*{{1}}* is your verification code. For your security, do not share this code.",
                    "add_security_recommendation": True,
                    "example": {"body_text": [["123456"]]},
                },
                {"type": "FOOTER", "text": "This code expires in 10 minutes.", "code_expiration_minutes": 10},
                {
                    "type": "BUTTONS",
                    "buttons": [
                        {
                            "type": "URL",
                            "text": "Copy code",
                            "url": CODE,
                            "example": [CODE.replace("{{1}}", "123456")],
                        }
                    ],
                },
            ],
            "language": "en_US",
            "status": "PAUSED",
            "category": "AUTHENTICATION",
            "parameter_format": "POSITIONAL",
            "quality_score": {"score": "GREEN", "date": 1730000000},
            "rejected_reason": "NONE",
            "last_updated_time": "2024-10-27T03:33:20+0000",
            "cta_url_link_tracking_opted_out": True,
            "a_member_of_next_year": {"of": "any shape"},
            "id": "711633970112999",
        },
        {"name": "old", "language": "de", "status": "DELETED", "category": "UTILITY", "components": []},
    ],
    "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}},
}


def listing(emulator: Emulator, fields: str = "") -> list[dict[str, Any]]:
    """What the sandbox answers to ``GET /{waba_id}/message_templates``."""
    identity = emulator.get("default").identity()
    graph = Graph(create_app(emulator).test_client(), identity["access_token"], "v23.0")
    answer = graph("GET", f"{identity['waba_id']}/message_templates?limit=1000{fields}")
    assert answer.json is not None, answer.text
    found: list[dict[str, Any]] = answer.json["data"]
    return found


def made(templates: TemplatesGiven, seed: str = "default") -> Emulator:
    """An emulator whose default sandbox has these templates."""
    emulator = Emulator()
    emulator.create(seed=seed, templates=templates, speed=None)
    return emulator


@pytest.mark.parametrize("seed", ["default", "shop"])
def test_the_listing_of_the_emulator_loads_back(seed: str) -> None:
    """Every template comes out as it went in: status, category, quality, components, options."""
    wanted = "&fields=id,name,language,category,status,components,parameter_format,sub_category,quality_score"
    with Emulator() as before:
        before.create(seed=seed, speed=None)
        first = listing(before, wanted)

    with made({"data": first}, seed) as after:
        second = listing(after, wanted)

    by_id = {template["id"]: template | {"quality_score": None} for template in second}
    assert first
    assert by_id == {template["id"]: template | {"quality_score": None} for template in first}


def test_a_real_listing_is_taken_as_it_is() -> None:
    """Approved is approved, though the editor would refuse to create it; a paused one is paused."""
    with made(ANSWER) as emulator:
        found = {template["name"]: template for template in listing(emulator)}

    assert (found["feedback"]["status"], found["code"]["status"]) == ("APPROVED", "PAUSED")
    assert found["feedback"]["components"] == ANSWER["data"][0]["components"]
    assert found["code"]["components"] == ANSWER["data"][1]["components"]
    assert "old" not in found
    assert "hello_world" in found, "those of the seed remain"


def test_a_listed_template_can_be_sent() -> None:
    """With the parameters that its components ask for."""
    with made(ANSWER) as emulator:
        graph = Graph(create_app(emulator).test_client(), ACCESS_TOKEN, "v23.0")
        image = {
            "type": "header",
            "parameters": [{"type": "image", "image": {"link": "https://x.example/a.png"}}],
        }
        body = {"type": "body", "parameters": [{"type": "text", "text": "a plant"}]}

        answer = graph("POST", f"{PRODUCTION}/messages", template_message(SHEENA, "feedback", image, body))
        without = graph("POST", f"{PRODUCTION}/messages", template_message(SHEENA, "feedback", image))

    assert answer.status_code == 200, answer.text
    assert (without.json or {})["error"]["code"] == 132000


def test_a_listed_template_goes_before_one_of_the_seed() -> None:
    """Of the same name in the same language."""
    mine = ANSWER["data"][0] | {"name": "hello_world", "id": "99887766554433"}

    with made([mine]) as emulator:
        (found,) = [template for template in listing(emulator) if template["name"] == "hello_world"]

    assert found["id"] == "99887766554433"


def test_a_file_is_read_and_kept_with_the_sandbox(tmp_path: Path) -> None:
    """A kept sandbox is taken up with it."""
    file = tmp_path / "templates.json"
    file.write_text(json.dumps(ANSWER), encoding="utf-8")
    with Emulator(data=tmp_path / "data") as emulator:
        emulator.create(templates=file, speed=None)

    with Emulator(data=tmp_path / "data") as emulator:
        sandbox = emulator.create(speed=None)
        sandbox.reset()
        names = {template["name"] for template in listing(emulator)}

    assert {"feedback", "code", "hello_world"} <= names


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"error": {"message": "Invalid OAuth", "code": 190}}, "error: this is an error of the Graph API"),
        ({"paging": {"next": "https://x"}, "data": []}, "one page of several: ask again with a larger limit"),
        ({}, "data is missing"),
        ([{"name": "a"}], "language is missing"),
        ([ANSWER["data"][0] | {"status": "LOST"}], "status: expected one of PENDING, APPROVED"),
        ([ANSWER["data"][0] | {"components": [{"type": "BODYY"}]}], "no components of a template"),
        ([ANSWER["data"][0] | {"last_updated_time": "yesterday"}], "expected a time such as 2026-11-02T09"),
        ([ANSWER["data"][0] | {"message_send_ttl_seconds": "60"}], "expected a whole number of seconds"),
        ([ANSWER["data"][0], ANSWER["data"][0]], "feedback stands twice in en_US"),
        ([ANSWER["data"][0], ANSWER["data"][0] | {"name": "b"}], "the id 1350788845398345 is taken"),
    ],
)
def test_what_is_no_listing_is_refused(given: TemplatesGiven, complaint: str) -> None:
    """With the place and the reason."""
    with pytest.raises(SeedError, match=complaint):
        made(given)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "1: seed: is not JSON"),
        (None, "cannot be read: No such file"),
        ("[" * 9999, "is not JSON|nested"),
    ],
)
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, written: str | None, complaint: str) -> None:
    """By its name."""
    file = tmp_path / "mine.json"
    if written is not None:
        file.write_text(written, encoding="utf-8")

    with pytest.raises(SeedError, match=rf"mine\.json:{'' if written == '{' else '1: seed: '}({complaint})"):
        made(file)
