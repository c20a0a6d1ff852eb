"""Receivers of webhooks and hosts of media links that behave badly cost a bounded time, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random

import pytest
from freezegun import freeze_time
from kit.bad_hosts import AMPLE, BAD_HOSTS, MEGABYTE, BadHost, bad_host
from kit.hosts import Host, Visit, again_and_again, full, host, reads_and_hangs, refusing, resolving_slowly
from kit.identities import PABLO, SHEENA
from kit.sandboxes import point_webhooks, send
from kit.times import after

from emulator import Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.outbound import FreeForm
from emulator.sandbox.network import client
from emulator.sandbox.network.connection import Connection
from emulator.sandbox.webhooks.http import MOST_BODY


def give(sandbox: Sandbox, seconds: float) -> None:
    """Give attempts and downloads so much time."""
    total = timedelta(seconds=seconds)
    sandbox.change_settings(webhook_timeout=total, media_timeout=total)


@pytest.fixture
def impatient(sandbox: Sandbox) -> None:
    """Attempts and downloads have 0.3 seconds."""
    give(sandbox, 0.3)


def deliver(sandbox: Sandbox, url: str, webhooks: int = 1) -> list[tuple[int | None, str | None]]:
    """Have a person write messages; returns status and problem of the first attempt of each webhook."""
    sandbox.webhooks.connect(url)
    for number in range(webhooks):
        sandbox.people.say(SHEENA, f"Hello {number}")
    sandbox.settle()
    attempts = [sandbox.webhooks.attempts(number + 1) for number in range(webhooks)]
    assert [len(each) for each in attempts] == [1] * webhooks
    return [(each[0].status, each[0].problem) for each in attempts]


def download(sandbox: Sandbox, url: str) -> str:
    """Send a picture by its link; returns its status, or the details of its error."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, FreeForm(KINDS["image"], {"link": url}))
    sandbox.settle()
    message = sandbox.messages.all(outbound=True)[-1]
    return str(message.error["details"] if message.error else message.status)


# one bad answer


@pytest.mark.parametrize("row", BAD_HOSTS, ids=lambda row: row.id)
def test_an_attempt_with_a_bad_receiver_ends(sandbox: Sandbox, row: BadHost) -> None:
    """Within its time, and says what was wrong; the next one comes 15 seconds later."""
    give(sandbox, row.seconds)
    with bad_host(row) as made:
        ((status, problem),) = deliver(sandbox, made.url)

    assert status == row.status
    assert (problem is None) == (row.problem is None)
    assert row.problem is None or re.search(row.problem, problem or "")
    (delivery,) = sandbox.webhooks.all()
    assert (delivery.state, delivery.due) == (
        ("delivered", after(0)) if status == 200 else ("waiting", after(15))
    )


@pytest.mark.parametrize("row", BAD_HOSTS, ids=lambda row: row.id)
def test_a_download_from_a_bad_host_ends(sandbox: Sandbox, row: BadHost) -> None:
    """Within its time; the message fails with 131053, which says what was wrong."""
    give(sandbox, row.seconds)
    with bad_host(row) as made:
        details = download(sandbox, made.url)

    assert re.search(row.link_problem, details)


