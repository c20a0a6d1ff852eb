"""A client of the Graph API, in this process and without a socket."""

from __future__ import annotations

from typing import Any, cast

from werkzeug.test import Client

from emulator import Emulator, create_app
from kit import identities
from kit.answers import Answer
from kit.explanations import explained
from kit.messages import template_message, text_message


class Graph:
    """Calls the Graph API as an integration does; what it calls is the default seed's unless said otherwise.

    ``client``: that of the application. ``token``: the access token of every call that names no other.
    ``version``: the API version of a path without one.
    """

    token = identities.ACCESS_TOKEN
    app = identities.APP_ID
    app_token = identities.APP_TOKEN
    waba = identities.WABA_ID
    number = identities.PRODUCTION
    test_number = identities.TEST
    sheena = identities.SHEENA
    pablo = identities.PABLO
    beatriz = identities.BEATRIZ
    jonas = identities.JONAS

    def __init__(self, client: Client, token: str = token, version: str = "v24.0") -> None:
        self.client = client
        self.token = token
        self._version = version

    def __call__(self, method: str, path: str, body: Any = None, *, token: Any = ..., **more: Any) -> Answer:
        """Call a path; one that begins with a slash is called as it is written. A refusal explains itself.

        ``token``: another access token, or ``None`` for a call without one. ``more``: what werkzeug's client
        takes, like ``query_string`` and ``headers``.
        """
        token = self.token if token is ... else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= more.pop("headers", {})
        if body is not None:
            more["json"] = body
        address = path if path.startswith("/") else f"/{self._version}/{path}"
        return explained(cast(Answer, self.client.open(address, method=method, headers=headers, **more)))

    def get(self, path: str, **more: Any) -> Answer:
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self("POST", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        return self("DELETE", path, **more)

    # messages

    def send(self, *, number: str = number, to: Any = sheena, token: Any = ..., **message: Any) -> Answer:
        """Send a message of any type, its members by name."""
        body = {"messaging_product": "whatsapp", "to": to, **message}
        return self.post(f"{number}/messages", body, token=token)

    def text(self, body: str = "Hello", *, to: Any = sheena, **more: Any) -> Answer:
        return self.send(**text_message(to, body) | more)

    def template(
        self, name: str, *components: Any, language: str = "en_US", to: Any = sheena, **more: Any
    ) -> Answer:
        return self.send(**template_message(to, name, *components, language=language) | more)

    def reminder(self, **more: Any) -> Answer:
        """Send the seed's template with two named variables and two quick replies."""
        values = {"first_name": "Sheena", "day": "Friday"}
        parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in values.items()]
        return self.template("appointment_reminder", {"type": "body", "parameters": parameters}, **more)


def graph_of(emulator: Emulator, token: str = identities.ACCESS_TOKEN) -> Graph:
    """A client of an emulator of one's own."""
    return Graph(create_app(emulator).test_client(), token)


def error_of(answer: Answer) -> tuple[int, dict[str, Any]]:
    """The status and the error of an answer, without the id that differs every time."""
    error = {name: value for name, value in (answer.json or {})["error"].items() if name != "fbtrace_id"}
    return answer.status_code, error


def complaint_in(answer: Answer) -> tuple[int, str, str | None]:
    """Code, message and details of an answer that has the status 400."""
    status, error = error_of(answer)
    assert status == 400
    return error["code"], error["message"], error.get("error_data", {}).get("details")


def identifying(answer: Answer) -> tuple[int, bytes, str | None]:
    """Everything of an answer that tells two runs apart."""
    return answer.status_code, answer.data, answer.headers.get("X-Fb-Request-Id")
