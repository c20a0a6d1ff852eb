"""An echo bot, as a small integrator's app: it answers every text over the API whose address it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import urllib3

from emulator.wire.signing import signature


class EchoBot:
    """A WSGI app as an integrator might write it: it checks the webhook's signature and echoes every text.

    It answers over the Graph API at the address it is given, with the token and the first number of the
    sandbox's identity; a webhook with a wrong signature gets 403.
    """

    def __init__(self, url: str, identity: dict[str, Any]) -> None:
        self._pool = urllib3.PoolManager(retries=False)
        self._messages = f"{url}/v26.0/{identity['numbers'][0]['phone_number_id']}/messages"
        self._token = identity["access_token"]
        self._secret = identity["app_secret"]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ.get("HTTP_X_HUB_SIGNATURE_256") != signature(body, self._secret):
            start_response("403 Forbidden", [])
            return [b""]
        value = json.loads(body)["entry"][0]["changes"][0]["value"]
        for message in value.get("messages", ()):
            said = (message.get("text") or {}).get("body") or message.get("button", {}).get("text", "")
            self.send(message["from"], {"type": "text", "text": {"body": f"You said: {said}"}})
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    def send(self, to: str, content: dict[str, Any]) -> tuple[int, Any]:
        """Send a message to a person, by ``POST /messages``; ``content`` is the body without its recipient.

        Returns the HTTP status and the parsed answer, whatever they are.
        """
        answer = self._pool.request(
            "POST",
            self._messages,
            body=json.dumps({"messaging_product": "whatsapp", "to": to, **content}),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        return answer.status, json.loads(answer.data)

    def close(self) -> None:
        """Close the connections to the API that are kept for the next message."""
        self._pool.clear()
