"""``whatsapp.deliver``: what goes wrong with the next webhooks: twice, late, in a batch, forged, …."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from emulator.domain.messages.lifecycle import Message
from emulator.domain.webhooks.faults import WebhookFault
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import awaitable
from emulator.testing.clocks.durations import duration
from emulator.wire import signing

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableForgedAnswer

FORGERS_KEY = "0" * 32
"""What forged webhooks are signed with: no app has this secret."""


class Deliver:
    """What goes wrong with the next webhooks, as it does on the platform: ``whatsapp.deliver``.

    Each act is about the webhooks that are made from then on, the next one first. A strict test fails when
    there was none, and not for what the app answers to a webhook that was spoilt.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def twice(self, *, times: int = 1) -> WebhookFault:
        """Deliver the next webhook a second time, with the same bytes; each of the next ``times``."""
        return self._sandbox.webhooks.spoil("twice", times=times)

    def late(self, by: timedelta | None = None, *, times: int = 1, **units: float) -> WebhookFault:
        """Deliver the next webhook later by some simulated time, as ``late(hours=3)``.

        ``times``: of the next so many webhooks each. Later ones are not held up by it.
        """
        return self._sandbox.webhooks.spoil("late", times=times, by=duration("late", by, units))

    def out_of_order(self, *, times: int = 1) -> WebhookFault:
        """Deliver the next webhook after the one that is made after it, or last of all if none is."""
        return self._sandbox.webhooks.spoil("out_of_order", times=times)

    def batch(self, size: int = 2) -> WebhookFault:
        """Deliver the next ``size`` webhooks in one request, once all of them have been made.

        Those of one number stand in one ``value``, others in further changes and entries. They wait for the
        last one up to a minute of simulated time.
        """
        return self._sandbox.webhooks.spoil("batch", times=size)

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
        self, body: bytes | str | Mapping[str, Any], *, secret: str | None = FORGERS_KEY
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
