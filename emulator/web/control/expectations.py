"""The control route of expectations: wait until an app has done something, or be told what it did instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from emulator.domain.expectations.conditions import CONDITIONS
from emulator.domain.expectations.findings import Subject, What
from emulator.domain.graph.api_calls import ApiCall
from emulator.domain.instants import iso
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import messages as answers
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes.table import NUMBER, SANDBOX, TEXT, Json, one_of, required, route
from emulator.web.control.routes.values import BadRequest

MOST_SECONDS = 60.0
"""The most real seconds that a call may wait."""
NOTHING_MORE = "nothing_more"
"""What is waited for where nothing is expected beyond what was found before."""

_SCHEMAS: Mapping[str, Json] = {
    "text": {
        "type": ["string", "object"],
        "properties": {"matches": TEXT},
        "required": ["matches"],
        "description": "Its body, or an object with a regular expression that is found in it.",
    },
    "parameters": {"type": ["array", "object"]},
    "buttons": {"type": "array", "items": TEXT},
    "code": NUMBER,
}
"""Schemas of the conditions that are no plain texts."""


@route(
    "POST",
    f"{SANDBOX}/wait",
    body={
        "for": required(one_of(*What, NOTHING_MORE)),
        **{name: _SCHEMAS.get(name, TEXT) for name in CONDITIONS},
        "after": TEXT,
        "times": NUMBER,
        "within": NUMBER,
    },
)
def wait(sandbox: Sandbox, within: float = 1.0, **given: Any) -> answers.FoundAnswer:
    """Wait until the app has sent something, has failed or has read; answers what was found, or 408.

    ``for`` says what: a message that was ``sent``, ``delivered``, ``failed`` or ``read``, a call that was
    ``refused``, or that there is ``nothing_more``. The other members are conditions; ``times`` wants exactly
    that many, ``after`` is the wamid of a message that it comes after. It settles first, and then waits up to
    ``within`` real seconds (default: 1, at most 60). Each call looks beyond what an earlier one has found.
    408 has the nearest miss in ``detail``, the conversation in ``transcript``, and what came in ``found``.
    """
    if not 0 <= within <= MOST_SECONDS:
        raise BadRequest(f"within is a number of seconds from 0 to {MOST_SECONDS:g}, not {within}")
    what = given.pop("for")
    if what == NOTHING_MORE:
        if others := given.keys() - {"to"}:
            raise BadRequest(f"{what} takes nothing but to and within; got {', '.join(sorted(others))}")
        sandbox.expectations.expect_no_more(within=within, **given)
        return {"found": []}
    if isinstance(given.get("text"), Mapping):
        given["text"] = _pattern(given["text"]["matches"])
    found = sandbox.expectations.expect(what, within=within, **given)
    return {"found": [subject_answer(subject) for subject in found]}


def subject_answer(subject: Subject) -> answers.Message | answers.ApiCallAnswer:
    """Write what was found: a message, or a call that was refused."""
    return message_answer(subject) if isinstance(subject, Message) else _api_call_answer(subject)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as problem:
        raise BadRequest(f"text.matches is no regular expression: {problem}") from None


def _api_call_answer(facts: ApiCall) -> answers.ApiCallAnswer:
    """Write a call of the Graph API that was refused: what was asked, and why it was refused."""
    return {
        "at": iso(facts.at),
        "method": facts.method,
        "path": facts.path,
        "body": dict(facts.body),
        "status": facts.status,
        "code": facts.code,
        "error": facts.error,
        "rule": facts.rule,
        "hint": facts.hint,
    }
