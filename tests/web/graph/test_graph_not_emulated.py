"""What Meta documents and the emulator does not do: refused as Graph would, marked, and never silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kit import identities
from kit.answers import Answer
from kit.graph import Graph
from kit.identities import APP_ID, APP_SECRET, PRODUCTION, SHEENA, WABA_ID

from emulator import Sandbox
from emulator.domain.graph.legacy import LEGACY
from emulator.testing.reports.verdict import complaints
from emulator.wire.documented import ABSENT, DOCUMENTED, EVERYWHERE, GROUP, ROOT, is_field
from emulator.wire.nodes import APP, NUMBER, PORTFOLIO, WABA
from emulator.wire.template_nodes import TEMPLATE

UNKNOWN = "776655443322110"
"""An id of no object in the sandbox, as that of a Flow is."""


def calls() -> Iterator[tuple[str, str, str]]:
    """Every edge with its methods, by the type of its node."""
    for node_type, known in DOCUMENTED.items():
        for edge, methods in known.edges.items():
            for method in methods:
                yield node_type, edge, method


def fields() -> Iterator[tuple[str, str]]:
    for node_type, known in DOCUMENTED.items():
        if node_type in ABSENT:
            continue
        for name in sorted(known.fields):
            yield node_type, name


def parameters() -> Iterator[tuple[str, str, str, str]]:
    for node_type, known in DOCUMENTED.items():
        if node_type in ABSENT:
            continue
        for (edge, method), names in known.parameters.items():
            for name in sorted(names):
                yield node_type, edge, method, name


@pytest.fixture
def ids(sandbox: Sandbox) -> dict[str, str]:
    """An object of each type of node; the Graph itself has none."""
    template = sandbox.templates.all(WABA_ID)[0]
    group = sandbox.groups.make("Gardeners", SHEENA)
    return dict.fromkeys(ABSENT, UNKNOWN) | {
        ROOT: "",
        WABA: WABA_ID,
        NUMBER: PRODUCTION,
        TEMPLATE: template.id,
        PORTFOLIO: identities.PORTFOLIO,
        APP: APP_ID,
        GROUP: group.id,
    }


def marked(sandbox: Sandbox, answer: Answer) -> str:
    """The feature that the journal says is missing; the refusal explains itself, and fails a strict test."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["X-Emulator-Rule"] == "not_emulated"
    assert answer.headers["X-Emulator-Hint"].endswith("is not emulated.")
    (entry,) = sandbox.journal.all(kind="unsupported")
    assert complaints(sandbox)[0].sentence.startswith("not emulated: ")
    return entry.subject


@pytest.mark.parametrize(("node_type", "edge", "method"), [*calls()])
def test_every_documented_call_is_marked(
    graph: Graph, sandbox: Sandbox, ids: dict[str, str], node_type: str, edge: str, method: str
) -> None:
    """Edges, nodes of types that the emulator has not, and the Graph itself."""
    path = "/".join(part for part in (ids[node_type], edge) if part)

    answer = graph(method, path)

    assert edge in marked(sandbox, answer)


@pytest.mark.parametrize(("node_type", "name"), [*fields()])
def test_every_documented_field_is_marked(
    graph: Graph, sandbox: Sandbox, ids: dict[str, str], node_type: str, name: str
) -> None:
    """Also one with modifiers, in the words of a field that there is not."""
    answer = graph.get(f"{ids[node_type]}?fields=id,{name}.start(1).end(2)")

    assert marked(sandbox, answer) == f"GET {node_type} with the field {name}"
    assert f"nonexisting field ({name})" in answer.text


@pytest.mark.parametrize(("node_type", "edge", "method", "name"), [*parameters()])
def test_every_documented_parameter_is_marked(
    graph: Graph, sandbox: Sandbox, ids: dict[str, str], node_type: str, edge: str, method: str, name: str
) -> None:
    """It is named, not another one, and not ignored."""
    path = "/".join(part for part in (ids[node_type], edge) if part)

    answer = graph(method, f"{path}?{name}=1")

    assert marked(sandbox, answer) == f"{method} {node_type}/{edge} with {name}"
    assert f"Param {name} " in answer.text


