"""What a test makes go wrong: ``whatsapp.faults``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.answers import Answer
from kit.identities import PABLO, SHEENA
from kit.messages import text_message
from kit.plugin import call, order_shipped
from kit.values import code_of

from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)


def send(whatsapp: WhatsApp, body: dict[str, Any]) -> Answer:
    return call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", body)


def test_a_message_to_one_person_fails(whatsapp: WhatsApp) -> None:
    """The person as the test knows them, or their number."""
    whatsapp.faults.add(131049, to=whatsapp.person())
    whatsapp.faults.add(131026, to="+1 650 555 4321")

    send(whatsapp, order_shipped())
    send(whatsapp, order_shipped(PABLO))
    whatsapp.settle()

    assert [code_of(message) for message in whatsapp.messages.failed] == [131049, 131026]


def test_a_call_is_refused_as_often_as_asked(whatsapp: WhatsApp) -> None:
    """Every fact of a fault can be given."""
    whatsapp.faults.add(131016, times=2, details="Down for a minute.")

    answers = [send(whatsapp, order_shipped()) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [500, 500, 200]
    assert answers[0].json["error"]["error_data"]["details"] == "Down for a minute."


def test_what_a_person_writes_is_not_shown(whatsapp: WhatsApp) -> None:
    """The app gets the webhook of an unsupported message."""
    got = []
    whatsapp.deliver_to(lambda webhook: got.append(webhook.json))
    whatsapp.faults.add(131051)

    whatsapp.person().says("Hello")
    whatsapp.settle()

    (message,) = got[0]["entry"][0]["changes"][0]["value"]["messages"]
    assert (message["type"], message["errors"][0]["code"]) == ("unsupported", 131051)


def test_faults_can_be_looked_at(whatsapp: WhatsApp) -> None:
    """How many there are, how often each was met, and which never were."""
    met = whatsapp.faults.add(131000)
    missed = whatsapp.faults.add(131049)

    send(whatsapp, text_message(SHEENA, "Hello"))

    assert len(whatsapp.faults) == 2
    assert [fault.met for fault in whatsapp.faults] == [1, 0]
    assert [fault.id for fault in whatsapp.faults.unmet] == [missed.id]
    assert repr(whatsapp.faults) == "<Faults: 131000 met 1×, 131049 met 0×>"

    whatsapp.faults.remove(met)
    assert [fault.id for fault in whatsapp.faults] == [missed.id]

    whatsapp.faults.clear()
    assert (len(whatsapp.faults), repr(whatsapp.faults)) == (0, "<Faults: none>")


@pytest.mark.parametrize(
    ("act", "met"),
    [
        (lambda faults: faults.envelope({"error": {"code": 1}}, 418), (418, b'{"error": {"code": 1}}')),
        (lambda faults: faults.status(502, "gone"), (502, b"gone")),
        (lambda faults: faults.empty(), (200, b"")),
        (lambda faults: faults.empty(500, text="hello", effect="done"), (500, b"")),
    ],
)
def test_answers_go_wrong_in_a_sentence(whatsapp: WhatsApp, act: Any, met: tuple[int, bytes]) -> None:
    """One call; the next is answered."""
    act(whatsapp.faults)

    first, second = (send(whatsapp, text_message(SHEENA, "Hello")) for _ in range(2))

    assert (first.status_code, first.data) == met
    assert second.status_code == 200


def test_connections_break_in_a_sentence(whatsapp: WhatsApp) -> None:
    """As a client without a socket meets it."""
    whatsapp.faults.reset(to=whatsapp.person())
    whatsapp.faults.truncated()
    whatsapp.faults.delay(timedelta(milliseconds=1))
    throttled = whatsapp.faults.throttle(80007, retry_after=9, edge="messages")

    with pytest.raises(ConnectionResetError):
        send(whatsapp, text_message(SHEENA, "Hello"))
    half, late, refused = (send(whatsapp, text_message(SHEENA, "Hello")) for _ in range(3))

    assert int(half.headers["Content-Length"]) > len(half.data)
    assert late.status_code == 200
    assert (refused.json["error"]["code"], refused.headers["Retry-After"]) == (80007, "9")
    assert whatsapp.faults.unmet == []
    assert [fault.met for fault in whatsapp.faults] == [1, 1, 1, 1]
    assert repr(whatsapp.faults).endswith("delay 0.001 met 1×, throttle 80007 met 1×>")
    assert throttled.parameters["retry_after"] == 9


def test_webhooks_stand_among_the_faults(whatsapp: WhatsApp) -> None:
    """What was asked of ``deliver`` is looked at in one place."""
    whatsapp.deliver.twice()
    whatsapp.faults.reset(when="download")

    assert [(fault.kind, str(fault.when)) for fault in whatsapp.faults.unmet] == [
        ("twice", "webhook"),
        ("reset", "download"),
    ]
    whatsapp.faults.clear()


def test_a_fault_that_can_never_be_met_is_refused(whatsapp: WhatsApp) -> None:
    """At once, in the line that asks for it."""
    with pytest.raises(ValueError, match="190 is never reported async"):
        whatsapp.faults.add(190, when="async")


def test_a_failing_test_tells_which_faults_were_not_met(pytester: pytest.Pytester) -> None:
    """Often that is why it failed; those that were met are among the refusals."""
    pytester.makepyfile(
        """
        from werkzeug.test import Client

        def test_it(whatsapp):
            whatsapp.faults.add(131049, to="16505554321")
            whatsapp.faults.add(131000)
            body = {"messaging_product": "whatsapp", "to": "16505551234", "text": {"body": "Hello"}}
            headers = {"Authorization": f"Bearer {whatsapp.token}"}
            Client(whatsapp.app).post(f"/{whatsapp.phone_number_id}/messages", json=body, headers=headers)
            assert whatsapp.messages.failed
        """
    )

    result = pytester.runpytest("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*WhatsApp refused*",
            "*(#131000) Something went wrong*",
            "*WhatsApp complains*",
            "131049 This message was not delivered * (async) was asked for and never met",
        ]
    )
    result.stdout.no_fnmatch_line("131000*never met")


def test_a_test_without_faults_hears_nothing_of_them(pytester: pytest.Pytester) -> None:
    """Its report has no section about them."""
    pytester.makepyfile("def test_it(whatsapp):\n    assert whatsapp.messages")

    result = pytester.runpytest("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*WhatsApp faults*")
