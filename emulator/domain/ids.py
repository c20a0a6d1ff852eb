"""The shapes of the platform's identifiers, built from bytes that the caller supplies.

No function here draws a random number: the same bytes give the same id, so a seeded sandbox gives the same
ids in every run. Shapes are decoded from recorded traffic (October 2024 to February 2026).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from hashlib import blake2b

from emulator.domain.people.devices import ANDROID, DESKTOP, IOS, WEB
from emulator.domain.values import dataclass

_ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_BASE64URL = f"{_ALPHANUMERIC}-_"


class Direction(Enum):
    """Who sent a message, as one byte inside its wamid says (decoded from recorded ids)."""

    OUTBOUND = 0x11
    INBOUND = 0x12


def draw(seed: str, kind: str, number: int) -> bytes:
    """Derive the 32 bytes from which the ``number``-th id of a ``kind`` is made.

    ``seed`` is the sandbox's. Each kind has its own stream, so one more id of one kind shifts no id of
    another; equal arguments always give equal bytes.
    """
    return blake2b(f"{kind}:{number}".encode(), key=_key(seed), digest_size=32).digest()


def chance(entropy: bytes) -> float:
    """Turn drawn bytes into a uniform number from 0 (inclusive) up to 1 (exclusive).

    The first six bytes decide; faults, habits and experiments compare it with their probability.
    """
    return int.from_bytes(entropy[:6]) / (1 << 48)


@lru_cache(maxsize=1024)
def _key(seed: str) -> bytes:
    return blake2b(seed.encode()).digest()


_TAILS: Mapping[str, tuple[str, int]] = {
    ANDROID: ("", 16),
    IOS: ("3A", 9),
    WEB: ("3EB0", 9),
    DESKTOP: ("3EB0", 9),
}
"""What the tail of an id begins with on each device, and how many random bytes follow in hexadecimal.

