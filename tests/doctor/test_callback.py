"""The callback that is examined: what came back in words, and hosts that answer badly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from kit.bad_hosts import BAD_HOSTS, BadHost, bad_host
from kit.hosts import host

from emulator import Emulator
from emulator.doctor.callback import Answer, CannotExamine
from emulator.doctor.examination import Options, chosen, examine
from emulator.doctor.platform import KeptWebhooks, Platform
from emulator.doctor.report import Report
from emulator.doctor.rule import Rule, Verdict
from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.network.client import Client
from emulator.sandbox.network.problems import TimedOut
from emulator.sandbox.webhooks.http import NetworkReceiver
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers

RULES = ["handshake-answered", "webhook-accepted", "not-redirected", "burst"]


@pytest.fixture
def receiver() -> Iterator[NetworkReceiver]:
    client = Client(AddressPolicy())
    yield NetworkReceiver(client)
    client.abort()


@pytest.fixture
def platform() -> Iterator[Platform]:
    """Nobody sees what the app sends."""
    kept = KeptWebhooks(needs_event_loop=False)
    with Emulator() as emulator:
        emulator.create(speed=None, at_once=True)
        with emulator.replaced("default", receivers=kept, salt="test") as sandbox:
            yield Platform(sandbox, kept, salt="test", sees_sends=False)


def examined(receiver: NetworkReceiver, url: str, platform: Platform, seconds: float = 5.0) -> Report:
    options = Options(burst=4, threads=2, timeout=seconds)
    return examine(receiver, url, platform, options, rules=chosen(RULES))


def outcome(receiver: NetworkReceiver, url: str, platform: Platform, seconds: float) -> list[str]:
    """The sentence for which nothing can be examined, or the rule of the handshake, which is broken."""
    try:
        report = examined(receiver, url, platform, seconds)
    except CannotExamine as problem:
        return [str(problem)]
    return [each.id for each in report.failed if each.id == RULES[0]]


@pytest.mark.parametrize("row", BAD_HOSTS, ids=lambda row: row.id)
def test_a_host_that_answers_badly_is_told_in_a_sentence(
    row: BadHost, receiver: NetworkReceiver, platform: Platform
) -> None:
    """Nothing hangs: either nothing can be examined, or the first webhook was answered wrongly."""
    with bad_host(row) as bad:
        told = outcome(receiver, bad.url, platform, min(row.seconds, 0.5))

    assert told == [RULES[0]] or (
        told[0].startswith(f"{bad.url} cannot be examined: ") and "\n" not in told[0]
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:1/webhook", "http://127.0.0.1:1/webhook cannot be examined: connection refused"),
        ("127.0.0.1:5000/webhook", "127.0.0.1:5000/webhook is no http:// or https:// URL of a host"),
        ("ftp://127.0.0.1/webhook", "ftp://127.0.0.1/webhook is no http:// or https:// URL of a host"),
        ("http://", "http:// is no http:// or https:// URL of a host"),
    ],
)
def test_what_cannot_be_reached_is_told_in_a_sentence(
    receiver: NetworkReceiver, platform: Platform, url: str, sentence: str
) -> None:
    """Without the token of the handshake, which would stand in the query."""
    with pytest.raises(CannotExamine) as raised:
        examined(receiver, url, platform)

    assert str(raised.value) == sentence


def test_tls_that_fails_is_told_in_a_sentence(receiver: NetworkReceiver, platform: Platform) -> None:
    """As where a port speaks plain HTTP."""
    with host(lambda visit: visit.answer("400 Bad Request")) as plain:
        url = plain.url.replace("http://", "https://")
        with pytest.raises(
            CannotExamine, match=r"no TLS with 127\.0\.0\.1|no answer within 0\.5 s: the TLS handshake"
        ):
            examined(receiver, url, platform, 0.5)


class Hanging:
    """A receiver that answers 200 until something holds of a webhook, and nothing in time from then on."""

    needs_event_loop = False

    def __init__(self, begins: Callable[[bytes], bool]) -> None:
        self._begins = begins
        self.hangs = False
        self.posted = 0

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        self.posted += 1
        self.hangs = self.hangs or self._begins(body)
        if self.hangs:
            problem = f"no answer within {timeout:g} s"
            raise DeliveryProblem(problem) from TimedOut(problem)
        return 200

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        return 200, "OK", query["hub.challenge"].encode()


def test_the_rest_is_not_judged_once_three_webhooks_had_no_answer_in_time(platform: Platform) -> None:
    """An app that hangs would be waited for for hours; that it does is a broken rule."""
    names = ["webhook-accepted", "statuses-acknowledged", "burst", "answers-in-time"]
    receiver = Hanging(lambda body: b'"statuses"' in body)

    report = examine(receiver, "http://app", platform, Options(timeout=7), rules=chosen(names))

    assert {each.id: str(each.verdict) for each in report.findings} == {
        "webhook-accepted": "passed",
        "statuses-acknowledged": "failed",
        "burst": "not judged",
        "answers-in-time": "failed",
    }
    assert receiver.posted == 4
    assert report.not_judged[0].seen == "needs answers in time; 3 webhooks had none within 7 s"


@pytest.mark.parametrize(("threads", "posted"), [(1, 3), (2, 6)])
def test_a_burst_ends_when_too_many_have_no_answer_in_time(
    platform: Platform, threads: int, posted: int
) -> None:
    """Three for each that comes at a time; a thousand of them would take minutes."""
    receiver = Hanging(lambda body: b"BURST" in body)
    options = Options(burst=1000, threads=threads)

    (finding,) = examine(receiver, "http://app", platform, options, rules=chosen(["burst"])).findings

    sent = receiver.posted - 1  # the first webhook of all
    assert finding.verdict is Verdict.FAILED
    assert posted <= sent < posted + threads  # one may be under way
    assert finding.seen.endswith(f"no answer within 10 s; {1000 - sent} were not sent any more")


def test_a_host_that_goes_away_later_is_a_finding(receiver: NetworkReceiver, platform: Platform) -> None:
    """Such as an app that a burst brings down."""
    rules = chosen(["webhook-accepted", "statuses-acknowledged"])
    with host(lambda visit: visit.answer()) as leaves:

        def progress(rule: Rule) -> None:
            if rule.id == "statuses-acknowledged":
                leaves.close()

        report = examine(receiver, leaves.url, platform, Options(), rules=rules, progress=progress)

    assert [str(each.verdict) for each in report.findings] == ["passed", "failed"]
    assert "connection" in report.failed[0].seen


def test_a_password_in_the_url_is_not_told(receiver: NetworkReceiver, platform: Platform) -> None:
    """Neither in the report nor in the sentence for which there is none."""
    with host(lambda visit: visit.answer()) as made:
        url = made.url.replace("http://", "http://user:hidden-word@")
        report = examine(receiver, url, platform, Options(), rules=chosen(["webhook-accepted"]))
    with pytest.raises(CannotExamine) as raised:
        examined(receiver, "http://user:hidden-word@127.0.0.1:1/", platform)

    assert "hidden-word" not in f"{report.url} {report.as_json()} {raised.value}"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(200, "EVENT_RECEIVED"), "200"),
        (Answer(403), "403 Forbidden"),
        (Answer(403, "Forbidden"), "403 Forbidden"),
        (Answer(403, "bad\n signature"), '403 "bad signature"'),
        (Answer(500, "<!doctype html><title>Error</title>"), "500 Internal Server Error"),
        (Answer(500, "", "the app raised KeyError: 'text'"), "500: the app raised KeyError: 'text'"),
        (Answer(None, "", "connection refused"), "connection refused"),
        (Answer(799), "799"),
        (Answer(400, f"no user has EAA{'x' * 40}"), '400 "no user has EAA…"'),
        (Answer(200, "", "after that the app raised KeyError"), "200: after that the app raised KeyError"),
    ],
)
def test_an_answer_in_words(answer: Answer, words: str) -> None:
    """Markup is not shown, and a long text is cut."""
    assert str(answer) == words


@pytest.mark.parametrize(
    ("status", "accepted", "refused"),
    [
        (199, False, False),
        (200, True, False),
        (299, True, False),
        (300, False, False),
        (399, False, False),
        (400, False, True),
        (499, False, True),
        (500, False, False),
        (None, False, False),
    ],
)
def test_what_is_accepted_and_what_is_refused(status: int | None, accepted: bool, refused: bool) -> None:
    """Of a refusal the receiver says that the request was wrong; a 500 says that it is."""
    answer = Answer(status)

    assert (answer.is_accepted, answer.is_refused) == (accepted, refused)


def test_what_an_app_raises_after_its_answer_is_no_success() -> None:
    """Nothing is sent again, so it is lost for good."""
    assert not Answer(200, "", "after that the app raised KeyError").is_accepted


def test_a_csrf_refusal_is_known_by_its_text(receiver: NetworkReceiver, platform: Platform) -> None:
    """As Django's, which says so in markup."""
    page = b"<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>"
    options = Options(burst=0)
    with host(lambda visit: visit.answer("403 Forbidden", page)) as guarded:
        report = examine(receiver, guarded.url, platform, options, rules=chosen(["not-behind-csrf"]))

    assert [each.verdict for each in report.findings] == [Verdict.FAILED]