@pytest.mark.parametrize(
    ("node_type", "name"), [(each, name) for each in ABSENT for name in sorted(DOCUMENTED[each].fields)]
)
def test_a_field_of_an_object_that_no_sandbox_has_is_marked(
    graph: Graph, sandbox: Sandbox, node_type: str, name: str
) -> None:
    """In the words of an unknown id, which it is: a Flow has none here."""
    answer = graph.get(f"{UNKNOWN}?fields=id,name,{name}{{id}}")

    assert marked(sandbox, answer) == f"GET {node_type} with the field {name}"
    assert f"Object with ID '{UNKNOWN}' does not exist" in answer.text


@pytest.mark.parametrize(
    ("node_type", "name"),
    [
        (each, name)
        for each in ABSENT
        for names in DOCUMENTED[each].parameters.values()
        for name in sorted(names)
    ],
)
def test_a_change_of_an_object_that_no_sandbox_has_is_marked(
    graph: Graph, sandbox: Sandbox, node_type: str, name: str
) -> None:
    """By what it sets, in a body of JSON."""
    answer = graph.post(UNKNOWN, json={name: "x"})

    assert marked(sandbox, answer) == f"POST {node_type}/ with {name}"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", UNKNOWN),
        ("GET", f"{UNKNOWN}?fields=id,name,status"),
        ("DELETE", UNKNOWN),
        ("POST", f"{UNKNOWN}/messages"),
        ("GET", f"{UNKNOWN}/message_templates"),
        ("GET", f"{UNKNOWN}/publish"),
    ],
)
def test_an_unknown_id_that_may_be_a_mistake_is_plainly_refused(
    graph: Graph, sandbox: Sandbox, method: str, path: str
) -> None:
    """Nothing of the call says that it is not about a number, a WABA or a template."""
    answer = graph(method, path)

    assert (answer.status_code, answer.json["error"]["error_subcode"]) == (400, 33)
    assert sandbox.journal.all(kind="unsupported") == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_the_flow_of_a_template_is_marked(graph: Graph, sandbox: Sandbox, method: str) -> None:
    """Its id is not just unknown: a button says that it is a Flow."""
    button = {"type": "FLOW", "text": "Book", "flow_id": UNKNOWN, "navigate_screen": "A"}
    body = {"type": "BODY", "text": "Book a table."}
    template = {"name": "book", "language": "en_US", "category": "UTILITY"}
    made = graph.post(
        f"{WABA_ID}/message_templates",
        json=template | {"components": [body, {"type": "BUTTONS", "buttons": [button]}]},
    )
    assert made.status_code == 200

    answer = graph(method, UNKNOWN)

    assert marked(sandbox, answer) == f"{method} Flow/"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_follows_an_edge_that_is_not_emulated_is_marked(
    graph: Graph, sandbox: Sandbox, method: str
) -> None:
    """A QR code stands in the path behind its number; all of them are one feature."""
    answer = graph(method, f"{PRODUCTION}/message_qrdls/4O4YGZEG3RIVE1")

    assert marked(sandbox, answer) == f"{method} {NUMBER}/message_qrdls/*"


def test_a_field_in_braces_that_the_emulator_lacks_is_marked(graph: Graph, sandbox: Sandbox) -> None:
    """It is not left out: an app would take that for an answer."""
    answer = graph.get(f"{WABA_ID}?fields=owner_business_info{{name,verification_status}}")

    assert marked(sandbox, answer) == f"GET {WABA} with the field owner_business_info{{verification_status}}"


def test_a_known_field_in_braces_without_a_value_is_left_out(graph: Graph, sandbox: Sandbox) -> None:
    """As one without braces."""
    answer = graph.get(f"{PRODUCTION}?fields=quality_score{{score,date}}")

    assert answer.json["quality_score"] == {"score": "GREEN"}
    assert sandbox.journal.all(kind="unsupported") == []


