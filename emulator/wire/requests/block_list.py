"""The body of ``block_users``: who is to be blocked, or not any more."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.wire.parameters import Parameter


@dataclass(frozen=True, slots=True)
class NamedUser:
    """Somebody as a call names them."""

    text: str
    is_user_id: bool = False
    """Whether ``text`` is a business-scoped user id, and not a phone number."""


def read(body: Parameter) -> tuple[NamedUser, ...]:
    """Read a call of ``POST`` or ``DELETE``. Raises Graph's complaint about the first thing that is wrong."""
    body.required("messaging_product").one_of(("WHATSAPP",))
    return tuple(_named(each) for each in body.required("block_users").array())


def _named(entry: Parameter) -> NamedUser:
    entry.object().only("user", "user_id")
    if entry.get("user").absent and not entry.get("user_id").absent:
        return NamedUser(entry.get("user_id").text(), is_user_id=True)
    return NamedUser(entry.required("user").string())
