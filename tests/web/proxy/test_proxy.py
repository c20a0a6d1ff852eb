"""The proxy: Meta's hosts are the emulator, however a client asks; others are refused, or reached."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest
from kit.hosts import Host
from kit.identities import ACCESS_TOKEN, PRODUCTION

from emulator import Emulator, Server, create_app
from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.web.proxy.authority import Authority
from emulator.web.proxy.proxy import Proxy

PATH = f"/v26.0/{PRODUCTION}?fields=display_phone_number"
TOKEN = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
NUMBER = {"display_phone_number": "+1 555-078-3881", "id": PRODUCTION}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.new()


@pytest.fixture(scope="module")
def backend() -> Iterator[tuple[str, int]]:
    """A served emulator with the default sandbox."""
    with Emulator() as emulator, Server(create_app(emulator)) as server:
        emulator.create()
        yield server.host, server.port


@pytest.fixture(scope="module", params=[False, True], ids=["others refused", "others allowed"])
def proxy(request: pytest.FixtureRequest, authority: Authority, backend: tuple[str, int]) -> Iterator[Proxy]:
    with Proxy(authority, backend, others=request.param) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def closed(authority: Authority, backend: tuple[str, int]) -> Iterator[Proxy]:
    """A proxy for Meta's hosts alone."""
    with Proxy(authority, backend) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def allowing(authority: Authority, backend: tuple[str, int]) -> Iterator[Proxy]:
    """A proxy for other hosts, too."""
    with Proxy(authority, backend, others=True) as proxy:
        yield proxy


def said(proxy: Proxy, request: bytes) -> tuple[int, bytes]:
    """Send bytes to the proxy, and read its answer to the end of the connection."""
    with socket.create_connection((proxy.host, proxy.port), timeout=10) as connection:
        connection.sendall(request)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read()


# Meta's hosts


@pytest.mark.parametrize("host", PLATFORM_HOSTS)
def test_a_tunnel_to_a_host_of_meta_ends_at_the_emulator(proxy: Proxy, host: str) -> None:
    """By TLS that the authority vouches for; the connection may be used again."""
    connection = http.client.HTTPSConnection(
        proxy.host, proxy.port, context=proxy.authority.trusting, timeout=10
    )
    connection.set_tunnel(host, 443)
    answers = []
    for _ in range(2):
        connection.request("GET", PATH, headers=TOKEN)
        answers.append(json.loads(connection.getresponse().read()))
    connection.close()

    assert answers == [NUMBER, NUMBER]


def test_a_call_in_the_absolute_form_reaches_the_emulator(proxy: Proxy) -> None:
    """Old versions of axios send https in the open, to the proxy; headers for the proxy go no further."""
    request = (
        f"GET https://graph.facebook.com{PATH} HTTP/1.1\r\nHost: somebody.else\r\n"
        f"Authorization: Bearer {ACCESS_TOKEN}\r\nProxy-Authorization: Basic eDp5\r\n"
        "Proxy-Connection: keep-alive\r\nConnection: keep-alive\r\n\r\n"
    )

    assert said(proxy, request.encode()) == (200, json.dumps(NUMBER, separators=(",", ":")).encode())


