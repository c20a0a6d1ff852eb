"""Serve a WSGI application on loopback: waitress, driven by a loop of our own so that it stops at once."""

from __future__ import annotations

import logging
import re
from threading import Thread
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

THREADS = 8
"""Workers: an ``advance`` holds one until it is done, while the integrator's app calls back on others."""


PIECE = 128 * 1024
"""Bytes of a file that are read at a time; waitress reads what the socket takes, which may be megabytes."""
_FILE_OFFSET = re.compile(rb"(?<=\r\n)file_offset(?=:)", re.IGNORECASE)


class _Parser(HTTPRequestParser):
    """Lets ``file_offset`` through: waitress drops headers with an underscore, as this one has."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(_FILE_OFFSET.sub(b"file-offset", header_plus))


class _Channel(HTTPChannel):
    parser_class = _Parser

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.sendbuf_len = min(self.sendbuf_len, PIECE)


class Server:
    """A WSGI server in a thread of this process, for tests and for the command line; a context manager."""

    def __init__(self, app: Any, host: str = "127.0.0.1", port: int = 0) -> None:
        """Bind ``host`` and ``port``; 0 takes a free one. Raises :class:`OSError` when it is taken."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server: Any = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=False,
        )
        for listening in server._map.values():
            if isinstance(listening, BaseWSGIServer):
                listening.channel_class = _Channel
        self._server = server
        self.host = host
        self.port = int(server.effective_port)
        self._running = False
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """The address it is reached at, without a slash at the end; ``0.0.0.0`` is shown as ``127.0.0.1``."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else shown}:{self.port}"  # noqa: S104

    def start(self) -> Server:
        """Serve in a thread of its own from now on; returns the server. The port is bound already."""
        self._running = True
        self._thread = Thread(target=self._loop, name="emulator-server", daemon=True)
        self._thread.start()
        return self

    def _loop(self) -> None:
        while self._running:
            wasyncore.loop(timeout=30, map=self._server._map, count=1)

    def stop(self) -> None:
        """Stop serving and free the port; requests under way have a second to end."""
        self._running = False
        self._server.pull_trigger()
        if self._thread is not None:
            self._thread.join()
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._server._map)

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
