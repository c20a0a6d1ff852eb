"""What a test may call plainly or await: in an async test the event loop goes on meanwhile, to serve the app.

Without a running event loop everything is called plainly. In one, :func:`awaitable` and :func:`acted` decide
what the caller gets.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import cache
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, overload
from weakref import WeakKeyDictionary

from emulator.domain.graph.api_calls import ApiCall
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.engine.advance import Advance
from emulator.sandbox.messages.calls import PhoneCall
from emulator.sandbox.namespaces.webhooks import ForgedAnswer
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.background_tasks import PATIENCE, BackgroundTasks
from emulator.testing.clocks.event_loops import in_event_loop, running_loop

T = TypeVar("T")

if TYPE_CHECKING:
    from emulator.doctor.report import Report

    class AwaitableAdvance(Advance, Awaitable[Advance]):
        """What happened, at once or when it is awaited."""

    class AwaitableMessage(Message, Awaitable[Message]):
        """A message, at once or when it is awaited."""

    class AwaitableMessages(list[Message], Awaitable[list[Message]]):
        """Messages, at once or when they are awaited."""

    class AwaitablePhoneCall(PhoneCall, Awaitable[PhoneCall]):
        """A call, at once or when it is awaited."""

    class AwaitableApiCall(ApiCall, Awaitable[ApiCall]):
        """A call of the API, at once or when it is awaited."""

    class AwaitableApiCalls(list[ApiCall], Awaitable[list[ApiCall]]):
        """Calls of the API, at once or when they are awaited."""

    class AwaitableForgedAnswer(ForgedAnswer, Awaitable[ForgedAnswer]):
        """What was answered to a forged webhook, at once or when it is awaited."""

    class AwaitableReport(Report, Awaitable[Report]):
        """What an examination of a webhook has found, at once or when it is awaited."""

    class AwaitableRelationship(Relationship, Awaitable[Relationship]):
        """Who has blocked whom, at once or when it is awaited."""


_FORGOTTEN: WeakKeyDictionary[Sandbox, list[str]] = WeakKeyDictionary()
_UNENDED: WeakKeyDictionary[Sandbox, list[str]] = WeakKeyDictionary()


class NotAwaited(RuntimeError):
    """A call in an event loop that may have to serve the receiver meanwhile was not awaited.

    ``what`` is the call as it was written, such as ``whatsapp.settle()``, and ``instead`` what to write.
    """

    def __init__(self, what: str, instead: str | None = None) -> None:
        super().__init__(
            f"`{what}` waits for the app, and in an async test the app may need this event loop to answer: "
            f"write `{instead or f'await {what}'}`."
        )
        self.what = what


# typed for what there is; anything else is an Awaitable that a plain caller ignores


@overload
def awaitable(run: Callable[[], Advance], *, what: str, sandbox: Sandbox) -> AwaitableAdvance: ...
@overload
def awaitable(run: Callable[[], Message], *, what: str, sandbox: Sandbox) -> AwaitableMessage: ...
@overload
def awaitable(
    run: Callable[[], None], *, what: str, sandbox: Sandbox, is_patient: bool = False
) -> Awaitable[None]: ...
@overload
def awaitable(run: Callable[[], T], *, what: str, sandbox: Sandbox, is_patient: bool = False) -> Any: ...
def awaitable(run: Callable[[], Any], *, what: str, sandbox: Sandbox, is_patient: bool = False) -> Any:
    """Call ``run``, which waits for the app, in a way that suits where the test is; returns what it returns.

    Without a running event loop it is called at once. In one it depends on the receiver of the webhooks:

    - one that may need the loop (a URL, an ASGI app): the result has to be awaited. ``run`` is then called in
      a thread while the loop goes on, and every instant is over only when the app's background tasks have
      ended. Any other use of the result raises :class:`NotAwaited`, naming the call ``what``;
    - any other: ``run`` is called at once, too, and its result may be awaited, which waits for the
      background tasks that the app has begun meanwhile. One that ``is_patient`` waits for what such tasks
      do: where its result is awaited it is called in a thread as well.
    """
    loop = running_loop()
    if loop is None:
        return run()
    if is_patient and _is_awaited(sys._getframe(1)):
        return _ToBeAwaited(run, what, sandbox)
    if needs_event_loop(sandbox):
        if _is_discarded(sys._getframe(1)):
            raise NotAwaited(what)
        return _ToBeAwaited(run, what, sandbox)
    tasks = BackgroundTasks(loop, _UNENDED.setdefault(sandbox, []).append)
    value = run()

    async def rest() -> None:
        while await loop.in_thread(tasks.wait):
            sandbox.settle()

    return _with_await(value, rest)


@overload
def acted(value: Message, sandbox: Sandbox) -> AwaitableMessage: ...
@overload
def acted(value: list[Message], sandbox: Sandbox) -> AwaitableMessages: ...
@overload
def acted(value: PhoneCall, sandbox: Sandbox) -> AwaitablePhoneCall: ...
@overload
def acted(value: Relationship, sandbox: Sandbox) -> AwaitableRelationship: ...
@overload
def acted(value: None, sandbox: Sandbox) -> Awaitable[None]: ...
@overload
def acted(value: T, sandbox: Sandbox) -> Any: ...
def acted(value: Any, sandbox: Sandbox) -> Any:
    """Make the result of something a person has done awaitable, in an event loop: awaiting it settles.

    The act has happened already, and ``value`` is what it returned: what is awaited gives it, too.
    """
    if not in_event_loop():
        return value

    async def rest() -> None:
        await awaitable(sandbox.settle, what="whatsapp.settle()", sandbox=sandbox)

    return _with_await(value, rest)


def needs_event_loop(sandbox: Sandbox) -> bool:
    """Whether a receiver, or jobs that are driven, may need the event loop of the calling thread."""
    return sandbox.webhooks.need_event_loop or sandbox.clock.jobs_need_event_loop


def forgotten(sandbox: Sandbox) -> list[str]:
    """List the calls of a sandbox's test that had to be awaited and were not, each as a sentence."""
    return list(_FORGOTTEN.get(sandbox, ()))


