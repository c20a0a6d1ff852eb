"""Receivers of webhooks: in this process, behind HTTP, and one whose handshake can be made to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from flask import Flask, Response, request

from emulator import Sandbox, Server, Webhook
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.wire.webhooks.fields import FIELDS
from kit.identities import RECEIVER
from kit.times import START


class Inbox:
    """A receiver that keeps what it gets, and when, and answers each webhook with a status.

    ``sandbox``: whose clock says when a webhook came (:attr:`instants`); without one only the process does.
    ``answers``: the statuses of the first webhooks, 200 for all that come after them.
    """

    def __init__(self, sandbox: Sandbox | None = None, answers: Iterable[int] = ()) -> None:
        self.webhooks: list[Webhook] = []
        self.instants: list[datetime] = []
        """The simulated instant at which each came."""
        self.seen_at: list[datetime] = []
        """What ``datetime.now()`` was at each: the same instant where the process is frozen."""
        self.listener: Callable[[bytes], int | None] = lambda _: None
        """Gets each body once it is kept; a status that it returns is that of the answer."""
        self._sandbox = sandbox
        self._answers = iter(answers)
        self._lock = Lock()

    def __call__(self, webhook: Webhook) -> int | str:
        return webhook.query["hub.challenge"] if webhook.method == "GET" else self.take(webhook)

    def take(self, webhook: Webhook) -> int:
        """Keep a webhook; returns the status that it is answered with."""
        with self._lock:
            self.webhooks.append(webhook)
            self.seen_at.append(datetime.now(UTC))
            if self._sandbox is not None:
                self.instants.append(self._sandbox.clock.now())
            status = next(self._answers, 200)
        return self.listener(webhook.body) or status

    def clear(self) -> None:
        """Forget what came."""
        self.webhooks.clear()
        self.instants.clear()
        self.seen_at.clear()

    @property
    def bodies(self) -> list[bytes]:
        return [webhook.body for webhook in self.webhooks]

    @property
    def headers(self) -> list[dict[str, str]]:
        """The headers of each, their names in lower case."""
        return [{name.lower(): value for name, value in webhook.headers.items()} for webhook in self.webhooks]

    @property
    def payloads(self) -> list[dict[str, Any]]:
        return [webhook.json for webhook in self.webhooks]

    @property
    def values(self) -> list[dict[str, Any]]:
        """The ``value`` of each webhook, which carries one change."""
        return [change_of(payload)["value"] for payload in self.payloads]

    def of(self, field: str) -> list[dict[str, Any]]:
        """The values of one field's webhooks."""
        changes = [change_of(payload) for payload in self.payloads]
        return [change["value"] for change in changes if change["field"] == field]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        return [status for value in self.values for status in value.get("statuses", ())]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages that people sent."""
        return [message for value in self.values for message in value.get("messages", ())]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Message id and status of each status."""
        return [(status["id"], status["status"]) for status in self.statuses]

    def lives(self) -> dict[str, list[str]]:
        """The statuses of each message, by its id, without those that came twice."""
        lives: dict[str, list[str]] = {}
        for wamid, status in self.steps:
            life = lives.setdefault(wamid, [])
            if status not in life:
                life.append(status)
        return lives

    @property
    def events(self) -> list[str]:
        """Each webhook in a few words, see :func:`words_of`."""
        return [words for payload in self.payloads for words in words_of(payload)]

    @property
    def times(self) -> list[tuple[float, str]]:
        """Seconds between :data:`~kit.times.START` and each webhook, with its words."""
        return [
            ((at - START).total_seconds(), words)
            for at, words in zip(self.instants, self.events, strict=True)
        ]

    @property
    def stamps(self) -> list[datetime]:
        """The ``timestamp`` of each status and message, by webhook."""
        return [
            datetime.fromtimestamp(int(event["timestamp"]), UTC)
            for value in self.values
            for event in (*value.get("statuses", ()), *value.get("messages", ()))
        ]


def change_of(payload: dict[str, Any]) -> dict[str, Any]:
    """The one change that a webhook carries: its field and its value."""
    change: dict[str, Any] = payload["entry"][0]["changes"][0]
    return change


