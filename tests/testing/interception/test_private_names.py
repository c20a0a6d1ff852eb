"""What interception relies on in other libraries, each with the version it was seen in.

When one of these fails after an upgrade, the library has changed: look at the module of ours that is named.
"""

from __future__ import annotations

import asyncio
import inspect
import socket
import ssl
import urllib.request
from importlib.metadata import version
from typing import Any

import httpx
import pytest
import requests
import requests_mock.adapter
import uvloop
from requests.adapters import HTTPAdapter

NAMES: list[tuple[Any, str, list[str], str, str]] = [
    (httpx.Client, "_transport_for_url", ["self", "url"], "httpx 0.28.1", "httpx_transports.py"),
    (httpx.AsyncClient, "_transport_for_url", ["self", "url"], "httpx 0.28.1", "httpx_transports.py"),
    (requests.Session, "get_adapter", ["self", "url"], "requests 2.34.2", "requests_adapters.py"),
    (HTTPAdapter, "build_response", ["self", "req", "resp"], "requests 2.34.2", "requests_adapters.py"),
    (
        requests_mock.adapter.Adapter,
        "send",
        ["self", "request", "kwargs"],
        "requests-mock 1.12.1",
        "requests_adapters.py",
    ),
    (socket, "getaddrinfo", ["host", "port", "family", "type", "proto", "flags"], "Python 3.11", "names.py"),
    (urllib.request, "getproxies_environment", [], "Python 3.11", "names.py"),
    (
        asyncio.BaseEventLoop,
        "getaddrinfo",
        ["self", "host", "port", "family", "type", "proto", "flags"],
        "Python 3.11",
        "names.py",
    ),
    (
        ssl.SSLContext,
        "wrap_socket",
        [
            "self",
            "sock",
            "server_side",
            "do_handshake_on_connect",
            "suppress_ragged_eofs",
            "server_hostname",
            "session",
        ],
        "Python 3.11",
        "sockets.py",
    ),
    (
        ssl.SSLContext,
        "wrap_bio",
        ["self", "incoming", "outgoing", "server_side", "server_hostname", "session"],
        "Python 3.11",
        "sockets.py",
    ),
    (ssl.SSLSocket, "send", ["self", "data", "flags"], "Python 3.11", "sockets.py"),
    (ssl.SSLSocket, "write", ["self", "data"], "Python 3.11", "sockets.py"),
    (ssl.SSLObject, "write", ["self", "data"], "Python 3.11", "sockets.py"),
]


@pytest.mark.parametrize(
    ("owner", "name", "parameters", "seen_in", "module"),
    NAMES,
    ids=[f"{owner.__name__}.{name}" for owner, name, *_ in NAMES],
)
def test_a_name_is_there_with_its_parameters(
    owner: Any, name: str, parameters: list[str], seen_in: str, module: str
) -> None:
    """The signature is the one that the replacement was written for; what was replaced is looked through."""
    found = getattr(owner, name, None)

    assert found is not None, f"{name} was there in {seen_in}; {module} replaces it. {_installed()}"
    signature = inspect.signature(inspect.unwrap(found))
    assert list(signature.parameters) == parameters, f"seen in {seen_in}; {module} calls it. {_installed()}"


@pytest.mark.parametrize("name", ["getaddrinfo", "create_connection"])
def test_methods_of_uvloop_can_be_replaced(name: str) -> None:
    """``uvloop.Loop`` is a Python class on top of a compiled one (uvloop 0.23); names.py replaces these."""
    assert inspect.isclass(uvloop.Loop)
    assert "__dict__" in dir(uvloop.Loop)
    assert callable(getattr(uvloop.Loop, name))


def test_sockets_connect_by_a_method_that_can_be_replaced() -> None:
    """``socket.socket`` is a Python class on top of a compiled one (Python 3.11); sockets.py replaces it."""
    assert socket.socket.__mro__[1].__module__ == "_socket"


def test_a_session_begins_with_adapters_that_do_not_retry() -> None:
    """By this a session's own adapter is told from one of the app's (requests 2.34.2)."""
    with requests.Session() as session:
        adapter: Any = session.adapters["https://"]

    assert type(adapter) is HTTPAdapter
    assert adapter.max_retries.total == 0


def test_clients_begin_with_transports_of_these_classes() -> None:
    """By this httpx's own transport is told from one of the app's (httpx 0.28.1)."""
    url = httpx.URL("https://graph.facebook.com")

    with httpx.Client() as client:
        chosen = inspect.unwrap(httpx.Client._transport_for_url)(client, url)
    asynchronous = inspect.unwrap(httpx.AsyncClient._transport_for_url)(httpx.AsyncClient(), url)

    assert type(chosen) is httpx.HTTPTransport
    assert type(asynchronous) is httpx.AsyncHTTPTransport


def test_handles_of_pycurl_can_be_extended() -> None:
    """``pycurl.Curl`` may have subclasses, and these options are there (pycurl 7.49); curl.py needs both."""
    pycurl = pytest.importorskip("pycurl")

    class Handle(pycurl.Curl):  # type: ignore[misc, name-defined, unused-ignore]
        pass

    Handle().close()
    for name in ("URL", "CONNECT_TO", "NOPROXY", "CAINFO_BLOB", "FRESH_CONNECT"):
        assert isinstance(getattr(pycurl, name), int)


def _installed() -> str:
    names = ("httpx", "requests", "requests-mock", "uvloop")
    return f"Installed: {', '.join(f'{name} {version(name)}' for name in names)}"
