"""Fetch what a link of a message leads to, as the platform does after it has taken the message."""

from __future__ import annotations

import ipaddress
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import urllib3

from emulator.domain.media import HEAD_BYTES, KINDS, File
from emulator.sandbox.store.media.media import Looked

MOST = max(kind.most for kind in KINDS.values())
"""Bytes after which a download is given up: no kind of message takes more."""
_REDIRECTS = 5
_PRIVATE_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".test", ".home.arpa", ".docker")


def is_near(url: str) -> bool:
    """Say whether a URL leads to this machine or a private network, as far as its spelling tells.

    Names are not looked up: a test run must not ask the network about somebody's shop.
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_ENDINGS)
    return address.is_loopback or address.is_private or address.is_link_local


def fetch(url: str, timeout: float, *, allow_public: bool) -> Looked:
    """Fetch what is behind ``url``: its type, its size and its first bytes.

    The others are counted and let go. Waits up to ``timeout`` seconds for each answer, and follows at most
    five redirects. Without ``allow_public`` a public host is not asked, and the result has neither file nor
    problem. It never raises for what the network does.
    """
    pool = urllib3.PoolManager(retries=False)
    try:
        for _ in range(_REDIRECTS + 1):
            if not allow_public and not is_near(url):
                return Looked(None, None)
            response = pool.request(
                "GET",
                url,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=timeout, read=timeout),
                headers={"User-Agent": "facebookexternalhit/1.1", "Accept": "*/*"},
            )
            with closing(response):
                location = response.headers.get("Location")
                if location is None or not 300 <= response.status < 400:
                    return _looked(response)
                url = urljoin(url, location)
        return Looked(None, f"more than {_REDIRECTS} redirects")
    except (urllib3.exceptions.HTTPError, ValueError, OSError) as problem:
        return Looked(None, f"error {type(problem).__name__}: {_short(problem)}")
    finally:
        pool.clear()


def _looked(response: urllib3.BaseHTTPResponse) -> Looked:
    if response.status >= 300:
        return Looked(None, f"http code {response.status}, status message {response.reason}")
    length = response.headers.get("Content-Length", "")
    size, head = 0, b""
    if length.isdigit() and int(length) > MOST:
        size = int(length)
    else:
        for chunk in response.stream(64 * 1024):
            head = (head + chunk)[:HEAD_BYTES]
            size += len(chunk)
            if size > MOST:
                break
    return Looked(File(response.headers.get("Content-Type", "application/octet-stream"), size, head), None)


def _short(problem: Exception) -> str:
    text = str(problem).partition("(Caused by")[0]
    return text.rsplit(":", 1)[-1].strip() or type(problem).__name__
