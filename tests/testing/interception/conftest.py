"""What an app with a host written into it sends, and a receiver of what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from kit.clients.fixed_host import Call
from kit.identities import SHEENA
from kit.messages import text_message

from emulator.testing.whatsapp import WhatsApp

GRAPH = "https://graph.facebook.com"


@pytest.fixture
def send(whatsapp: WhatsApp) -> Callable[..., str]:
    """Send a text by a client with a host of Meta's written into it; returns the id of the message."""

    def carry_out(call: Call, host: str = GRAPH) -> str:
        status, answer = call(
            "POST",
            f"{host}/v23.0/{whatsapp.phone_number_id}/messages",
            {"Authorization": f"Bearer {whatsapp.token}", "Content-Type": "application/json"},
            json.dumps(text_message(SHEENA, "Hello")).encode(),
        )
        assert status == 200, answer
        return str(json.loads(answer)["messages"][0]["id"])

    return carry_out
