"""The callback that is examined: webhooks are posted to it, and its answers are kept as they came."""

from __future__ import annotations

from http.client import responses
from threading import Lock

from emulator.domain.masking import beginning, masked
from emulator.domain.quoting import cut
from emulator.domain.values import dataclass
from emulator.sandbox.network.problems import (
    AddressRefused,
    BadCertificate,
    BadUrl,
    NoConnection,
    NoSuchHost,
    TimedOut,
)
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.receiver import DeliveryAborted, DeliveryProblem, Headers, Receiver, Telling
from emulator.wire import signing

UNREACHABLE = (AddressRefused, BadCertificate, BadUrl, NoConnection, NoSuchHost)
"""Problems of the network for which nothing can be examined; later they are a kind of answer."""
_SHOWN = 60
"""Characters of an answer's text that are shown."""
_READ = 1000
"""Characters of it that are looked at for that."""


class CannotExamine(Exception):
    """Nothing can be examined: nobody answers at the URL, it is none, or TLS fails; the message says it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status with the beginning of its text, or the problem for which none came."""

    status: int | None
    text: str = ""
    problem: str | None = None
    seconds: float = 0.0
    """Real seconds until the whole answer was there."""
    is_late: bool = False
    """Whether no answer came in time."""

    @property
    def is_accepted(self) -> bool:
        """Whether it is a success of HTTP, and nothing is known to have gone wrong after it.

        The documentation of the platform speaks of 200 alone. What an app raises after its answer is lost:
        nothing is sent again.
        """
        return self.status is not None and 200 <= self.status < 300 and self.problem is None

    @property
    def is_refused(self) -> bool:
        """Whether the receiver says that the request was wrong."""
        return self.status is not None and 400 <= self.status < 500

    @property
    def shown(self) -> str:
        """The text of the answer in a line, without what looks like a token or a password."""
        return beginning(" ".join(self.text.split()), _READ)

    def __str__(self) -> str:
        if self.status is None:
            return self.problem or "no answer"
        if self.problem is not None:
            return f"{self.status}: {self.problem}"
        if self.is_accepted:
            return str(self.status)
        said = self.shown
        if not said or said.startswith("<") or said == responses.get(self.status):
            return f"{self.status} {responses.get(self.status, '')}".strip()
        return f'{self.status} "{cut(said, _SHOWN)}"'


class Callback:
    """A callback URL and the receiver behind it, with the times it has taken for its answers.

    ``timeout``: real seconds within which it must answer. :meth:`post` may be called from several threads.
    """

    def __init__(self, receiver: Receiver, url: str, secret: str, timeout: float) -> None:
        self.url, self.timeout = url, timeout
        self._has_answered = False
        self._receiver, self._secret = receiver, secret
        self._lock = Lock()
        self.seconds: list[float] = []
        """The real seconds of each answer so far."""
        self.late = 0
        """How many webhooks were not answered in time."""

    def post(self, body: bytes, headers: Headers | None = None) -> Answer:
        """Post a webhook, signed with the app's secret or with ``headers`` of its own.

        Raises :class:`CannotExamine` when nobody can be reached at the URL, unless somebody was before.
        """
        sent = signing.headers(body, self._secret) if headers is None else headers
        begun = real_seconds()
        try:
            status, said = self._exchange(body, sent)
            answer = Answer(status, said.decode("utf-8", "replace"), None, real_seconds() - begun)
            self._has_answered = True
        except DeliveryProblem as problem:
            answer = self._without_answer(problem, real_seconds() - begun)
        with self._lock:
            self.seconds.append(answer.seconds)
            self.late += answer.is_late
        return answer

    def _exchange(self, body: bytes, headers: Headers) -> tuple[int, bytes]:
        """Post to the receiver; of one that tells no more than a status, the text of the answer is empty."""
        if isinstance(self._receiver, Telling):
            return self._receiver.exchange(self.url, body, headers, self.timeout)
        return self._receiver.post(self.url, body, headers, self.timeout), b""

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers of a webhook that is signed with the app's secret."""
        return signing.headers(body, self._secret)

    def handshake(self, verify_token: str, challenge: str) -> Answer:
        """Make the verification handshake: a GET with a token and a challenge."""
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        begun = real_seconds()
        try:
            status, _, said = self._receiver.verify(self.url, query, self.timeout)
        except DeliveryProblem as problem:
            return self._without_answer(problem, real_seconds() - begun)
        self._has_answered = True
        return Answer(status, said.decode("utf-8", "replace"), None, real_seconds() - begun)

    def _without_answer(self, problem: DeliveryProblem, seconds: float) -> Answer:
        if isinstance(problem, DeliveryAborted):
            raise problem
        if isinstance(problem.__cause__, UNREACHABLE) and not self._has_answered:
            raise CannotExamine(f"{masked(self.url)} cannot be examined: {problem}") from problem
        is_late = isinstance(problem.__cause__, TimedOut) or seconds >= self.timeout
        return Answer(problem.status, "", str(problem), seconds, is_late)