def test_a_documented_modifier_of_an_edge_is_marked(graph: Graph, sandbox: Sandbox) -> None:
    """As the parameter of the edge is."""
    answer = graph.get(f"{WABA_ID}?fields=phone_numbers.filtering([]){{id}}")

    assert marked(sandbox, answer) == f"GET {WABA}/phone_numbers with filtering"


def test_reading_after_writing_warns(graph: Graph, sandbox: Sandbox) -> None:
    """What was written is answered as always, and the answer says why there is nothing else."""
    answer = graph.post(f"{WABA_ID}/subscribed_apps?fields=id")

    assert answer.json == {"success": True}
    assert answer.headers["X-Emulator-Warning"].startswith("`fields` of a POST (read after write)")


def test_fields_of_a_list_that_has_none_warn(graph: Graph, sandbox: Sandbox) -> None:
    """It is answered whole."""
    whole = graph.get(f"{WABA_ID}/subscribed_apps")
    answer = graph.get(f"{WABA_ID}/subscribed_apps?fields=id,name")

    assert answer.json == whole.json
    assert answer.headers["X-Emulator-Warning"].startswith("`fields` of subscribed_apps is not emulated")


@pytest.mark.parametrize("name", sorted(EVERYWHERE - LEGACY.keys() | {"callback"}))
def test_what_every_call_of_graph_takes_is_marked(graph: Graph, sandbox: Sandbox, name: str) -> None:
    """It would change the answer; what Graph has given up is tested apart."""
    answer = graph.get(f"{PRODUCTION}?{name}=1")

    assert marked(sandbox, answer).endswith(f"with {name}")


def test_a_field_that_is_documented_nowhere_is_plainly_refused(graph: Graph, sandbox: Sandbox) -> None:
    """It fails on the platform, too."""
    answer = graph.get(f"{WABA_ID}?fields=nonsense")

    assert answer.status_code == 400
    assert not is_field(WABA, "nonsense")
    assert sandbox.journal.all(kind="unsupported") == []


def test_a_parameter_that_is_documented_nowhere_is_ignored(graph: Graph, sandbox: Sandbox) -> None:
    """As by the platform."""
    assert graph.get(f"{WABA_ID}/phone_numbers?nonsense=1").status_code == 200
    assert sandbox.journal.all(kind="unsupported") == []


@pytest.mark.parametrize(
    ("given", "grant"),
    [
        ({"code": "AQB"}, "authorization_code"),
        ({"grant_type": "authorization_code", "code": "AQB"}, "authorization_code"),
        ({"grant_type": "fb_exchange_token", "fb_exchange_token": "X"}, "fb_exchange_token"),
    ],
)
def test_other_grants_are_marked(graph: Graph, sandbox: Sandbox, given: dict[str, str], grant: str) -> None:
    """The app and its secret lead to the sandbox whose test fails."""
    query = {"client_id": APP_ID, "client_secret": APP_SECRET, **given}

    answer = graph.get("oauth/access_token", query_string=query, token=None)

    assert marked(sandbox, answer) == f"GET oauth/access_token with the grant {grant}"


def test_a_grant_that_never_was_is_plainly_refused(graph: Graph, sandbox: Sandbox) -> None:
    """It fails on the platform, too."""
    query: dict[str, Any] = {"client_id": APP_ID, "client_secret": APP_SECRET, "grant_type": "nonsense"}

    answer = graph.get("oauth/access_token", query_string=query, token=None)

    assert answer.status_code == 400
    assert sandbox.journal.all(kind="unsupported") == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("status", "APPROVED, ARCHIVED, DELETED, DISABLED, IN_APPEAL"),
        ("category", "AUTHENTICATION, MARKETING, UTILITY"),
        ("quality_score", "GREEN, RED, UNKNOWN, YELLOW"),
        ("source", "AUTO_GENERATED, MANUAL"),
    ],
)
def test_a_filter_of_templates_has_known_values(graph: Graph, name: str, listed: str) -> None:
    """A misspelt one does not look like an empty list."""
    answer = graph.get(f"{WABA_ID}/message_templates?{name}=NOT_A_VALUE")

    assert answer.status_code == 400
    assert f"(#100) Param {name} must be one of {{{listed}" in answer.json["error"]["message"]
