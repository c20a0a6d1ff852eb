"""Receivers behind TLS: the certificate must be trusted, and the handshake is inside the total time."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.bad_hosts import AMPLE, MEGABYTE
from kit.certificates import make_certificate
from kit.hosts import Behaviour, Visit, again_and_again, host
from kit.identities import SHEENA

from emulator import Sandbox
from emulator.sandbox.network import connection


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A server's certificate that the system trusts, as ``SSL_CERT_FILE`` says."""
    file, context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    connection._trust.cache_clear()
    yield context
    connection._trust.cache_clear()


def deliver(sandbox: Sandbox, url: str, webhooks: int = 1) -> list[tuple[int | None, str | None]]:
    sandbox.webhooks.connect(url)
    for number in range(webhooks):
        sandbox.people.say(SHEENA, f"Hello {number}")
    sandbox.settle()
    attempts = [sandbox.webhooks.attempts(number + 1)[0] for number in range(webhooks)]
    return [(attempt.status, attempt.problem) for attempt in attempts]


def test_webhooks_go_over_tls_and_share_connections(sandbox: Sandbox, trusted: ssl.SSLContext) -> None:
    """As they do without."""
    with host(again_and_again, trusted) as made:
        assert deliver(sandbox, made.url, webhooks=20) == [(200, None)] * 20

    assert sum(len(visit.requests) for visit in made.visits) == 20
    assert len(made.visits) <= 2


def test_a_certificate_that_nobody_trusts_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    """As the platform refuses one that is signed by itself; the attempt says so."""
    _, context = make_certificate(tmp_path)
    with host(again_and_again, context) as made:
        ((status, problem),) = deliver(sandbox, made.url)

    assert (status, problem) == (None, "no TLS with 127.0.0.1: self-signed certificate")
    assert made.requests == []


def test_the_certificate_of_another_host_is_refused(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trusted or not."""
    file, context = make_certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    connection._trust.cache_clear()
    with host(again_and_again, context) as made:
        ((status, problem),) = deliver(sandbox, made.url)
    connection._trust.cache_clear()

    assert status is None
    assert "IP address mismatch" in (problem or "")


def hangs(visit: Visit) -> None:
    visit.wait()


def drips(visit: Visit) -> None:
    visit.drip(b"\x16\x03\x03\x10\x00" + b"\x02" * 4000, 0.05)


def speaks_http(visit: Visit) -> None:
    visit.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def hangs_up(visit: Visit) -> None:
    visit.hang_up()


@pytest.mark.parametrize(
    ("behave", "seconds", "problem"),
    [
        (hangs, 0.3, r"no answer within 0\.3 s: the TLS handshake"),
        (drips, 0.3, r"no answer within 0\.3 s: the TLS handshake"),
        (speaks_http, AMPLE, r"no TLS with 127\.0\.0\.1: (WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE)"),
        (hangs_up, AMPLE, r"no TLS with 127\.0\.0\.1: "),
    ],
)
def test_a_handshake_that_fails_is_a_failed_attempt(
    sandbox: Sandbox, behave: Behaviour, seconds: float, problem: str
) -> None:
    """Within the time of the attempt."""
    sandbox.change_settings(webhook_timeout=timedelta(seconds=seconds))
    with host(behave) as made:
        ((status, said),) = deliver(sandbox, made.url.replace("http:", "https:"))

    assert status is None
    assert re.match(problem, said or "")


def test_an_answer_that_drips_through_tls_ends_in_time(sandbox: Sandbox, trusted: ssl.SSLContext) -> None:
    """Each byte is a record of its own."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        visit.drip(b"x" * 10_000, 0.05)

    sandbox.change_settings(webhook_timeout=timedelta(seconds=1))  # enough for the handshake and the head
    with host(behave, trusted) as made:
        answer = deliver(sandbox, made.url)

    assert answer == [(None, "no answer within 1 s: the body of the answer is not complete")]


def test_an_answer_of_100_megabytes_through_tls_is_not_read(
    sandbox: Sandbox, trusted: ssl.SSLContext
) -> None:
    """Its status counts."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while visit.written < 100 * MEGABYTE:
            visit.write(b"x" * MEGABYTE)

    sandbox.change_settings(webhook_timeout=timedelta(seconds=AMPLE))
    with host(behave, trusted) as made:
        answer = deliver(sandbox, made.url)

    assert answer == [(200, None)]
    assert made.visits[0].written < 20 * MEGABYTE
