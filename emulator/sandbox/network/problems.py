"""What can go wrong in an exchange over the network.

::

    NetworkProblem
    ├── BadUrl             no http:// or https:// URL
    ├── NoSuchHost         the name of the host leads to no address
    ├── AddressRefused     the address may not be connected to
    ├── NoConnection       refused, or not reachable
    ├── BadCertificate     the certificate of the host is not trusted
    ├── TimedOut           the total time was over
    ├── ConnectionClosed   closed before the end of the answer
    ├── BadAnswer          no HTTP, or a head without an end
    └── Aborted            the emulator is stopping
"""

from __future__ import annotations


class NetworkProblem(Exception):
    """An exchange over the network has failed; the message says why, in words for the journal."""


class BadUrl(NetworkProblem):
    """The URL is no http:// or https:// URL of a host."""


class NoSuchHost(NetworkProblem):
    """The name of the host leads to no address."""


class AddressRefused(NetworkProblem):
    """The address may not be connected to; the message says why, and which option lets it."""


class NoConnection(NetworkProblem):
    """No connection could be made: it was refused, or the host cannot be reached."""


class BadCertificate(NetworkProblem):
    """The TLS handshake failed: the certificate is not trusted, or the host speaks no TLS."""


class TimedOut(NetworkProblem):
    """The total time of the exchange was over before the answer was complete."""


class ConnectionClosed(NetworkProblem):
    """The connection was closed before the end of the answer.

    ``answered`` says whether any byte of an answer had come.
    """

    def __init__(self, message: str, *, answered: bool) -> None:
        super().__init__(message)
        self.answered = answered


class BadAnswer(NetworkProblem):
    """What was answered is no HTTP, or its head does not end within its bound."""


class Aborted(NetworkProblem):
    """The exchange was broken off, or not begun, because the emulator is stopping."""

    def __init__(self) -> None:
        super().__init__("broken off, because the emulator is stopping")
