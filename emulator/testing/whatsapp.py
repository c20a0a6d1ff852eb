"""The object behind the ``whatsapp`` fixture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from emulator.domain.journal import JournalEntry
from emulator.domain.messages.groups import Group
from emulator.domain.people.habits import HABITS
from emulator.domain.people.person import Person
from emulator.domain.webhooks import Delivery
from emulator.sandbox.engine.scheduler import Advance
from emulator.sandbox.sandbox import IN_PROCESS, Sandbox
from emulator.testing.business import Business
from emulator.testing.clock import TestClock
from emulator.testing.costs import Costs
from emulator.testing.faults import Faults
from emulator.testing.limits import Limits
from emulator.testing.messages import Messages
from emulator.testing.people import PersonHandle
from emulator.testing.receivers import in_process
from emulator.testing.session import SessionEmulator
from emulator.testing.templates import Templates
from emulator.wire.parameters import parse


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
