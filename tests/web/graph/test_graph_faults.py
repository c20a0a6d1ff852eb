"""Faults one asks for: over the control API, and met by calls of the Graph API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.graph import Graph
from kit.identities import APP_ID, APP_SECRET, PRODUCTION, SHEENA, WABA_ID

from emulator import Emulator, Sandbox
from emulator.domain.catalogue import DISPUTED
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.parameters import PARAMETERS

FAULT = {
    **dict.fromkeys([*PARAMETERS, *CONDITIONS]),
    "id": 1,
    "kind": "error",
    "code": 131049,
    "title": "This message was not delivered to maintain healthy ecosystem engagement.",
    "when": "async",
    "to": SHEENA,
    "times": 1,
    "every": 1,
    "met": 0,
    "probability": 1.0,
}


@pytest.fixture
def faults(control: Control) -> Any:
    """Call a control route below ``/faults``."""

    def act(method: str, body: Any = None, path: str = "") -> Any:
        return control(method, f"/faults{path}", body)

    return act


def codes(*answers: Any) -> list[int | None]:
    """What the calls met: the code of each error, ``None`` where all went well."""
    return [answer.json.get("error", {}).get("code") for answer in answers]


# the control API


def test_a_fault_can_be_asked_for(faults: Any) -> None:
    """The answer has it whole, with what the catalogue filled in."""
    answer = faults("POST", {"code": 131049, "to": "+1 650-555-1234"})

    assert (answer.status_code, answer.json) == (201, FAULT)
    assert faults("GET").json == {"faults": [FAULT]}


def test_the_list_says_how_often_each_was_met(faults: Any, graph: Graph, sandbox: Sandbox) -> None:
    """One that was not met stands there with nought."""
    faults("POST", {"code": 131049, "to": graph.sheena})
    faults("POST", {"code": 131049, "to": graph.pablo})

    graph.text()
    sandbox.settle()

    assert [fault["met"] for fault in faults("GET").json["faults"]] == [1, 0]


def test_one_fault_can_be_taken_away(faults: Any, graph: Graph) -> None:
    """The others stay; numbers are not used twice."""
    first = faults("POST", {"code": 131000}).json["id"]
    faults("POST", {"code": 131016})

    removed = faults("DELETE", path=f"/{first}")

    assert (removed.status_code, removed.data) == (204, b"")
    assert codes(graph.text()) == [131016]
    assert faults("POST", {"code": 131000}).json["id"] == 3


def test_all_faults_can_be_taken_away(faults: Any, graph: Graph) -> None:
    """Then everything works."""
    faults("POST", {"code": 131000, "times": None})
    faults("POST", {"code": 2, "times": 5})

    assert faults("DELETE").status_code == 204
    assert faults("GET").json == {"faults": []}
    assert codes(graph.text()) == [None]


def test_a_reset_takes_the_faults_away(faults: Any, control: Control, graph: Graph) -> None:
    """They are part of the state, and not of the seed."""
    faults("POST", {"code": 131000})

    control.post("/reset")

    assert faults("GET").json == {"faults": []}
    assert codes(graph.text()) == [None]


# calls


def test_a_fault_is_met_once_unless_told_otherwise(graph: Graph, sandbox: Sandbox) -> None:
    """Then the call works, as it would have."""
    sandbox.faults.add(131000)

    assert codes(graph.text(), graph.text()) == [131000, None]


def test_a_fault_is_met_as_often_as_asked(graph: Graph, sandbox: Sandbox) -> None:
    """Two that fit are met one after the other, in the order they were asked for."""
    sandbox.faults.add(130429, times=2)
    sandbox.faults.add(131056)

    assert codes(*(graph.text() for _ in range(4))) == [130429, 130429, 131056, None]


def test_a_fault_may_last(graph: Graph, sandbox: Sandbox) -> None:
    """Until it is removed."""
    fault = sandbox.faults.add(131016, times=None)

    assert codes(*(graph.text() for _ in range(5))) == [131016] * 5

    sandbox.faults.remove(fault.id)

    assert codes(graph.text()) == [None]


def test_a_fault_for_a_person_lets_the_others_pass(graph: Graph, sandbox: Sandbox) -> None:
    """In whatever form the recipient is given, a user id among them."""
    sandbox.faults.add(131056, to=SHEENA, times=None)
    user_id = sandbox.people.get(graph.sheena).user_id
    by_user_id = {"messaging_product": "whatsapp", "recipient": user_id, "text": {"body": "Hello"}}

    met = codes(
        graph.text(to=graph.pablo),
        graph.text(to="+1 (650) 555-1234"),
        graph.text(to=16505551234),
        graph.post(f"{graph.number}/messages", by_user_id),
    )

    assert met == [None, 131056, 131056, 131056]


def test_a_recipient_that_is_no_number_meets_no_fault_for_a_person(graph: Graph, sandbox: Sandbox) -> None:
    """It gets its own refusal."""
    sandbox.faults.add(131056, to=graph.sheena)

    assert codes(graph.text(to="Sheena"), graph.text(to=[SHEENA])) == [100, 100]


def test_a_fault_for_a_number_lets_the_others_pass(graph: Graph, sandbox: Sandbox) -> None:
    """Named by its id or by its digits."""
    sandbox.faults.add(131031, phone_number_id="15550934873", times=None)

    assert codes(graph.text(), graph.text(number=graph.test_number)) == [None, 131031]


def test_a_messaging_fault_leaves_other_calls_alone(graph: Graph, sandbox: Sandbox) -> None:
    """Unless it is meant for any edge."""
    sandbox.faults.add(131000)

    assert codes(graph.get(graph.number), graph.get(f"{graph.waba}/message_templates")) == [None, None]


@pytest.mark.parametrize(("code", "status"), [(131000, 500), (131016, 500), (2, 503), (133004, 503)])
@pytest.mark.parametrize(
    ("edge", "path"), [("", PRODUCTION), ("message_templates", f"{WABA_ID}/message_templates")]
)
def test_the_server_may_be_down_for_readers_too(
    graph: Graph, sandbox: Sandbox, code: int, status: int, edge: str, path: str
) -> None:
    """On the edge that was named, and on no other."""
    sandbox.faults.add(code, edge=edge, method="GET")

    first, other, again = graph.get(path), graph.text(), graph.get(path)

    assert (first.status_code, first.json["error"]["code"]) == (status, code)
    assert codes(other, again) == [None, None]


def test_a_fault_can_be_met_where_nothing_is_emulated(graph: Graph, sandbox: Sandbox) -> None:
    """Its answer is the platform's, so nothing is unsupported about it."""
    sandbox.faults.add(133005)

    answer = graph.post(f"{graph.number}/register", {"messaging_product": "whatsapp", "pin": "123456"})

    assert codes(answer) == [133005]
    with sandbox.services.command() as store:
        assert store.journal.select(kind="unsupported") == []