def words_of(payload: dict[str, Any]) -> Iterator[str]:
    """A webhook in a few words: ``sent``, ``failed 131047``, ``text Hello``, ``hello_world APPROVED``."""
    for entry in payload["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            for status in value.get("statuses", ()):
                errors = "".join(f" {error['code']}" for error in status.get("errors", ()))
                yield status["status"] + errors
            for message in value.get("messages", ()):
                content = message[message["type"]]
                yield f"{message['type']} {content.get('body') or content.get('text')}"
            template = value.get("message_template_name")
            if template and "event" in value:
                yield f"{template} {value['event']}"
            elif template and "correct_category" in value:
                yield f"{template} should be {value['correct_category']}"
            elif template and "new_category" in value:
                yield f"{template} is {value['new_category']}"
            elif template:
                yield f"{template} says {value['message_template_element']}"
            elif "violation_info" in value:
                restrictions = [each["restriction_type"] for each in value.get("restriction_info", ())]
                yield " ".join([value["violation_info"]["violation_type"], *restrictions])


# in this process


def listen(sandbox: Sandbox, answers: Iterable[int] = (), fields: Iterable[str] = ()) -> Inbox:
    """Connect an inbox to a sandbox: for the fields that its app is subscribed to, and for ``fields``."""
    inbox = Inbox(sandbox, answers)
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(inbox), fields)
    return inbox


def hear_everything(sandbox: Sandbox) -> Inbox:
    """Connect an inbox that gets every field."""
    return listen(sandbox, fields=FIELDS)


class Callback:
    """A receiver that keeps its handshakes, and answers them as it is made to.

    ``status``, ``body``: what the handshake is answered with; the challenge without a body.
    ``problem``: why there is no answer at all.
    """

    needs_event_loop = False

    def __init__(
        self, status: int = 200, body: bytes | None = None, problem: Exception | None = None
    ) -> None:
        self._status, self._body, self._problem = status, body, problem
        self.asked: list[tuple[str, dict[str, str]]] = []
        """URL and query of each handshake."""
        self.posted: list[Webhook] = []

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        self.posted.append(Webhook(body, headers))
        return 200

    def verify(self, url: str, query: dict[str, str], timeout: float) -> tuple[int, str, bytes]:
        self.asked.append((url, dict(query)))
        if self._problem is not None:
            raise DeliveryProblem(str(self._problem)) from self._problem
        challenge = query["hub.challenge"].encode()
        reason = {200: "OK", 403: "Forbidden", 404: "Not Found"}[self._status]
        return self._status, reason, challenge if self._body is None else self._body


# behind HTTP


def webhook_app(inbox: Inbox, verify_token: str = "") -> Flask:
    """An integrator's Flask app: ``/webhook`` answers the challenge, and hands what is posted to an inbox."""
    app = Flask("webhook_app")

    @app.get("/webhook")
    def verify() -> Response:
        if request.args.get("hub.verify_token") != verify_token:
            return Response("Forbidden", 403)
        return Response(request.args["hub.challenge"], content_type="text/plain")

    @app.post("/webhook")
    def receive() -> Response:
        return Response(status=inbox.take(Webhook(request.get_data(), dict(request.headers))))

    return app


class ServedInbox(Inbox):
    """An inbox behind a server of its own, which keeps the handshakes, too.

    ``verify_token``: what the handshake must bring. :attr:`server` is started by whoever makes it.
    """

    def __init__(self, verify_token: str = "") -> None:
        super().__init__()
        self.handshakes: list[dict[str, str]] = []
        """The query of each."""
        self.authorizations: list[str | None] = []
        """The header of that name, of each handshake and webhook in turn."""
        app = webhook_app(self, verify_token)
        app.before_request(self._keep_request)
        self.server = Server(app)

    @property
    def url(self) -> str:
        return f"{self.server.url}/webhook"

    def _keep_request(self) -> None:
        self.authorizations.append(request.headers.get("Authorization"))
        if request.method == "GET":
            self.handshakes.append(request.args.to_dict())
