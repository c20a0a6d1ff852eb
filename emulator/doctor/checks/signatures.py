"""Signatures over what the platform's encoder escapes, and signatures that are not the platform's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.doctor.rule import Outcome, failed, passed, warning
from emulator.wire import signing

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination, Forged


def over(what: str, words: str) -> Callable[[Examination], Outcome]:
    """Make what judges the signature of a text that has something in it which is escaped."""

    def judge(examination: Examination) -> Outcome:
        body = examination.platform.writes(examination.platform.person(), words)
        answer = examination.callback.post(body)
        seen = f"a signed text with {what} was answered {answer}"
        return passed(seen) if answer.is_accepted else failed(seen)

    return judge


def missing(examination: Examination) -> Outcome:
    """A webhook without any signature is refused."""
    return _refused("without a signature", examination.forged(_unsigned))


def _unsigned(body: bytes) -> dict[str, str]:
    return {name: value for name, value in signing.headers(body, "").items() if "Signature" not in name}


def of_another_body(examination: Examination) -> Outcome:
    """A webhook whose signature was made for other bytes is refused."""
    other = examination.callback.signed(b'{"object":"whatsapp_business_account","entry":[]}')
    return _refused("with the signature of another body", examination.forged(lambda _: other))


def wrong_secret(examination: Examination) -> Outcome:
    """A webhook that was signed with another secret is refused."""
    return _refused("that was signed with another secret", examination.with_wrong_secret)


def _refused(how: str, forged: Forged) -> Outcome:
    seen = f"a text {how} was answered {forged.answer}"
    if forged.calls:
        return failed(f"{seen}, and the app sent a message because of it")
    if forged.answer.is_accepted:
        return failed(seen)
    return passed(seen) if forged.answer.is_refused else warning(f"{seen}; a refusal is 401 or 403")
