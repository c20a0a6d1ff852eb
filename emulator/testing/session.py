"""The emulator of a test session, and its HTTP server, which starts when a test first asks for its URL."""

from __future__ import annotations

from typing import Any

from emulator.sandbox.emulator import Emulator
from emulator.testing.clocks.freeze_watch import FreezeWatcher


class SessionEmulator:
    """One emulator for all tests of a session, with one HTTP server that starts when it is first needed.

    It is the fixture ``whatsapp_emulator``; a test that uses no client over HTTP never starts the server.
    """

    def __init__(self) -> None:
        self.emulator = Emulator()
        self.watcher = FreezeWatcher()
        """Hears when a test moves the time of the frozen process."""
        self._app: Any = None
        self._server: Any = None

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

        Starts it on a free port the first time.
        """
        if self._server is None:
            from emulator.web.app import create_app
            from emulator.web.server import Server

            self._server = Server(create_app(self.emulator)).start()
            self.emulator.url = str(self._server.url)
        return str(self._server.url)

    def close(self) -> None:
        """Stop the HTTP server, if it runs, and close every sandbox.

        The plugin does so at the end of the session.
        """
        self.watcher.unwatch()
        if self._server is not None:
            self._server.stop()
        self.emulator.close()
