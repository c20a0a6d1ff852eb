"""Which addresses may be connected to, and why: one table for webhooks, media links and their redirects.

The decision is made about an address, never about a spelling: a name or a number is resolved first, and the
connection goes to the very address that was judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from emulator.domain.values import dataclass
from emulator.sandbox.network.problems import AddressRefused

Address = IPv4Address | IPv6Address


class Permission(IntEnum):
    """What an address needs before it is connected to, from nothing to what cannot be had."""

    NONE = 0
    """It is on this machine or on its private networks."""
    PUBLIC = 1
    """``--allow-public``, or ``--allow-host`` with this host."""
    NAMED = 2
    """``--allow-host`` with this host: ``--allow-public`` is not enough."""
    NEVER = 3
    """No host has it."""


@dataclass(frozen=True, slots=True)
class AddressClass:
    """A row of the table: addresses that are judged alike."""

    name: str
    permission: Permission
    why: str
    """Why it is judged so: what can be behind such an address."""
    holds: Callable[[Address], bool]
    examples: tuple[str, ...]


def _within(*networks: str) -> Callable[[Address], bool]:
    known = tuple(map(ip_network, networks))
    return lambda address: any(address in network for network in known)


METADATA = (
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd20:ce::254",
)
"""Where clouds give machines their credentials: most of them, Alibaba, Azure, Oracle; by IPv6 AWS and GCP."""

_CREDENTIALS = "clouds give the credentials of a machine to whoever asks there"
_THIS_NETWORK = ip_network("0.0.0.0/8")

CLASSES = (
    AddressClass(
        "loopback",
        Permission.NONE,
        "this machine",
        lambda address: address.is_loopback,
        ("127.0.0.1", "::1"),
    ),
    AddressClass(
        "unspecified",
        Permission.NONE,
        "a connection to it reaches this machine, and servers print it as their own",
        lambda address: address.is_unspecified,
        ("0.0.0.0", "::"),  # noqa: S104
    ),
    AddressClass("cloud metadata", Permission.NAMED, _CREDENTIALS, _within(*METADATA), METADATA),
    AddressClass(
        "link-local",
        Permission.NAMED,
        _CREDENTIALS,
        lambda address: address.is_link_local,
        ("169.254.1.1", "fe80::1"),
    ),
    AddressClass(
        "multicast",
        Permission.NEVER,
        "it is no host, but a group of hosts",
        lambda address: address.is_multicast,
        ("224.0.0.1", "ff02::1"),
    ),
    AddressClass(
        "reserved",
        Permission.NEVER,
        "no host has such an address",
        lambda address: address.is_reserved or address in _THIS_NETWORK,
        ("0.0.0.1", "240.0.0.1", "255.255.255.255"),
    ),
    AddressClass(
        "private",
        Permission.NONE,
        "a private network (RFC 1918, RFC 4193)",
        _within("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
        ("10.0.0.1", "172.16.0.1", "192.168.0.1", "fd00::1"),
    ),
    AddressClass(
        "special-purpose",
        Permission.PUBLIC,
        "it is set apart (benchmarks, documentation, carriers), and on no private network",
        lambda address: not address.is_global,
        ("198.18.0.1", "192.0.2.1", "100.64.0.1", "2001:db8::1"),
    ),
    AddressClass(
        "public",
        Permission.PUBLIC,
        "it is on the internet",
        lambda _: True,
        ("8.8.8.8", "2606:4700::1111"),
    ),
)
"""Address classes; the first that holds an address judges it."""

_NAT64 = ip_network("64:ff9b::/96")
_PUBLIC = CLASSES[-1]


def classify(address: Address) -> AddressClass:
    """Find the class of an address.

    An IPv4 address that is written as IPv6 (``::ffff:…``) is the IPv4 address. One that a gateway would
    translate (NAT64, 6to4, Teredo) leaves this machine, and is public at least; it is as strict as what it
    carries.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return classify(address.ipv4_mapped)
        carried = _carried(address)
        if carried is not None:
            return max(classify(carried), _PUBLIC, key=lambda each: each.permission)
    return next(each for each in CLASSES if each.holds(address))


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which a gateway passes on what is sent to an IPv6 address."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.sixtofour


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be connected to: this machine and private networks, and what options let beside.

    ``allow_public``: public addresses, too. ``allow_hosts``: names and addresses that are let whatever their
    class, unless no host can have it, each as it stands in a URL.
    """

    allow_public: bool = False
    allow_hosts: frozenset[str] = field(default_factory=frozenset)

    def names(self, host: str) -> bool:
        """Whether a host, as a URL names it, is one of ``allow_hosts``."""
        return _plain(host) in {_plain(each) for each in self.allow_hosts}

    def check(self, host: str, address: Address) -> None:
        """Raise :class:`AddressRefused` unless ``address``, to which ``host`` led, may be connected to.

        The message names the address, its class and the option that lets it.
        """
        found = classify(address)
        if found.permission is Permission.NONE:
            return
        if found.permission is Permission.PUBLIC and self.allow_public:
            return
        if found.permission is not Permission.NEVER and (self.names(host) or self.names(str(address))):
            return
        raise AddressRefused(_refusal(host, address, found))


def as_address(text: str) -> Address | None:
    """Read an address in its usual spelling, with or without a zone; ``None`` for anything else."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _refusal(host: str, address: Address, found: AddressClass) -> str:
    article = "an" if found.name[0] in "aeiou" else "a"
    which = f"{article} {found.name} address"
    subject = f"{host} is {which}" if host == str(address) else f"{host} leads to {address}, {which}"
    lets = {
        Permission.PUBLIC: "webhooks and media links go there only with --allow-public, "
        f"or to this host alone with --allow-host {host}",
        Permission.NAMED: f"webhooks and media links go there only with --allow-host {host}",
        Permission.NEVER: "nothing can be sent there",
    }[found.permission]
    return f"{subject}: {found.why}; {lets}"
