"""The verification handshake, right and wrong (D/webhooks/create-webhook-endpoint)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from emulator.doctor.callback import Answer
from emulator.doctor.rule import Outcome, failed, not_judged, passed, warning
from emulator.domain.quoting import cut

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination

CHALLENGES = ("1158201444", "1889946410")
"""Two, so that an answer that is always the same is found."""


def _handshakes(examination: Examination) -> list[tuple[str, Answer]]:
    token = examination.platform.verify_token
    return [(each, examination.callback.handshake(token, each)) for each in CHALLENGES]


def answered(examination: Examination) -> Outcome:
    """With the right token the challenge comes back, each time that of the request."""
    for challenge, answer in _handshakes(examination):
        if answer.status != 200:
            return failed(f"the right token was answered {answer}")
        if challenge not in answer.text:
            return failed(f"answered 200 without the challenge: {_quoted(answer)}")
    return passed("answered 200 with the challenge, twice")


def plain(examination: Examination) -> Outcome:
    """The challenge comes back alone, not as JSON, in quotes or in markup."""
    for challenge, answer in _handshakes(examination):
        text = answer.text.strip()
        if challenge not in text:
            return not_judged("a handshake that is answered with the challenge")
        if text != challenge:
            return failed(f"the challenge came {_wrapping(text, challenge)}: {_quoted(answer)}")
    return passed("the challenge came alone")


def _wrapping(text: str, challenge: str) -> str:
    if re.match(r"\s*(<!doctype|<\w+)", text, re.IGNORECASE):
        return "in markup"
    try:
        read = json.loads(text)
    except ValueError:
        return "with other text around it"
    return "in quotes, as a JSON string" if read == challenge else "as JSON"


def wrong_token(examination: Examination) -> Outcome:
    """With a wrong token the challenge does not come back."""
    challenge = CHALLENGES[0]
    if examination.callback.handshake(examination.platform.verify_token, challenge).status != 200:
        return not_judged("a handshake that is answered with the challenge")
    answer = examination.callback.handshake(f"{examination.platform.verify_token}x", challenge)
    if answer.status == 200 and challenge in answer.text:
        return failed("a wrong token was answered 200 with the challenge")
    if answer.is_refused:
        return passed(f"a wrong token was answered {answer.status}")
    return warning(f"a wrong token was answered {answer}; a refusal is 403")


def _quoted(answer: Answer) -> str:
    return repr(cut(answer.shown, 60))
