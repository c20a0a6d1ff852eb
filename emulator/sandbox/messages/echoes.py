"""Messages that somebody of a business writes on their phone, in the WhatsApp Business app (coexistence)."""

from __future__ import annotations

from typing import Any

from emulator.domain.events.people import EchoSent
from emulator.domain.messages.inbound_kinds import ECHOED, INBOUND_KINDS
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.messages.received.written import check_text, read_content


class Echoes:
    """Has somebody of the business write in the app; called inside the caller's transaction."""

    def __init__(self, core: Core, reception: Reception) -> None:
        self._core, self._reception = core, reception

    def write(self, person: Person, kind: str, content: Any, number: str | None = None) -> str:
        """Write to a person from a business number (default: the first); returns the id of the message.

        The app of the integrator hears of it by ``smb_message_echoes``; the message is none of its own, so it
        is not among those that were sent, and no statuses follow. ``content`` is as webhooks show it. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for a kind or a content that the app does not send.
        """
        if kind not in ECHOED:
            raise CannotDo(f"in the app {', '.join(ECHOED)} are written; not {kind}")
        known = INBOUND_KINDS[kind]
        if kind == "text":
            check_text(content.get("body"))
        else:
            content = read_content(known, content)
        business, now = self._reception.number(number), self._core.clock.now()
        message_id = self._core.ids.outbound(person.digits_in_ids)
        text = known.as_text(content)
        self._core.happen(EchoSent(person, business, message_id, kind, content, text, at=now))
        return message_id
