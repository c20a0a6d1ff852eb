"""Calls of the Graph API by the control API: filters, pages, and what is kept of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, BEATRIZ, PRODUCTION, SHEENA
from werkzeug.test import Client

from emulator import Sandbox
from emulator.sandbox.store import journal

CALLS = "/_emulator/sandboxes/default/calls"


def calls(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(CALLS, query_string=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["calls"]
    return found


def text(graph: Graph, to: str, **more: Any) -> None:
    graph.client.post(
        f"/v26.0/{PRODUCTION}/messages",
        json={"messaging_product": "whatsapp", "to": to, "type": "text", **more},
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
    )


@pytest.fixture
def told(graph: Graph, sandbox: Sandbox) -> Graph:
    """A call that is accepted, one that fails later, two that are refused, one that is not emulated."""
    sandbox.people.say(SHEENA, "Hi")
    text(graph, SHEENA, text={"body": "Hello 100 %"})
    sandbox.settle()
    sandbox.clock.advance(timedelta(hours=25))
    text(graph, SHEENA, text={"body": "Too late"})
    text(graph, f"+{BEATRIZ}", text={})
    text(graph, BEATRIZ, template={"name": "none", "language": {"code": "en"}}, type="template")
    graph.client.get(f"/v26.0/{PRODUCTION}/nothing", headers={"Authorization": f"Bearer {ACCESS_TOKEN}"})
    sandbox.settle()
    return graph


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["call", "call", "call", "call", "status", "call"]),
        ({"outcome": "accepted"}, ["call", "call"]),
        ({"outcome": "refused"}, ["call", "call", "call"]),
        ({"outcome": "failed"}, ["status"]),
        ({"outcome": "unsupported"}, ["call"]),
        ({"outcome": "fault"}, []),
        ({"edge": "messages"}, ["call"] * 4),
        ({"edge": "m_ssages"}, []),
        ({"code": 131047}, ["status"]),
        ({"code": 132001}, ["call"]),
        ({"wa_id": BEATRIZ}, ["call", "call"]),
        ({"search": "100 %"}, ["call"]),
        ({"search": "TOO LATE"}, ["call"]),
    ],
)
def test_calls_are_found_by_what_is_asked(told: Graph, query: dict[str, Any], found: list[str]) -> None:
    """Each filter keeps its own; those that were refused are found by the person they were meant for."""
    assert sorted(each["kind"] for each in calls(told.client, **query)) == sorted(found)


def test_calls_come_page_by_page_the_newest_first(told: Graph) -> None:
    """Each page names what the next one comes before; the last one does not."""
    whole = [each["seq"] for each in calls(told.client)]
    read: list[int] = []
    before: dict[str, int] = {}
    while True:
        page = told.client.get(CALLS, query_string={"limit": 2, **before}).get_json()
        read += [each["seq"] for each in page["calls"]]
        if "next" not in page:
            break
        before = {"before": page["next"]}

    assert read == whole == sorted(whole, reverse=True)


def test_a_search_looks_at_a_part_and_says_where_it_goes_on(
    told: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So one page of a journal with a million entries is as quick as one of a short one."""
    monkeypatch.setattr(journal, "LOOKED_AT", 3)
    read: list[int] = []
    before: dict[str, int] = {}
    for _ in range(20):
        page = told.client.get(CALLS, query_string={"search": "100 %", **before}).get_json()
        read += [each["seq"] for each in page["calls"]]
        if "next" not in page:
            break
        before = {"before": page["next"]}

    monkeypatch.undo()
    assert "next" not in page
    assert read == [each["seq"] for each in calls(told.client, search="100 %")]


def test_headers_are_kept_of_calls_that_they_tell_something_of(told: Graph) -> None:
    """Those of a refusal name its rule; those of any other call are the usual ones, and not kept."""
    refused = calls(told.client, code=132001)[0]["details"]["headers"]
    accepted = calls(told.client, outcome="accepted")[0]["details"]

    assert refused["X-Emulator-Rule"] == "template_exists"
    assert "headers" not in accepted


def test_an_unknown_outcome_is_refused(client: FlaskClient) -> None:
    """With the ones that there are."""
    answer = client.get(CALLS, query_string={"outcome": "nonsense"})

    assert answer.status_code == 400
    assert "unsupported" in answer.get_json()["detail"]
