"""Steps that expect something: of the app, of people, and of windows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.expectations.conditions import agrees, shown
from emulator.domain.quoting import quoted
from emulator.sandbox.errors import NotMet
from emulator.sandbox.scenarios.scenario import Step
from emulator.sandbox.scenarios.stage import Stage

Act = Callable[[Stage, Step], object]
_PEOPLE = ("to", "of")


def expect(what: str) -> Act:
    """Make what expects that the app has done something, as the expectations of a test do."""

    def carry_out(stage: Stage, step: Step) -> object:
        asked = {name: _pattern(value) for name, value in dict(step.value or {}).items()}
        for name in _PEOPLE:
            if name in asked:
                asked[name] = stage.number_of(str(asked[name]))
        times, within = asked.pop("times", None), asked.pop("within", None)
        seconds = stage.patience if within is None else within.total_seconds()
        return stage.sandbox.expectations.expect(
            what, times=times, within=0.0 if times == 0 else seconds, **asked
        )

    return carry_out


def expect_no_more(stage: Stage, step: Step) -> object:
    """Expect that the app has sent nothing more, to somebody or at all."""
    to = None if step.value is None else stage.number_of(step.value)
    stage.sandbox.expectations.expect_no_more(to=to)
    return None


def expect_received(stage: Stage, step: Step) -> object:
    """Expect that a person has written something, which no step has expected before."""
    stage.sandbox.settle()
    asked = {name: _pattern(value) for name, value in dict(step.value or {}).items()}
    who = asked.pop("from", None)
    wa_id = stage.last if who is None else stage.number_of(str(who))
    written = stage.sandbox.messages.all(wa_id=wa_id, outbound=False)
    for message in written:
        facts: Mapping[str, Any] = {"text": message.text, "type": message.type}
        if message.id not in stage.found and all(agrees(value, facts[name]) for name, value in asked.items()):
            stage.found.add(message.id)
            return message
    about = ", ".join(f"{name}={shown(value)}" for name, value in asked.items())
    last = f"the newest is {quoted(written[-1].as_text)}" if written else "there is none"
    summary = f"expected a message of {who or 'them'}{f' with {about}' if about else ''}; {last}"
    raise NotMet(summary, stage.sandbox.messages.transcript(), tuple(written[-1:]))


def expect_window(*, is_open: bool) -> Act:
    """Make what expects that a customer service window with somebody is open, or closed."""

    def carry_out(stage: Stage, step: Step) -> object:
        now = stage.sandbox.clock.now()
        windows = stage.sandbox.people.windows_of(stage.number_of(step.value))
        if any(window.is_open(now) for window in windows) is is_open:
            return None
        word, other = ("open", "closed") if is_open else ("closed", "open")
        since = f"; they wrote last at {windows[0].last_inbound_at.isoformat()}" if windows else ""
        summary = f"expected that the window with {step.value} is {word}; it is {other}{since}"
        raise NotMet(summary, stage.sandbox.messages.transcript(), ())

    return carry_out


def _pattern(value: Any) -> Any:
    """A regular expression, where it is written as one: ``{matches: …}``."""
    if isinstance(value, Mapping) and set(value) == {"matches"}:
        return re.compile(str(value["matches"]))
    return value
