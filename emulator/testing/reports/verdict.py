"""What a strict test fails for: a table of the kinds of complaints, and the sentences of one sandbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.untaken import taken_unsigned, untaken
from emulator.testing.clocks.awaiting import forgotten


class Complaint(NamedTuple):
    """Something that a strict test fails for: its kind, what tells it apart, and a sentence."""

    kind: str
    cause: str
    sentence: str


def _not_emulated(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    for entry in sandbox.journal.all(kind="unsupported"):
        yield entry.summary, f"not emulated: {entry.summary}"


def _not_taken(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    entries = sandbox.journal.all(kind="webhook")
    for each in untaken(entries):
        yield f"{each.url} {each.status} {each.problem}", str(each)
    for kind in taken_unsigned(entries):
        yield (
            f"unsigned {kind}",
            f"a webhook with a wrong signature was taken ({kind}, answered 200): the app has to compare "
            "X-Hub-Signature-256 with the bytes of the body, and to refuse what differs",
        )


def _undelivered(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    _, webhooks = sandbox.journal.due()
    if webhooks:
        were = "1 webhook was" if webhooks == 1 else f"{webhooks} webhooks were"
        yield "undelivered", f"{were} made and not delivered: whatsapp.settle() or an expectation delivers"


def _unmet(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    for fault in sandbox.faults.all():
        if fault.is_seeded:
            continue
        if not fault.met:
            colon = "" if fault.code is not None else ":"
            yield (
                fault.name,
                f"{fault.label}{colon} {fault.title} ({fault.when}) was asked for and never met",
            )
        elif fault.kind == "batch" and (made := sandbox.faults.waiting_in(fault)):
            size = fault.parameters["size"]
            yield fault.name, f"a batch of {size} webhooks was asked for, and only {made} of {size} made"


def _unawaited(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    for sentence in forgotten(sandbox):
        yield sentence, sentence


COMPLAINTS: Mapping[str, Callable[[Sandbox], Iterator[tuple[str, str]]]] = {
    "calls": _not_emulated,
    "webhooks": _not_taken,
    "undelivered": _undelivered,
    "faults": _unmet,
    "unawaited": _unawaited,
    "real_host": lambda _: iter(()),
}
"""How to find what a strict test fails for, by its name in the option ``whatsapp_strict``.

Calls that are not emulated; webhooks that were answered with anything but 200; webhooks that nobody
delivered; faults that were asked for and never met; what had to be awaited and was not. Each yields what
tells a cause apart, and a sentence. Calls of Meta's real hosts are no matter of a sandbox: they are handed
in.
"""


_REMEMBERED: WeakKeyDictionary[Sandbox, list[Complaint]] = WeakKeyDictionary()


def remember(sandbox: Sandbox) -> None:
    """Keep what is wrong by now, before a reset or a restore takes the journal away that says so.

    Webhooks that wait count at the end of a test alone.
    """
    kinds = [kind for kind in COMPLAINTS if kind != "undelivered"]
    _REMEMBERED[sandbox] = complaints(sandbox, kinds)


def complaints(
    sandbox: Sandbox, kinds: Collection[str] = tuple(COMPLAINTS), refused: Iterable[str] = ()
) -> list[Complaint]:
    """List what a test that is strict in these ``kinds`` fails for, each cause once; empty without any.

    ``refused``: sentences about calls of Meta's real hosts, which the app may have swallowed.
    """
    found = [each for each in _REMEMBERED.get(sandbox, ()) if each.kind in kinds]
    with sandbox.reading():
        found += [
            Complaint(kind, cause, sentence)
            for kind, find in COMPLAINTS.items()
            if kind in kinds
            for cause, sentence in find(sandbox)
        ]
    if "real_host" in kinds:
        found += [Complaint("real_host", sentence, sentence) for sentence in refused]
    return list({each[:2]: each for each in reversed(found)}.values())[::-1]


def verdict(
    sandbox: Sandbox, kinds: Collection[str] = tuple(COMPLAINTS), refused: Iterable[str] = ()
) -> str | None:
    """Write what a test fails with that is strict in these ``kinds``; ``None`` without complaints.

    ``refused`` is that of :func:`complaints`.
    """
    found = complaints(sandbox, kinds, refused)
    return message(found, kinds) if found else None


def message(found: Collection[Complaint], kinds: Collection[str]) -> str:
    """Write complaints, and how a test is made less strict: by leaving out the kinds that were met."""
    met = {each.kind for each in found}
    rest = ", ".join(kind for kind in kinds if kind not in met)
    loosen = f"@pytest.mark.whatsapp(strict={rest!r})" if rest else "@pytest.mark.whatsapp(strict=False)"
    option = f"whatsapp_strict = {rest or 'false'}"
    return "\n".join([*(each.sentence for each in found), f"({loosen} or `{option}` lets it pass)"])