GRANT = {"grant_type": "client_credentials", "client_id": APP_ID, "client_secret": APP_SECRET}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"code": 2}, 503, 2),
        ({"code": 4, "edge": "access_token"}, 400, 4),
        ({"code": 131000, "edge": "access_token"}, 500, 131000),
        ({"kind": "throttle", "code": 4, "retry_after": 60, "status": 429}, 429, 4),
        ({"kind": "envelope", "envelope": {"error": {"code": 77}}, "status": 418}, 418, 77),
    ],
    ids=["any call", "a limit", "its edge", "throttle", "an envelope"],
)
def test_the_exchange_of_an_app_s_secret_meets_faults_too(
    graph: Graph, sandbox: Sandbox, asked: dict[str, Any], status: int, code: int
) -> None:
    """As any other call, by its edge or with all of them; the next one gets the token."""
    sandbox.faults.add(**asked)

    struck, right = (graph.get("oauth/access_token", token=None, query_string=GRANT) for _ in range(2))

    assert (struck.status_code, struck.json["error"]["code"]) == (status, code)
    assert struck.headers["X-Emulator-Rule"] == "fault"
    assert struck.headers.get("Retry-After") == ("60" if status == 429 else None)
    assert right.json["access_token"] == f"{APP_ID}|{APP_SECRET}"
    (entry, _) = sandbox.journal.all(kind="call")
    assert (entry.cause, entry.details["effect"]) == ("fault:1", "none")
    assert APP_SECRET not in str(entry)


