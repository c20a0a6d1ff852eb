"""``register``, ``deregister`` and what else is done to a number, as calls of the Graph API."""

from __future__ import annotations

from kit.graph import Graph

from emulator import Sandbox


def body(pin: object = "150954") -> dict[str, object]:
    return {"messaging_product": "whatsapp", "pin": pin}


def test_a_number_is_registered_and_deregistered(graph: Graph) -> None:
    """Both answer with success, and the node says so."""
    assert graph.post(f"{graph.number}/deregister").json == {"success": True}
    assert graph.get(graph.number, query_string={"fields": "status"}).json["status"] == "DISCONNECTED"
    assert graph.text().json["error"]["code"] == 133010

    assert graph.post(f"{graph.number}/register", body()).json == {"success": True}
    assert graph.get(graph.number, query_string={"fields": "status"}).json["status"] == "CONNECTED"


def test_a_wrong_pin_is_refused(graph: Graph) -> None:
    """With the code of a mismatch, and the number stays as it was."""
    graph.post(f"{graph.number}/register", body())

    answer = graph.post(f"{graph.number}/register", body("000000"))

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 133005)
    assert answer.json["error"]["message"] == "(#133005) Two step verification PIN Mismatch"


def test_a_pin_has_six_digits(graph: Graph) -> None:
    """Anything else is no PIN, and a registration needs one."""
    answers = [
        graph.post(f"{graph.number}/register", body(pin)) for pin in ("12345", "1234567", "12345a", [1])
    ]
    missing = graph.post(f"{graph.number}/register", {"messaging_product": "whatsapp"})

    assert {answer.json["error"]["code"] for answer in [*answers, missing]} == {100}
    assert missing.json["error"]["message"] == "(#100) The parameter pin is required."


def test_messages_can_be_stored_in_some_countries(graph: Graph) -> None:
    """Which has no effect here; another country is refused, and registers nothing."""
    stored = [graph.post(f"{graph.number}/register", body() | {"data_localization_region": "de"})]
    refused = graph.post(f"{graph.number}/register", body() | {"data_localization_region": "FR"})

    assert [answer.json for answer in stored] == [{"success": True}]
    assert refused.json["error"]["message"] == (
        "(#100) Param data_localization_region must be one of {AE, AU, BH, BR, CA, CH, DE, GB, ID, IN, JP, "
        'KR, SG, ZA} - got "FR".'
    )


def test_the_pin_of_a_number_can_be_set(graph: Graph) -> None:
    """``POST /{phone_number_id}`` with a PIN alone."""
    assert graph.post(graph.number, {"pin": "212834"}).json == {"success": True}
    assert graph.post(f"{graph.number}/register", body("212834")).json == {"success": True}


def test_too_many_registrations_are_refused(graph: Graph, sandbox: Sandbox) -> None:
    """The eleventh with 133016."""
    sandbox.limits.set(registrations="always")
    for _ in range(10):
        assert graph.post(f"{graph.number}/register", body()).status_code == 200

    answer = graph.post(f"{graph.number}/register", body())

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 133016)


def test_a_display_name_is_asked_for(graph: Graph, sandbox: Sandbox) -> None:
    """It is under review until somebody decides."""
    fields = {"fields": "verified_name,name_status,new_name_status"}
    graph.post(graph.number, {"new_display_name": "Luckier Shrub"})
    waiting = graph.get(graph.number, query_string=fields).json

    sandbox.accounts.review_name(graph.number, "APPROVED")

    assert (waiting["verified_name"], waiting["new_name_status"]) == ("Lucky Shrub", "PENDING_REVIEW")
    assert graph.get(graph.number, query_string=fields).json == {
        "verified_name": "Luckier Shrub",
        "name_status": "APPROVED",
        "new_name_status": "NONE",
        "id": graph.number,
    }
