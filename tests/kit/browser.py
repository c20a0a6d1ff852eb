"""A real browser, the pages it is sent to, and what of them reaches the emulator."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from string import Template
from threading import Condition
from typing import Any, NamedTuple, Self

from emulator import Server
from kit.programs import needed

LIMIT = 90.0
"""Seconds after which a page has not answered."""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    "--host-resolver-rules=MAP *.example 127.0.0.1",  # a name that somebody else has pointed here
)


class Browser:
    """Chromium, with a new profile in ``folder`` for each page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = needed(
            "chromium", "chromium-browser", "google-chrome", untried="pages in a browser are not tried"
        )
        self._visits = 0

    @contextmanager
    def at(self, url: str) -> Iterator[None]:
        """Show ``url``; the browser is ended after the block."""
        self._visits += 1
        profile = self._folder / f"profile-{self._visits}"
        with (self._folder / "chromium.txt").open("ab") as told:
            process = subprocess.Popen(
                [self._program, *_FLAGS, f"--user-data-dir={profile}", url],
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
            )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(LIMIT)


class Site:
    """A web site of somebody: a page at ``/``, which posts what it has found out to ``/report``.

    ``behind`` answers every other path, as a server does whose address a name has been pointed to.
    """

    def __init__(self, behind: Any = None) -> None:
        self._page, self._behind = b"", behind
        self._reports: SimpleQueue[Any] = SimpleQueue()
        self.server = Server(self)

    def show(self, script: str, **values: str) -> Self:
        """Make ``script`` the JavaScript of the page; ``$NAME`` in it is the value of that name."""
        self._page = _PAGE.replace("SCRIPT", Template(script).substitute(values)).encode()
        return self

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.port}"

    def report(self) -> Any:
        """What the page found out, once it is done."""
        try:
            return self._reports.get(timeout=LIMIT)
        except Empty:
            raise AssertionError("the page did not report") from None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/":
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [self._page]
        if environ["PATH_INFO"] == "/report":
            self._reports.put(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        elif self._behind is not None:
            answered: Iterable[bytes] = self._behind(environ, start_response)
            return answered
        start_response("204 No Content", [])
        return []


class Seen(NamedTuple):
    """A call that came from the browser, and the status of its answer."""

    method: str
    path: str
    status: int
    origin: str | None
    site: str | None


class Recorded:
    """A WSGI application that remembers which calls came for another."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._came = Condition()
        self.seen: list[Seen] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            with self._came:
                self.seen.append(
                    Seen(
                        environ["REQUEST_METHOD"],
                        environ["PATH_INFO"],
                        int(status.split()[0]),
                        environ.get("HTTP_ORIGIN"),
                        environ.get("HTTP_SEC_FETCH_SITE"),
                    )
                )
                self._came.notify_all()
            return start_response(status, headers, *more)

        answered: Iterable[bytes] = self._application(environ, start)
        return answered

    def wait_for(self, method: str, path: str, times: int = 1) -> None:
        """Wait until so many calls of this kind were answered."""

        def have_come() -> bool:
            return sum(each[:2] == (method, path) for each in self.seen) >= times

        with self._came:
            assert self._came.wait_for(have_come, LIMIT), f"{method} {path} did not come: {self.seen}"


_PAGE = """<!doctype html>
<title>A page</title>
<body>
<script>
const found = {};
async function attempt(name, act) {
  try { found[name] = await act(); } catch (problem) { found[name] = problem.name; }
}
async function read(answer) { return [answer.status, await answer.text()]; }
async function report() {
  await fetch("/report", {method: "POST", body: JSON.stringify(found)});
}
(async () => {
SCRIPT
})();
</script>
"""
