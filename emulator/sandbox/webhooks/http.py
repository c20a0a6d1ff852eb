"""Webhooks over HTTP: POST them to URLs, and ask for the challenges of callbacks."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import unquote, urlencode, urlsplit

from emulator.sandbox.network.client import Client
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.problems import Aborted, NetworkProblem
from emulator.sandbox.network.urls import read_url
from emulator.sandbox.webhooks.receiver import DeliveryAborted, DeliveryProblem, Headers

MOST_BODY = 64 * 1024
"""Bytes of an answer that are read, so that its connection can be kept; a longer one ends its connection."""
_MOST_CHALLENGE = 4096


class NetworkReceiver:
    """Posts webhooks to URLs over kept connections; redirects are not followed.

    An attempt is over within its ``timeout``, in real seconds, whatever the receiver does: looking up its
    name, connecting, sending and the whole answer are all inside.
    """

    needs_event_loop = True  # the server behind a URL may run in it

    def __init__(self, client: Client) -> None:
        self._client = client

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """POST the bytes with their headers to ``url``; returns the status, whatever it is.

        Raises :class:`DeliveryProblem` when no whole answer comes in time, and for a URL it may not go to.
        """
        return self.exchange(url, body, headers, timeout)[0]

    def exchange(self, url: str, body: bytes, headers: Headers, timeout: float) -> tuple[int, bytes]:
        """POST as :meth:`post` does; returns the status, and the body as it came.

        A body of more than :data:`MOST_BODY` bytes is left out.
        """
        try:
            target, deadline = read_url(url), Deadline(timeout)
            sent = {**headers, **_authorization(url)}
            with self._client.exchange("POST", target, sent, deadline, body=body, keep=True) as answer:
                is_short = answer.length is None or answer.length <= MOST_BODY
                said = answer.read(MOST_BODY) if is_short else b""
                return answer.status, said
        except NetworkProblem as problem:
            raise _delivery_problem(problem) from problem

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask ``url`` for the verification challenge by a GET, on a connection of its own.

        Returns status, reason and body, of which at most 4,096 bytes are read. Raises
        :class:`DeliveryProblem` as :meth:`post`.
        """
        headers = {
            "User-Agent": "facebookplatform/1.0 (+http://developers.facebook.com)",
            "Accept": "*/*",
            "Accept-Encoding": "deflate, gzip",
            **_authorization(url),
        }
        joint = "&" if urlsplit(url).query else "?"
        try:
            target, deadline = read_url(f"{url}{joint}{urlencode(query)}"), Deadline(timeout)
            with self._client.exchange("GET", target, headers, deadline) as answer:
                body = _decoded(answer.read(_MOST_CHALLENGE), answer.headers.get("Content-Encoding", ""))
                return answer.status, answer.reason, body
        except NetworkProblem as problem:
            raise _delivery_problem(problem) from problem


def _authorization(url: str) -> dict[str, str]:
    """The header that a URL with a user name and a password asks for, as curl sends it (RFC 7617)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return {}
    if parts.username is None:
        return {}
    known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(known.encode()).decode()}"}


def _delivery_problem(problem: NetworkProblem) -> DeliveryProblem:
    return DeliveryAborted() if isinstance(problem, Aborted) else DeliveryProblem(str(problem))


def _decoded(body: bytes, encoding: str) -> bytes:
    """The beginning of a body as it was before it was compressed, or as it came when it was not."""
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib by their heads, or bare deflate
        try:
            return zlib.decompressobj(window).decompress(body, _MOST_CHALLENGE)
        except zlib.error:
            continue
    return body
