"""The ids of a sandbox: functions of its seed and of how many of the kind there were before.

So the same script gives the same bytes, and one more id of a kind shifts no other.
"""

from __future__ import annotations

from emulator.domain import ids
from emulator.sandbox.store.facts import FactTable


class Ids:
    """Makes the ids of a sandbox; every kind has its own stream of bytes, with its counter in the database.

    The same seed and the same acts give the same ids; one more of a kind shifts no id of another. Each call
    moves a counter, so it is made inside a transaction.
    """

    def __init__(self, facts: FactTable) -> None:
        self._facts = facts
        self._seed: str | None = None
        self.salt = ""
        """A word that goes into the ids of messages and calls, beside the seed."""

    @property
    def seed(self) -> str:
        """The word that every id is made of, read from the database once and then remembered."""
        if self._seed is None:
            self._seed = str(self._facts.get("seed") or "emulator")
        return self._seed

    def forget(self) -> None:
        """Read the seed anew at the next id: the database has become another one."""
        self._seed = None

    def draw(self, kind: str) -> bytes:
        """Draw the next bytes of the stream ``kind``: a keyed hash of the seed and the counter of the kind.

        They are the entropy of one id or one chance; an unknown kind begins a stream of its own.
        """
        return ids.draw(self.seed, kind, self._facts.count(kind))

    def _salted(self, kind: str) -> bytes:
        """Draw the next bytes of a stream that the salt is a part of."""
        return ids.draw(self.seed + self.salt, kind, self._facts.count(kind))

    def outbound(self, digits: str) -> str:
        """Make the wamid of a message to a person or group with these digits.

        A wamid holds the digits and the direction, as the platform's does, and bytes drawn from the stream
        ``outbound``.
        """
        return ids.wamid(digits, ids.Direction.OUTBOUND, self._salted("outbound"))

    def inbound(self, digits: str, device: str) -> str:
        """Make the wamid of a message that the person with these digits writes on a device.

        A wamid holds the digits and the direction, as the platform's does, and bytes drawn from the stream
        ``inbound``.
        """
        return ids.wamid(digits, ids.Direction.INBOUND, self._salted("inbound"), device)

    def template(self) -> str:
        """Make a template's id: a number, as the platform's."""
        return ids.numeric(self.draw("template"))

    def media(self) -> str:
        """Make a file's media id: a number, as the platform's."""
        return ids.numeric(self.draw("media"))

    def upload(self) -> str:
        """Make the id of a resumable upload (``upload:…``); a client gets it with a signature behind it."""
        return ids.upload_id(self.draw("upload"))

    def group(self, business: str) -> tuple[str, str]:
        """Make the id of a group of the business number with these digits, and digits of its own.

        The digits stand in the wamids of messages in the group, where a person's number would.
        """
        return ids.group_id(business, self.draw("group"))

    def group_request(self) -> tuple[str, str]:
        """Make the id of a request to make a group, and the invite link of that group."""
        entropy = self.draw("group request")
        return ids.request_id(entropy), ids.invite_link(entropy)

    def app_sync(self) -> str:
        """Make the id of a request for what the WhatsApp Business app of a number has."""
        return ids.request_id(self.draw("app sync"))

    def conversation(self) -> str:
        """Make a conversation's id: 32 hexadecimal digits."""
        return self.draw("conversation")[:16].hex()

    def call(self, digits: str) -> str:
        """Make the id of a call by the person with these digits (``wacid.…``)."""
        return ids.wacid(digits, self._salted("call"))

    def user(self, country: str) -> str:
        """Make the business-scoped user id of a person of a country (ISO 3166), such as ``US.…``."""
        return ids.user_id(country, self.draw("user"))

    def challenge(self) -> str:
        """Make the challenge of a verification handshake: ten digits."""
        return ids.numeric(self.draw("challenge"), 10)
