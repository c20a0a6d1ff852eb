"""The real host: refused in every test that uses the fixture, on every layer, with words that help."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import urllib.request
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
import pycurl
import pytest
import requests
import urllib3
import uvloop
from kit.clients.fixed_host import STACKS, Call, by_pycurl
from kit.hosts import Host, Visit

from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.testing.interception.gate import Gate, RealHostRefused
from emulator.testing.interception.names import SENTINEL
from emulator.testing.session import SessionEmulator
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)
pytestmark = pytest.mark.whatsapp(strict=False)

Send = Callable[..., str]
GRAPH = "graph.facebook.com"
REFUSED = (OSError, urllib3.exceptions.HTTPError, httpx.ConnectError, aiohttp.ClientError)


@pytest.fixture
def gate(whatsapp: WhatsApp, whatsapp_emulator: SessionEmulator) -> Gate:
    """The gate of this process, switched for a test that uses the fixture."""
    return whatsapp_emulator.network.gate


@pytest.mark.parametrize("call", STACKS.values(), ids=STACKS)
def test_every_client_is_refused_with_test_line_and_switch(gate: Gate, send: Send, call: Call) -> None:
    """By an error of its own that holds the sentence; nothing went out, not even the question for a name."""
    with pytest.raises(REFUSED) as failure:
        send(call)

    (sentence,) = gate.complaints
    assert sentence in str(failure.value)
    assert "test_real_host.py::test_every_client_is_refused_with_test_line_and_switch" in sentence
    verb = "call" if call is by_pycurl else "look up"
    assert f"would {verb} graph.facebook.com, a real host of Meta's" in sentence
    assert "(at tests/kit/clients/fixed_host.py:" in sentence
    assert "whatsapp_intercept = true" in sentence
    assert "whatsapp_real_host = allow" in sentence


@pytest.mark.parametrize("host", [*PLATFORM_HOSTS, "Graph.Facebook.com.", b"graph.facebook.com"])
@pytest.mark.parametrize(
    "look_up",
    [
        lambda host: socket.getaddrinfo(host, 443),
        lambda host: socket.gethostbyname(host),
        lambda host: socket.gethostbyname_ex(host),
        lambda host: socket.create_connection((host, 443), timeout=1),
        lambda host: asyncio.run(_in_loop("getaddrinfo", host, 443)),
        lambda host: uvloop.run(_in_loop("getaddrinfo", host, 443)),
        lambda host: uvloop.run(_in_loop("create_connection", asyncio.Protocol, host, 443, ssl=True)),
    ],
    ids=["getaddrinfo", "by name", "by name, more", "connection", "asyncio", "uvloop", "uvloop, connection"],
)
@pytest.mark.usefixtures("gate")
def test_no_name_of_meta_is_looked_up(host: Any, look_up: Callable[[Any], Any]) -> None:
    """In any spelling, by any function that could."""
    with pytest.raises(RealHostRefused):
        look_up(host)


async def _in_loop(name: str, *arguments: Any, **more: Any) -> Any:
    return await getattr(asyncio.get_running_loop(), name)(*arguments, **more)


@pytest.mark.parametrize("name", ["connect", "connect_ex"])
@pytest.mark.usefixtures("gate")
def test_no_socket_connects_to_a_name_of_meta(name: str) -> None:
    """A socket may look up the name itself; the address that stands for one is refused, too."""
    with socket.socket() as connection:
        for host in (GRAPH, SENTINEL):
            with pytest.raises(RealHostRefused, match="would connect to"):
                getattr(connection, name)((host, 443))


def test_the_loop_of_windows_connects_to_the_emulator(
    whatsapp: WhatsApp, whatsapp_emulator: SessionEmulator
) -> None:
    """It asks the system itself, by the address that stands for a host of Meta's."""
    import asyncio.proactor_events as events

    connected: list[Any] = []

    async def connect(_: Any, address: Any) -> None:
        connected.append(address)

    loop = SimpleNamespace(_debug=False, _proactor=SimpleNamespace(connect=connect))
    sock_connect: Any = events.BaseProactorEventLoop.sock_connect

    with whatsapp.intercept():
        asyncio.run(sock_connect(loop, None, (SENTINEL, 443)))
    with pytest.raises(RealHostRefused):
        asyncio.run(sock_connect(loop, None, (SENTINEL, 443)))

    assert connected == [whatsapp_emulator.front.address]