def unended(sandbox: Sandbox) -> list[str]:
    """List the tasks of a sandbox's app that are waited for no more, each as a sentence."""
    return [
        f"the app's task {name} had not ended after {PATIENCE:g} real seconds, and is waited for no more."
        for name in _UNENDED.get(sandbox, ())
    ]


def _with_await(value: T, rest: Callable[[], Coroutine[Any, Any, None]]) -> Any:
    """A stand-in for ``value`` which may also be awaited: that does ``rest`` and gives ``value`` itself."""

    async def settled() -> T:
        await rest()
        return value

    return _stand_in()(value, settled)


@cache
def _stand_in() -> Any:
    from werkzeug.local import LocalProxy

    class StandIn(LocalProxy[Any]):
        __slots__ = ("__settled",)

        def __init__(self, value: Any, settled: Callable[[], Coroutine[Any, Any, Any]]) -> None:
            super().__init__(lambda: value)
            object.__setattr__(self, "_StandIn__settled", settled)

        def __await__(self) -> Generator[Any, Any, Any]:
            settled: Coroutine[Any, Any, Any] = object.__getattribute__(self, "_StandIn__settled")()
            return settled.__await__()

    return StandIn


class _ToBeAwaited(Coroutine[Any, Any, Any]):
    """The result of a call that happens when it is awaited; any other use raises :class:`NotAwaited`."""

    def __init__(self, run: Callable[[], Any], what: str, sandbox: Sandbox) -> None:
        self._run, self._what, self._sandbox = run, what, sandbox
        self._coroutine: Coroutine[Any, Any, Any] | None = None
        self._is_told = False

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._begun().__await__()

    def send(self, value: Any) -> Any:
        return self._begun().send(value)

    def throw(self, *problem: Any) -> Any:
        return self._begun().throw(*problem)

    def close(self) -> None:
        self._is_told = True
        if self._coroutine is not None:
            self._coroutine.close()

    def _begun(self) -> Coroutine[Any, Any, Any]:
        if self._coroutine is None:
            self._coroutine = self._call()
        return self._coroutine

    async def _call(self) -> Any:
        __tracebackhide__ = True
        loop = running_loop()
        if loop is None:
            return self._run()
        with BackgroundTasks(loop, _UNENDED.setdefault(self._sandbox, []).append).served():
            value, problem = await loop.in_thread(self._outcome)
        if problem is not None:
            raise problem
        return value

    def _outcome(self) -> tuple[Any, BaseException | None]:
        __tracebackhide__ = True
        try:
            return self._run(), None
        except BaseException as problem:  # raised where it is awaited, without the frames of the thread
            return None, problem

    def _refuse(self, *_: Any) -> NoReturn:
        __tracebackhide__ = True
        self._is_told = True
        raise NotAwaited(self._what)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name.startswith(("__", "cr_", "gi_")):  # asked by whoever wants to know what this is
            raise AttributeError(name)
        self._refuse()

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __eq__ = __ne__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{self._what}, to be awaited>"

    def __del__(self) -> None:
        if self._coroutine is None and not self._is_told:
            _FORGOTTEN.setdefault(self._sandbox, []).append(str(NotAwaited(self._what)))


def _is_discarded(frame: FrameType | None) -> bool:
    """Whether the result of the call that ``frame`` makes stands alone, as a statement."""
    return _what_follows(frame) == "POP_TOP"


def _is_awaited(frame: FrameType | None) -> bool:
    """Whether the result of the call that ``frame`` makes is awaited there and then."""
    return _what_follows(frame) == "GET_AWAITABLE"


def _what_follows(frame: FrameType | None) -> str | None:
    """The name of the instruction that takes the result of the call that ``frame`` makes.

    Frames of this package are passed over: its caller is meant.
    """
    while frame is not None and frame.f_globals.get("__name__", "").startswith("emulator."):
        frame = frame.f_back
    if frame is None:
        return None
    after = (each for each in dis.get_instructions(frame.f_code) if each.offset > frame.f_lasti)
    following = next(after, None)
    return following and following.opname
