"""An integrator's app with one thread, which calls the API before it answers a webhook."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from kit.clients.transports import LIMIT
from kit.identities import PRODUCTION, SHEENA_NUMBER
from kit.times import MORNING

from emulator import Emulator, Sandbox, Server, create_app

PATIENCE = timedelta(seconds=2)
"""How long a webhook waits for the app where it could wait for ever."""


def call(server: Server, path: str, body: dict[str, Any], token: str = "") -> Any:
    """POST to the emulator; returns what it answered, which must be a success."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(HTTPConnection(server.host, server.port, timeout=LIMIT)) as api:
        api.request("POST", path, json.dumps(body), headers)
        answer = api.getresponse()
        told = json.loads(answer.read())
    assert answer.status == 200, told
    return told


def override_callback(server: Server, sandbox: Sandbox) -> Any:
    """Register the sandbox's own callback once more, as an override of the account: a handshake is made."""
    identity = sandbox.identity()
    body = {"override_callback_uri": identity["webhook_url"], "verify_token": identity["verify_token"]}
    return call(server, f"/v24.0/{identity['waba_id']}/subscribed_apps", body, identity["access_token"])


class Bot:
    """Answers every message with one of its own, and only then the webhook; it serves one call at a time."""

    def __init__(self, server: Server, sandbox: Sandbox, until: int) -> None:
        identity = sandbox.identity()
        self._server = server
        self._token, self._verify_token = identity["access_token"], identity["verify_token"]
        self._until = until
        self.answered: list[str] = []
        self.read: list[str] = []
        self.everything_is_read = Event()

    def verify(self, query: str) -> tuple[int, bytes]:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if asked.get("hub.verify_token") != self._verify_token:
            return 403, b"Forbidden"
        return 200, asked["hub.challenge"].encode()

    def receive(self, body: bytes) -> tuple[int, bytes]:
        value = json.loads(body)["entry"][0]["changes"][0]["value"]
        for message in value.get("messages", ()):
            self._send(message["from"], f"You wrote: {message['text']['body']}")
            self.answered.append(message["text"]["body"])
        self.read += [told["id"] for told in value.get("statuses", ()) if told["status"] == "read"]
        if len(self.read) == self._until:
            self.everything_is_read.set()
        return 200, b""

    def _send(self, to: str, text: str) -> None:
        message = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}}
        call(self._server, f"/v24.0/{PRODUCTION}/messages", message, self._token)


class QuietWsgiHandler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def wsgi(bot: Bot) -> HTTPServer:
    """Python's reference WSGI server: a connection for every call."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            status, body = bot.verify(environ["QUERY_STRING"])
        else:
            status, body = bot.receive(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start(f"{status} Answered", [("Content-Length", str(len(body)))])
        return [body]

    return make_server("127.0.0.1", 0, app, WSGIServer, QuietWsgiHandler)


def keep_alive(bot: Bot) -> HTTPServer:
    """Python's HTTP server with HTTP/1.1: the connection that is open holds its only thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            open_connections.append(self.connection)

        def do_GET(self) -> None:
            self._answer(*bot.verify(urlsplit(self.path).query))

        def do_POST(self) -> None:
            self._answer(*bot.receive(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class KeepAlive(HTTPServer):
        def shutdown(self) -> None:
            for connection in open_connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            super().shutdown()

    open_connections: list[socket.socket] = []
    return KeepAlive(("127.0.0.1", 0), Handler)


Start = Callable[[Server, Sandbox, int], Bot]


@pytest.fixture(params=[wsgi, keep_alive])
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    """Serves a bot in one thread, and connects the sandbox to it."""
    running: list[tuple[HTTPServer, Thread]] = []

    def start(server: Server, sandbox: Sandbox, until: int) -> Bot:
        bot = Bot(server, sandbox, until)
        served = request.param(bot)
        thread = Thread(target=served.serve_forever, args=(0.01,))
        running.append((served, thread))
        thread.start()
        sandbox.webhooks.connect(f"http://127.0.0.1:{served.server_port}/webhook")
        return bot

    yield start
    for served, thread in running:
        served.shutdown()
        served.server_close()
        thread.join(LIMIT)


def test_settle_waits_for_an_app_that_calls_back(start: Start, server: Server, sandbox: Sandbox) -> None:
    """The webhook waits for the app and the app for the API, which answers meanwhile."""
    bot = start(server, sandbox, 3)

    for text in ("one", "two", "three"):
        sandbox.people.say(SHEENA_NUMBER, text)
    sandbox.settle()

    assert bot.answered == ["one", "two", "three"]
    assert len(bot.read) == 3
    assert [(message.text, str(message.status)) for message in sandbox.messages.all(outbound=True)] == [
        ("You wrote: one", "read"),
        ("You wrote: two", "read"),
        ("You wrote: three", "read"),
    ]


def test_a_call_that_moves_time_waits_too(start: Start, server: Server, sandbox: Sandbox) -> None:
    """The same through the control API, whose own call is still open while the app calls back."""
    bot = start(server, sandbox, 1)

    sandbox.people.say(SHEENA_NUMBER, "hello")
    call(server, f"/_emulator/sandboxes/{sandbox.name}/settle", {})

    assert (bot.answered, len(bot.read)) == (["hello"], 1)


def test_the_next_sandbox_reaches_the_same_app(
    start: Start, server: Server, sandbox: Sandbox, emulator: Emulator
) -> None:
    """A sandbox that is closed holds no connection that an app with one thread would wait for."""
    bot = start(server, sandbox, 1)
    url = sandbox.identity()["webhook_url"]
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.settle()
    emulator.remove(sandbox.name)

    following = emulator.create(at=MORNING, speed=None, at_once=True)
    following.change_settings(webhook_timeout=PATIENCE)
    following.webhooks.connect(url)
    following.people.say(SHEENA_NUMBER, "hello again")
    following.settle()

    assert bot.answered == ["hello", "hello again"]


def test_a_running_sandbox_does_not_stall(start: Start) -> None:
    """A crowd writes at once to an app with one thread; everybody is answered and reads the answer.

    Its clock runs, sixty times as fast as the real one, and people take their time.
    """
    with Emulator(worker=True) as emulator, Server(create_app(emulator)) as server:
        sandbox = emulator.create(speed=60.0)
        crowd = [sandbox.people.add(number=f"+1650555{7000 + place}") for place in range(20)]
        bot = start(server, sandbox, len(crowd))

        for person in crowd:
            sandbox.people.say(person.wa_id, f"I am {person.name}")

        assert bot.everything_is_read.wait(LIMIT)
        assert sorted(bot.answered) == sorted(f"I am {person.name}" for person in crowd)
        assert {str(message.status) for message in sandbox.messages.all(outbound=True)} == {"read"}


def test_a_handshake_is_made_while_webhooks_are_on_their_way(start: Start) -> None:
    """The app gets both, one after the other, although it can do one thing at a time."""
    with Emulator(worker=True) as emulator, Server(create_app(emulator)) as server:
        sandbox = emulator.create(speed=60.0)
        sandbox.change_settings(webhook_timeout=PATIENCE)
        bot = start(server, sandbox, 1)

        sandbox.people.say(SHEENA_NUMBER, "hello")
        registered = override_callback(server, sandbox)

        assert registered == {"success": True}
        assert bot.everything_is_read.wait(LIMIT)
        assert bot.answered == ["hello"]
