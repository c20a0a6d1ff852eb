"""Objects, paths and versions: what every endpoint refuses alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

DOCS = "https://developers.facebook.com/docs/graph-api"


def unsupported(verb: str, name: str) -> dict[str, Any]:
    return {
        "message": f"Unsupported {verb} request. Object with ID '{name}' does not exist, cannot be loaded "
        "due to missing permissions, or does not support this operation. Please read the Graph API "
        f"documentation at {DOCS}",
        "type": "GraphMethodException",
        "code": 100,
        "error_subcode": 33,
    }


# objects and paths


@pytest.mark.parametrize(
    ("method", "path", "verb"),
    [
        ("GET", "123123", "get"),
        ("GET", "123_123", "get"),
        ("GET", "123123/phone_numbers", "get"),
        ("GET", "123123?fields=id", "get"),
        ("POST", "123123", "post"),
        ("POST", "123123/messages", "post"),
        ("POST", "123123/register", "post"),
        ("PUT", "123123/messages", "post"),
        ("DELETE", "123123", "delete"),
        ("DELETE", "123123/message_templates?name=x", "delete"),
    ],
)
def test_an_unknown_object_is_refused_in_the_verb_s_words(
    graph: Any, refusal: Any, method: str, path: str, verb: str
) -> None:
    """HTTP 400 and never 404, subcode 33."""
    name = path.partition("/")[0].partition("?")[0]

    assert refusal(graph(method, path)) == (400, unsupported(verb, name))


def test_a_method_may_be_asked_for_in_a_parameter(graph: Any, refusal: Any) -> None:
    """``POST …?method=delete`` is a DELETE."""
    told = refusal(graph.post("123123?method=delete"))

    assert told == (400, unsupported("delete", "123123"))


def test_an_object_of_another_sandbox_is_unknown(emulator: Emulator, graph: Any, refusal: Any) -> None:
    """A token sees its own sandbox alone."""
    other = emulator.create("other", at=datetime(2026, 11, 2, tzinfo=UTC), speed=None)
    number = other.identity()["numbers"][0]["phone_number_id"]

    told = refusal(graph.get(number))

    assert number != graph.number
    assert told == (400, unsupported("get", number))
    assert graph.get(number, token=other.identity()["access_token"]).status_code == 200


def test_a_missing_edge_is_told_by_method(graph: Any, refusal: Any) -> None:
    """A GET names the edge and the node's type, a POST or DELETE says that the object cannot do it."""
    got = refusal(graph.get(f"{graph.number}/message_templates"))
    posted = refusal(graph.post(f"{graph.number}/nonsense"))
    deleted = refusal(graph.delete(f"{graph.number}/messages"))

    assert got == (
        400,
        {
            "message": "(#100) Tried accessing nonexisting field (message_templates) on node type "
            "(WhatsAppBusinessPhoneNumber)",
            "type": "OAuthException",
            "code": 100,
        },
    )
    assert posted == (400, unsupported("post", graph.number))
    assert deleted == (400, unsupported("delete", graph.number))


@pytest.mark.parametrize("path", ["nonsense", "nonsense/messages", "+16505550000/messages/1"])
def test_what_stands_first_in_a_path_is_an_id(graph: Any, refusal: Any, path: str) -> None:
    """Whatever follows: there is no such object."""
    assert refusal(graph.get(path)) == (400, unsupported("get", path.partition("/")[0]))


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("message_templates/1", "/1"),
        ("message_templates/archive/1/2", "/1/2"),
        ("phone_numbers/x", "/x"),
        ("flows/1", "/1"),
    ],
)
def test_what_follows_an_edge_is_unknown(graph: Any, refusal: Any, below: str, told: str) -> None:
    """Code 2500 with what follows the longest edge there is."""
    assert refusal(graph.post(f"{graph.waba}/{below}")) == (
        400,
        {"message": f"Unknown path components: {told}", "type": "OAuthException", "code": 2500},
    )


def test_below_an_edge_that_is_not_emulated_everything_is_unknown(graph: Any, sandbox: Sandbox) -> None:
    """And the journal says that it is not emulated."""
    answer = graph.post(f"{graph.number}/nonsense/1")

    assert answer.json["error"]["message"] == "Unknown path components: /nonsense/1"
    with sandbox.services.command() as store:
        assert store.journal.select(kind="unsupported")


