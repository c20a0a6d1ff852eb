"""Whether a refusal explains itself: by a rule, and by a hint that says something else than its message."""

from __future__ import annotations

from emulator import PlatformError
from emulator.domain.errors import TemplateEditorError
from emulator.domain.faults.fault import RULE
from emulator.domain.templates.wording import OWN_BOTH, OWN_SENTENCE, OWN_TITLE
from kit.answers import Answer

FEWEST_WORDS = 4
_ONLY_ABOUT_WORDS = (OWN_BOTH, OWN_SENTENCE, OWN_TITLE)
"""What a hint may end with; alone it says nothing of the call."""


def lacking(rule: str | None, hint: str | None, *said: str | None) -> str | None:
    """What an explanation lacks; ``said`` are the sentences of the body, which it must not repeat."""
    if not rule:
        return "it names no rule"
    if hint is None or len(hint.split()) < FEWEST_WORDS:
        return f"its hint is no sentence: {hint!r}"
    if hint.strip() in _ONLY_ABOUT_WORDS:
        return f"its hint says nothing of the call: {hint!r}"
    plain = hint.strip().rstrip(".")
    for sentence in filter(None, said):
        if plain in sentence or sentence.rstrip(".") == plain:
            return f"its hint repeats the message: {hint!r}"
    return None


def explained(answer: Answer) -> Answer:
    """Return an answer of the Graph API as it came; one that refuses has to say why.

    What a fault answers says so, too, whatever its body is.
    """
    if answer.status_code >= 400 and "X-Fb-Trace-Id" in answer.headers:
        is_written = answer.headers.get("X-Emulator-Rule") == RULE  # its body may be anything
        error = {} if is_written else (answer.json or {})["error"]
        said = (error.get("message"), error.get("error_data", {}).get("details"), error.get("error_user_msg"))
        rule, hint = (answer.headers.get(f"X-Emulator-{name}") for name in ("Rule", "Hint"))
        assert not (missing := lacking(rule, hint, *said)), f"{missing}, {error}"
    return answer


def explains_itself(refusal: PlatformError) -> bool:
    """Whether a refusal that was raised has a rule and a hint of its own words."""
    shown = refusal.user_message if isinstance(refusal, TemplateEditorError) else None
    missing = lacking(refusal.rule, refusal.hint, refusal.message, refusal.details, shown)
    assert not missing, f"{missing}, {refusal}"
    return True
