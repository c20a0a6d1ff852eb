"""The boundary for browsers: which calls that come over a socket are answered at all.

A page in a browser on this machine reaches every port of it. Three checks keep pages of others out: the
``Host`` that was called (against names whose address changes between two calls, DNS rebinding), the origin of
the calling page, and, for the control API, a token. Clients that are no browsers send neither ``Origin`` nor
``Sec-Fetch-Site``, and pass.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from emulator.domain.graph.hosts import is_platform_host
from emulator.domain.values import dataclass

CONTROL = "/_emulator"
"""Where the control API begins."""
PAGE = f"{CONTROL}/ui"
ERRORS, RULES = f"{CONTROL}/errors", f"{CONTROL}/rules"
PAGES = (PAGE, ERRORS, RULES)
"""Where the page is, and the pages of errors and rules. They tell nothing of a sandbox, so they are given to
callers without the control token."""
SERVER_NAME, ALLOW_ORIGIN = "WHATSAPP_EMULATOR_SERVER_NAME", "WHATSAPP_EMULATOR_ALLOW_ORIGIN"
CONTROL_TOKEN = "WHATSAPP_EMULATOR_CONTROL_TOKEN"  # noqa: S105
"""Environment variables that say what the flags of ``serve`` say."""

_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.*-]+?)\.?(?::[0-9]{0,5})?", re.IGNORECASE)
_NAME = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s,]+", re.IGNORECASE)
_TOKEN = re.compile(r"[\x21-\x7e]+")
_REMEMBERED = 1024
"""How many values of ``Host`` the answer is kept for."""
_LONGEST = 260
"""Characters of the longest host: a name of 253, a colon and a port."""
_SHOWN = 100
"""Characters of a header that a refusal repeats."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call is not answered: the name of the check, the HTTP status, and a sentence for the caller."""

    rule: str
    status: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """What is let through; the default is what a server bound to loopback needs.

    ``hosts``: names and addresses beside those of loopback, in lower case; ``*.name`` is every name below it.
    ``origins``: origins (``scheme://host:port``) whose pages may call, beside the emulator's own.
    ``any_address``: whether each IP address is a host; that of a server bound to all of them. An address is
    never rebound, since no name is looked up. ``control_token``: what calls of the control API have to send
    as ``Authorization: Bearer``; ``None`` asks for nothing.
    """

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    any_address: bool = False
    control_token: str | None = None

    @classmethod
    def of_server(
        cls,
        bound: str,
        *,
        hosts: Iterable[str] = (),
        origins: Iterable[str] = (),
        control_token: str | None = None,
    ) -> Boundary:
        """Build the boundary of a server that is bound to the name or address ``bound``.

        Raises :class:`ValueError` with a sentence for a host with a scheme or a port, for an origin that is
        none, and for a token that cannot stand in a header.
        """
        address = _address(bound)
        if control_token is not None and not _TOKEN.fullmatch(control_token):
            raise ValueError("a control token is printable ASCII without spaces")
        return cls(
            frozenset({*map(_allowed_host, hosts), *([_normal(bound)] if bound else [])}),
            frozenset(map(_allowed_origin, origins)),
            any_address=not bound or (address is not None and address.is_unspecified),
            control_token=control_token,
        )

    def reached_at(self, url: str) -> Boundary:
        """Build the same boundary with the host and the origin of a URL by which callers reach the server."""
        parts = urlsplit(url)
        if not parts.hostname:
            return self
        usual = ":443" if parts.scheme == "https" else ":80"
        authority = parts.netloc.rpartition("@")[2].lower().removesuffix(usual)
        return replace(
            self,
            hosts=self.hosts | {_normal(parts.hostname)},
            origins=self.origins | {f"{parts.scheme}://{authority}"},
        )

    def has_host(self, name: str, *, is_control: bool) -> bool:
        """Whether a host, without a port, is one of this server's: for the control API or the Graph API."""
        name = _normal(name)
        address = _address(name)
        if address is not None:
            return self.any_address or _is_loopback(address) or name in self.hosts
        return (
            name == "localhost"
            or name.endswith(".localhost")
            or name in self.hosts
            or any(f"*{name[at:]}" in self.hosts for at, letter in enumerate(name) if letter == ".")
            or (not is_control and is_platform_host(name))  # no page of others has such a name
        )

    def has_origin(self, origin: str) -> bool:
        """Whether pages of this origin were allowed by name."""
        return origin.lower() in self.origins


LOOPBACK = Boundary()
"""Callers on this machine, by its own names and addresses; no pages but the emulator's own."""


