"""Statuses of outbound messages that are made to happen: an audio is played, or any status is reported."""

from __future__ import annotations

from emulator.domain.catalogue import CATALOGUE, ErrorChannel
from emulator.domain.errors import MessageError, refuse
from emulator.domain.messages.lifecycle import REPORTED, Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.conversations import Conversations
from emulator.sandbox.messages.delivery import MessageDelivery


class StatusReports:
    """Has people play audios, and the platform report a status; called inside the caller's transaction."""

    def __init__(self, core: Core, delivery: MessageDelivery) -> None:
        self._core, self._store, self._delivery = core, core.store, delivery
        self._seen = Conversations(core)

    def play(self, person: Person, message_id: str) -> Message:
        """Have a person listen to an audio for the first time; returns the message as it is then.

        It is ``read`` then, too. Raises :class:`~emulator.sandbox.errors.CannotDo` for a message that is no
        audio of a business, that has not reached them, and that they have played before.
        """
        message = self._seen.seen(person, message_id)
        if not message.outbound or message.type != "audio":
            raise CannotDo(f"{message_id} is no audio of a business, which could be played")
        if message.status is MessageStatus.PLAYED:
            raise CannotDo(f"{person.name} has played {message_id} before; only the first time is reported")
        self._delivery.play(message, self._core.clock.now())
        return self._present(message_id)

    def report(
        self, message_id: str, status: str, *, code: int | None = None, details: str | None = None
    ) -> Message:
        """Have the platform report a status of a message now, in whichever order; returns the message.

        A message that ``failed`` has the error ``code`` of the catalogue, with its usual ``details`` unless
        others are said. Raises :class:`LookupError` for a message that is not there, and
        :class:`~emulator.sandbox.errors.CannotDo` for one of a person or of a group, for a status that no
        webhook reports, and for a code that ``failed`` never has.
        """
        message = self._store.messages.get(message_id)
        if message is None:
            raise LookupError(f"there is no message {message_id}")
        if not message.outbound or message.group_id is not None:
            raise CannotDo(f"{message_id} is not one of a business to a person: it has no such statuses")
        if status not in REPORTED:
            raise CannotDo(f"webhooks report {', '.join(REPORTED)}; not {status!r}")
        self._delivery.report(message_id, MessageStatus(status), _error(status, code, details))
        return self._present(message_id)

    def _present(self, message_id: str) -> Message:
        message = self._store.messages.get(message_id)
        assert message is not None
        return message


def _error(status: str, code: int | None, details: str | None) -> MessageError | None:
    if status != MessageStatus.FAILED:
        if code is not None or details is not None:
            raise CannotDo(f"only a message that failed has an error; this one is {status}")
        return None
    if code is None:
        raise CannotDo("a message that failed has the code of an error, such as 131026")
    if code not in CATALOGUE or ErrorChannel.ASYNC not in CATALOGUE[code].channels:
        raise CannotDo(f"{code} is no error that a status has; docs/reference/errors.md lists them")
    refusal = refuse(
        code,
        details,
        by_webhook=True,
        rule="reported_status",
        hint="This status was reported on purpose. The platform usually returns the error for: "
        f"{CATALOGUE[code].trigger}.",
    )
    assert isinstance(refusal, MessageError)
    return refusal
