"""Calls of the control API that are changed at random: each is answered in its form, and nothing breaks."""

from __future__ import annotations

import random
from collections import Counter
from time import thread_time

import pytest
from kit.answers import strictly
from kit.bodies.random_changes import garbled
from kit.control import HERE, ROOT, Control
from kit.doors import failing
from kit.fuzzing.calls import Sent
from kit.fuzzing.kept import errors_in, longest_kept
from kit.fuzzing.known import known_in
from kit.fuzzing.schemas import control_call, described
from kit.graph import Graph
from kit.pace import too_long
from kit.rich_sandbox import rich_sandbox
from werkzeug.wrappers import Response

from emulator import Emulator, create_app

ROUND = 200
"""Calls after which every view and act is tried, and the sandbox becomes again what it was."""
LIMIT = 2.0
"""Seconds of processor time for one call."""
LONGEST = 60_000
"""Bytes of a refusal, and of an answer that shows one thing."""
SPARE = "spare"
"""The sandbox that may be deleted."""


def check(sent: Sent, answer: Response, seconds: float) -> None:
    """The answer is JSON or problem details, came in time, and no string in it is without measure."""
    status, data = answer.status_code, answer.data
    assert not too_long(seconds, LIMIT), f"{seconds:.1f} s"
    assert status < 500, data
    if status == 204 or sent.method in ("HEAD", "OPTIONS") or answer.mimetype == "application/vnd.sqlite3":
        return
    if status == 200 and "/media/" in sent.path:  # the bytes of a file
        return
    if status == 200 and (answer.mimetype or "").startswith("text/"):  # a transcript
        data.decode()
        return
    body = strictly(data)
    if status < 400:
        return
    assert len(data) <= LONGEST, f"{len(data)} bytes: {data[:300]!r}"
    assert answer.mimetype == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status


class Story:
    """A sandbox in which everything has happened once, and calls at random until something is wrong."""

    def __init__(self, emulator: Emulator, caplog: pytest.LogCaptureFixture, seed: int) -> None:
        self.emulator, self.caplog = emulator, caplog
        self.chance = random.Random(seed)
        self.sandbox = rich_sandbox(emulator)
        self.snapshot = self.sandbox.snapshot()
        self.known = known_in(self.sandbox)
        self.client = create_app(emulator).test_client()
        every = described(self.client.get(f"{ROOT}/openapi.json").json or {})
        self.routes = [route for route in every if not route.path.endswith("/events")]  # they never end
        self.statuses: Counter[int] = Counter()
        self.called: Counter[tuple[str, str]] = Counter()

    def call(self) -> None:
        """Make one more call, and look at its answer."""
        route = self.chance.choice(self.routes)
        faults = tuple(str(fault.id) for fault in self.sandbox.faults.all())
        sent = control_call(self.chance, route, self.known, faults, SPARE)
        if sent.method == "PUT" and sent.path.endswith("/snapshot"):
            image = self.snapshot if self.chance.random() < 0.5 else garbled(self.chance, self.snapshot)
            sent = Sent(sent.method, sent.path, image, "application/vnd.sqlite3")
        begun = thread_time()
        with self.client.open(
            sent.path,
            method=sent.method,
            data=sent.data,
            content_type=sent.content_type,
            headers=sent.headers,
        ) as answer:
            try:
                check(sent, answer, thread_time() - begun)
            except (AssertionError, ValueError) as problem:
                problem.add_note(f"{sent}")
                raise
            self.statuses[answer.status_code] += 1
            self.called[route.method, route.path] += answer.status_code < 300
        if route.path.endswith("/clock/run"):
            self.client.post(f"{HERE}/clock/freeze")
        elif route.path.endswith("/reset"):
            self.sandbox.restore(self.snapshot)  # or the calls that come would find little

    def end_round(self) -> None:
        """Everything still works, nothing was logged as an error, and no string is kept without measure."""
        control, graph = Control(self.client), Graph(self.client)
        self.sandbox.faults.remove()  # calls of the Graph API would meet them
        assert longest_kept(self.sandbox) == {}
        assert failing(control, graph) == []
        assert self.sandbox.journal.all(kind="warning") == []
        for each in self.emulator.all():
            if each is not self.sandbox:
                self.emulator.remove(each.name)
        self.emulator.create(SPARE)
        assert control.post("/reset").status_code == 200
        assert graph.text("Still there?").status_code == 200
        self.sandbox.restore(self.snapshot)
        assert errors_in(self.caplog) == []


def fuzz(seed: int, times: int, caplog: pytest.LogCaptureFixture) -> Story:
    with Emulator() as emulator:
        story = Story(emulator, caplog, seed)
        for number in range(1, times + 1):
            story.call()
            if number % ROUND == 0:
                story.end_round()
    return story


@pytest.mark.slow
def test_calls_changed_at_random_are_answered_in_its_form(caplog: pytest.LogCaptureFixture) -> None:
    """Four hundred of them, always the same; some are taken, most are refused."""
    story = fuzz(1, 400, caplog)

    assert {200, 201, 204, 400, 404, 422} <= set(story.statuses)


@pytest.mark.soak
def test_ten_thousand_calls_changed_at_random(caplog: pytest.LogCaptureFixture) -> None:
    """The same, for minutes, with other calls; nearly every route has carried one out."""
    story = fuzz(2, 10_000, caplog)

    print(f"\n{story.statuses.total()} calls: {dict(sorted(story.statuses.items()))}")  # noqa: T201
    idle = [route for route in story.routes if not story.called[route.method, route.path]]
    assert len(idle) < len(story.routes) / 20, idle
