"""Calls of the Graph API that are changed at random: each is answered in Graph's form, and nothing breaks."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from time import thread_time

import pytest
from kit.answers import strictly
from kit.control import Control
from kit.doors import failing
from kit.fuzzing.graph import graph_call
from kit.fuzzing.kept import errors_in, longest_kept
from kit.fuzzing.known import Known, known_in
from kit.graph import Graph
from kit.pace import too_long
from kit.rich_sandbox import rich_sandbox
from werkzeug.wrappers import Response

from emulator import Emulator, Sandbox, create_app

ROUND = 200
"""Calls after which every view and act is tried, and the sandbox becomes again what it was."""
STEP = 10
"""Calls after which some simulated seconds pass, so that what was taken is carried out."""
LIMIT = 2.0
"""Seconds of processor time for one call."""
LONGEST = 60_000
"""Bytes of an answer to a call that is refused, or that changes something."""


def check(method: str, answer: Response, seconds: float) -> None:
    """The answer has Graph's form, came in time, and no string in it is without measure."""
    status, data = answer.status_code, answer.data
    assert not too_long(seconds, LIMIT), f"{seconds:.1f} s"
    assert all(value.isascii() and value.isprintable() for value in answer.headers.values())
    assert len(str(answer.headers)) < 8000
    assert status < 500, data
    if status >= 400 or method != "GET":
        assert len(data) <= LONGEST, f"{len(data)} bytes: {data[:300]!r}"
    if method in ("HEAD", "OPTIONS"):
        return
    body = strictly(data)
    if status >= 400:
        assert {"message", "type", "code", "fbtrace_id"} <= set(body["error"]), body
        assert body["error"]["fbtrace_id"] == answer.headers["X-Fb-Request-Id"]


class Story:
    """A sandbox in which everything has happened once, and calls at random until something is wrong."""

    def __init__(self, emulator: Emulator, caplog: pytest.LogCaptureFixture, seed: int) -> None:
        self.caplog = caplog
        self.chance = random.Random(seed)
        self.sandbox: Sandbox = rich_sandbox(emulator)
        self.sandbox.change_settings(
            limits=dict.fromkeys(("throughput", "pair_rate", "management_calls"), "off")
        )
        self.snapshot = self.sandbox.snapshot()
        self.known: Known = known_in(self.sandbox)
        self.client = create_app(emulator).test_client()
        self.statuses: Counter[int] = Counter()

    def call(self) -> None:
        """Make one more call, and look at its answer."""
        sent = graph_call(self.chance, self.known)
        begun = thread_time()
        with self.client.open(
            sent.path,
            method=sent.method,
            data=sent.data,
            content_type=sent.content_type,
            headers=sent.headers,
        ) as answer:
            try:
                check(sent.method, answer, thread_time() - begun)
                self.statuses[answer.status_code] += 1
            except (AssertionError, ValueError) as problem:
                problem.add_note(f"{sent}")
                raise

    def end_round(self) -> None:
        """Everything still works, nothing was logged as an error, and no string is kept without measure."""
        graph = Graph(self.client)
        self.sandbox.clock.advance(timedelta(days=1))
        assert longest_kept(self.sandbox) == {}
        assert failing(Control(self.client), graph) == []
        assert self.sandbox.journal.all(kind="warning") == []
        self.sandbox.restore(self.snapshot)
        assert graph.text("Still there?").status_code == 200
        self.sandbox.restore(self.snapshot)
        assert errors_in(self.caplog) == []


def fuzz(seed: int, times: int, caplog: pytest.LogCaptureFixture) -> Counter[int]:
    with Emulator() as emulator:
        story = Story(emulator, caplog, seed)
        for number in range(1, times + 1):
            story.call()
            if number % STEP == 0:
                story.sandbox.clock.advance(timedelta(seconds=7))
            if number % ROUND == 0:
                story.end_round()
    return story.statuses


@pytest.mark.slow
def test_calls_changed_at_random_are_answered_in_graphs_form(caplog: pytest.LogCaptureFixture) -> None:
    """Four hundred of them, always the same; some are taken, most are refused."""
    statuses = fuzz(1, 400, caplog)

    assert {200, 400} <= set(statuses)


@pytest.mark.soak
def test_ten_thousand_calls_changed_at_random(caplog: pytest.LogCaptureFixture) -> None:
    """The same, for minutes, with other calls."""
    statuses = fuzz(2, 10_000, caplog)

    print(f"\n{statuses.total()} calls: {dict(sorted(statuses.items()))}")  # noqa: T201 - it is run for the figures
