"""A text has an end: what is beyond is refused, or cut where it is repeated; nothing kept grows with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.fuzzing.kept import longest_kept
from kit.graph import Graph, complaint_in, graph_of
from kit.identities import SHEENA, WABA_ID

from emulator import Emulator, Sandbox, create_app

LONG = 100_000


@pytest.fixture
def graph(emulator: Emulator, sandbox: Sandbox) -> Graph:
    return graph_of(emulator)


@pytest.fixture
def control(emulator: Emulator, sandbox: Sandbox) -> Control:
    return Control(create_app(emulator).test_client())


def url(length: int) -> str:
    return "http://127.0.0.1:9/".ljust(length, "x")


BOUNDED: dict[str, tuple[str, str, Callable[[int], Any], int, int, str]] = {
    "a name": (
        "POST",
        "/people",
        lambda most: {"name": "x" * most},
        1000,
        400,
        "'name' has 1,001 characters",
    ),
    "another name": (
        *("PATCH", "/portfolio", lambda most: {"name": "x" * most}),
        *(1000, 400, "'name' has 1,001 characters; there may be 1,000"),
    ),
    "what a person writes": (
        *("POST", f"/people/{SHEENA}/messages", lambda most: {"text": {"body": "x" * most}}),
        *(65_536, 400, "'text.body' has 65,537 characters; there may be 65,536"),
    ),
    "an edge": ("POST", "/faults", lambda most: {"code": 4, "edge": "x" * most}, 200, 400, "'edge' has 201"),
    "details": (
        *("POST", "/faults", lambda most: {"code": 131000, "details": "x" * most}),
        *(1000, 400, "'details' has 1,001"),
    ),
    "an amount of money": (
        *("PUT", "/rates", lambda most: {"utility": {"*": "1" * most}}),
        *(40, 422, "a rate is an amount of money, zero or more; got '1111"),
    ),
    "a member whose name is free": (
        *("PUT", "/rates", lambda most: {"utility": {"x" * most: 1}}),
        *(65_536, 400, "'a name in utility' has 65,537 characters"),
    ),
    "a text inside of a free member": (
        *(
            "POST",
            f"/people/{SHEENA}/ad-clicks",
            lambda most: {"text": "Hi", "referral": {"body": ["x" * most]}},
        ),
        *(65_536, 400, "'referral.body[0]' has 65,537 characters"),
    ),
    "a URL": (
        *("PUT", "/webhook", lambda most: {"url": url(most)}),
        *(8000, 422, "xxx… is no URL that can be asked for: it has more than 8,000 characters"),
    ),
}


@pytest.mark.parametrize("name", BOUNDED)
def test_a_text_of_the_control_api_has_an_end(control: Control, name: str) -> None:
    """As long as it may be it is no problem; one character more is refused in a sentence."""
    method, path, body, most, status, sentence = BOUNDED[name]

    at_the_limit = control(method, path, body(most))
    above = control(method, path, body(most + 1))

    assert at_the_limit.status_code in (200, 201, 422), at_the_limit.text
    assert "characters" not in at_the_limit.text
    found, detail = problem_of(above)
    assert (found, sentence in detail) == (status, True), detail


def test_a_file_has_no_such_end(control: Control, sandbox: Sandbox) -> None:
    """It is bounded by the size of the body."""
    image = {"data": "AAAA" * 50_000, "mime_type": "image/png"}

    assert control.post(f"/people/{SHEENA}/messages", {"type": "image", "image": image}).status_code == 201


def test_the_document_names_the_ends(control: Control) -> None:
    """Of every text in a body, but for files."""
    document = control.get("/_emulator/openapi.json").json
    people = document["paths"]["/_emulator/sandboxes/{s}/people"]["post"]["requestBody"]
    members = people["content"]["application/json"]["schema"]["properties"]

    assert members["name"] == {"type": "string", "maxLength": 1000}


@pytest.mark.parametrize("name", ["file_type", "file_name"])
def test_the_type_and_the_name_of_an_upload_have_255_characters(graph: Graph, name: str) -> None:
    """The handle of the uploaded file repeats the type."""
    call = {"file_length": 9, "file_type": "image/png"}

    accepted = graph.post("app/uploads", call | {name: "x" * 255})
    refused = graph.post("app/uploads", call | {name: "x" * 256})

    assert accepted.status_code == 200
    assert complaint_in(refused)[1] == f"(#100) Param {name} must be at most 255 characters long."


def test_a_number_is_no_number_beyond_a_hundred_characters(graph: Graph) -> None:
    """The answer repeats it as it was written."""
    most = "+1650" + " " * 88 + "5551234"

    assert graph.text(to=most).json["contacts"][0]["input"] == most
    assert complaint_in(graph.text(to=f"{most} ")) == (100, "(#100) Invalid parameter", "Parameter Invalid")


@pytest.mark.parametrize("edge", ["archive", "unarchive"])
def test_a_senseless_id_is_repeated_at_a_bounded_length(graph: Graph, edge: str) -> None:
    """As the key of the reason why it could not be done."""
    answer = graph.post(f"{WABA_ID}/message_templates/{edge}", {"hsm_ids": ["x" * LONG]})

    (failed,) = answer.json["failed_templates"]
    assert failed == "x" * 1000 + "…"


@pytest.mark.parametrize(
    "call",
    [
        {"method": "GET", "fields": "x" * LONG},
        {"method": "GET", "fields": "analytics{" + "x" * LONG + "}"},
        {"method": "GET", "x" * LONG: "x"},
        {"x" * LONG: {"x" * LONG: None}},
    ],
    ids=["a field", "a field of a field", "a parameter", "a parameter within another"],
)
def test_the_journal_keeps_no_more_of_a_name_than_it_shows(
    graph: Graph, sandbox: Sandbox, call: dict[str, Any]
) -> None:
    """Subjects and sentences are cut like everything that is quoted."""
    graph.post(WABA_ID, call)

    assert longest_kept(sandbox) == {}


def test_a_long_path_is_cut_in_the_journal(graph: Graph, sandbox: Sandbox) -> None:
    """It is the subject of its call."""
    graph.get("x" * 60_000)

    (entry,) = sandbox.journal.all(kind="call")
    assert (len(entry.subject), entry.subject[-1]) == (4001, "…")
    assert longest_kept(sandbox) == {}
