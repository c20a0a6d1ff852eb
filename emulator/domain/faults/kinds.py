"""The kinds of faults, a row each: what goes wrong, where, what it has to be told, and which bug it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import Effect
from emulator.domain.values import dataclass

_EITHER = (Effect.NONE, Effect.DONE)
_CALLS = (When.SYNC, When.DOWNLOAD)
_WEBHOOKS = (When.WEBHOOK,)


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A way in which something goes wrong."""

    name: str
    text: str
    """What happens, as the rest of a sentence."""
    shows: str
    """Which bug of an app it brings to light."""
    places: tuple[When, ...]
    """Where it may strike; without a ``when`` it is the first."""
    mark: str | None = None
    """The parameter by which it is known: named without a kind it means this one."""
    usual: int | None = None
    """What its mark is where nothing is said; ``None``: it has to be said."""
    takes: tuple[str, ...] = ()
    """Other parameters of it."""
    effects: tuple[Effect, ...] = ()
    """What a call may have done that meets it, the default first; empty where there is no call."""
    is_unsigned: bool = False
    """Whether the signature of the webhook is not the platform's, so that an app must refuse it."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of all its parameters."""
        delay = ("delay",) if When.SYNC in self.places and self.mark != "delay" else ()
        effect = ("effect",) if self.effects else ()
        return (*((self.mark,) if self.mark else ()), *self.takes, *delay, *effect)


KINDS: Mapping[str, FaultKind] = {
    kind.name: kind
    for kind in (
        FaultKind(
            "throttle",
            "the call is refused by a rate limit, with `Retry-After` and usage headers that agree with it",
            "it tries again at once, or never, instead of when the answer says",
            (When.SYNC,),
            "retry_after",
            60,
            ("code", "details", "status"),
            (Effect.NONE,),
        ),
        FaultKind(
            "error",
            "an error of the catalogue is reported, in the platform's own words",
            "it takes every error for the same, or does not look at a `failed` status",
            (When.SYNC, When.ASYNC, When.DELIVERED, When.INBOUND),
            "code",
            None,
            ("details",),
            _EITHER,
        ),
        FaultKind(
            "envelope",
            "the answer is a JSON body that you write, with any status (default 400)",
            "it reads `error.code` of a body that has none",
            (When.SYNC,),
            "envelope",
            None,
            ("status", "headers"),
            _EITHER,
        ),
        FaultKind(
            "status",
            "the answer has this HTTP status and no JSON: a page of HTML, as a proxy writes it, or a text",
            "it parses every answer as JSON",
            _CALLS,
            "status",
            None,
            ("body", "headers"),
            _EITHER,
        ),
        FaultKind(
            "delay",
            "the right answer comes after some real seconds; the call is carried out at once",
            "it waits for ever, or gives up and sends again what was sent",
            _CALLS,
            "delay",
            effects=(Effect.DONE,),
        ),
        FaultKind(
            "reset",
            "there is no answer: the connection is reset",
            "it does not catch what its HTTP library raises, or sends again what was sent",
            _CALLS,
            effects=_EITHER,
        ),
        FaultKind(
            "truncated",
            "the right answer breaks off in the middle, and the connection ends",
            "it takes half a body for a whole one, or sends again what was sent",
            _CALLS,
            effects=(Effect.DONE,),
        ),
        FaultKind(
            "empty",
            "the answer has no body, with any status (default 200)",
            "it reads `messages[0].id` of nothing",
            _CALLS,
            takes=("status",),
            effects=_EITHER,
        ),
        FaultKind(
            "twice",
            "a webhook is delivered a second time, with the same bytes",
            "it answers the same message twice",
            _WEBHOOKS,
        ),
        FaultKind(
            "late",
            "a webhook is delivered later, by some simulated time; others overtake it",
            "it takes the time of arrival for the time of the message",
            _WEBHOOKS,
            "by",
        ),
        FaultKind(
            "out_of_order",
            "a webhook is delivered after the one that is made next",
            "a `sent` after `delivered` takes a message back to `sent`",
            _WEBHOOKS,
        ),
        FaultKind(
            "batch",
            "several webhooks are delivered in one request, once the last of them is made or a minute has "
            "passed",
            "it reads `entry[0].changes[0]` alone",
            _WEBHOOKS,
            "size",
            2,
        ),
        FaultKind(
            "drop",
            "a webhook is lost: it is not delivered, and not tried again",
            "it waits for ever for a status, or for a message that it could ask for again",
            _WEBHOOKS,
        ),
        FaultKind(
            "bad_signature",
            "a webhook has the signature of other bytes, as if it was changed on the way",
            "it does not compare the signature with the body",
            _WEBHOOKS,
            is_unsigned=True,
        ),
        FaultKind(
            "no_signature",
            "a webhook has no signature",
            "it checks a signature only where there is one",
            _WEBHOOKS,
            is_unsigned=True,
        ),
        FaultKind(
            "wrong_secret",
            "a webhook is signed with a secret that is not the app's",
            "it takes any signature for a right one",
            _WEBHOOKS,
            is_unsigned=True,
        ),
    )
}
"""Every kind by its name, in the order in which a parameter decides which is meant."""
BATCH_WAITS = timedelta(minutes=1)
"""How much simulated time a batch waits for its last webhook; then what there is is delivered."""
THROTTLES: Mapping[int, bool] = {
    4: True,
    613: False,
    80007: False,
    80008: False,
    130429: False,
    131048: False,
    131056: False,
    133016: False,
}
"""The rate limits of the catalogue, by code; whether it is the app's, so that ``X-App-Usage`` shows it."""
THROTTLE = 130429
"""The code of a throttle that names none."""
