"""Go through the table of rules with one callback, and report what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from emulator.doctor.callback import Answer, Callback, CannotExamine
from emulator.doctor.needs import NEEDS
from emulator.doctor.platform import NoWebhook, Platform
from emulator.doctor.report import Report
from emulator.doctor.rule import Finding, Outcome, Rule, not_judged
from emulator.doctor.rules import RULES
from emulator.domain.errors import PlatformError
from emulator.domain.graph.api_calls import ApiCall
from emulator.domain.masking import masked
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.network.problems import BadUrl
from emulator.sandbox.network.urls import read_url
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.receiver import Receiver
from emulator.wire import signing

_SOON = 0.02
"""Real seconds within which an app that sends before it answers has sent."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a callback is examined."""

    text: str = "Hello"
    """What people write: something that the app answers."""
    burst: int = 1_000
    """How many webhooks come in a burst; 0: none."""
    threads: int = 1
    """How many of a burst come at a time."""
    timeout: float = 10.0
    """Real seconds within which the callback must answer."""
    patience: float = 1.0
    """Real seconds for which an app's answer is waited for that comes after the webhook was answered."""
    quiet: float = 0.0
    """Real seconds for which an answer that must not come is waited for at least."""


class Habit(NamedTuple):
    """What an app sends when somebody writes: to a first message, and to a second one."""

    first: int
    second: int
    after: float
    """Real seconds after the answer to the webhook at which the first had been sent."""


class Forged(NamedTuple):
    """What became of a webhook that the platform never sent."""

    answer: Answer
    calls: int
    """How many messages the app sent because of it."""


class Examination:
    """One examination of a callback, as the rules see it: both sides, and what is known by now."""

    def __init__(self, callback: Callback, platform: Platform, options: Options) -> None:
        self.callback, self.platform, self.options = callback, platform, options

    @property
    def text(self) -> str:
        """What people write."""
        return self.options.text

    @cached_property
    def first(self) -> Answer:
        """The answer to a first webhook: a text without anything special, signed as the platform signs."""
        return self.callback.post(self.platform.writes(self.platform.person(), self.text))

    @cached_property
    def with_wrong_secret(self) -> Forged:
        """What became of a webhook that was signed with a secret that is not the app's."""
        return self.forged(lambda body: signing.headers(body, "0" * 32))

    def forged(self, headers: Callable[[bytes], dict[str, str]]) -> Forged:
        """Post a message of somebody new with ``headers`` that the platform would not send."""
        person = self.platform.person()
        body = self.platform.writes(person, self.text)
        answer = self.callback.post(body, headers(body))
        return Forged(answer, len(self.more_calls_to(person, 0)))

    # what the app sends

    @cached_property
    def habit(self) -> Habit:
        """What the app sends to somebody who writes twice."""
        person = self.platform.person()
        self.callback.post(self.platform.writes(person, self.text))
        answered = real_seconds()
        calls = self.platform.wait_for_calls(person, 1, self.options.patience)
        after = real_seconds() - answered
        if not calls:
            return Habit(0, 0, 0.0)
        first = len(self.platform.wait_for_calls(person, 2, max(self.options.quiet, 3 * after)))
        self.callback.post(self.platform.writes(person, self.text))
        second = self._calls_to(person, first + 1, after)
        return Habit(first, len(second) - first, after)

    @property
    def answers(self) -> bool:
        """Whether the app is known to answer what people write."""
        return self.platform.sees_sends and self.habit.first > 0

    def calls_to(self, person: Person) -> list[ApiCall]:
        """Wait until the app has answered a person as usual; returns its calls, none if it does not."""
        return self._calls_to(person, self.habit.first, self.habit.after)

    def more_calls_to(self, person: Person, than: int) -> list[ApiCall]:
        """Wait for calls that must not come, beyond the first ``than``; returns those that came."""
        if not self.platform.sees_sends:
            return []
        return self._calls_to(person, than + 1, self.habit.after, is_expected=False)[than:]

    def _calls_to(
        self, person: Person, least: int, after: float, *, is_expected: bool = True
    ) -> list[ApiCall]:
        usual = 0.0 if after < _SOON else 5 * after
        seconds = max(self.options.quiet, usual, self.options.patience if is_expected else 0.0)
        return self.platform.wait_for_calls(person, least, seconds)


def examine(
    receiver: Receiver,
    url: str,
    platform: Platform,
    options: Options,
    *,
    rules: Sequence[Rule] = RULES,
    progress: Callable[[Rule], None] = lambda _: None,
) -> Report:
    """Judge a callback by every rule, in the order of the table.

    ``progress`` is called before each. Raises :class:`CannotExamine` when nobody answers at the URL.
    """
    try:
        read_url(url)
    except BadUrl as problem:
        raise CannotExamine(str(problem)) from None
    callback = Callback(receiver, url, platform.secret, options.timeout)
    examination = Examination(callback, platform, options)
    try:
        is_silent = callback.handshake(platform.verify_token, "1").status is None
        if examination.first.status is None and is_silent:
            raise CannotExamine(f"{masked(url)} cannot be examined: {examination.first}")
    except NoWebhook:
        raise CannotExamine("the business hears of nobody: its number or account is in no state to") from None
    findings = []
    for rule in rules:
        progress(rule)
        outcome = _judged(rule, examination)
        findings.append(Finding(rule, outcome.verdict, outcome.seen))
    return Report(masked(url), tuple(findings))


def _judged(rule: Rule, examination: Examination) -> Outcome:
    for need in rule.needs:
        if (missing := NEEDS[need](examination)) is not None:
            return not_judged(missing)
    try:
        return rule.judge(examination)
    except PlatformError as refused:
        return not_judged(f"a business number that may send: {refused}")
    except CannotDo as problem:
        return not_judged(f"people who can write: {problem}")
    except NoWebhook:
        return not_judged("a sandbox that makes webhooks of this; its number or account is in no state to")


def chosen(only: Collection[str] = (), skip: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules with ids in ``only`` (empty: all), without those in ``skip``.

    Raises :class:`ValueError` for an id that there is not, with the nearest that there is.
    """
    known = [rule.id for rule in RULES]
    for name in (*only, *skip):
        if name not in known:
            near = get_close_matches(name, known, 1, 0.0)
            raise ValueError(f"there is no rule {name!r}; did you mean {near[0]}?")
    return tuple(rule for rule in RULES if (not only or rule.id in only) and rule.id not in skip)
