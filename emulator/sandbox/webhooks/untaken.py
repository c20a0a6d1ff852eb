"""The webhooks that an app did not take, gathered by their cause, so that each is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from emulator.domain.faults.kinds import KINDS
from emulator.domain.journal import JournalEntry
from emulator.domain.values import dataclass
from emulator.domain.webhooks.deliveries import answer_in_words

HINTS: Mapping[int, str] = {
    201: "only 200 counts as delivered",
    202: "only 200 counts as delivered",
    204: "only 200 counts as delivered",
    301: "redirects are not followed; is there a slash at the end of the path?",
    302: "redirects are not followed; does the path want a login?",
    308: "redirects are not followed; is there a slash at the end of the path?",
    400: "did the app want something that this webhook has not? One of statuses has no `messages`",
    401: "a webhook has no login, only a signature",
    403: "is its path exempt from CSRF protection, and is the signature checked with the app secret?",
    404: "does the app take webhooks at that path? In a test whatsapp_webhook_path names another",
    405: "does the app take a POST at that path? In a test whatsapp_webhook_path names another",
}
"""What may be the reason of an answer, by its status."""


@dataclass(frozen=True, slots=True)
class Untaken:
    """Attempts to deliver webhooks that ended in the same way, which was not the status 200 alone."""

    url: str
    status: int | None
    problem: str | None
    fields: tuple[str, ...]
    """The fields of the webhooks, each once."""
    times: int

    def __str__(self) -> str:
        answer = answer_in_words(self.status, self.problem)
        times = "" if self.times == 1 else f", {self.times}×"
        hint = HINTS.get(self.status or 0) if self.problem is None else None
        what = (
            "a webhook was taken, and then the app failed"
            if self.status == 200
            else "a webhook was not taken"
        )
        return f"{what}: {', '.join(self.fields)} to {self.url}: {answer}{times}" + (
            f" ({hint})" if hint else ""
        )


def taken_unsigned(entries: Iterable[JournalEntry]) -> list[str]:
    """List the kinds of faults that took the right signature from a webhook which was answered with 200.

    Each kind once, in the order in which it was met first.
    """
    kinds = [
        str(entry.details["spoilt_as"])
        for entry in entries
        if entry.details.get("status") == 200 and entry.details.get("spoilt_as")
    ]
    return [kind for kind in dict.fromkeys(kinds) if KINDS[kind].is_unsigned]


def untaken(entries: Iterable[JournalEntry]) -> list[Untaken]:
    """Gather the attempts among entries of the kind ``webhook`` that were not answered with 200.

    And those after whose answer the app raised, as far as that is known.

    Those that were spoilt on purpose do not count. They come in the order in which each cause was met first.
    """
    found: dict[tuple[str, int | None, str | None], list[str]] = {}
    for entry in entries:
        facts = entry.details
        if "attempt" not in facts or facts.get("spoilt"):
            continue
        if facts["status"] != 200 or facts["problem"] is not None:
            key = facts["url"], facts["status"], facts["problem"]
            found.setdefault(key, []).append(facts["field"])
    return [
        Untaken(url, status, problem, tuple(dict.fromkeys(fields)), len(fields))
        for (url, status, problem), fields in found.items()
    ]
