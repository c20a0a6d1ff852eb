"""The object behind the ``whatsapp`` fixture: one sandbox, with its people, time, messages and webhooks."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from emulator.domain.errors import PlatformError
from emulator.domain.graph.api_calls import ApiCall, of_entry
from emulator.domain.messages.groups import Group
from emulator.domain.webhooks.deliveries import Delivery
from emulator.sandbox.sandbox import IN_PROCESS, Sandbox
from emulator.testing.clocks.awaiting import awaitable, needs_event_loop
from emulator.testing.clocks.background_tasks import wait_for_background_tasks
from emulator.testing.clocks.clock import TestClock
from emulator.testing.clocks.event_loops import in_event_loop
from emulator.testing.clocks.live import Live
from emulator.testing.expectations.expecting import Expecting
from emulator.testing.members.business import Business
from emulator.testing.members.costs import Costs
from emulator.testing.members.deliver import Deliver
from emulator.testing.members.directory import People
from emulator.testing.members.faults import Faults
from emulator.testing.members.journal import Journal
from emulator.testing.members.limits import Limits
from emulator.testing.members.messages import Messages
from emulator.testing.members.people import PersonHandle
from emulator.testing.members.state import State
from emulator.testing.members.templates import Templates
from emulator.testing.receiving.kinds import Place
from emulator.testing.receiving.names import app_named
from emulator.testing.receiving.receivers import KnownApp, in_process
from emulator.testing.session import SessionEmulator
from emulator.wire.parameters import parse

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableAdvance, AwaitableReport


class WhatsApp(Expecting, State):
    """One sandbox for one test: its clock stands still, and its people answer in the same instant.

    It is the fixture ``whatsapp``. What a test does and what its app is told happens in ``settle()`` and
    ``clock.advance()``, on the test's own thread.
    """

    def __init__(self, session: SessionEmulator, sandbox: Sandbox) -> None:
        self._session = session
        self.sandbox = sandbox
        self.began = sandbox.clock.latest
        """The simulated instant at which it was made."""
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
        sandbox.clock.on_rest(wait_for_background_tasks)
        self.clock = TestClock(sandbox)
        self.messages = Messages(sandbox.messages.all)
        self.templates = Templates(sandbox)
        self.faults = Faults(sandbox)
        self.limits = Limits(sandbox)
        self.business = Business(sandbox, self.phone_number_id)
        self.costs = Costs(sandbox)
        self.deliver = Deliver(sandbox)
        self.people = People(sandbox)
        self._served: list[KnownApp] = []

    @property
    def url(self) -> str:
        """The address that replaces ``https://graph.facebook.com`` in the client under test.

        Starts the server when needed.
        """
        return self._session.url

    @property
    def app(self) -> Any:
        """The Graph API and the control API as a WSGI application, for transports without a socket."""
        return self._session.app

    def group(self, subject: str, *people: PersonHandle) -> Group:
        """Make a group of the first business number and up to eight people; returns it with its id.

        Raises :class:`ValueError` for a group that the platform would not make.
        """
        return self.sandbox.groups.make(subject, *(person.wa_id for person in people))

    def person(
        self, name: str | None = None, number: str | None = None, *, new: bool = False, **facts: Any
    ) -> PersonHandle:
        """Find or add somebody to talk to; returns a handle on them.

        Without arguments it is the first person of the seed; with a name or number that somebody has, that
        person; otherwise a new one. A name that may be a slip of another raises :class:`LookupError`;
        ``new=True`` makes a new person, whoever there is. ``facts`` are ``locale``, ``opted_in``,
        ``on_whatsapp``, ``identity_key_hash``, ``device``, and habits in seconds: ``sent_after``,
        ``delivered_after`` (``None``: never), ``read_after``, ``reads``; and chances from 0 to 1: ``blocks``,
        ``reports``, ``stops``. Raises :class:`ValueError` for a fact that cannot be.
        """
        return self.people.person(name, number, new=new, **facts)

    def crowd(self, count: int, **facts: Any) -> list[PersonHandle]:
        """Add a crowd of ``count`` people, up to 10,000, who receive and read at different times.

        Names and numbers are invented in their ``locale``, by the seed, and habits are drawn: most get a
        message within seconds and read it within the hour, some later, some never. ``facts`` hold for all of
        them, as in :meth:`person`, and ``habits`` by name, which are not drawn then. Returns their handles.
        """
        return [PersonHandle(self.sandbox, each.wa_id) for each in self.sandbox.people.crowd(count, **facts)]

    @property
    def requests(self) -> list[ApiCall]:
        """Every call that the app made of the Graph API, oldest first, refused ones too.

        Each has ``method``, ``path``, ``body`` and ``status``; of a refused one ``code``, ``error``, ``rule``
        and ``hint`` say why.
        """
        return [of_entry(entry) for entry in self.sandbox.journal.all(kind="call")]

    def settle(self) -> AwaitableAdvance:
        """Carry out everything that is due now and wait until its webhooks are answered; no time passes.

        Runs on the calling thread, and returns what happened. Raises ``CalledFromReceiver`` when a webhook
        receiver calls it, and ``NotQuiet`` when every answer of the app causes another webhook. In an async
        test it is awaited, and waits for the app's background tasks, too.
        """
        return awaitable(self.sandbox.settle, what="whatsapp.settle()", sandbox=self.sandbox)

    def deliver_to(self, receiver: Any, path: str = "/webhook", *, start: bool = True) -> None:
        """Send the webhooks to a URL, to an app at ``path``, or to a function of one webhook.

        An app is a WSGI or ASGI app, a Django project, an aiohttp application, or the name of one, such as
        ``"main:app"`` or ``"main:make_app()"``; ``path`` is where it takes webhooks, or a whole URL for an
        app that asks for its host. The function, plain or async, gets a
        :class:`~emulator.sandbox.webhooks.receiver.Webhook` and returns a status, or ``None`` for 200.

        An async app starts at once, with its lifespan, and stops at the end of the test. With
        ``start=False``, and in an async test, it starts with its first webhook; in an async test it runs in
        the test's event loop. There is no handshake. Raises :class:`TypeError` for anything else,
        ``AppNotFound`` for a name that names no app, and ``AppNotStarted`` when the app does not start.
        """
        is_async = in_event_loop()
        if not is_async:
            self.close()  # in an event loop the app before may need it to stop: at the end of the test
        if isinstance(receiver, str) and urlsplit(receiver).scheme in ("http", "https"):
            self.sandbox.webhooks.connect(receiver)
            return
        url = path if urlsplit(path).netloc else IN_PROCESS + path
        place = Place(self._session.loop, None if url.startswith(IN_PROCESS) else url)
        app = in_process(app_named(receiver) if isinstance(receiver, str) else receiver, place)
        self.sandbox.webhooks.connect(url, app)
        self._served.append(app)
        if start and not is_async:
            app.start()

    def doctor(
        self,
        app: Any = None,
        path: str = "/webhook",
        *,
        text: str = "Hello",
        only: Collection[str] = (),
        skip: Collection[str] = (),
        burst: int = 100,
        patience: float = 1.0,
    ) -> AwaitableReport:
        """Put the webhook of the test's receiver through what the platform does, and judge it by every rule.

        With an ``app``, or the name or URL of one, that is the receiver from then on, as by
        :meth:`deliver_to`. People write ``text``, which the app should answer; ``burst`` is how many webhooks
        come at once. ``only`` and ``skip`` are ids of rules, ``patience`` real seconds for which an answer of
        the app is waited for. Nothing of it remains: the app's calls reach a copy of the sandbox meanwhile.
        Returns a report: ``passed``, ``failed``, ``findings``, as text the whole table, and ``check()``
        raises. Raises :class:`LookupError` without a receiver, ``CannotExamine`` when none answers, and
        :class:`ValueError` for a rule that there is not. In an async test it is awaited.
        """
        from emulator.testing.members.doctor import examined

        if app is not None:
            self.deliver_to(app, path)
        return examined(
            self._session.emulator,
            self.sandbox,
            text=text,
            only=only,
            skip=skip,
            burst=burst,
            patience=patience,
        )

    def close(self) -> None:
        """Stop the apps that take the webhooks, if they run; the plugin does so at the end of the test."""
        while self._served:
            self._served.pop().close()

    def subscribe(self, *fields: str) -> None:
        """Subscribe the test's app to more webhook fields, such as ``user_preferences``, without a handshake.

        The seed's app hears of messages and of what reviews decide. Raises :class:`ValueError` for a field
        that does not exist.
        """
        self.sandbox.webhooks.subscribe(*fields)

    def verify_webhook(self) -> Awaitable[None]:
        """Make the verification handshake with the receiver, as the platform does for a new callback.

        A function gets a :class:`~emulator.sandbox.webhooks.receiver.Webhook` with the method GET, and
        returns the challenge. Raises :class:`~emulator.domain.errors.PlatformError` (2200) when the challenge
        is not answered, and :class:`LookupError` when there is no receiver. In an async test it is awaited.
        """
        subscription = self.sandbox.webhooks.subscription(self.app_id)
        url = subscription.callback_url if subscription else None
        if url is None:
            raise LookupError("there is no receiver; name one with deliver_to() or whatsapp_app")

        def verify() -> None:
            try:
                self.sandbox.webhooks.verify(url, self.verify_token)
            except PlatformError as refused:
                refused.add_note(refused.hint)
                raise

        return awaitable(verify, what="whatsapp.verify_webhook()", sandbox=self.sandbox)

    @property
    def webhooks(self) -> list[Any]:
        """The payload of every webhook made so far, in order, as parsed JSON; delivered or not."""
        return [parse(delivery.body) for delivery in self.deliveries]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every webhook made so far with its ``field``, its ``body`` and its ``state``, in order.

        A state is ``waiting``, ``delivered`` or ``failed``; the body are the exact bytes that are signed.
        """
        return self.sandbox.webhooks.all()

    @property
    def journal(self) -> Journal:
        """Everything that happened in the sandbox, oldest first, to be narrowed down.

        Each entry has its kind, its summary and its cause; a refusal names its rule and the page it comes
        from.
        """
        return Journal(self.sandbox.journal.all)

    @property
    def transcript(self) -> str:
        """The conversations as text in simulated time, a line a message, with what became of each."""
        return str(self.sandbox.messages.transcript())

    def live(self, speed: float | None = None) -> Live:
        """Let the sandbox go on by itself inside the ``with`` block: webhooks come without ``settle()``.

        For code that waits for a webhook within one call. With ``speed`` the clock runs that many times as
        fast as the real one; at the end it stands still again. Raises the first problem that its threads met.
        In an async test it is ``async with whatsapp.live():``.
        """
        return Live(self.sandbox, speed)

    @contextmanager
    def intercept(self) -> Iterator[None]:
        """Bring calls of this process for Meta's own hosts to the emulator, inside the ``with`` block.

        For code that has ``https://graph.facebook.com`` written into it: whichever HTTP client it uses, no
        call leaves this machine, and addresses of media are on ``https://lookaside.fbsbx.com``. The access
        token says which sandbox answers. httpx and requests are answered without a socket; for the others a
        call raises :class:`~emulator.web.proxy.authority.MissingTls` without the extra ``tls``. The option
        ``whatsapp_intercept`` does the same for a whole test.
        """
        with self._session.intercepted():
            yield

    def follow(self) -> None:
        """Settle after somebody has moved the process's freeze.

        The plugin calls it, on the thread that moved it.
        """
        sandbox = self.sandbox
        if not sandbox.clock.is_following or sandbox.clock.is_advancing:
            return
        if in_event_loop() and needs_event_loop(sandbox):
            return  # nobody awaits it here; the next call that is awaited catches up
        sandbox.settle()

    def __repr__(self) -> str:
        return f"<WhatsApp {self.clock.now().isoformat()}, {len(self.messages)} messages>"