@pytest.mark.parametrize(
    ("somewhere", "problem"),
    [
        pytest.param(refusing, "connection refused", id="refuses"),
        pytest.param(
            full, r"no answer within 0\.3 s: connecting to 127\.0\.0\.1:\d+", id="takes no connection"
        ),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_host_that_takes_no_connection_is_given_up(
    sandbox: Sandbox, somewhere: Callable[[], AbstractContextManager[str]], problem: str
) -> None:
    """A webhook comes again, a message fails."""
    with somewhere() as url:
        ((status, said),) = deliver(sandbox, url)
        details = download(sandbox, url)

    assert status is None
    assert re.search(problem, said or "")
    assert re.search(problem, details)


@pytest.mark.usefixtures("impatient")
def test_a_name_server_that_does_not_answer_is_given_up(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's resolver knows no time-out of ours: it is left to itself."""
    point_webhooks(sandbox, "http://slow.test/hook")
    with resolving_slowly(monkeypatch, "slow.test"):
        sandbox.people.say(SHEENA, "Hello")
        sandbox.settle()

    (attempt,) = sandbox.webhooks.attempts(1)
    assert attempt.problem == "no answer within 0.3 s: looking up slow.test"


@pytest.mark.usefixtures("impatient")
def test_a_frozen_process_does_not_stop_the_time_of_an_attempt(sandbox: Sandbox) -> None:
    """The time is real: freezegun holds what the process reads of clocks, and not the network."""
    with host(reads_and_hangs) as made, freeze_time("2026-12-01"):
        ((_, problem),) = deliver(sandbox, made.url)

    assert problem == "no answer within 0.3 s: the head of the answer is not complete"


@pytest.mark.usefixtures("impatient")
def test_redirects_of_a_download_share_one_time(sandbox: Sandbox) -> None:
    """Each is answered in time, all together are not."""

    def behave(visit: Visit) -> None:
        visit.read()
        if visit.host.closing.wait(0.1):
            return
        visit.write(b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")

    with host(behave) as made:
        details = download(sandbox, made.url)

    assert "no answer within 0.3 s" in details
    assert len(made.visits) <= 4


# answers that are good, though long or odd


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f"Content-Length: {100 * MEGABYTE}", id="announced"),
        pytest.param("Transfer-Encoding: chunked", id="chunked"),
        pytest.param("Connection: close", id="until the end"),
    ],
)
def test_an_answer_of_100_megabytes_costs_what_a_short_one_does(sandbox: Sandbox, head: str) -> None:
    """Its status counts; no more than a bound is read of it, and the connection is closed."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode())
        piece = b"x" * MEGABYTE
        while visit.written < 100 * MEGABYTE:
            visit.write(f"{MEGABYTE:x}\r\n".encode() + piece + b"\r\n" if "chunked" in head else piece)

    sandbox.change_settings(webhook_timeout=timedelta(seconds=AMPLE))
    with host(behave) as made:
        answer = deliver(sandbox, made.url)
        (visit,) = made.visits

    assert answer == [(200, None)]
    assert visit.written < 20 * MEGABYTE, "the buffers of the system, and no more"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", id="continue"
        ),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            id="hints",
        ),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nok", id="old"),
        pytest.param(b"HTTP/1.1 200\r\n\r\n", id="no reason"),
        pytest.param(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", id="bare line ends"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", id="chunked"
        ),
    ],
)
def test_what_servers_may_say_is_understood(sandbox: Sandbox, raw: bytes) -> None:
    """Interim answers are skipped; old and bare ones are answers."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(raw)

    with host(behave) as made:
        assert deliver(sandbox, made.url) == [(200, None)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_of_a_webhook_is_followed(sandbox: Sandbox, status: int) -> None:
    """Its status is that of a failed attempt, wherever it leads."""
    with host(again_and_again) as elsewhere:

        def behave(visit: Visit) -> None:
            visit.answer(f"{status} Moved", b"", f"Location: {elsewhere.url}")

        with host(behave) as made:
            answer = deliver(sandbox, made.url)

    assert (answer, elsewhere.visits) == ([(status, None)], [])


# connections that are kept


@pytest.fixture
def kept() -> Iterator[Host]:
    with host(again_and_again) as made:
        yield made


@pytest.mark.parametrize(
    ("longest", "shared"),
    [pytest.param(60.0, [20], id="in a short time"), pytest.param(0.0, [16, 4], id="in a long time")],
)
def test_webhooks_in_a_row_share_a_connection(
    sandbox: Sandbox, kept: Host, monkeypatch: pytest.MonkeyPatch, longest: float, shared: list[int]
) -> None:
    """As many as go out in a quarter of a second, and sixteen at least; then a single thread is free."""
    monkeypatch.setattr(client, "LONGEST_OPEN", longest)

    assert deliver(sandbox, kept.url, webhooks=20) == [(200, None)] * 20

    assert [len(visit.requests) for visit in kept.visits] == shared


def test_a_connection_that_was_closed_meanwhile_is_made_anew(sandbox: Sandbox) -> None:
    """Servers close them after an answer without saying so: no attempt fails, and nothing comes twice."""

    def behave(visit: Visit) -> None:
        visit.answer()

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=3)

    assert answers == [(200, None)] * 3
    assert len(set(made.requests)) == len(made.requests) == 3


def test_a_webhook_that_a_closed_connection_has_not_taken_goes_out_at_once(sandbox: Sandbox) -> None:
    """The host closes a kept connection while it is on its way: it was not read, and is no attempt."""

    def behave(visit: Visit) -> None:
        visit.answer()
        if visit.number:
            again_and_again(visit)
        visit.wait_unread()

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=3)

    assert answers == [(200, None)] * 3
    assert [len(visit.requests) for visit in made.visits] == [1, 2]
    assert len(set(made.requests)) == 3


