"""``whatsapp.faults``: what a test makes go wrong on purpose, and which of it has not happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from emulator.domain.faults.fault import Fault
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.members.people import PersonHandle


class Faults:
    """What a test makes go wrong on purpose, as it stands when you look: ``whatsapp.faults``.

    Iterating gives every fault with how often it was met, those of webhooks (``whatsapp.deliver``) among
    them. A failing test's report names those that were not.

    Each act takes conditions and how often, beside what it names: ``to`` (a person), ``phone_number_id``,
    ``edge``, ``method``, ``type``, ``text``, ``pattern``, ``template``, ``since``, ``until``; ``times``
    (default 1; ``None``: until it is removed), ``every``, ``probability``; ``delay`` holds the answer back,
    and ``effect="done"`` has the call carried out before its answer goes wrong.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add(self, code: int | None = None, *, to: PersonHandle | str | None = None, **facts: Any) -> Fault:
        """Make something go wrong on the next occasion that fits; returns the fault.

        ``code`` is an error of the catalogue; without one a ``kind`` or a parameter says what. ``to`` is the
        person a message goes to, or who writes. ``when`` says where it strikes (``sync``: in the answer,
        ``async``: as a ``failed`` status, ``delivered``: the same after ``delivered``, ``inbound``: in what a
        person writes, ``download``, ``webhook``; default: as the platform does). Raises :class:`ValueError`
        for what there is not and for what could never be met.
        """
        __tracebackhide__ = True
        return add(self._sandbox, code, to=to, **facts)

    def envelope(self, envelope: Any, status: int = 400, **facts: Any) -> Fault:
        """Answer the next call with a JSON body of yours, and with this HTTP status."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="envelope", envelope=envelope, status=status, **facts)

    def status(self, status: int, body: str | None = None, **facts: Any) -> Fault:
        """Answer the next call with an HTTP status alone: a page of HTML as a proxy writes it, or a ``body``.

        ``headers`` are further headers; ``when="download"`` strikes the bytes of a file.
        """
        __tracebackhide__ = True
        return add(self._sandbox, kind="status", status=status, body=body, **facts)

    def delay(self, seconds: float | timedelta, **facts: Any) -> Fault:
        """Hold the answer of the next call back for some real seconds; the call is carried out at once."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="delay", delay=seconds, **facts)

    def reset(self, **facts: Any) -> Fault:
        """Reset the connection of the next call instead of an answer."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="reset", **facts)

    def truncated(self, **facts: Any) -> Fault:
        """Break the right answer of the next call off in the middle; the call is carried out."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="truncated", **facts)

    def empty(self, status: int = 200, **facts: Any) -> Fault:
        """Answer the next call with an HTTP status and no body."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="empty", status=status, **facts)

    def throttle(self, code: int | None = None, *, retry_after: int = 60, **facts: Any) -> Fault:
        """Refuse the next call by a rate limit, by default 130429; ``retry_after`` seconds are in its answer.

        ``Retry-After`` and the usage headers say the same; ``status=429`` is for clients that look for that.
        """
        __tracebackhide__ = True
        return add(self._sandbox, code, kind="throttle", retry_after=retry_after, **facts)

    def remove(self, fault: Fault) -> None:
        """Remove one fault, so that it happens no more.

        Raises :class:`LookupError` when it was removed already.
        """
        __tracebackhide__ = True
        self._sandbox.faults.remove(fault.id)

    def clear(self) -> None:
        """Remove all faults, so that nothing goes wrong on purpose any more."""
        self._sandbox.faults.remove()

    @property
    def unmet(self) -> list[Fault]:
        """The faults that have not happened once so far.

        ``assert not whatsapp.faults.unmet`` says that the test has come to each.
        """
        return [fault for fault in self if not fault.met]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._sandbox.faults.all())

    def __len__(self) -> int:
        return len(self._sandbox.faults.all())

    def __repr__(self) -> str:
        shown = ", ".join(f"{fault.label} met {fault.met}×" for fault in self)
        return f"<Faults: {shown or 'none'}>"


def add(sandbox: Sandbox, code: int | None = None, **facts: Any) -> Fault:
    """Add a fault to a sandbox; a person is given by handle or by number."""
    __tracebackhide__ = True
    return sandbox.faults.add(code, **_by_number(facts))


def _by_number(facts: Mapping[str, Any]) -> dict[str, Any]:
    to = facts.get("to")
    return {**facts, "to": to.wa_id if isinstance(to, PersonHandle) else to}
