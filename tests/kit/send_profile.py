"""Where the time of a send goes, by layer: ``make profile``.

The call is made in this process and without a socket, and sampled by its CPU time. What the server adds is
measured beside it, with a client in another process.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any
from unittest.mock import patch

import emulator
from emulator import Emulator, Sandbox, Server, create_app
from emulator.sandbox.webhooks.receivers import CallableReceiver
from kit.identities import ACCESS_TOKEN, PRODUCTION, RECEIVER, SHEENA
from kit.times import MORNING

SECONDS = float(os.environ.get("EMULATOR_PROFILE_SECONDS", "8"))
"""Seconds of CPU for each of the two tables."""
ROUNDS = 5
CALLS = 200
"""How many calls a round of the unsampled measurement has."""

PACKAGE = Path(emulator.__file__).parent
LAYERS = {
    str(PACKAGE / "sandbox" / "store"): "store",
    str(PACKAGE / "sandbox"): "sandbox",
    str(PACKAGE / "domain"): "domain",
    str(PACKAGE / "wire"): "wire",
    str(PACKAGE / "web" / "http"): "server",
    str(PACKAGE / "web"): "web",
    f"{os.sep}flask{os.sep}": "Flask",
    f"{os.sep}werkzeug{os.sep}": "Flask",
    __file__: "SQLite",
}
"""The layer of a module by a part of its path, the first that fits; the standard library is its caller's."""
ORDER = ("server", "Flask", "web", "wire", "domain", "sandbox", "store", "SQLite")

PATH = f"/v24.0/{PRODUCTION}/messages"
BODY = json.dumps(
    {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}
).encode()
CLIENT = """
import http.client, sys
port, path, body, token, count = sys.argv[1:]
connection = http.client.HTTPConnection("127.0.0.1", int(port))
headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
for _ in range(int(count)):
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    answer.read()
"""

Act = Callable[[], object]


class Counting(sqlite3.Connection):
    """A connection whose statements are told apart from the code that asks them, and counted."""

    statements = 0

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement; a sample that falls into it belongs to SQLite."""
        Counting.statements += 1
        return super().execute(sql, values)


def connecting() -> Any:
    """Have every database opened by a connection that counts."""
    connect = sqlite3.connect
    return patch(
        "emulator.sandbox.store.database.database.sqlite3.connect",
        lambda *path, **options: connect(*path, factory=Counting, **options),
    )


def layer_of(frame: FrameType | None) -> str | None:
    """The layer that a frame works for; ``None`` for what is none of the emulator."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file == __file__ and frame.f_code is not Counting.execute.__code__:
            return None
        for part, layer in LAYERS.items():
            if part in file:
                return layer
        frame = frame.f_back
    return None


def sampled(act: Act, seconds: float) -> Counter[str]:
    """Samples of this thread by layer, one every few milliseconds of CPU, while an act is done again."""
    found: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        if (layer := layer_of(frame)) is not None:
            found[layer] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    try:
        end = process_time() + seconds
        while process_time() < end:
            act()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return found


def least(act: Act) -> float:
    """Microseconds of CPU of an act: the least over some rounds, without any sampling."""
    found = []
    for _ in range(ROUNDS):
        begun = process_time()
        for _ in range(CALLS):
            act()
        found.append((process_time() - begun) / CALLS * 1e6)
    return min(found)


def statements_of(act: Act) -> float:
    """How many statements an act asks of SQLite."""
    Counting.statements = 0
    for _ in range(CALLS):
        act()
    return Counting.statements / CALLS


def table(title: str, samples: Counter[str], micros: float, statements: float) -> str:
    """The layers with their shares, as it reads in a terminal."""
    whole = sum(samples.values())
    lines = [f"{title}: {micros:,.0f} µs of CPU, {statements:.0f} statements", ""]
    for layer in ORDER:
        share = samples[layer] / whole
        if share:
            bar = "█" * round(40 * share)
            lines.append(f"  {layer:<8} {share:>6.1%} {share * micros:>8,.0f} µs  {bar}")
    return "\n".join([*lines, f"  ({whole:,.0f} samples)", ""])


def made(emulator: Emulator) -> Sandbox:
    """A sandbox with an open window, whose webhooks go to a function."""
    sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: 200))
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    return sandbox


def call_of(emulator: Emulator) -> Act:
    """A send as the server hands it to the application."""
    app = create_app(emulator)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {ACCESS_TOKEN}",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(BODY)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

    def answered(status: str, _headers: Iterable[tuple[str, str]], _info: object = None) -> Any:
        assert status.startswith("200"), status

    def send() -> None:
        answer = app({**environ, "wsgi.input": BytesIO(BODY)}, answered)
        b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()

    return send


def server_of(emulator: Emulator) -> float:
    """Microseconds of CPU of a send over HTTP, keep-alive, without those of its client."""
    found = []
    with Server(create_app(emulator)) as server:
        for _ in range(ROUNDS):
            begun = process_time()
            arguments = [str(server.port), PATH, BODY.decode(), ACCESS_TOKEN, str(CALLS)]
            subprocess.run([sys.executable, "-c", CLIENT, *arguments], check=True)
            found.append((process_time() - begun) / CALLS * 1e6)
    return min(found)


def acts_of(emulator: Emulator) -> tuple[Act, Act, Sandbox]:
    """The call of a send, and its whole life, in a sandbox of their own."""
    sandbox, send = made(emulator), call_of(emulator)

    def live() -> None:
        send()
        sandbox.settle()

    return send, live, sandbox


def main() -> None:
    """Print the two tables: the call of a send, and its whole life."""
    with Emulator() as plain:
        send, live, sandbox = acts_of(plain)
        call = least(send)
        sandbox.settle()
        life = least(live)
        over_http = server_of(plain)
        sandbox.settle()
    with connecting(), Emulator() as counted:
        send, live, sandbox = acts_of(counted)
        asked = statements_of(send)
        sandbox.settle()
        asked_in_life = statements_of(live)
        in_call = sampled(send, SECONDS)
        sandbox.settle()
        in_life = sampled(live, SECONDS)
    in_call["server"] = round(in_call.total() * max(0.0, over_http - call) / call)
    versions = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    parts = (
        f"Where the time of a send goes ({versions})\n",
        table("The call over HTTP, keep-alive", in_call, over_http, asked),
        table(
            "Its whole life, with three statuses and three webhooks, without HTTP",
            in_life,
            life,
            asked_in_life,
        ),
    )
    sys.stdout.write("\n".join(parts))


if __name__ == "__main__":
    main()