Those of Android and iPhones stand in reported ids; that of WhatsApp Web is the one its open clients make.
"""


@dataclass(frozen=True, slots=True)
class MessageId:
    """What a wamid says: whose number (or user id) it holds, who sent the message, and its own tail."""

    whose: str
    direction: Direction
    tail: str


def wamid(digits: str, direction: Direction, entropy: bytes, device: str = IOS) -> str:
    """Build a message id that carries the person's number and the direction, as real ones do.

    ``digits`` is the person's (or group's) number in both directions; nine bytes of ``entropy`` make it
    unique, sixteen on an Android ``device``. What a business sends is of no device.
    """
    begins, size = ("", 9) if direction is Direction.OUTBOUND else _TAILS[device]
    return "wamid." + _encoded(digits, direction, begins + entropy[:size].hex().upper())


def scoped(message_id: str, user_id: str) -> str:
    """Write a message id with a business-scoped ``user_id`` inside, in the place of the number.

    The tail alone is common to both spellings. A text that is no wamid stays as it is.
    """
    known = opened(message_id)
    if known is None:
        return message_id
    return "wamid." + _encoded(user_id, known.direction, known.tail, kind=_BY_USER_ID)


def wacid(digits: str, entropy: bytes) -> str:
    """Build the id of a call that a person makes: the form of a wamid with a longer random part.

    ``digits`` is the caller's number; sixteen bytes of ``entropy`` are used.
    """
    return "wacid." + _encoded(digits, Direction.INBOUND, entropy[:16].hex().upper())


_BY_NUMBER, _BY_USER_ID = 0x02, 0x14
"""The byte that says what the id holds, as decoded."""


def _encoded(whose: str, direction: Direction, tail: str, kind: int = _BY_NUMBER) -> str:
    person, name = whose.encode(), tail.encode()
    raw = (
        bytes((0x1C, 0x18, len(person)))
        + person
        + bytes((0x15, kind, 0x00, direction.value, 0x18, len(name)))
        + name
        + b"\x00"
    )
    return base64.b64encode(raw).decode()


def opened(message_id: str) -> MessageId | None:
    """Read what a message id says; ``None`` for a text that is not a wamid.

    The bytes are decoded alone: whether such a message exists is not looked at.
    """
    if not message_id.startswith("wamid."):
        return None
    try:
        raw = base64.b64decode(message_id.removeprefix("wamid."), validate=True)
        if raw[:2] != b"\x1c\x18":
            return None
        whose, rest = raw[3 : 3 + raw[2]].decode("ascii"), raw[3 + raw[2] :]
        tail = rest[6 : 6 + rest[5]] if len(rest) > 5 else b""
        return MessageId(whose, Direction(rest[3]), tail.decode("ascii"))
    except (binascii.Error, ValueError, IndexError):
        return None


def wamid_direction(message_id: str) -> Direction | None:
    """Read from a message id who sent it; ``None`` for a text that is not a wamid."""
    known = opened(message_id)
    return None if known is None else known.direction


def numeric(entropy: bytes, digits: int = 16) -> str:
    """Build a decimal id of ``digits`` digits, as templates and media have; it never begins with 0."""
    number = int.from_bytes(entropy[:16])
    return str(10 ** (digits - 1) + number % (9 * 10 ** (digits - 1)))


def fbtrace_id(entropy: bytes) -> str:
    """Build the 23 characters that an error's ``fbtrace_id`` and the header ``X-Fb-Request-Id`` share.

    The first 22 bytes of ``entropy`` make it, so that one draw gives an answer both of its trace ids.
    """
    return "A" + "".join(_BASE64URL[byte & 63] for byte in entropy[:22])


def trace_id(entropy: bytes) -> str:
    """Build the 11 characters of the header ``X-Fb-Trace-Id``.

    They come of other bytes of ``entropy`` (the last ten) than the ``fbtrace_id`` of the same answer.
    """
    return "".join(_BASE64URL[byte & 63] for byte in entropy[22:32]) + "A"


def upload_id(entropy: bytes) -> str:
    """Build the id of a resumable upload session, ``upload:…``, without its signature.

    :func:`emulator.wire.uploads.session` adds the signature that a client gets with it.
    """
    session = f"attachment:{uuid_like(entropy)}"
    return "upload:" + base64.urlsafe_b64encode(session.encode()).decode().rstrip("=")


def group_id(business: str, entropy: bytes) -> tuple[str, str]:
    """Build the id of a group and the group's own number, which its messages' ids carry.

    The id is base64 whose padding is written ``ZD``, as decoded from a sample. ``business`` is the number
    that made the group, digits only.
    """
    digits = "1203634" + numeric(entropy, 11)
    raw = base64.b64encode(f"capi_group:{business}:{digits}".encode()).decode()
    return raw.rstrip("=") + "ZD", digits


def request_id(entropy: bytes) -> str:
    """Build the id of a request that the platform answers later by webhook; its form is not known."""
    return entropy[:16].hex()


def invite_link(entropy: bytes) -> str:
    """Build the address by which people join a group: 22 characters behind that of WhatsApp.

    The last 22 bytes of ``entropy`` make it.
    """
    return "https://chat.whatsapp.com/" + "".join(_ALPHANUMERIC[byte % 62] for byte in entropy[10:32])


def user_id(country: str, entropy: bytes) -> str:
    """Build a business-scoped user id, ``US.`` and 15 digits (D/business-scoped-user-ids).

    ``country`` is the ISO 3166 code of the person's number.
    """
    return f"{country}.{numeric(entropy, 15)}"


def app_secret(entropy: bytes) -> str:
    """Build an app secret: 32 hexadecimal digits."""
    return entropy[:16].hex()


def uuid_like(entropy: bytes) -> str:
    """Build a ``message_template_namespace``: 32 hexadecimal digits, underscores where a UUID has dashes."""
    digits = entropy[:16].hex()
    return "_".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
