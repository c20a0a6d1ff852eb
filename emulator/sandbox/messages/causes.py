"""Find what a message of a business was sent for: the message it answers, or the webhook it was sent upon."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar, Token
from datetime import datetime
from typing import TYPE_CHECKING, Any

from emulator.domain.ids import Direction, wamid_direction
from emulator.domain.messages.causes import Cause, CauseBasis
from emulator.sandbox.core import Core

if TYPE_CHECKING:
    from emulator.domain.messages.outbound import Send
    from emulator.domain.webhooks.deliveries import Delivery
    from emulator.domain.windows import Window

_Handled = tuple[Core, int, str | None]
_HANDLED: ContextVar[_Handled | None] = ContextVar("whatsapp_handled", default=None)
"""The webhook that the running code handles: its sandbox, how often that had become another, its cause."""


class Causes:
    """What each message of a business was sent for, as far as something tells.

    The dispatcher says which webhook is being delivered. A receiver in this process runs in the context of
    that call, and so do the tasks and threads that are given a copy of it; over a network only the time and
    the person tell.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._under_way: Delivery | None = None

    def begin(self, delivery: Delivery) -> Token[_Handled | None]:
        """Let what is sent from now on be a consequence of a webhook; returns what :meth:`end` takes."""
        self._under_way = delivery
        return _HANDLED.set((self._core, self._core.generation, delivery.cause))

    def end(self, token: Token[_Handled | None]) -> None:
        """End what :meth:`begin` began, once the receiver has answered."""
        self._under_way = None
        _HANDLED.reset(token)

    def of(self, command: Send, window: Window | None, at: datetime) -> Cause | None:
        """Find the cause of a send to whoever has that ``window``; ``None`` when nothing tells.

        In this order: the message that the send itself names, the webhook that the sending code handles, the
        message whose webhook is being delivered to somebody on the network, if it is of the same person, and
        the newest message of that person, if nothing has been sent to them since.
        """
        if (named := _named(command)) is not None:
            return Cause(named, CauseBasis.CONTEXT)
        handled = _HANDLED.get()
        if handled is not None and handled[0] is self._core and handled[1] == self._core.generation:
            cause = handled[2]
            if cause is not None:  # a batch has many
                return Cause(cause, CauseBasis.HANDLER)
        if window is None:
            return None
        under_way = self._under_way
        if (
            under_way is not None
            and under_way.cause is not None
            and (under_way.wa_id, under_way.phone_number_id) == (window.wa_id, window.phone_number_id)
            and wamid_direction(under_way.cause) is Direction.INBOUND
        ):
            return Cause(under_way.cause, CauseBasis.DELIVERY)
        if window.unanswered_id is not None and window.is_open(at):
            return Cause(window.unanswered_id, CauseBasis.UNANSWERED)
        return None


def _named(command: Send) -> str | None:
    """The message of a person that a send quotes, or reacts to."""
    from emulator.domain.messages.outbound import FreeForm

    named, content = command.context_id, command.content
    if named is None and isinstance(content, FreeForm) and content.kind.name == "reaction":
        value = content.value
        named = value.get("message_id") if isinstance(value, Mapping) else None
    return named if _is_of_a_person(named) else None


def _is_of_a_person(message_id: Any) -> bool:
    return isinstance(message_id, str) and wamid_direction(message_id) is Direction.INBOUND
