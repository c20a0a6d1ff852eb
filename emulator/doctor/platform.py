"""The platform's side of an examination: a throw-away sandbox that makes webhooks, and sees what is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from itertools import count
from threading import Event
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.graph.api_calls import ApiCall, of_entry
from emulator.domain.messages.lifecycle import Message
from emulator.domain.messages.outbound import Send, text
from emulator.domain.people.person import Person
from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receiver import Headers
from emulator.sandbox.webhooks.receivers import Receivers
from emulator.wire import signing
from emulator.wire.webhooks.fields import FIELDS

_URL = "https://callback.invalid/webhook"
"""Where the webhooks of the throw-away sandbox seem to go."""
_LOOK = 0.02
"""Real seconds between two looks for what the app sends."""
_INBOUND = b'"messages":[{'
_ESCAPE = b"\\"
_MOST_TRIES = 100
"""How often a message is written for an id without a slash; every second or third has one."""
_AT_ONCE = {
    "sent_after": 0,
    "delivered_after": 0,
    "read_after": 0,
    "reads": True,
    "blocks": 0,
    "reports": 0,
    "stops": 0,
}
"""The habits of people who get every message at once, read it, and do not complain."""
_NAMES = ("Ada Moreno", "Ben Carter", "Carla Rossi", "Dan Weber", "Eva Lind", "Finn Brandt", "Gina Duarte")


class NoWebhook(Exception):
    """The sandbox makes no webhook of what was done: it is in a state in which the business hears nothing."""


class KeptWebhooks(Receivers):
    """The receivers of a throw-away sandbox: whatever the URL, webhooks are kept here and answered 200."""

    def __init__(self, *, needs_event_loop: bool = False) -> None:
        super().__init__(AddressPolicy())
        self.needs_event_loop = needs_event_loop
        """Whether the app that is examined may need the event loop of an async test."""
        self.kept: list[tuple[bytes, Headers]] = []

    def of(self, url: str) -> KeptWebhooks:  # noqa: ARG002
        """Find the receiver of any URL: this one."""
        return self

    def check_address(self, url: str) -> None:
        """Let every address: nothing is sent."""

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:  # noqa: ARG002
        """Keep a webhook with its headers."""
        self.kept.append((body, headers))
        return 200

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:  # noqa: ARG002
        """Answer the handshake of a callback that an app registers meanwhile."""
        return 200, "OK", query["hub.challenge"].encode()


class Platform:
    """A throw-away sandbox, whose clock stands still: people write in it, and its webhooks are handed out.

    ``salt`` decides the numbers of its people. ``sees_sends``: whether what the app sends arrives in it.
    ``rest`` waits for what the app has begun in the background, where somebody can know that.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        webhooks: KeptWebhooks,
        *,
        salt: str,
        sees_sends: bool,
        rest: Callable[[], object] = lambda: None,
    ) -> None:
        self.sandbox: Sandbox = sandbox
        self.sees_sends = sees_sends
        self._webhooks, self._rest = webhooks, rest
        app = sandbox.accounts.app()
        self.secret = app.secret
        subscription = sandbox.webhooks.subscription(app.id)
        self.verify_token = subscription.verify_token if subscription else ""
        sandbox.webhooks.connect(_URL, fields=FIELDS)
        self.heard()  # what waited there before
        self._numbers = _numbers(salt)
        self._people = count()

    @property
    def number(self) -> BusinessNumber:
        """The business number that people write to."""
        return self.sandbox.accounts.number()

    def person(self, *, hidden: bool = False) -> Person:
        """Add somebody who has never written to the business; ``hidden``: a username hides their number."""
        place, number = next(self._people), self.free_number()
        username = f"somebody.{number}" if hidden else None
        name = _NAMES[place % len(_NAMES)]
        return self.sandbox.people.add(name, number, username=username, habits=_AT_ONCE)

    def free_number(self) -> str:
        """A number that nobody has."""
        taken = {person.wa_id for person in self.sandbox.people.all()}
        return next(number for number in self._numbers if number not in taken)

    def does(self, act: Callable[[], object]) -> bytes:
        """Have a person do something; returns the webhook of the message that the business gets of it."""
        self.heard()
        act()
        return _first(body for body in self.heard() if _INBOUND in body)

    def fires(self, field: str, sample: str, person: Person) -> bytes:
        """Make a webhook of a field from its documented sample, about a person; returns it."""
        self.heard()
        self.sandbox.webhooks.fire(field, sample=sample, person=person.wa_id)
        return _first(body for body in self.heard() if f'"field":"{field}"'.encode() in body)

    def writes(self, person: Person, words: str) -> bytes:
        """Have a person write a text; returns the webhook, in which nothing is escaped but in the text.

        There may be slashes in ids, so it is written again until there is none: a fault in signatures is then
        told by the rules of signatures alone.
        """
        self.heard()
        for _ in range(_MOST_TRIES):
            message = self.sandbox.people.say(person.wa_id, words)
            body = self._heard_of(message)[0]
            if body.count(_ESCAPE) == signing.encode(words).count(_ESCAPE):
                break
        return body

    def sends(self, person: Person, words: str = "Hello", **facts: Any) -> list[bytes]:
        """Send a text to a person as a business; returns the webhooks of its statuses, as they came."""
        self.heard()
        accepted = self.sandbox.messages.send(self.number, Send(person.wa_id, text(words), **facts))
        return self._heard_of(accepted.message)

    def lives(self, person: Person, **facts: Any) -> list[bytes]:
        """Send a text to a person who has just written; returns ``sent``, ``delivered`` and ``read``.

        There is no slash in its id, as in :meth:`writes`.
        """
        self.writes(person, "Hello")
        for _ in range(_MOST_TRIES):
            bodies = self.sends(person, **facts)
            if b"\\/" not in bodies[0]:
                break
        return bodies

    def _heard_of(self, message: Message) -> list[bytes]:
        """The webhooks of one message; the app may have sent others meanwhile."""
        wamid = signing.encode(message.id)
        if not (found := [body for body in self.heard() if wamid in body]):
            raise NoWebhook
        return found

    def heard(self) -> list[bytes]:
        """Carry out what is due; returns the webhooks of the first app since the last call."""
        self._rest()
        self.sandbox.settle()
        kept, self._webhooks.kept = self._webhooks.kept, []
        return [
            body
            for body, headers in kept
            if headers.get("X-Hub-Signature-256") == signing.signature(body, self.secret)
        ]

    def advance(self, by: timedelta) -> None:
        """Let simulated time pass."""
        self.sandbox.clock.advance(by)

    # what the app sends

    def calls_to(self, person: Person) -> list[ApiCall]:
        """List the calls by which the app sent, or tried to send, something to a person.

        By their number, or by their user id.
        """
        calls = [of_entry(entry) for entry in self.sandbox.journal.all(kind="call")]
        return [
            call
            for call in calls
            if (call.to or "").lstrip("+") == person.wa_id or call.body.get("recipient") == person.user_id
        ]

    def wait_for_calls(self, person: Person, least: int, seconds: float) -> list[ApiCall]:
        """Wait until the app has sent ``least`` messages to a person, at most some real ``seconds``.

        What it has begun in the background is waited for first, as long as that takes.
        """
        self._rest()
        pause, until = Event(), real_seconds() + seconds
        while len(calls := self.calls_to(person)) < least and real_seconds() < until:
            pause.wait(_LOOK)
        return calls


def _first(bodies: Iterator[bytes]) -> bytes:
    for body in bodies:
        return body
    raise NoWebhook


def _numbers(salt: str) -> Iterator[str]:
    """Numbers of the United States, beginning at a place that the salt decides."""
    first = int.from_bytes(sha256(salt.encode()).digest()[:4], "big")
    return (f"1650555{(first + step) % 9000 + 1000}" for step in count())
