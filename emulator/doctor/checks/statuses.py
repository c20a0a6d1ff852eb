"""Statuses of messages: each of them, in any order, and those that come after a send was answered 200."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from emulator.doctor import payloads
from emulator.doctor.rule import Outcome, failed, not_judged, passed, warning

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination

_AFTER_THE_WINDOW = timedelta(hours=25)
_WINDOW_IS_CLOSED = 131047


def each(examination: Examination) -> Outcome:
    """``sent``, ``delivered`` and ``read`` of a message are taken."""
    bodies = examination.platform.lives(examination.platform.person())
    return _taken(examination, bodies)


def read_first(examination: Examination) -> Outcome:
    """``read`` is taken before ``delivered``, and ``sent`` last of all."""
    bodies = examination.platform.lives(examination.platform.person())
    return _taken(examination, bodies[::-1])


def _taken(examination: Examination, bodies: list[bytes]) -> Outcome:
    answers = {_name(body): examination.callback.post(body) for body in bodies}
    refused = {name: answer for name, answer in answers.items() if not answer.is_accepted}
    if not refused:
        return passed(f"{', '.join(answers)} were taken, in this order")
    which = "every status" if len(refused) == len(answers) else f"the status {', '.join(refused)}"
    return failed(f"{which} was answered {next(iter(refused.values()))}")


def failed_after_200(examination: Examination) -> Outcome:
    """``failed`` is taken, which comes after the send was answered 200: with 131047, and with 131026.

    The latter's contact is a number alone.
    """
    platform = examination.platform
    late, stranger = platform.person(), platform.person()
    platform.sandbox.people.change(stranger.wa_id, on_whatsapp=False)
    return _taken(examination, [platform.sends(each)[-1] for each in (late, stranger)])


def window_closed(examination: Examination) -> Outcome:
    """A message of the app that fails with 131047 is followed by something that can be delivered."""
    platform, callback = examination.platform, examination.callback
    person = platform.person()
    body = platform.writes(person, examination.text)
    platform.advance(_AFTER_THE_WINDOW)
    platform.heard()
    callback.post(body)
    calls = examination.calls_to(person)
    statuses = platform.heard()
    failures = [each for each in statuses if _name(each) == f"failed {_WINDOW_IS_CLOSED}"]
    if not failures and any(call.template for call in calls):
        return passed("a text that came 25 hours late was answered by a template")
    if not failures:
        return not_judged("an app that answers a text which comes 25 hours late")
    for each_failure in failures:
        callback.post(each_failure)
    more = examination.more_calls_to(person, len(calls))
    templates = [call for call in more if call.template]
    if any(not call.was_refused for call in templates):
        return passed("after 131047 the app sent a template")
    if templates:
        return failed(f"after 131047 the app sent a template, which was refused: {templates[0].error}")
    if more:
        return failed(
            f"after 131047 the app sent a free-form message again ({more[0].type}), which fails again"
        )
    return warning("after 131047 the app sent nothing")


def _name(body: bytes) -> str:
    """The status of a webhook, with the code of its error: ``failed 131047``."""
    status: Mapping[str, object] = payloads.value_of(body).get("statuses", [{}])[0]
    errors = status.get("errors")
    code = f" {errors[0]['code']}" if isinstance(errors, list) else ""
    return f"{status.get('status')}{code}"
