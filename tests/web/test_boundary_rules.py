"""The boundary itself: which hosts and origins are let through, and how they are named."""

from __future__ import annotations

import pytest

from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.web.boundary import LOOPBACK, Boundary, Checks, is_loopback

OWN = {"HTTP_HOST": "127.0.0.1:4080", "PATH_INFO": "/v24.0/1", "REQUEST_METHOD": "POST"}
SEEN = {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}


def refused(boundary: Boundary, **environ: str) -> str | None:
    """Which check refuses a call, if any."""
    refusal = Checks(boundary).page(OWN | environ)
    return None if refusal is None else refusal.rule


# hosts


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:4080",
        "localhost.",
        "emulator.localhost:4080",
        "127.0.0.1",
        "127.0.0.1:4080",
        "127.255.255.254",
        "[::1]",
        "[::1]:4080",
        "[::ffff:127.0.0.1]:4080",
    ],
)
def test_loopback_is_always_a_host(host: str) -> None:
    """Its names and addresses, with any port: a port may be mapped."""
    assert refused(LOOPBACK, HTTP_HOST=host) is None
    assert refused(LOOPBACK, HTTP_HOST=host, PATH_INFO="/_emulator/sandboxes") is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:4080",
        "localhost.evil.example",
        "localhost:4080.evil.example",
        "notlocalhost",
        ".localhost.evil",
        "127.0.0.1.evil.example",
        "127.0.0.1, evil.example",
        "evil.example@127.0.0.1",
        "127.1",
        "128.0.0.1",
        "126.255.255.255",
        "0.0.0.0",
        "192.168.1.7:4080",
        "[::2]",
        "[::]",
        "::1",
        "[::1",
        "localhost/",
        "localhost:port",
        "localhost:123456",
        "a." * 125 + "localhost.:40800",
        "é.localhost.example",
        "*",
    ],
)
def test_every_other_host_is_refused(host: str) -> None:
    """On a server that is bound to loopback and was told of no other name."""
    assert refused(LOOPBACK, HTTP_HOST=host) == "host"


def test_a_call_without_a_host_is_no_browsers() -> None:
    """HTTP/1.0 needs none, and every browser sends one."""
    without = {name: value for name, value in OWN.items() if name != "HTTP_HOST"}

    assert Checks(LOOPBACK).page(without) is None
    assert refused(LOOPBACK, HTTP_HOST="") is None


def test_the_platforms_own_hosts_are_those_of_the_graph_api_alone() -> None:
    """Clients with a fixed host keep it; the control API, with its secrets, is never called by it."""
    for host in (*PLATFORM_HOSTS, "Graph.Facebook.com:443"):
        assert refused(LOOPBACK, HTTP_HOST=host) is None
        assert refused(LOOPBACK, HTTP_HOST=host, PATH_INFO="/_emulator/health") == "host"
        assert refused(LOOPBACK, HTTP_HOST=host, PATH_INFO="//_emulator/health") == "host"
    assert refused(LOOPBACK, HTTP_HOST="evil.facebook.com") == "host"


@pytest.mark.parametrize(
    ("bound", "host", "rule"),
    [
        ("0.0.0.0", "192.168.1.7:4080", None),
        ("0.0.0.0", "[fe80::1]:4080", None),
        ("::", "172.17.0.2", None),
        ("0.0.0.0", "evil.example", "host"),
        ("192.168.1.7", "192.168.1.7:4080", None),
        ("192.168.1.7", "192.168.1.8:4080", "host"),
        ("Box.lan", "box.lan:4080", None),
        ("box.lan", "other.lan", "host"),
        ("::1", "[::1]:80", None),
        ("fe80::0001", "[fe80:0::1]:80", None),
    ],
)
def test_the_bound_host_is_a_host(bound: str, host: str, rule: str | None) -> None:
    """Bound to all addresses, each address is one: addresses are never rebound, names are."""
    assert refused(Boundary.of_server(bound), HTTP_HOST=host) == rule


@pytest.mark.parametrize(
    ("allowed", "host", "rule"),
    [
        ("emulator", "emulator:4080", None),
        ("emulator", "emulator2", "host"),
        ("Emulator", "emulator.", None),
        ("whatsapp_emulator", "whatsapp_emulator:80", None),
        ("host.docker.internal", "host.docker.internal:4080", None),
        ("10.0.0.7", "10.0.0.7:4080", None),
        ("10.0.0.7", "10.0.0.8:4080", "host"),
        ("*.example.test", "a.example.test", None),
        ("*.example.test", "a.b.example.test:4080", None),
        ("*.example.test", "example.test", "host"),
        ("*.example.test", "aexample.test", "host"),
        ("*.example.test", "example.test.evil", "host"),
    ],
)
def test_allowed_hosts_are_hosts(allowed: str, host: str, rule: str | None) -> None:
    """One name, or with ``*.`` every name below one."""
    assert refused(Boundary.of_server("127.0.0.1", hosts=[allowed]), HTTP_HOST=host) == rule


