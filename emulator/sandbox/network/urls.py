"""Read the URL of a receiver or of a media link."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

from emulator.domain.quoting import cut
from emulator.domain.values import dataclass
from emulator.sandbox.network.problems import BadUrl

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
MOST = 8000
"""Characters of a URL: servers take no longer line of a request (RFC 9110 recommends 8,000)."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an http:// or https:// URL says, read once and by one reader.

    ``host`` is in lower case and without the brackets of IPv6; ``path`` has the query, percent-encoded where
    it must be. A user name, a password and a fragment are not part of it.
    """

    scheme: str
    host: str
    port: int
    path: str

    def is_same_host(self, other: Target) -> bool:
        """Whether a connection to this target serves the other one, too."""
        return self is other or (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)

    @property
    def authority(self) -> str:
        """The value of the ``Host`` header."""
        host = self.host.partition("%")[0]
        host = f"[{host}]" if ":" in host else host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@lru_cache(512)
def read_url(url: str) -> Target:
    """Read a URL. Raises :class:`BadUrl` for anything but an http:// or https:// URL of a host.

    Also for one of more than :data:`MOST` characters.
    """
    if len(url) > MOST:
        raise BadUrl(f"{cut(url, 60)} is no URL that can be asked for: it has more than {MOST:,} characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise BadUrl(f"{url} is no URL: {problem}") from None
    if parts.scheme not in _PORTS or not host:
        raise BadUrl(f"{url} is no http:// or https:// URL of a host")
    if "\\" in parts.netloc:
        raise BadUrl(f"{url} is no URL: some readers end its host at the backslash, others do not")
    if port == 0:
        raise BadUrl(f"{url} is no URL that can be reached: its port is 0")
    if ":" in host:
        host = host.replace("%25", "%")  # the zone of a link-local address (RFC 6874)
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError as problem:
            raise BadUrl(f"{url} is no URL: its host is no name ({problem})") from None
    if _is_odd(host):
        raise BadUrl(f"{url} is no URL: {host!r} is no name and no address of a host")
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Target(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, path)


def _is_odd(host: str) -> bool:
    """Whether a host has what names and addresses do not have, as percent-encoded characters."""
    name, zone = host, ""
    if ":" in host:
        name, _, zone = host.partition("%")
    return not all(letter.isalnum() or letter in ".-_:" for letter in name + zone)
