"""What a test expects of its app: ``whatsapp.expect_sent(to=ana, text="HI")`` and its siblings."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from re import Pattern
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, Unpack, cast, overload

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import NotMet
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import awaitable

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import (
        AwaitableApiCall,
        AwaitableApiCalls,
        AwaitableMessage,
        AwaitableMessages,
    )

PATIENCE = 1.0
"""Real seconds in which others may bring about what is expected, unless a test says otherwise."""
LONG_PATIENCE = 5.0
"""The same of :meth:`Expecting.wait_for`."""

Words = str | Pattern[str] | Callable[[str], object]
"""The words, a regular expression that is found in them, or a function that says they are right."""


class HasNumber(Protocol):
    """Somebody with a phone number (``wa_id``): a :class:`PersonHandle`, or a person of the sandbox."""

    @property
    def wa_id(self) -> str:
        """Their number, in digits."""
        ...


class About(TypedDict, total=False):
    """Conditions on a message, each of which may be left out."""

    to: HasNumber | Group | str
    """Whom it goes to: a person, a group, or a number in any way of writing it."""
    text: Words
    """Its body."""
    type: str
    """``text``, ``template``, ``image``, ``interactive`` …"""
    template: str
    """The name of its template."""
    parameters: Sequence[object] | Mapping[str, object]
    """What fills the template's body: in order, or by name. Each is a value, a regular expression or a
    function."""
    buttons: Sequence[object]
    """The labels of what can be tapped on it, in order; of a list its rows."""
    reply_to: Message
    """The message it quotes."""
    number: str
    """The id of the business number it was sent from."""
    after: Message
    """A message that it comes after."""


class AboutCall(TypedDict, total=False):
    """Conditions on a call that was refused, each of which may be left out."""

    rule: str
    """The rule that refused it, as in the header ``X-Emulator-Rule``."""
    to: HasNumber | Group | str
    """Whom the message was to go to, where the call was to send one."""
    text: Words
    """The body of that message."""
    type: str
    """The type of that message."""
    template: str
    """The name of its template."""
    method: str
    """The method of the call."""
    path: Words
    """Its path, with the version."""
    after: Message
    """A message that it comes after."""


class Expecting:
    """What a test expects of its app. It is a part of ``whatsapp``.

    Each expectation settles by itself. Where nothing fits yet, it gives other threads and processes some real
    seconds, ``within`` (default: 1), as an app needs that acknowledges a webhook and answers later; where
    there are none, nothing can come, and it does not wait. It claims what it has found, so that the next one
    looks further. When it is not met it raises :class:`AssertionError` with the nearest miss, the rule that
    refused, and the conversation. In an async test it is awaited.
    """

    sandbox: Sandbox
    unmet_expectation: BaseException | None = None
    """What the last expectation raised that was not met; a report need not tell it again."""

    @overload
    def expect_sent(
        self, *, times: None = None, within: float | None = None, **about: Unpack[About]
    ) -> AwaitableMessage: ...

    @overload
    def expect_sent(
        self, *, times: int, within: float | None = None, **about: Unpack[About]
    ) -> AwaitableMessages: ...

    def expect_sent(
        self, *, times: int | None = None, within: float | None = None, **about: Unpack[About]
    ) -> Any:
        """Expect that the app has sent a message, and that it has not failed; returns the message.

        Conditions are ``to``, ``text``, ``type``, ``template``, ``parameters``, ``buttons``, ``reply_to``,
        ``number`` and ``after``; see :class:`About`. Of several that fit it is the first that no expectation
        has found. With ``times`` there are exactly that many, and all are returned.
        """
        return self._expect("expect_sent", "sent", times, within, about)

    @overload
    def expect_failed(
        self,
        code: int | None = None,
        *,
        times: None = None,
        within: float | None = None,
        **about: Unpack[About],
    ) -> AwaitableMessage: ...

    @overload
    def expect_failed(
        self, code: int | None = None, *, times: int, within: float | None = None, **about: Unpack[About]
    ) -> AwaitableMessages: ...

    def expect_failed(
        self,
        code: int | None = None,
        *,
        times: int | None = None,
        within: float | None = None,
        **about: Unpack[About],
    ) -> Any:
        """Expect that a message of the app was accepted and has failed later, with an error ``code``.

        As 131047 outside the customer service window. Returns the message; conditions and ``times`` are those
        of :meth:`expect_sent`.
        """
        return self._expect("expect_failed", "failed", times, within, {**about, "code": code})

    @overload
    def expect_refused(
        self,
        code: int | None = None,
        *,
        times: None = None,
        within: float | None = None,
        **about: Unpack[AboutCall],
    ) -> AwaitableApiCall: ...

    @overload
    def expect_refused(
        self, code: int | None = None, *, times: int, within: float | None = None, **about: Unpack[AboutCall]
    ) -> AwaitableApiCalls: ...

    def expect_refused(
        self,
        code: int | None = None,
        *,
        times: int | None = None,
        within: float | None = None,
        **about: Unpack[AboutCall],
    ) -> Any:
        """Expect that a call of the app was refused in its answer, with an error ``code``; returns the call.

        Conditions are ``rule`` (as in the header ``X-Emulator-Rule``), ``method``, ``path``, and of a message
        that was to be sent ``to``, ``text``, ``type``, ``template`` and ``after``. ``times`` is that of
        :meth:`expect_sent`.
        """
        return self._expect("expect_refused", "refused", times, within, {**about, "code": code})

    def expect_read(
        self,
        message: Message | None = None,
        *,
        of: HasNumber | str | None = None,
        text: Words | None = None,
        within: float | None = None,
    ) -> AwaitableMessage:
        """Expect that the app has marked a message of a person as read; returns that message.

        The very ``message``, or one ``of`` a person or with a ``text``. A ``message`` that the app sent is
        one that the person has read.
        """
        about = {"message": message, "of": of, "text": text}
        return cast("AwaitableMessage", self._expect("expect_read", "read", None, within, about))

    def expect_no_more(
        self, *, to: HasNumber | Group | str | None = None, within: float = 0.0
    ) -> Awaitable[None]:
        """Expect that the app has sent nothing beyond what was expected, and that no call of it was refused.

        Failed messages count, too. ``to``: to one person or group. ``within`` are real seconds in which
        something may still come.
        """
        found = self._carry_out(
            "expect_no_more", lambda: self.sandbox.expectations.expect_no_more(to=_named(to), within=within)
        )
        return cast("Awaitable[None]", found)

    def wait_for(
        self, what: str, *, times: int | None = None, within: float | None = None, **about: Any
    ) -> Any:
        """Wait until something has happened, as the other expectations do, for 5 real seconds by default.

        ``what`` is ``sent``, ``delivered``, ``failed``, ``refused`` or ``read``. Returns the message or the
        call; with ``times`` all of them.
        """
        return self._expect("wait_for", what, times, within, about, LONG_PATIENCE)

    def _expect(
        self,
        method: str,
        what: str,
        times: int | None,
        within: float | None,
        about: Mapping[str, Any],
        patience: float = PATIENCE,
    ) -> Any:
        conditions = {name: _named(value) for name, value in about.items()}

        def expect() -> Any:
            seconds = within
            if seconds is None:
                seconds = patience if times != 0 and threading.active_count() > 1 else 0.0
            found = self.sandbox.expectations.expect(what, times=times, within=seconds, **conditions)
            return found if times is not None else found[0]

        return self._carry_out(method, expect)

    def _carry_out(self, method: str, expect: Callable[[], Any]) -> Any:
        def expect_or_fail() -> Any:
            try:
                return expect()
            except NotMet as missed:
                self.unmet_expectation = AssertionError(str(missed))
            raise self.unmet_expectation

        return awaitable(expect_or_fail, what=f"whatsapp.{method}(…)", sandbox=self.sandbox, is_patient=True)


def _named(value: Any) -> Any:
    """A person by their number, a message or a group by its id; everything else as it is."""
    if isinstance(value, Message | Group):
        return value.id
    return getattr(value, "wa_id", value)