class Checks:
    """The checks of one boundary, made for each call; one without headers of a browser costs a microsecond.

    ``without_token``: paths of the control API that are answered without its token; a path that ends with a
    slash is every one below it, too.
    """

    def __init__(self, boundary: Boundary, without_token: Iterable[str] = ()) -> None:
        self.boundary = boundary
        self._without_token = frozenset(without_token)
        self._below = tuple(path for path in self._without_token if path.endswith("/"))
        self._has_host = lru_cache(_REMEMBERED)(self._knows)

    def page(self, environ: Mapping[str, Any]) -> Refusal | None:
        """Refuse a call by a host that is not this server's, or from a page that may not call it."""
        host = environ.get("HTTP_HOST")
        if host and (len(host) > _LONGEST or not self._has_host(host, is_control(environ))):
            return _unknown_host(host)
        origin, site = environ.get("HTTP_ORIGIN"), environ.get("HTTP_SEC_FETCH_SITE")
        if (origin is not None or site is not None) and self._is_foreign(environ, origin, site, host or ""):
            return _foreign_page(origin, site)
        return None

    def token(self, environ: Mapping[str, Any]) -> Refusal | None:
        """Refuse a call of the control API that has not its token."""
        wanted = self.boundary.control_token
        if wanted is None or not is_control(environ):
            return None
        path = path_of(environ)
        if path in self._without_token or path.startswith(self._below):
            return None
        scheme, _, sent = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        given = sent.strip().encode("utf-8", "replace")
        if scheme.lower() == "bearer" and hmac.compare_digest(given, wanted.encode()):
            return None
        return _no_token("has another token" if scheme else "asks for its token")

    def _knows(self, header: str, is_control: bool) -> bool:
        found = _AUTHORITY.fullmatch(header)
        return found is not None and self.boundary.has_host(found[1], is_control=is_control)

    def _is_foreign(
        self, environ: Mapping[str, Any], origin: str | None, site: str | None, host: str
    ) -> bool:
        """Whether a page of another origin calls; whoever follows a link to an address is none."""
        if origin is not None and self.boundary.has_origin(origin):
            return False
        if site not in (None, "same-origin", "none"):
            return origin is not None or not _is_visit(environ)
        return origin is not None and origin.lower().partition("://")[2] != host.lower()


def is_control(environ: Mapping[str, Any]) -> bool:
    """Whether a call is one of the control API; every other is one of the Graph API."""
    path = path_of(environ)
    return path.startswith(CONTROL) and path[len(CONTROL) : len(CONTROL) + 1] in ("", "/")


def path_of(environ: Mapping[str, Any]) -> str:
    """The path of a call as the application matches it: with one slash, however many it begins with."""
    path: str = environ.get("PATH_INFO", "")
    return f"/{path.lstrip('/')}" if path.startswith("//") else path


def is_loopback(host: str) -> bool:
    """Whether a server bound to this name or address is reached from its own machine alone."""
    address = _address(host)
    return _normal(host) == "localhost" if address is None else _is_loopback(address)


def _is_visit(environ: Mapping[str, Any]) -> bool:
    """Whether the browser shows the answer in a tab of its own, where no other page can read it."""
    return (
        environ.get("REQUEST_METHOD") in ("GET", "HEAD")
        and environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
        and environ.get("HTTP_SEC_FETCH_DEST") == "document"
    )


def _unknown_host(header: str) -> Refusal:
    found = _AUTHORITY.fullmatch(header)
    name = found[1] if found else header
    return Refusal(
        "host",
        403,
        f"This emulator was called by the host {name[:_SHOWN]!r}, which is none of its names: it answers to "
        "localhost, to loopback addresses, and to what --host, --public-url and --server-name say. If it is "
        f"yours, start the emulator with `serve --server-name {name[:_SHOWN]}`, or with {SERVER_NAME} in its "
        "environment.",
    )


def _foreign_page(origin: str | None, site: str | None) -> Refusal:
    if origin is None or origin == "null":
        return Refusal(
            "origin",
            403,
            f"A page of another origin called this emulator (Origin: {origin or 'none'}, Sec-Fetch-Site: "
            f"{str(site)[:_SHOWN]}). Its own pages may, and those of origins that are named, by `fetch` in "
            f"mode `cors`: start it with `serve --allow-origin ORIGIN`, or with {ALLOW_ORIGIN} in its "
            "environment.",
        )
    return Refusal(
        "origin",
        403,
        f"A page of {origin[:_SHOWN]} called this emulator. Its own pages may, and those of origins that are "
        f"named. If it is yours, start the emulator with `serve --allow-origin {origin[:_SHOWN]}`, or with "
        f"{ALLOW_ORIGIN} in its environment.",
    )


def _no_token(problem: str) -> Refusal:
    return Refusal(
        "control_token",
        401,
        f"The control API of this emulator {problem}: send `Authorization: Bearer TOKEN`, or give the "
        f"command --control-token, or {CONTROL_TOKEN} in its environment. The token is what `serve` was "
        "given in the same way, or what it printed when it started.",
    )


def _allowed_host(name: str) -> str:
    if _address(name) is None and not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} is no host; name one without scheme and port: emulator, 10.0.0.7, *.example.test"
        )
    return _normal(name)


def _allowed_origin(origin: str) -> str:
    whole = origin.removesuffix("/").lower()
    if not _ORIGIN.fullmatch(whole):
        raise ValueError(
            f"{origin!r} is no origin; name one with scheme and port, like http://localhost:3000"
        )
    return whole


def _normal(host: str) -> str:
    address = _address(host)
    return host.lower().removesuffix(".") if address is None else str(address)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _is_loopback(address: IPv4Address | IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