@pytest.mark.usefixtures("gate")
def test_no_tls_begins_with_a_host_of_meta() -> None:
    """Wherever the connection leads: to an address that was found in another way, or through a proxy."""
    context = ssl.create_default_context()

    with socket.socket() as ours, pytest.raises(RealHostRefused, match="would begin TLS with"):
        context.wrap_socket(ours, server_hostname=GRAPH)
    with pytest.raises(RealHostRefused, match="would begin TLS with"):
        context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=GRAPH)


def test_nothing_is_sent_on_a_connection_of_before(gate: Gate) -> None:
    """A pool may hold one that was opened while the real host was allowed."""
    context = ssl.create_default_context()
    gate.open()
    kept = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=GRAPH)
    gate.guard("a test", refuses=True)

    with pytest.raises(RealHostRefused, match=r"a test would send to graph\.facebook\.com"):
        kept.write(b"POST")


def test_nothing_is_sent_there_by_interception_either(gate: Gate, whatsapp: WhatsApp) -> None:
    """Such a connection does not end at the sandbox."""
    context = ssl.create_default_context()
    gate.open()
    kept = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=GRAPH)

    with whatsapp.intercept(), pytest.raises(RealHostRefused, match="on a connection that was opened before"):
        kept.write(b"POST")


def test_interception_lets_nobody_pass_through_a_proxy(gate: Gate, whatsapp: WhatsApp) -> None:
    """A proxy that a client was given by hand is asked for a connection, and gets no TLS."""

    def answer(visit: Visit) -> None:
        visit.read()
        visit.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        visit.wait()

    host = Host(answer)
    try:
        with (
            whatsapp.intercept(),
            urllib3.ProxyManager(f"http://127.0.0.1:{host.port}") as pool,
            pytest.raises(urllib3.exceptions.HTTPError, match=r"by way of 127\.0\.0\.1"),
        ):
            pool.request("GET", f"https://{GRAPH}/v23.0/1", retries=False)
    finally:
        host.close()


@pytest.mark.parametrize("port", [80, 8443])
def test_interception_knows_meta_by_https_alone(gate: Gate, whatsapp: WhatsApp, port: int) -> None:
    """Over plain HTTP a token would go out in the open; the platform takes none there."""
    with whatsapp.intercept(), pytest.raises(RealHostRefused, match=f"would connect to port {port}"):
        socket.create_connection((GRAPH, port), timeout=1)


@pytest.mark.parametrize(
    "url", ["http://graph.facebook.com/", b"graph.facebook.com", "https://graph.facebook.com:80"]
)
def test_pycurl_knows_meta_by_https_alone(whatsapp: WhatsApp, url: str | bytes) -> None:
    """Before anything goes out, and by either way to name a URL."""
    handle = pycurl.Curl()

    with whatsapp.intercept(), pytest.raises(RealHostRefused, match="by https alone"):
        handle.setopt(pycurl.URL, url)
    with pytest.raises(RealHostRefused, match="would call"):
        handle.perform()

    handle.close()


@pytest.mark.usefixtures("gate")
def test_no_proxy_is_asked_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """By plain HTTP a proxy gets the whole call, and looks up the name itself."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    with pytest.raises(RealHostRefused):
        httpx.get("http://graph.facebook.com/")
    with pytest.raises(requests.ConnectionError, match="real host"):
        requests.get("http://graph.facebook.com/")
    with pytest.raises(OSError, match="real host"):
        urllib.request.build_opener().open("http://graph.facebook.com/")


# tests of a user

SWALLOWS = """
import urllib.request
import pytest

def remind():
    try:
        urllib.request.urlopen("https://graph.facebook.com/v23.0/1/messages", timeout=1)
    except OSError as problem:
        return str(problem)
"""


def test_a_strict_test_fails_for_what_its_app_has_swallowed(suite: pytest.Pytester) -> None:
    """At its end, with the sentence that names the line of the app; another test is not concerned."""
    suite.makepyfile(bot=SWALLOWS)
    suite.makepyfile(
        """
        import bot

        def test_swallowed(whatsapp): assert "would look up" in bot.remind()
        def test_another(whatsapp): pass
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*test_swallowed would look up graph.facebook.com, a real host * (at bot.py:6, in remind): *"]
    )