def test_a_webhook_goes_out_at_once_though_the_connection_was_closed_before(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the connection comes after it was looked at, and the reset after the end."""
    monkeypatch.setattr(Connection, "is_quiet", True)

    def behave(visit: Visit) -> None:
        visit.answer()

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=3)

    assert answers == [(200, None)] * 3
    assert len(set(made.requests)) == len(made.requests) == 3


def test_connections_that_end_at_any_moment_lose_and_double_nothing(sandbox: Sandbox) -> None:
    """Before the next webhook, while it is on its way, or after it came: each comes once, in one attempt."""

    def behave(visit: Visit) -> None:
        chance = Random(visit.number)
        visit.answer()
        while chance.random() > 0.3:
            visit.answer()
        visit.host.closing.wait(chance.random() / 2000)

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=300)

    assert answers == [(200, None)] * 300
    assert len(set(made.requests)) == len(made.requests) == 300
    assert len(made.visits) > 50


def test_a_webhook_that_was_read_and_not_answered_is_not_sent_twice_at_once(sandbox: Sandbox) -> None:
    """The receiver may have acted on it: the attempt has failed, and the next one comes in its own time."""

    def behave(visit: Visit) -> None:
        visit.answer()
        visit.read()

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=2)

    assert answers == [(200, None), (None, "the connection was closed without an answer")]
    assert len(set(made.requests)) == len(made.requests) == 2


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        pytest.param(b"HTTP/1.1 2", "the connection was closed within the head of the answer", id="cut"),
        pytest.param(b"what?\r\n", "no HTTP answer: BadStatusLine what?", id="no answer at all"),
    ],
)
def test_what_was_answered_by_half_is_not_tried_once_more(
    sandbox: Sandbox, rest: bytes, problem: str
) -> None:
    """The receiver has taken it up: the attempt has failed, and the next one comes in its own time."""

    def behave(visit: Visit) -> None:
        visit.answer()
        visit.read()
        visit.write(rest)

    with host(behave) as made:
        answers = deliver(sandbox, made.url, webhooks=2)

    assert [answers[0], (answers[1][0], (answers[1][1] or "").strip())] == [(200, None), (None, problem)]
    assert len(made.requests) == 2


def test_a_receiver_that_never_answers_on_a_new_connection_is_asked_once(sandbox: Sandbox) -> None:
    """What fails on a new connection has failed."""

    def behave(visit: Visit) -> None:
        visit.read()

    with host(behave) as made:
        answers = deliver(sandbox, made.url)

    assert answers == [(None, "the connection was closed without an answer")]
    assert len(made.requests) == 1


def test_what_comes_after_an_answer_is_not_the_next_answer(sandbox: Sandbox) -> None:
    """A second answer to the first webhook says nothing about the second webhook."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
        )
        again_and_again(visit)

    with host(behave) as made:
        assert deliver(sandbox, made.url, webhooks=3) == [(200, None)] * 3


@pytest.mark.parametrize(("size", "connections"), [(MOST_BODY, 1), (MOST_BODY + 1, 2)])
def test_an_answer_is_read_up_to_a_bound(sandbox: Sandbox, size: int, connections: int) -> None:
    """A longer one ends its connection, and the next webhook has one of its own."""

    def behave(visit: Visit) -> None:
        while True:
            visit.answer("200 OK", b"x" * size)

    with host(behave) as made:
        assert deliver(sandbox, made.url, webhooks=2) == [(200, None)] * 2

    assert len(made.visits) == connections


# nobody else waits


@pytest.mark.usefixtures("impatient")
def test_a_receiver_that_hangs_holds_up_no_message(sandbox: Sandbox) -> None:
    """Messages go on while its webhooks wait for their next attempt."""
    with host(reads_and_hangs) as made:
        sandbox.webhooks.connect(made.url)
        sandbox.people.say(PABLO, "Hello")
        send(sandbox, "Hello back", PABLO)
        sandbox.settle()

    assert [message.status for message in sandbox.messages.all(outbound=True)] == ["delivered"]