def test_a_body_in_the_absolute_form_comes_whole(proxy: Proxy) -> None:
    """However much of it has come with the head."""
    body = json.dumps({"messaging_product": "whatsapp", "text": {"body": "x" * 100_000}}).encode()
    head = (
        f"POST https://graph.facebook.com/v26.0/{PRODUCTION}/messages HTTP/1.1\r\n"
        f"Authorization: Bearer {ACCESS_TOKEN}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    status, answer = said(proxy, head.encode() + body)

    assert status == 400
    assert "The parameter to is required" in json.loads(answer)["error"]["message"]


def test_a_client_that_begins_with_tls_reaches_the_emulator(proxy: Proxy) -> None:
    """One that was led to this port as if it were the host itself, as Node is."""
    with (
        socket.create_connection((proxy.host, proxy.port), timeout=10) as plain,
        proxy.authority.trusting.wrap_socket(plain, server_hostname="graph.facebook.com") as connection,
    ):
        connection.sendall(
            f"GET {PATH} HTTP/1.1\r\nHost: graph.facebook.com\r\n"
            f"Authorization: Bearer {ACCESS_TOKEN}\r\n\r\n".encode()
        )
        answer = http.client.HTTPResponse(connection)
        answer.begin()

        assert json.loads(answer.read()) == NUMBER


@pytest.mark.parametrize(
    "request_line",
    [
        "CONNECT graph.facebook.com:80",
        "CONNECT graph.facebook.com:8443",
        "GET http://graph.facebook.com/v26.0/1",
    ],
)
def test_metas_hosts_are_served_by_https_alone(proxy: Proxy, request_line: str) -> None:
    """As on the platform, which takes no token in the open."""
    status, sentence = said(proxy, f"{request_line} HTTP/1.1\r\n\r\n".encode())

    assert status == 403
    assert b"graph.facebook.com is served by https alone, at port 443" in sentence


def test_who_does_not_trust_the_authority_gets_no_tls(proxy: Proxy) -> None:
    """The client refuses, and the proxy goes on."""
    with (
        httpx.Client(proxy=proxy.url, verify=ssl.create_default_context()) as client,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.get(f"https://graph.facebook.com{PATH}")
    with httpx.Client(proxy=proxy.url, verify=proxy.authority.trusting) as client:
        assert client.get(f"https://graph.facebook.com{PATH}", headers=TOKEN).json() == NUMBER


# other hosts


@pytest.mark.parametrize(
    "request_line", ["CONNECT api.example:443", "GET http://api.example/", "GET https://api.example/"]
)
def test_other_hosts_are_refused_unless_they_are_allowed(
    closed: Proxy, caplog: pytest.LogCaptureFixture, request_line: str
) -> None:
    """With the switch, for the client and in the log; no name is looked up."""
    status, sentence = said(closed, f"{request_line} HTTP/1.1\r\n\r\n".encode())

    assert status == 403
    assert b"api.example is none of Meta's hosts" in sentence
    assert b"--proxy-others allow" in sentence
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert request_line in caplog.text


def test_other_hosts_are_reached_when_they_are_allowed(allowing: Proxy) -> None:
    """By a tunnel, and in the absolute form by http."""
    host = Host(lambda visit: visit.answer(body=b"another host"))
    try:
        with httpx.Client(proxy=allowing.url) as client:
            plain = client.get(host.url)
        connection = http.client.HTTPConnection(allowing.host, allowing.port, timeout=10)
        connection.set_tunnel("127.0.0.1", host.port)
        connection.request("GET", "/hook")
        tunnelled = connection.getresponse().read()
        connection.close()
    finally:
        host.close()

    assert (plain.content, tunnelled) == (b"another host", b"another host")
    assert all(request.startswith(b"GET /hook HTTP/1.1\r\n") for request in host.requests)


@pytest.mark.parametrize(
    ("request_line", "status", "told"),
    [
        ("CONNECT 127.0.0.1:1", 502, b"127.0.0.1:1 cannot be reached"),
        ("GET https://api.example/", 501, b"by CONNECT alone"),
        ("CONNECT :443", 400, b"A host was expected"),
        ("CONNECT api.example:99999", 400, b"A host was expected"),
    ],
)
def test_what_cannot_be_done_is_told(allowing: Proxy, request_line: str, status: int, told: bytes) -> None:
    """By a status of its own and a sentence."""
    answered, sentence = said(allowing, f"{request_line} HTTP/1.1\r\n\r\n".encode())

    assert answered == status
    assert told in sentence


# what is no request for a proxy


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"This port is a proxy for Meta's hosts"),
        (b"hello\r\n\r\n", b"This is no request that a proxy takes."),
        (b"GET http://graph.facebook.com/ HTTP/2\r\n\r\n", b"This is no request"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"This is no request"),
    ],
    ids=["a visit", "no HTTP", "another HTTP", "too many headers"],
)
def test_what_is_no_request_for_a_proxy_is_answered(proxy: Proxy, sent: bytes, told: bytes) -> None:
    """With 400, and what it is."""
    status, sentence = said(proxy, sent)

    assert status == 400
    assert told in sentence


def test_whoever_says_nothing_and_goes_leaves_the_proxy_alone(proxy: Proxy) -> None:
    """The next client is served."""
    for said_first in (b"", b"\x16", b"CONN", b"CONNECT graph.facebook.com:443 HTTP/1.1\r\n\r\n"):
        with socket.create_connection((proxy.host, proxy.port), timeout=10) as connection:
            connection.sendall(said_first)

    assert said(proxy, b"GET / HTTP/1.1\r\n\r\n")[0] == 400


def test_a_closed_proxy_frees_its_port_and_ends_its_connections(
    authority: Authority, backend: tuple[str, int]
) -> None:
    """At once."""
    proxy = Proxy(authority, backend)
    with socket.create_connection((proxy.host, proxy.port), timeout=10) as connection:
        connection.sendall(b"CONNECT graph.facebook.com:443 HTTP/1.1\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")

        proxy.close()

        assert connection.recv(100) == b""
    with socket.create_server((proxy.host, proxy.port)):
        pass
