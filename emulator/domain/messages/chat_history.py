"""The chats of a number from before it was connected to the API, as the platform shares them.

Source: D/webhooks/reference/history (2026): three phases by age, chunks in an order, a progress in per cent,
and files apart. That chunks are counted through all phases, and how many messages one has, is not documented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.instants import parse_instant
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass

PHASES = (timedelta(days=1), timedelta(days=90), timedelta(days=180))
"""How old the messages of each phase are at most; older ones are not shared."""
FILES_WITHIN = timedelta(days=14)
"""How old a message is at most whose file is shared, too."""
USUAL_CHUNK = 100
"""How many messages a chunk has unless told otherwise."""
BUSINESS, PERSON = "business", "person"
STATUSES: Mapping[MessageStatus, str] = {
    MessageStatus.ACCEPTED: "PENDING",
    MessageStatus.RECEIVED: "PENDING",
    MessageStatus.SENT: "SENT",
    MessageStatus.DELIVERED: "DELIVERED",
    MessageStatus.READ: "READ",
    MessageStatus.PLAYED: "PLAYED",
    MessageStatus.FAILED: "ERROR",
}
"""The status of a message as its history has it; of one that nobody has marked as read it is pending."""
_KEYS = ("text", "from", "at", "status")

Thread = tuple[Person, tuple[Message, ...]]
"""The messages with one person, the oldest first."""


@dataclass(frozen=True, slots=True)
class HistoryChunk:
    """What one webhook shares: threads of one phase."""

    phase: int
    order: int
    """Its place among all chunks, from 1 on."""
    progress: int
    """How much has been shared with it, in per cent."""
    threads: tuple[Thread, ...]

    @property
    def messages(self) -> int:
        """How many messages it has."""
        return sum(len(messages) for _, messages in self.threads)


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A text that was written before: by whom, when, and what became of it."""

    text: str
    by_business: bool
    at: datetime
    status: MessageStatus = MessageStatus.READ


def past_message(value: Mapping[str, Any], now: datetime) -> PastMessage:
    """Read a message of a chat: its ``text``, who it is ``from``, when (``at``), and its ``status``.

    Left out, it is from the person, of an hour ago, and read. Raises :class:`ValueError` for anything else,
    and for an instant that is still to come.
    """
    if unknown := [key for key in value if key not in _KEYS]:
        raise ValueError(f"a message of a chat has {', '.join(_KEYS)}; not {unknown[0]!r}")
    text, by, at = value.get("text"), value.get("from", PERSON), value.get("at")
    if not isinstance(text, str) or not text:
        raise ValueError(f"a message of a chat has a text, got {text!r}")
    if by not in (BUSINESS, PERSON):
        raise ValueError(f"a message of a chat is from {BUSINESS} or {PERSON}, not {by!r}")
    words = {shown: status for status, shown in STATUSES.items()}
    status = str(value.get("status", "READ")).upper()
    if status not in words:
        raise ValueError(f"the status is one of {', '.join(words)}; got {value['status']!r}")
    if at is None:
        written = now - timedelta(hours=1)
    else:
        written = at if isinstance(at, datetime) else parse_instant(str(at))
    if written > now:
        raise ValueError(f"nothing was written at {written.isoformat()} yet")
    return PastMessage(text, by == BUSINESS, written, words[status])


def phase_of(written: datetime, now: datetime) -> int | None:
    """Find the phase a message belongs to by its age; ``None`` for one that is too old to be shared."""
    return next((phase for phase, oldest in enumerate(PHASES) if now - written <= oldest), None)


def has_file(written: datetime, now: datetime) -> bool:
    """Say whether the file of a message is shared, too: up to exactly :data:`FILES_WITHIN` after it."""
    return now - written <= FILES_WITHIN


def chunks(threads: Sequence[Thread], now: datetime, size: int = USUAL_CHUNK) -> list[HistoryChunk]:
    """Cut threads into chunks of up to ``size`` messages, phase by phase; the last one has all progress.

    Raises :class:`ValueError` for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a chunk has at least one message, not {size}")
    shared: list[list[tuple[Person, Message]]] = [[] for _ in PHASES]
    for person, messages in threads:
        for message in messages:
            phase = phase_of(message.at, now)
            if phase is not None:
                shared[phase].append((person, message))
    whole, done, made = sum(map(len, shared)), 0, list[HistoryChunk]()
    for phase, found in enumerate(shared):
        for begin in range(0, len(found), size):
            part = found[begin : begin + size]
            done += len(part)
            made.append(HistoryChunk(phase, len(made) + 1, done * 100 // whole, _threads(part)))
    return made


def _threads(part: Sequence[tuple[Person, Message]]) -> tuple[Thread, ...]:
    people = {person.wa_id: person for person, _ in part}
    return tuple(
        (person, tuple(message for other, message in part if other.wa_id == wa_id))
        for wa_id, person in people.items()
    )
