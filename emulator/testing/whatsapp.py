"""The object behind the ``whatsapp`` fixture."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from emulator.domain.journal import JournalEntry
from emulator.domain.messages.groups import Group
from emulator.domain.people.habits import HABITS
from emulator.domain.people.person import Person
from emulator.domain.webhooks import Delivery
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.engine.scheduler import Advance, OnStep
from emulator.sandbox.sandbox import IN_PROCESS, Sandbox
from emulator.sandbox.webhooks.receiver import Receiver
from emulator.sandbox.webhooks.receivers import CallableReceiver, WsgiReceiver
from emulator.testing.business import Business
from emulator.testing.costs import Costs
from emulator.testing.faults import Faults
from emulator.testing.limits import Limits
from emulator.testing.templates import Templates
from emulator.testing.views import Messages, PersonHandle
from emulator.wire.parameters import parse


class SessionEmulator:
    """One emulator for all tests of a session, with one HTTP server that starts when it is first needed."""

    def __init__(self) -> None:
        self.emulator = Emulator()
        self._app: Any = None
        self._server: Any = None

    @property
    def app(self) -> Any:
        """The WSGI application, for clients that need no socket."""
        if self._app is None:
            from emulator.web.app import create_app

            self._app = create_app(self.emulator)
        return self._app

    @property
    def url(self) -> str:
        """The server's address; starts it the first time."""
        if self._server is None:
            from emulator.web.server import Server

            self._server = Server(self.app).start()
        return str(self._server.url)

    def close(self) -> None:
        if self._server is not None:
            self._server.stop()
        self.emulator.close()


class TestClock:
    """The sandbox's time. While freezegun holds the process both are the same, whoever moves it."""

    __test__ = False

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        """The simulated time, in UTC."""
        return self._sandbox.clock.now()

    def advance(
        self, delta: timedelta | None = None, *, on_step: OnStep | None = None, **units: float
    ) -> Advance:
        """Let time pass: ``advance(hours=25)`` or ``advance(timedelta(days=1))``.

        Everything due on the way is done in order, its webhooks are delivered and answered. On a long way
        ``on_step`` hears how far it is: it gets the walk and the instant, whenever something was done. Raises
        :class:`~emulator.sandbox.clock.TimeGoesForward` for a negative duration.
        """
        if delta is not None and units:
            raise TypeError("advance() takes a timedelta or units like hours=25, not both")
        return self._sandbox.clock.advance(timedelta(**units) if delta is None else delta, on_step)

    def travel_to(self, instant: datetime | str) -> Advance:
        """Let time pass until ``instant``; without a zone it is UTC."""
        return self._sandbox.clock.travel_to(as_instant(instant))

    def advance_to_next(self) -> Advance:
        """Let time pass until the next thing that is due."""
        return self._sandbox.clock.advance_to_next()

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()} {self._sandbox.clock.mode}>"


