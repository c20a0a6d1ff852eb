"""Fetch what a link of a message leads to, as the platform does after it has taken the message."""

from __future__ import annotations

from urllib.parse import urljoin

from emulator.domain.media import HEAD_BYTES, KINDS, File, is_sample
from emulator.sandbox.network.addresses import AddressPolicy, Permission, classify
from emulator.sandbox.network.client import Client
from emulator.sandbox.network.connection import Answer
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.plain_answer import PlainAnswer
from emulator.sandbox.network.problems import Aborted, NetworkProblem
from emulator.sandbox.network.resolver import literal
from emulator.sandbox.network.urls import Target, read_url
from emulator.sandbox.store.media.media import Looked

MOST = max(kind.most for kind in KINDS.values())
"""Bytes after which a download is given up: no kind of message takes more."""
_PIECE = 64 * 1024
_REDIRECTS = 5
_HEADERS = {"User-Agent": "facebookexternalhit/1.1", "Accept": "*/*", "Accept-Encoding": "identity"}
_FORBIDDEN = "http code 403, status message Forbidden"
"""What becomes of a link to the sample of a template."""
_PRIVATE_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".test", ".home.arpa", ".docker")


def fetch(client: Client, url: str, timeout: float) -> Looked:
    """Fetch what is behind ``url``: its type, size and first bytes; the others are counted and let go.

    All of it, with at most five redirects, is over within ``timeout`` real seconds. A public host is not
    asked unless the policy of the client lets it, and the result has neither file nor problem then. The
    sample of a template is never asked for: the platform is refused it. Raises
    :class:`~emulator.sandbox.network.problems.Aborted` when the emulator is stopping.
    """
    deadline = Deadline(timeout)
    try:
        for _ in range(_REDIRECTS + 1):
            target = read_url(url)
            if is_sample(target.host):
                return Looked(None, _FORBIDDEN)
            if not _is_let(target, client.policy) and not is_near(target):
                return Looked(None, None)
            with client.exchange("GET", target, _HEADERS, deadline) as answer:
                location = answer.headers.get("Location")
                if location is None or not 300 <= answer.status < 400:
                    return _looked(answer)
                url = urljoin(url, location)
        return Looked(None, f"more than {_REDIRECTS} redirects")
    except Aborted:
        raise
    except NetworkProblem as problem:
        return Looked(None, f"error {type(problem).__name__}: {problem}")


def is_near(target: Target) -> bool:
    """Say whether a URL leads to no public address, as far as it tells without a name being looked up.

    A test run must not ask the network about somebody's shop, so names with a public ending are not near.
    """
    found = literal(target.host, target.port)
    if found is not None:
        return classify(found[0][0]).permission is not Permission.PUBLIC
    name = target.host.rstrip(".")
    return "." not in name or name.endswith(_PRIVATE_ENDINGS)


def _is_let(target: Target, policy: AddressPolicy) -> bool:
    return policy.allow_public or policy.names(target.host)


def _looked(answer: Answer | PlainAnswer) -> Looked:
    if not 200 <= answer.status < 300:
        return Looked(None, f"http code {answer.status}, status message {answer.reason}")
    size, head = 0, b""
    if answer.length is not None and answer.length > MOST:
        size = answer.length
    else:
        while size <= MOST and (piece := answer.read(min(_PIECE, MOST + 1 - size))):
            head = (head + piece)[:HEAD_BYTES]
            size += len(piece)
    return Looked(File(answer.headers.get("Content-Type", "application/octet-stream"), size, head), None)
