"""The body of ``block_users``: the people to block or to unblock."""

from __future__ import annotations

from emulator.domain.values import dataclass
from emulator.wire.parameters import Parameter


@dataclass(frozen=True, slots=True)
class NamedUser:
    """A person as a call of ``block_users`` names them: by phone number, or by business-scoped user id.

    Where a call gives both, the number counts.
    """

    text: str
    """As the call wrote it."""
    is_user_id: bool = False
    """Whether ``text`` is a business-scoped user id, and not a phone number."""


def read(body: Parameter) -> tuple[NamedUser, ...]:
    """Read the body of ``POST`` or ``DELETE block_users`` into the people it names, in order.

    Raises ``(#100)`` for the first thing that is wrong; whether a number is one is judged for each person
    later.
    """
    body.required("messaging_product").one_of(("WHATSAPP",))
    return tuple(_named(each) for each in body.required("block_users").array())


def _named(entry: Parameter) -> NamedUser:
    entry.object().only("user", "user_id")
    if entry.get("user").absent and not entry.get("user_id").absent:
        return NamedUser(entry.get("user_id").text(), is_user_id=True)
    return NamedUser(entry.required("user").string())
