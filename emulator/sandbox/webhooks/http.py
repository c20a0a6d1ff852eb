"""Webhooks over HTTP: POST them to URLs on this machine and private networks, and ask for challenges.

Imported with the first webhook that goes there, as urllib3 is.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers

MOST_ON_A_CONNECTION = 16
"""Webhooks after which a connection is closed: an app with one thread has it for others in between."""


class NetworkReceiver:
    """Posts webhooks to URLs over pooled keep-alive connections; redirects are not followed.

    Goes to loopback and private addresses only, unless ``allow_public``: names are looked up for that.
    """

    def __init__(self, *, allow_public: bool = False) -> None:
        self._allow_public = allow_public
        self._pool = urllib3.PoolManager(num_pools=16, maxsize=4, retries=False)
        self._carried = 0

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """POST the bytes with their headers to ``url``; returns the status, whatever it is.

        Waits up to ``timeout`` seconds. Raises :class:`DeliveryProblem` when no answer comes, and for a URL
        it may not go to.
        """
        response = self._request(self._pool, "POST", url, timeout, body=body, headers=dict(headers))
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and int(length) <= 65536:
            try:
                response.read(int(length))
                response.release_conn()
            except urllib3.exceptions.HTTPError:
                response.close()
        else:
            response.close()
        self._carried += 1
        if self._carried % MOST_ON_A_CONNECTION == 0:
            self.rest()
        return int(response.status)

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask ``url`` for the verification challenge by a GET, on a connection of its own.

        Returns status, reason and body. At most 4,096 bytes of the body are read. Raises
        :class:`DeliveryProblem` as :meth:`post`.
        """
        headers = {
            "User-Agent": "facebookplatform/1.0 (+http://developers.facebook.com)",
            "Accept": "*/*",
            "Accept-Encoding": "deflate, gzip",
        }
        joint = "&" if urlsplit(url).query else "?"
        pool = urllib3.PoolManager(retries=False)
        try:
            asked = f"{url}{joint}{urlencode(query)}"
            response = self._request(pool, "GET", asked, timeout, headers=headers)
            body = response.read(4096, decode_content=True)
            response.close()
        except urllib3.exceptions.HTTPError as problem:
            raise DeliveryProblem(_spoken(problem, timeout)) from None
        finally:
            pool.clear()
        return int(response.status), response.reason or "", body

    def rest(self) -> None:
        """Close the connections that are kept for the next webhook; it opens a new one."""
        self._pool.clear()

    def _request(
        self, pool: urllib3.PoolManager, method: str, url: str, timeout: float, **rest: Any
    ) -> urllib3.BaseHTTPResponse:
        self._check(url)
        try:
            return pool.request(
                method,
                url,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=timeout, read=timeout),
                **rest,
            )
        except (urllib3.exceptions.HTTPError, ValueError, OSError) as problem:
            raise DeliveryProblem(_spoken(problem, timeout)) from None

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or 80
        except ValueError as problem:
            raise DeliveryProblem(f"{url} is no URL: {problem}") from None
        if parts.scheme not in ("http", "https") or not host:
            raise DeliveryProblem(f"{url} is no http:// or https:// URL")
        if self._allow_public:
            return
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise DeliveryProblem(f"no such host: {host} ({problem})") from None
        for *_, address in found:
            ip = ipaddress.ip_address(str(address[0]).split("%")[0])
            if not (ip.is_loopback or ip.is_private or ip.is_link_local):
                raise DeliveryProblem(
                    f"{host} is a public address ({ip}); webhooks leave this machine only with --allow-public"
                )


def _spoken(problem: Exception, timeout: float) -> str:
    if isinstance(problem, urllib3.exceptions.NewConnectionError):
        return "connection refused" if "refused" in str(problem).lower() else f"no connection: {problem}"
    if isinstance(problem, urllib3.exceptions.TimeoutError):
        return f"no answer within {timeout:g} s"
    return f"{type(problem).__name__}: {problem}"
