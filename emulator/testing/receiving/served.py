"""What every app that takes the webhooks of a test has in common, whatever serves it."""

from __future__ import annotations


class AppNotStarted(Exception):
    """An app that was to take the webhooks of a test raised when it was started."""


class Served:
    """How an app is served while a test lasts: when it starts, and when it stops.

    This is the plainest one, of an app that is called on the delivering thread or reached by its URL: there
    is nothing to start.
    """

    needs_event_loop = False
    """Whether it may answer only while the event loop of an async test goes on."""

    def start(self) -> None:
        """Start the app now, before its first webhook. Raises :class:`AppNotStarted` when it cannot."""

    def close(self) -> None:
        """Stop the app at the end of the test, and wait until it has stopped."""
