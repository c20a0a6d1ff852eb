"""Time by the control API beyond moving it: what is due, and ending an advance that is under way."""

from __future__ import annotations

import pytest
from kit.control import Control
from kit.identities import PRODUCTION, SHEENA
from kit.receivers import listen
from kit.sandboxes import send
from kit.served import Served

from emulator import Sandbox


def test_what_is_due_is_told_with_what_it_does(control: Control, sandbox: Sandbox) -> None:
    """The earliest first, each with whom it concerns."""
    sandbox.people.change(SHEENA, habits={"sent_after": 0.4})
    sandbox.people.say(SHEENA, "Hi")
    send(sandbox, "Hello")

    first, *_ = control.get("/due?limit=1").json["due"]

    assert first["kind"] == "message.send"
    assert first["does"] == "Pass the later rules: the message is sent or fails."
    assert first["due"] == "2026-11-02T09:00:00.400000Z"
    assert first["subject"].startswith("wamid.")


def test_an_advance_is_ended_by_another_call() -> None:
    """The call that began it answers with where it has come to."""
    with Served() as served:
        served.sandbox.change_settings(webhook_timeout=5)
        reached: list[object] = []

        def cancel(_: bytes) -> None:
            reached.append(served.sandbox.clock.latest)
            if len(reached) == 2:
                assert served.control("POST", "/clock/cancel").json() == {"cancelled": True}

        listen(served.sandbox).listener = cancel
        served.sandbox.people.say(SHEENA, "Hi")
        served.sandbox.people.change(SHEENA, habits={"read_after": 259200})
        served.send("Hello")

        answer = served.control("POST", "/clock/advance", {"days": 30}).json()

        assert answer["now"] < "2026-11-06"
        assert served.control("POST", "/clock/cancel").json() == {"cancelled": False}


@pytest.mark.parametrize("secret", [None, "not the app's"])
def test_a_webhook_is_forged_as_others_would(control: Control, sandbox: Sandbox, secret: str | None) -> None:
    """The same bytes, unsigned or signed by a secret that is not the app's; it is no delivery."""
    inbox = listen(sandbox)
    sandbox.people.say(SHEENA, "Hi")
    sandbox.settle()
    (delivery,) = control.get("/deliveries").json["deliveries"]
    shown = control.get(f"/deliveries/{delivery['id']}").json

    body = {} if secret is None else {"secret": secret}
    answer = control.expect("POST", f"/deliveries/{delivery['id']}/forgeries", body)

    assert answer == {"status": 200, "problem": None}
    assert shown["headers"]["X-Hub-Signature-256"] == inbox.headers[0]["x-hub-signature-256"]
    assert inbox.headers[1].get("x-hub-signature-256") != inbox.headers[0]["x-hub-signature-256"]
    assert ("x-hub-signature-256" in inbox.headers[1]) == (secret is not None)
    assert len(control.get("/deliveries").json["deliveries"]) == 1
    (attempt,) = shown["attempts"]
    assert (attempt["number"], attempt["status"], attempt["problem"]) == (1, 200, None)
    assert PRODUCTION in shown["body"]
