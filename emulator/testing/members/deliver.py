"""``whatsapp.deliver``: what goes wrong with the next webhooks: twice, late, in a batch, forged, …."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from emulator.domain.faults.asking import HOW_OFTEN
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.fault import Fault
from emulator.domain.messages.lifecycle import Message
from emulator.domain.webhooks.deliveries import Delivery
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.spoiling import FORGERS_SECRET
from emulator.testing.clocks.awaiting import awaitable
from emulator.testing.clocks.durations import duration
from emulator.testing.members.faults import add
from emulator.wire import signing

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableForgedAnswer

_NO_UNITS = frozenset({*CONDITIONS, *HOW_OFTEN})


class Deliver:
    """What goes wrong with the next webhooks, as it does on the platform: ``whatsapp.deliver``.

    Each act is about the webhooks that are made from then on, the next one first. Beside ``times`` it takes
    the conditions of faults, by which only some webhooks are meant: ``to`` (a person), ``phone_number_id``,
    ``type``, ``field``, ``message_status``, ``text``, ``pattern``, ``template``, ``since``, ``until``; and
    ``every`` and ``probability``. They stand in ``whatsapp.faults``, too. A strict test fails when there was
    no such webhook, and not for what the app answers to one that was spoilt, unless it takes one whose
    signature is wrong.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def twice(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next webhook a second time, with the same bytes; each of the next ``times``."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="twice", times=times, **conditions)

    def late(self, by: timedelta | None = None, *, times: int | None = 1, **units: Any) -> Fault:
        """Deliver the next webhook later by some simulated time, as ``late(hours=3)``.

        ``times``: of the next so many webhooks each. Later ones are not held up by it. Beside units it takes
        conditions.
        """
        __tracebackhide__ = True
        conditions = {name: units.pop(name) for name in list(units) if name in _NO_UNITS}
        return add(self._sandbox, kind="late", by=duration("late", by, units), times=times, **conditions)

    def out_of_order(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next webhook after the one that is made after it, or last of all if none is."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="out_of_order", times=times, **conditions)

    def batch(self, size: int = 2, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next ``size`` webhooks in one request, once all of them have been made.

        Those of one number stand in one ``value``, others in further changes and entries. They wait for the
        last one up to a minute of simulated time. ``times``: so many such requests.
        """
        __tracebackhide__ = True
        return add(self._sandbox, kind="batch", size=size, times=times, **conditions)

    def again(self, *deliveries: Delivery) -> list[int]:
        """Deliver webhooks once more, whatever became of them, with the next ``settle()``.

        Those that are given, as ``again(*whatsapp.deliveries[3:9])``; without any all that failed. Returns
        their numbers.
        """
        __tracebackhide__ = True
        if not deliveries:
            return self._sandbox.webhooks.redeliver_all("failed")
        return [self._sandbox.webhooks.redeliver(each.id).id for each in deliveries]

    def dropped(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Lose the next webhook: it is not delivered, and not tried again.

        It stands in ``whatsapp.deliveries`` as ``failed``, without an attempt, and can be redelivered.
        """
        __tracebackhide__ = True
        return add(self._sandbox, kind="drop", times=times, **conditions)

    def badly_signed(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next webhook with the signature of other bytes, as if it was changed on the way.

        So it is at its first attempt; one that the app refuses is tried again, and signed as it should be.
        """
        __tracebackhide__ = True
        return add(self._sandbox, kind="bad_signature", times=times, **conditions)

    def unsigned(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next webhook without a signature, at its first attempt."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="no_signature", times=times, **conditions)

    def signed_by_another(self, *, times: int | None = 1, **conditions: Any) -> Fault:
        """Deliver the next webhook signed with a secret that is not the app's, at its first attempt."""
        __tracebackhide__ = True
        return add(self._sandbox, kind="wrong_secret", times=times, **conditions)

    def field(
        self,
        name: str,
        value: Mapping[str, Any] | None = None,
        *,
        sample: str | None = None,
        person: str | None = None,
    ) -> Mapping[str, Any]:
        """Send a webhook of any field, which comes with the next ``settle()``; returns its ``value``.

        Without one it is that of the documented ``sample`` (default: the first one of the field), with the
        business number, a person (default: the first) and a template of the sandbox in it. The app hears of
        the field from now on. Raises :class:`ValueError` for a field or a sample that there is not.
        """
        self._sandbox.webhooks.subscribe(name)
        return self._sandbox.webhooks.fire(name, value, sample=sample, person=person)

    def status(
        self, message: Message, status: str, *, code: int | None = None, details: str | None = None
    ) -> Message:
        """Report a status of a message to a person now: again, late, or in another order.

        ``status`` is ``sent``, ``delivered``, ``read``, ``played`` or ``failed``, which needs the ``code`` of
        an error, as after a delivery. Where it may follow the present one the message has it from now on.
        Returns the message; the webhook comes with the next ``settle()``. Raises :class:`ValueError` for what
        no webhook reports.
        """
        return self._sandbox.messages.report_status(message.id, status, code=code, details=details)

    def forged(
        self, body: bytes | str | Mapping[str, Any], *, secret: str | None = FORGERS_SECRET
    ) -> AwaitableForgedAnswer:
        """Post a webhook that the platform never sent to the app, now; returns its answer with a ``status``.

        ``body`` are its bytes, a text, or a payload. It is signed with a ``secret`` that is not the app's, or
        with ``None`` not at all. An app that checks signatures refuses it, customarily with 403. Raises
        :class:`LookupError` without a receiver. In an async test it is awaited.
        """
        written = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else None
        posted = signing.encode(body) if written is None else written
        answer = awaitable(
            lambda: self._sandbox.webhooks.forge(posted, secret=secret),
            what="whatsapp.deliver.forged(…)",
            sandbox=self._sandbox,
        )
        return cast("AwaitableForgedAnswer", answer)
