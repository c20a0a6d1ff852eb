"""Webhooks that come twice, late, slowly answered, or all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from emulator.doctor import payloads
from emulator.doctor.rule import Outcome, failed, not_judged, passed, warning

if TYPE_CHECKING:
    from emulator.doctor.callback import Answer
    from emulator.doctor.examination import Examination

SLOW = 3.0
"""Seconds from which an answer is called slow: the shortest time-out that is reported of the platform."""
RECOMMENDED = 0.25
"""Seconds within which half of the answers should come, by the platform's guidance."""
MOST_LATE = 3
"""Webhooks of a burst without an answer in time, for each that comes at a time, after which it ends."""
_LATE = timedelta(days=2)


def twice(examination: Examination) -> Outcome:
    """The same message and the same status are taken each time they come."""
    platform = examination.platform
    bodies = {
        "message": platform.writes(platform.person(), examination.text),
        "status": platform.lives(platform.person())[0],
    }
    for what, body in bodies.items():
        examination.callback.post(body)
        again = examination.callback.post(body)
        if not again.is_accepted:
            return failed(f"the same {what} was answered {again} when it came again")
    return passed("the same message, and the same status, were taken twice")


def answered_once(examination: Examination) -> Outcome:
    """A message that comes twice is answered once."""
    person = examination.platform.person()
    body = examination.platform.writes(person, examination.text)
    examination.callback.post(body)
    before = len(examination.calls_to(person))
    examination.callback.post(body)
    more = len(examination.more_calls_to(person, before))
    if more:
        return failed(f"a message that came twice was answered with {before} and then with {more} more")
    return passed(f"a message that came twice was answered once, with {before} in all")


def late(examination: Examination) -> Outcome:
    """A message is taken that was written two days ago, as by a retry, after one of today."""
    platform, callback = examination.platform, examination.callback
    body = platform.writes(platform.person(), examination.text)
    platform.advance(_LATE)
    callback.post(platform.writes(platform.person(), examination.text))
    answer = callback.post(body)
    seen = f"a text of two days ago was answered {answer}"
    return passed(seen) if answer.is_accepted else failed(seen)


def in_time(examination: Examination) -> Outcome:
    """No answer takes seconds, of all that came so far."""
    callback, seconds = examination.callback, examination.callback.seconds
    shown = f"slowest {_time(max(seconds))}, half within {_time(median(seconds))}, of {len(seconds)}"
    if callback.late:
        return failed(f"{callback.late} had no answer within {callback.timeout:g} s; {shown}")
    if max(seconds) >= SLOW:
        return warning(shown)
    return passed(shown)


def _time(seconds: float) -> str:
    """A duration as people read it: ``35 ms``, ``3.2 s``."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def burst(examination: Examination) -> Outcome:
    """Many statuses at a time are all taken."""
    options = examination.options
    if not options.burst:
        return not_judged("a burst; it was asked for none")
    answers = [answer for answer in _answers(examination) if answer is not None]
    taken = sum(answer.is_accepted for answer in answers)
    slowest = max(answer.seconds for answer in answers)
    at_a_time = f"{options.threads} at a time" if options.threads > 1 else "one after the other"
    seen = f"{taken:,} of {options.burst:,} taken, {at_a_time}, slowest {_time(slowest)}"
    if taken < len(answers):
        refused = next(answer for answer in answers if not answer.is_accepted)
        unsent = options.burst - len(answers)
        given_up = f"; {unsent:,} were not sent any more" if unsent else ""
        return failed(f"{seen}; one was answered {refused}{given_up}")
    return warning(seen) if slowest >= SLOW else passed(seen)


def _statuses(examination: Examination, number: int) -> Iterator[bytes]:
    """The statuses of a campaign: three for each message, with an id of its own."""
    lives = examination.platform.lives(examination.platform.person())
    wamid = payloads.value_of(lives[0])["statuses"][0]["id"]
    known = json.dumps(wamid)[1:-1].replace("/", "\\/")
    for place in range(number):
        message, status = divmod(place, len(lives))
        yield lives[status].replace(known.encode(), f"wamid.BURST{message:06}".encode())


def _answers(examination: Examination) -> Iterator[Answer | None]:
    """The answers to a burst; ``None`` for what is not sent, since too many had no answer in time."""
    callback, threads = examination.callback, examination.options.threads
    before = callback.late

    def post(body: bytes) -> Answer | None:
        return callback.post(body) if callback.late - before < MOST_LATE * threads else None

    bodies = _statuses(examination, examination.options.burst)
    if threads == 1:
        yield from map(post, bodies)
        return
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(post, bodies)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)  # whoever breaks it off closes the connections, too
        raise
    pool.shutdown()