class WhatsApp:
    """One sandbox for one test: its clock stands still and its people answer at once."""

    def __init__(self, session: SessionEmulator, sandbox: Sandbox) -> None:
        self._session = session
        self.sandbox = sandbox
        identity = sandbox.identity()
        self.token: str = identity["access_token"]
        self.app_id: str = identity["app_id"]
        self.app_secret: str = identity["app_secret"]
        self.verify_token: str = identity["verify_token"]
        self.waba_id: str = identity["waba_id"]
        numbers = identity["numbers"]
        self.phone_number_id: str = numbers[0]["phone_number_id"]
        tests = [number["phone_number_id"] for number in numbers if number["kind"] == "test"]
        self.test_phone_number_id: str | None = tests[0] if tests else None
        self.clock = TestClock(sandbox)
        self.messages = Messages(sandbox.messages.all)
        self.templates = Templates(sandbox)
        self.faults = Faults(sandbox)
        self.limits = Limits(sandbox)
        self.business = Business(sandbox, self.phone_number_id)
        self.costs = Costs(sandbox)

    @property
    def url(self) -> str:
        """What replaces ``https://graph.facebook.com`` in the client under test."""
        return self._session.url

    @property
    def app(self) -> Any:
        """The Graph API as a WSGI application, for transports without a socket."""
        return self._session.app

    def group(self, subject: str, *people: PersonHandle) -> Group:
        """Make a group of the first business number and some people."""
        return self.sandbox.groups.make(subject, *(person.wa_id for person in people))

    def person(self, name: str | None = None, number: str | None = None, **facts: Any) -> PersonHandle:
        """Somebody to talk to.

        Without arguments the first person of the seed; with a name or number that somebody has, that person;
        otherwise a new one. ``facts`` are ``locale``, ``opted_in``, ``on_whatsapp``, ``identity_key_hash``,
        and habits in seconds: ``sent_after``, ``delivered_after`` (``None``: never), ``read_after``,
        ``reads``; and chances from 0 to 1: ``blocks``, ``reports``, ``stops``.
        """
        habits = {key: facts.pop(key) for key in HABITS if key in facts}
        known = self._known(name, number)
        if known is None:
            person = self.sandbox.people.add(name, number, habits=habits, **facts)
            return PersonHandle(self.sandbox, person.wa_id)
        if habits or facts:
            self.sandbox.people.change(known.wa_id, habits=habits, **facts)
        return PersonHandle(self.sandbox, known.wa_id)

    def _known(self, name: str | None, number: str | None) -> Person | None:
        people = self.sandbox.people.all()
        if number is not None:
            try:
                return self.sandbox.people.get(number)
            except LookupError:
                return None
        if name is not None:
            return next((person for person in people if person.name == name), None)
        return people[0] if people else None

    def settle(self) -> Advance:
        """Do everything that is due now and wait until its webhooks are answered; no time passes."""
        return self.sandbox.settle()

    def deliver_to(self, receiver: Any, path: str = "/webhook") -> None:
        """Send the webhooks to a URL, to a WSGI app at ``path``, or to a function of one webhook.

        The function gets a :class:`~emulator.sandbox.webhooks.receiver.Webhook` and returns a status, or
        ``None`` for 200. Raises :class:`TypeError` for anything else.
        """
        if isinstance(receiver, str):
            if urlsplit(receiver).scheme not in ("http", "https"):
                raise TypeError(f"a receiver's URL begins with http:// or https://, got {receiver!r}")
            self.sandbox.webhooks.connect(receiver)
            return
        self.sandbox.webhooks.connect(IN_PROCESS + path, in_process(receiver))

    def subscribe(self, *fields: str) -> None:
        """Hear of more webhook fields, such as ``user_preferences`` or ``account_update``.

        The seed's app hears of messages and of what reviews decide. Raises :class:`ValueError` for a field
        that does not exist.
        """
        self.sandbox.webhooks.subscribe(*fields)

    def verify_webhook(self) -> None:
        """Make the verification handshake with the receiver, as the platform does.

        Raises :class:`~emulator.domain.errors.PlatformError` (2200) when it does not answer the challenge.
        """
        url = self.sandbox.identity()["webhook_url"]
        if url is None:
            raise LookupError("there is no receiver; name one with deliver_to() or whatsapp_app")
        self.sandbox.webhooks.verify(url, self.verify_token)

    @property
    def webhooks(self) -> list[Any]:
        """The payload of every webhook made so far, in order."""
        return [parse(delivery.body) for delivery in self.deliveries]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every webhook with its state."""
        return self.sandbox.webhooks.all()

    @property
    def journal(self) -> list[JournalEntry]:
        """Everything that happened, with its cause."""
        return self.sandbox.journal.all()

    @property
    def transcript(self) -> str:
        """The conversations, a line a message."""
        return self.sandbox.messages.transcript()

    @contextmanager
    def live(self, speed: float | None = None) -> Iterator[None]:
        """Let the sandbox go on by itself inside: webhooks come without ``settle()``.

        For code that waits for a webhook within one call. With ``speed`` the clock runs, too.
        """
        if speed is not None:
            self.sandbox.clock.run(speed)
        self.sandbox.worker.start()
        try:
            yield
        finally:
            self.sandbox.worker.stop()
            if speed is not None:
                self.sandbox.clock.freeze()
        problems = self.sandbox.worker.problems
        if problems:
            raise problems[0]

    def follow(self) -> None:
        """Catch up with a freeze that has just been moved."""
        sandbox = self.sandbox
        if sandbox.clock.is_following and not sandbox.clock.is_advancing:
            sandbox.settle()

    def __repr__(self) -> str:
        return f"<WhatsApp {self.clock.now().isoformat()}, {len(self.messages)} messages>"


def in_process(receiver: Any) -> Receiver:
    """A WSGI app or a function as a receiver."""
    if inspect.iscoroutinefunction(receiver):
        raise TypeError("a coroutine function would never be awaited; serve the async app and name its URL")
    if not callable(receiver):
        raise TypeError(f"a receiver is a URL, a WSGI app or a function, not {type(receiver).__name__}")
    wanted = _wanted(receiver)
    if wanted == 2:
        return WsgiReceiver(receiver)
    if wanted == 1:
        return CallableReceiver(receiver)
    raise TypeError(
        f"{receiver!r} takes {wanted} arguments: a WSGI app takes two, a function one (the webhook). "
        "Serve an ASGI app and name its URL."
    )


def _wanted(receiver: Callable[..., Any]) -> int:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(
        parameter.kind in kinds and parameter.default is inspect.Parameter.empty
        for parameter in inspect.signature(receiver).parameters.values()
    )


def as_instant(when: datetime | str) -> datetime:
    """An instant in UTC from a datetime or ISO 8601; without a zone it is UTC already."""
    found = datetime.fromisoformat(when) if isinstance(when, str) else when
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
