"""Connections that clients keep: after a test none leads to the emulator any more."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

import emulator
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)

GRAPH = "graph.facebook.com"


@pytest.fixture
def connection() -> Iterator[http.client.HTTPSConnection]:
    made = http.client.HTTPSConnection(GRAPH, timeout=10)
    yield made
    made.close()


def test_a_kept_connection_is_cut(whatsapp: WhatsApp, connection: http.client.HTTPSConnection) -> None:
    """Whoever looks whether it is still open sees its end at once."""
    with whatsapp.intercept():
        connection.request("GET", "/v23.0/1")
        connection.getresponse().read()
        kept = connection.sock

    assert _has_ended(kept)


@pytest.mark.whatsapp(strict=False)
def test_a_pool_does_not_go_on_after_the_block(whatsapp: WhatsApp) -> None:
    """Its next call would open a new connection, and is refused."""
    url = f"https://{GRAPH}/v23.0/1"
    with urllib3.PoolManager() as pool:
        with whatsapp.intercept():
            pool.request("GET", url)

        with pytest.raises(urllib3.exceptions.HTTPError, match="would look up"):
            pool.request("GET", url, retries=False)


def test_a_session_of_the_module_reaches_each_tests_own_sandbox(suite: pytest.Pytester) -> None:
    """Over sockets, since it tries again by itself; each sandbox has what its own test has sent."""
    suite.makepyfile(
        """
        import pytest
        import requests
        from requests.adapters import HTTPAdapter

        session = requests.Session()
        session.mount("https://", HTTPAdapter(max_retries=3))

        @pytest.mark.parametrize("number", range(3))
        @pytest.mark.whatsapp(intercept=True)
        def test_it(whatsapp, number):
            for text in ("one", "two"):
                session.post(
                    f"https://graph.facebook.com/v23.0/{whatsapp.phone_number_id}/messages",
                    headers={"Authorization": f"Bearer {whatsapp.token}"},
                    json={"messaging_product": "whatsapp", "to": "16505551234", "text": {"body": text}},
                ).raise_for_status()

            assert whatsapp.messages.texts == ["one", "two"]
        """
    )

    result = suite.runpytest_inprocess("-W", "ignore::ResourceWarning")

    result.assert_outcomes(passed=3)


def test_threads_that_connect_first_together_all_reach_the_sandbox(whatsapp: WhatsApp) -> None:
    """One port is made for all of them; a block inside of a test decides for itself meanwhile."""
    url = f"https://{GRAPH}/v23.0/{whatsapp.phone_number_id}"
    headers = {"Authorization": f"Bearer {whatsapp.token}"}

    def ask(_: int) -> int:
        with urllib3.PoolManager() as pool:
            return pool.request("GET", url, headers=headers, retries=False).status

    with emulator.whatsapp(intercept=True), ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(ask, range(8)))

    assert statuses == [200] * 8


def _has_ended(connection: socket.socket) -> bool:
    try:
        connection.setblocking(False)
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