@pytest.mark.parametrize(
    ("setting", "refused"), [("refuse", True), ("allow", False)], ids=["refuse", "allow"]
)
def test_the_switch_decides(suite: pytest.Pytester, setting: str, refused: bool) -> None:
    """By ini option, and by marker for one test; allowed, the call goes on to the network as it is."""
    suite.makeini(f"[pytest]\naddopts = -p no:cacheprovider\nwhatsapp_real_host = {setting}\n")
    suite.makepyfile(
        f"""
        import socket
        import pytest

        def refused(monkeypatch):
            try:
                return not socket.create_connection(("graph.facebook.com", 443))
            except ConnectionRefusedError as problem:
                return "a real host of Meta's" in str(problem)

        @pytest.fixture(autouse=True, scope="session")
        def network():  # of a machine on which every name is at a port that is closed
            with pytest.MonkeyPatch.context() as patch:
                closed = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]
                patch.setattr(socket, "getaddrinfo", lambda *_, **__: closed)
                yield

        @pytest.mark.whatsapp(strict=False)
        def test_ini(whatsapp, monkeypatch): assert refused(monkeypatch) == {refused}

        @pytest.mark.whatsapp(real_host="refuse", strict=False)
        def test_refuse(whatsapp, monkeypatch): assert refused(monkeypatch)

        @pytest.mark.whatsapp(real_host="allow")
        def test_allow(whatsapp, monkeypatch): assert not refused(monkeypatch)

        def test_without_the_fixture(monkeypatch): assert not refused(monkeypatch)
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=4)


def test_a_setting_that_cannot_be_is_told(suite: pytest.Pytester) -> None:
    """With the words that there are."""
    suite.makepyfile("def test_it(whatsapp): pass")

    result = suite.runpytest_inprocess("--whatsapp-real-host=forbid")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*whatsapp_real_host is refuse or allow, not 'forbid'*"])


def test_it_is_refused_before_the_fixture_is_made_and_after_it_is_gone(suite: pytest.Pytester) -> None:
    """Other fixtures of the test call, too, and threads that outlive it; the next test begins anew."""
    suite.makepyfile(
        """
        import socket
        import threading
        import pytest

        outcomes = []

        def call():
            with pytest.raises(ConnectionRefusedError) as refused:
                socket.getaddrinfo("graph.facebook.com", 443)
            outcomes.append(refused.value.strerror.split(" would ")[0].partition("::")[2])

        @pytest.fixture
        def around():
            call()
            yield
            call()

        @pytest.mark.whatsapp(strict=False)
        def test_it(around, whatsapp): pass

        @pytest.mark.whatsapp(strict=False)
        def test_asked_for_late(request):
            request.getfixturevalue("whatsapp")
            call()

        @pytest.fixture(scope="module", autouse=True)
        def threads():
            thread = threading.Thread(target=call)
            yield
            thread.start()
            thread.join(10)
            assert outcomes == ["test_it", "test_it", "test_asked_for_late", "test_asked_for_late"]
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=2)


def test_a_test_without_the_fixture_is_left_alone(suite: pytest.Pytester) -> None:
    """The names of hosts are looked up as they were before, after a test with the fixture, too."""
    suite.makepyfile(
        """
        import socket
        import pytest

        @pytest.fixture(autouse=True, scope="session")
        def network():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(socket, "getaddrinfo", lambda host, *_: host)
                yield

        def test_with(whatsapp): pass

        def test_without(): assert socket.getaddrinfo("graph.facebook.com", 443) == "graph.facebook.com"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=2)


def test_after_the_session_nothing_is_patched(suite: pytest.Pytester) -> None:
    """The process is left as it was found."""
    before = _attributes()
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.whatsapp(intercept=True)
        def test_it(whatsapp): pass
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1)
    assert _attributes() == before


def _attributes() -> list[Any]:
    return [
        *sys.meta_path,
        urllib.request.getproxies_environment,
        *(vars(socket).get(name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")),
        *(vars(socket.socket).get(name) for name in ("connect", "connect_ex")),
        *(vars(ssl.SSLContext).get(name) for name in ("wrap_socket", "wrap_bio")),
        *(vars(ssl.SSLSocket).get(name) for name in ("send", "write")),
        vars(ssl.SSLObject).get("write"),
        vars(asyncio.BaseEventLoop).get("getaddrinfo"),
        *(vars(uvloop.Loop).get(name) for name in ("getaddrinfo", "create_connection")),
        *(vars(client).get("_transport_for_url") for client in (httpx.Client, httpx.AsyncClient)),
        requests.Session.get_adapter,
    ]
