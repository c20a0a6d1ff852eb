"""The emulator of a test session, and its HTTP server, which starts when a test first asks for its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

from emulator.domain.graph.hosts import DOWNLOADS
from emulator.sandbox.emulator import Emulator
from emulator.testing.clocks.freeze_watch import FreezeWatcher

if TYPE_CHECKING:
    from emulator.testing.interception.network import Network
    from emulator.testing.receiving.loops import SessionLoop
    from emulator.web.proxy.terminator import TlsFront


class SessionEmulator:
    """One emulator for all tests of a session, with one HTTP server that starts when it is first needed.

    It is the fixture ``whatsapp_emulator``; a test that uses no client over HTTP never starts the server.
    """

    def __init__(self, network: Network | None = None, port: int = 0) -> None:
        """Make an emulator; without a ``network`` it patches that of this process itself, when needed.

        ``port`` is where it serves when that is asked for; 0 takes a free one.
        """
        self.emulator = Emulator()
        self._port = port
        self.watcher = FreezeWatcher()
        """Hears when a test moves the time of the frozen process."""
        self._loop: SessionLoop | None = None
        self._app: Any = None
        self._server: Any = None
        self._front: TlsFront | None = None
        self._network = network
        self._closing = ExitStack()
        self._starting = RLock()  # several threads of an app may connect first
        self._is_intercepting = False
        self._is_closed = False

    @property
    def app(self) -> Any:
        """The WSGI application of the Graph API and the control API, for clients that need no socket.

        Made once. It answers by any host, and to any page: calls in this process come from no browser.
        """
        if self._app is None:
            from emulator.web.app import create_app

            self._app = create_app(self.emulator, boundary=None)
        return self._app

    @property
    def url(self) -> str:
        """The address of the HTTP server, without a slash at the end.

        Starts it the first time. Raises :class:`OSError` for a port that cannot be had.
        """
        with self._starting:
            if self._server is None:
                from emulator.web.app import create_app
                from emulator.web.server import Server

                self._server = Server(create_app(self.emulator), port=self._port).start()
                self._renew_links()
        return str(self._server.url)

    @property
    def front(self) -> TlsFront:
        """The port at which TLS for Meta's hosts ends, for clients with a fixed host that use sockets.

        Made the first time, with a certificate authority that lives as long as the session. Raises
        :class:`~emulator.web.proxy.authority.MissingTls` without the extra ``tls``.
        """
        with self._starting:
            if self._front is None:
                from emulator.web.proxy.authority import Authority
                from emulator.web.proxy.terminator import TlsFront

                authority, _ = Authority.new(), self.url
                self._front = TlsFront(authority, (self._server.host, self._server.port))
                self._closing.callback(self._front.close)
            return self._front

    @cached_property
    def network(self) -> Network:
        """The network of this process, which brings calls for Meta's hosts here; patched the first time."""
        if self._network is None:
            from emulator.testing.interception.network import Network

            self._network = Network()
            self._closing.callback(self._network.close)
        return self._network

    @contextmanager
    def intercepted(self) -> Iterator[None]:
        """Bring every call of this process for Meta's hosts here, inside the ``with`` block.

        At its end the connections that clients have kept are closed. Blocks may be nested.
        """
        before, self._is_intercepting = self._is_intercepting, True
        self._renew_links()
        try:
            with self.network.routed(self):
                yield
        finally:
            self._is_intercepting = before
            self._renew_links()
            if self._front is not None:
                self._front.cut()

    @contextmanager
    def guarded(self, test: str, *, intercept: bool, refuses: bool) -> Iterator[None]:
        """Decide over calls for Meta's hosts inside the ``with`` block, and after it for threads of it.

        ``intercept`` brings them here; ``refuses`` lets none out that is not. ``test`` is what a refusal
        calls the block.
        """
        self.network.guard(test, refuses=refuses)
        with self.intercepted() if intercept else nullcontext():
            yield

    def _renew_links(self) -> None:
        """Say where files that webhooks tell of can be downloaded at present."""
        served = str(self._server.url) if self._server is not None else None
        self.emulator.url = f"https://{DOWNLOADS}" if self._is_intercepting else served

    def loop(self) -> SessionLoop:
        """The event loop in which async apps are served for tests that have none; made once."""
        if self._loop is None:
            from emulator.testing.receiving.loops import SessionLoop

            self._loop = SessionLoop()
            self._closing.callback(self._loop.close)
        return self._loop

    def close(self) -> None:
        """Stop the HTTP server and the event loop, if they run, and close every sandbox; no effect again.

        The plugin does so at the end of the session.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self.watcher.unwatch()
        self._closing.close()
        if self._server is not None:
            self._server.stop()
        self.emulator.close()