def test_an_exchange_may_lose_its_answer(graph: Graph, sandbox: Sandbox) -> None:
    """Which is carried out then; a fault of another edge leaves it alone."""
    sandbox.faults.add(131056)
    sandbox.faults.add(kind="empty", effect="done", edge="access_token", method="POST")

    read = graph.get("oauth/access_token", token=None, query_string=GRANT)
    lost = graph.post("oauth/access_token", token=None, data=GRANT)

    assert (read.status_code, read.json["token_type"]) == (200, "bearer")
    assert (lost.status_code, lost.data) == (200, b"")
    assert [fault.met for fault in sandbox.faults.all()] == [0, 1]


def test_a_secret_that_is_wrong_meets_no_fault(graph: Graph, sandbox: Sandbox) -> None:
    """It is refused before anybody knows whose call it is."""
    sandbox.faults.add(2, edge="access_token")

    answer = graph.get("oauth/access_token", token=None, query_string=GRANT | {"client_secret": "no"})

    assert (codes(answer), sandbox.faults.all()[0].met) == ([1], 0)


def test_a_token_nobody_knows_meets_no_fault(graph: Graph, sandbox: Sandbox) -> None:
    """It belongs to no sandbox."""
    sandbox.faults.add(2, times=None)

    assert codes(graph.get(graph.number, token="nonsense"), graph.get("12345")) == [190, 100]


def test_details_can_be_chosen(graph: Graph, sandbox: Sandbox) -> None:
    """They stand where the usual ones would."""
    sandbox.faults.add(131009, details="Row title is too long. Max length is 24")

    answer = graph.text()

    assert answer.json["error"]["error_data"]["details"] == "Row title is too long. Max length is 24"


def test_a_refusal_that_was_asked_for_is_journalled_as_such(graph: Graph, sandbox: Sandbox) -> None:
    """The hit and the call have the fault as their cause; the call has the rule."""
    sandbox.faults.add(131056, to=graph.sheena)
    graph.text()

    with sandbox.services.command() as store:
        told = [(entry.summary, entry.cause) for entry in store.journal.select(kind="fault")]
        (call,) = store.journal.select(kind="call")

    assert told == [
        ("asked for: 131056 (Business Account, Consumer Account) pair rate limit hit, sync, 1×", None),
        ("met: 131056 (Business Account, Consumer Account) pair rate limit hit, sync", "fault:1"),
    ]
    assert call.cause == "fault:1"
    assert call.summary.endswith("in a short period of time. (fault:1: 131056, none)")
    assert (call.details["rule"], call.details["facts"]["fault"]) == ("fault", 1)


# disputed statuses


@pytest.mark.parametrize(("code", "status"), [(code, each) for code in DISPUTED for each in DISPUTED[code]])
def test_a_disputed_status_is_the_one_that_was_set(
    graph: Graph, sandbox: Sandbox, code: int, status: int
) -> None:
    """For every code in dispute; the body stays the same."""
    sandbox.change_settings(http_statuses={code: status})
    sandbox.faults.add(code, when="sync", edge="messages", times=2)

    set_so = graph.text()
    sandbox.change_settings(http_statuses={})
    usual = graph.text()

    assert (set_so.status_code, usual.status_code) == (status, DISPUTED[code][0])
    assert set_so.json["error"].keys() == usual.json["error"].keys()
    assert set_so.json["error"]["message"] == usual.json["error"]["message"]


def test_rules_answer_with_the_status_that_was_set(graph: Graph, sandbox: Sandbox) -> None:
    """Not only faults: here a template that is not there, and a token that nobody knows."""
    sandbox.change_settings(http_statuses={132001: 400, 190: 400})

    assert graph.template("nonsense").status_code == 400
    assert graph.get(graph.number, token="nonsense").status_code == 400


def test_among_several_sandboxes_a_stranger_gets_the_usual_status(
    graph: Graph, sandbox: Sandbox, emulator: Emulator
) -> None:
    """A token nobody knows belongs to none of them."""
    sandbox.change_settings(http_statuses={190: 400})
    emulator.create("another")

    assert graph.get(graph.number, token="nonsense").status_code == 401
