"""The emulator as a process: a command that is run to its end, and a server that is ended."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer
from typing import Any, Self

import requests

from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.messages import text_message

LIMIT = 60.0
"""Seconds after which a test gives up waiting for another process."""
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def environment(**more: str) -> dict[str, str]:
    """The environment of a user: no emulator in it, and no proxy for loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHATSAPP_EMULATOR")}
    return kept | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"} | more


def quiet_port() -> int:
    """A free port that no other process is given by chance: systems choose from 32768 upwards."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("every port is taken")


def command(*arguments: str) -> list[str]:
    """The words of a command of the emulator."""
    return [sys.executable, "-m", "emulator", *arguments]


class Interrupted:
    """A command in a process of its own, which Ctrl-C ends at :meth:`interrupt`."""

    def __init__(self, *arguments: str, folder: Path | None = None) -> None:
        self._process = subprocess.Popen(
            command(*arguments),
            cwd=folder,
            env=environment(PYTHONUNBUFFERED="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_hear_ctrl_c,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def read_line(self) -> str:
        """Read the next line of its standard output."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl-C; returns the exit code, and what it has written to its output and errors since."""
        self._process.send_signal(signal.SIGINT)
        output, errors = self._process.communicate(timeout=LIMIT)
        return self._process.returncode, output, errors


def _hear_ctrl_c() -> None:
    """What is started in the background of a shell hears of no Ctrl-C otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the emulator to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


class Terminal:
    """A terminal that copies what a process writes to it into a file, until that process has ended."""

    def __init__(self, file: Path) -> None:
        self._ours, self.end = os.openpty()
        self._copier = Thread(target=self._copy, args=(file,))

    def begin(self) -> None:
        """Leave the other end to the process that has been started with it."""
        os.close(self.end)
        self._copier.start()

    def _copy(self, file: Path) -> None:
        with file.open("ab") as copy, suppress(OSError):  # the other end is closed
            while piece := os.read(self._ours, 65536):
                copy.write(piece)

    def close(self) -> None:
        self._copier.join(LIMIT)
        os.close(self._ours)


class Serving:
    """``serve`` in a process of its own; inside the block it is ready.

    ``variables`` of its environment come beside those of a user. ``terminal`` makes its standard error one,
    of 80 columns.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        port: int = 0,
        variables: Mapping[str, str] | None = None,
        terminal: bool = False,
    ) -> None:
        self._folder = folder
        self._variables = variables or {}
        self._arguments = ("serve", "--port", str(port), *arguments)
        self.printed: list[str] = []
        self._terminal = Terminal(folder / "stderr.txt") if terminal else None

    def __enter__(self) -> Self:
        with (self._folder / "stderr.txt").open("ab") as errors:
            self.process = subprocess.Popen(
                command(*self._arguments),
                cwd=self._folder,
                env=environment(**self._variables),
                stdout=subprocess.PIPE,
                stderr=self._terminal.end if self._terminal else errors,
                text=True,
            )
        if self._terminal:
            self._terminal.begin()
        try:
            self.url = self._read_until(re.compile(r"Graph API\s+(http://\S+)")).group(1)
            self.curl = self._read_until(re.compile(r"^(curl .*)$")).group(1)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _read_until(self, wanted: re.Pattern[str]) -> re.Match[str]:
        assert self.process.stdout is not None
        patience = Timer(LIMIT, self.process.kill)
        patience.start()
        try:
            for line in self.process.stdout:
                self.printed.append(plain := _STYLE.sub("", line).rstrip())
                if found := wanted.search(plain):
                    return found
        finally:
            patience.cancel()
        raise AssertionError(f"serve did not say {wanted.pattern}: {self.printed} {self.errors}")

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIMIT)
        if self._terminal:
            self._terminal.close()
        assert self.process.stdout is not None
        self.process.stdout.close()

    @property
    def errors(self) -> str:
        """What it wrote to its standard error."""
        return (self._folder / "stderr.txt").read_text(encoding="utf-8")

    def end(self, number: int) -> int:
        """Send a signal; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(LIMIT)

    def printed_as(self, name: str) -> str:
        """What stands beside ``name`` in the table that is printed at the start."""
        return next(line[len(name) :].strip() for line in self.printed if line.startswith(name))

    # the control API

    def get(self, path: str, sandbox: str = "default") -> Any:
        return self.call("GET", path, sandbox=sandbox)

    def post(self, path: str, body: Any = None, sandbox: str = "default") -> Any:
        return self.call("POST", path, body, sandbox=sandbox)

    def call(self, method: str, path: str, body: Any = None, sandbox: str = "default") -> Any:
        with client() as session:
            answer = session.request(
                method, f"{self.url}/_emulator/sandboxes/{sandbox}{path}", json=body, timeout=LIMIT
            )
        answer.raise_for_status()
        return answer.json()

    def now(self) -> str:
        return str(self.get("/clock")["now"])


def client() -> requests.Session:
    """An HTTP client that reaches loopback directly."""
    session = requests.Session()
    session.trust_env = False
    return session


def post_text(
    session: requests.Session, url: str, body: str, *, number: str = PRODUCTION, token: str = ACCESS_TOKEN
) -> requests.Response:
    """Send a text through the Graph API."""
    return session.post(
        f"{url}/v23.0/{number}/messages",
        json=text_message(SHEENA, body),
        headers={"Authorization": f"Bearer {token}"},
        timeout=LIMIT,
    )


def wamid_of(answer: requests.Response) -> str:
    """The id of the message that was sent."""
    return str(answer.json()["messages"][0]["id"])


def without(items: Sequence[str], known: Iterable[str]) -> list[str]:
    """Those of ``items`` that are missing in ``known``."""
    present = set(known)
    return [item for item in items if item not in present]


def wamids(serving: Serving, sandbox: str = "default") -> list[str]:
    return [message["id"] for message in serving.get("/messages?limit=1000000", sandbox)["messages"]]


def hello(serving: Serving, sandbox: str = "default") -> None:
    """Open the window."""
    serving.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}}, sandbox)
    serving.post("/settle", sandbox=sandbox)
