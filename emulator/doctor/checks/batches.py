"""Several updates in one POST: several entries, changes, messages and statuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emulator.doctor import payloads
from emulator.doctor.rule import Outcome, failed, passed
from emulator.wire import signing

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination

MOST_UPDATES = 1_000
"""Updates that the platform puts into one POST at most."""
MOST_BYTES = 3_000_000
"""The largest webhook: "up to 3 MB", read as megabytes of 10⁶ bytes."""
_ESCAPED = len(b"\\u00e9")
_LONGEST = 512
"""Characters of ``biz_opaque_callback_data``."""


def acknowledged(examination: Examination) -> Outcome:
    """Two entries with two changes each, of messages and of statuses, are taken."""
    platform = examination.platform
    messages = [platform.writes(platform.person(), examination.text) for _ in range(2)]
    statuses = platform.lives(platform.person())[:2]
    entries = [payloads.in_one_entry(pair) for pair in zip(messages, statuses, strict=True)]
    answer = examination.callback.post(payloads.in_one_post(entries))
    seen = f"two entries with two changes each were answered {answer}"
    return passed(seen) if answer.is_accepted else failed(seen)


def read(
    what: str, where: str, together: Callable[[Sequence[bytes]], bytes]
) -> Callable[[Examination], Outcome]:
    """Make what judges whether both of two messages are answered that come ``together``."""

    def judge(examination: Examination) -> Outcome:
        platform = examination.platform
        people = [platform.person(), platform.person()]
        bodies = [platform.writes(person, examination.text) for person in people]
        answer = examination.callback.post(together(bodies))
        if not answer.is_accepted:
            return failed(f"two {what} in one POST were answered {answer}")
        number = sum(bool(examination.calls_to(person)) for person in people)
        if number == len(people):
            return passed(f"both of two {what} were answered")
        return failed(
            f"of two {what} only {where}[0] was read" if number else f"neither of two {what} was read"
        )

    return judge


def large(examination: Examination) -> Outcome:
    """A webhook with as many updates, and nearly as many bytes, as the platform sends is taken."""
    platform = examination.platform
    (one, *_) = platform.lives(platform.person(), callback_data="é")
    status = payloads.value_of(one)["statuses"]
    room = MOST_BYTES // MOST_UPDATES - len(signing.encode(status[0])) - 200
    data = "é" * min(_LONGEST, room // _ESCAPED)

    def fill(value: payloads.Value) -> None:
        value["statuses"] = [
            status[0] | {"id": f"wamid.BATCH{place:04}", "biz_opaque_callback_data": data}
            for place in range(MOST_UPDATES)
        ]

    body = payloads.changed(one, fill)
    answer = examination.callback.post(body)
    seen = f"{MOST_UPDATES:,} statuses in {len(body) / 1e6:.1f} MB were answered {answer}"
    return passed(seen) if answer.is_accepted else failed(seen)
