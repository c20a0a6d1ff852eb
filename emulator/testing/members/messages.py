"""``whatsapp.messages``: the messages of a test in both directions, each as it stands when the test looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, overload

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.phones import digits_of
from emulator.sandbox.transcript import line


class HasNumber(Protocol):
    """Somebody with a phone number (``wa_id``): a :class:`PersonHandle`, or a person of the sandbox."""

    wa_id: str


class Messages(Sequence[Message]):
    """The messages of a sandbox, oldest first, as they stand when you look: ``whatsapp.messages``.

    A sequence of :class:`~emulator.domain.messages.lifecycle.Message`, each with ``text``, ``type``,
    ``status``, ``error``, ``at``, ``wa_id`` and ``outbound``. It is read anew at each look, so one may be
    kept in a variable.
    """

    def __init__(self, look: Callable[[], list[Message]]) -> None:
        self._look = look

    @overload
    def __getitem__(self, place: int) -> Message: ...

    @overload
    def __getitem__(self, place: slice) -> list[Message]: ...

    def __getitem__(self, place: int | slice) -> Message | list[Message]:
        return self._look()[place]

    def __len__(self) -> int:
        return len(self._look())

    @property
    def last(self) -> Message:
        """The newest message of these.

        Raises :class:`LookupError` when there is none, asking for a ``settle()``.
        """
        __tracebackhide__ = True
        messages = self._look()
        if not messages:
            raise LookupError("there is no such message yet; did the app send it, and was there a settle()?")
        return messages[-1]

    @property
    def sent(self) -> Messages:
        """The messages that the business sent, whatever became of them; failed ones too."""
        return self._where(lambda message: message.outbound)

    @property
    def received(self) -> Messages:
        """The messages that people wrote to the business: texts, files, taps, reactions."""
        return self._where(lambda message: not message.outbound)

    @property
    def failed(self) -> Messages:
        """The messages that failed after they were accepted; ``error["code"]`` says why.

        What the API refused in its answer never was a message.
        """
        return self._where(lambda message: message.status is MessageStatus.FAILED)

    def of(self, person: HasNumber | str) -> Messages:
        """The conversation with one person, in both directions.

        A handle, or a phone number in any way of writing it.
        """
        wa_id = digits_of(person) if isinstance(person, str) else person.wa_id
        return self._where(lambda message: message.wa_id == wa_id)

    @property
    def texts(self) -> list[str]:
        """The words of each message: its body, filled in; a caption; the title of a tapped button."""
        return [message.text for message in self._look()]

    def _where(self, fits: Callable[[Message], bool]) -> Messages:
        return Messages(lambda: [message for message in self._look() if fits(message)])

    def __repr__(self) -> str:
        shown = "\n  ".join(line(message, f"+{message.wa_id}") for message in self._look())
        return f"<Messages\n  {shown}>" if shown else "<Messages: none>"