def test_a_path_with_a_line_end_in_it_is_refused_like_any_other(graph: Any, refusal: Any) -> None:
    """The platform never answers 404 for a path."""
    status, error = refusal(graph.get("/v24.0/a%0ab"))

    assert (status, error["code"]) == (400, 100)


@pytest.mark.parametrize("path", ["/v24.0//{}", "//v24.0/{}", "/v24.0/{}/"])
def test_too_many_slashes_do_no_harm(graph: Any, path: str) -> None:
    """Base addresses that end in a slash are common; nothing is redirected."""
    answer = graph.get("/", environ_overrides={"PATH_INFO": path.format(graph.number)})

    assert answer.json["id"] == graph.number


def test_a_head_is_answered_like_a_get_without_its_body(graph: Any) -> None:
    """Status and headers are the same."""
    got, head = graph.get(graph.number), graph("HEAD", graph.number)

    assert (head.status_code, head.data) == (200, b"")
    assert set(head.headers.keys()) == set(got.headers.keys())


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_pages_of_every_origin_may_call(graph: Any, method: str) -> None:
    """CORS is open, also when a browser asks first."""
    answer = graph(method, graph.number)

    assert (answer.status_code, answer.headers.get("Access-Control-Allow-Origin")) == (200, "*")


@pytest.mark.parametrize("version", ["v999.0", "v12.0", "v24.1"])
def test_a_version_that_never_was_is_an_unknown_path(graph: Any, refusal: Any, version: str) -> None:
    """Nothing is upgraded that never existed."""
    status, error = refusal(graph.get(f"/{version}/{graph.number}"))

    assert (status, error["code"]) == (400, 2500)
    assert error["message"].startswith(f"Unknown path components: /{version}")


def test_what_is_not_emulated_is_noted_in_the_journal(graph: Any, sandbox: Sandbox) -> None:
    """So that nobody takes a missing edge for a wrong call."""
    graph.post(f"{graph.number}/request_code", {"code_method": "SMS", "language": "en_US"})

    with sandbox.services.command() as store:
        (entry,) = store.journal.select(kind="unsupported")
    assert entry.subject == "POST WhatsAppBusinessPhoneNumber/request_code"


# versions


@pytest.mark.parametrize(
    ("path", "version", "warning"),
    [
        ("/v26.0/", "v26.0", None),
        ("/", "v26.0", None),
        ("/v25.0/", "v26.0", "The call has been auto-upgraded to v26.0 as v25.0 will be deprecated."),
        ("/v13.0/", "v26.0", "The call has been auto-upgraded to v26.0 as v13.0 has been deprecated."),
    ],
)
def test_a_call_is_carried_out_under_a_version(
    graph: Any, path: str, version: str, warning: str | None
) -> None:
    """Its own, the app's when it names none, or the oldest one that still works; the latter is told."""
    answer = graph.get(f"{path}{graph.number}")

    assert answer.status_code == 200
    assert answer.headers["Facebook-Api-Version"] == version
    assert answer.headers.get("X-Ad-Api-Version-Warning") == warning


def test_a_version_that_is_not_known_yet_is_taken(graph: Any) -> None:
    """An update of the API breaks no test; a header says that nothing is known about it."""
    answer = graph.get(f"/v28.0/{graph.number}")

    assert answer.status_code == 200
    assert answer.headers["Facebook-Api-Version"] == "v28.0"
    assert answer.headers["X-Emulator-Warning"].startswith("The emulator does not know v28.0 yet")


def test_a_version_expires_while_time_goes_by(emulator: Any, client: Any) -> None:
    """The same call, one second later."""
    begin = datetime(2026, 6, 5, tzinfo=UTC) - timedelta(seconds=1)
    sandbox = emulator.create("june", at=begin, speed=None)
    identity = sandbox.identity()
    path = f"/v24.0/{identity['numbers'][0]['phone_number_id']}"
    headers = {"Authorization": f"Bearer {identity['access_token']}"}

    before = client.get(path, headers=headers)
    sandbox.clock.advance(timedelta(seconds=1))
    after = client.get(path, headers=headers)
    emulator.remove("june")

    assert [each.headers["Facebook-Api-Version"] for each in (before, after)] == ["v24.0", "v25.0"]


def test_a_refusal_tells_the_version_too(graph: Any) -> None:
    """Upgrade and warning are no matter of success."""
    answer = graph.get("/v19.0/123123")

    assert answer.headers["Facebook-Api-Version"] == "v26.0"
    assert "X-Ad-Api-Version-Warning" in answer.headers