@pytest.mark.parametrize(
    "name", ["*", "*.", "http://emulator", "emulator:4080", "a b", "a,b", "", "/", "*.*.test", "ex*mple"]
)
def test_what_is_no_host_cannot_be_allowed(name: str) -> None:
    """There is no way to allow every host, and a mistake is named at the start."""
    with pytest.raises(ValueError, match="is no host; name one without scheme and port"):
        Boundary.of_server("127.0.0.1", hosts=[name])


def test_the_public_address_is_a_host_and_an_origin() -> None:
    """A proxy may hand on either name, and its page has the public origin."""
    boundary = LOOPBACK.reached_at("https://User@Emulator.example.test:443/base")
    page = {"HTTP_ORIGIN": "https://emulator.example.test"}

    assert refused(boundary, HTTP_HOST="emulator.example.test", **page) is None
    assert refused(boundary, **page) is None
    assert refused(boundary, HTTP_HOST="example.test") == "host"
    assert refused(boundary, HTTP_ORIGIN="http://emulator.example.test") == "origin"
    assert LOOPBACK.reached_at("nonsense") == LOOPBACK


def test_what_is_loopback_is_reached_from_one_machine() -> None:
    """Bound to anything else, the control API asks for a token."""
    assert [host for host in ("localhost", "127.0.0.1", "127.9.9.9", "::1") if not is_loopback(host)] == []
    assert [host for host in ("0.0.0.0", "::", "192.168.1.7", "box.lan", "") if is_loopback(host)] == []


# origins


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "http://127.0.0.1:4080"},
        {"HTTP_ORIGIN": "http://127.0.0.1:4080", "HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "https://127.0.0.1:4080", "HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
    ids=["no browser", "typed", "own read", "an old browser", "own page", "behind TLS"],
)
def test_callers_without_a_page_and_own_pages_pass(headers: dict[str, str]) -> None:
    """A client library, an address that was typed, and pages that this emulator serves."""
    assert refused(LOOPBACK, **headers) is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v24.0/1/messages", "/_emulator/sandboxes"])
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "http://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_ORIGIN": "http://127.0.0.1"},
        {"HTTP_ORIGIN": "http://127.0.0.1:9999"},
        {"HTTP_ORIGIN": "http://localhost:4080"},
        {"HTTP_ORIGIN": "http://127.0.0.1:4080.evil.example"},
        {"HTTP_ORIGIN": "http://127.0.0.1:4080", "HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "http://127.0.0.1:4080, http://evil.example"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "something new"},
        {
            "HTTP_SEC_FETCH_SITE": "cross-site",
            "HTTP_SEC_FETCH_MODE": "no-cors",
            "HTTP_SEC_FETCH_DEST": "image",
        },
        {
            "HTTP_SEC_FETCH_SITE": "cross-site",
            "HTTP_SEC_FETCH_MODE": "navigate",
            "HTTP_SEC_FETCH_DEST": "iframe",
        },
        {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site", **SEEN},
    ],
    ids=lambda headers: " ".join(headers.values()) or "empty",
)
def test_pages_of_other_origins_are_refused(method: str, path: str, headers: dict[str, str]) -> None:
    """Whatever they ask for, of either API; another port of this machine is another origin."""
    assert refused(LOOPBACK, REQUEST_METHOD=method, PATH_INFO=path, **headers) == "origin"


def test_a_link_may_be_followed() -> None:
    """A reader of a page elsewhere may open an address of the emulator; the page sees nothing of it."""
    followed = {"HTTP_SEC_FETCH_SITE": "cross-site", **SEEN}

    assert refused(LOOPBACK, REQUEST_METHOD="GET", **followed) is None
    assert refused(LOOPBACK, REQUEST_METHOD="POST", **followed) == "origin"


def test_allowed_origins_may_call() -> None:
    """Each by its scheme, name and port; nothing near it."""
    boundary = Boundary.of_server("127.0.0.1", origins=["HTTP://localhost:3000/", "chrome-extension://abc"])
    near = {"HTTP_SEC_FETCH_SITE": "cross-site"}

    assert refused(boundary, HTTP_ORIGIN="http://localhost:3000", **near) is None
    assert refused(boundary, HTTP_ORIGIN="chrome-extension://abc") is None
    assert refused(boundary, HTTP_ORIGIN="https://localhost:3000", **near) == "origin"
    assert refused(boundary, HTTP_ORIGIN="http://localhost:3001", **near) == "origin"
    assert refused(boundary, HTTP_ORIGIN="http://localhost:30000", **near) == "origin"
    assert refused(boundary, HTTP_HOST="evil.example", HTTP_ORIGIN="http://localhost:3000") == "host"


@pytest.mark.parametrize("origin", ["*", "null", "localhost:3000", "http://", "http://a/path", "a b", ""])
def test_what_is_no_origin_cannot_be_allowed(origin: str) -> None:
    """Neither everybody nor nobody is an origin."""
    with pytest.raises(ValueError, match="is no origin; name one with scheme and port"):
        Boundary.of_server("127.0.0.1", origins=[origin])


@pytest.mark.parametrize("token", ["", "two words", "é", "line\nend"])
def test_a_token_can_stand_in_a_header(token: str) -> None:
    """Printable ASCII without spaces."""
    with pytest.raises(ValueError, match="a control token is printable ASCII without spaces"):
        Boundary.of_server("0.0.0.0", control_token=token)
