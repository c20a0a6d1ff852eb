"""The ids of a sandbox: functions of its seed and of how many there were before."""

from __future__ import annotations

from emulator.domain import ids
from emulator.sandbox.store.facts import FactTable


class Ids:
    """Mints ids; every kind has its own stream, kept in the database."""

    def __init__(self, facts: FactTable) -> None:
        self._facts = facts
        self._seed: str | None = None

    @property
    def seed(self) -> str:
        if self._seed is None:
            self._seed = str(self._facts.get("seed") or "emulator")
        return self._seed

    def forget(self) -> None:
        """Read the seed anew: the database has become another one."""
        self._seed = None

    def draw(self, kind: str) -> bytes:
        return ids.draw(self.seed, kind, self._facts.count(kind))

    def outbound(self, digits: str) -> str:
        return ids.wamid(digits, ids.Direction.OUTBOUND, self.draw("outbound"))

    def inbound(self, digits: str) -> str:
        return ids.wamid(digits, ids.Direction.INBOUND, self.draw("inbound"))

    def template(self) -> str:
        return ids.numeric(self.draw("template"))

    def media(self) -> str:
        return ids.numeric(self.draw("media"))

    def upload(self) -> str:
        return ids.upload_id(self.draw("upload"))

    def group(self, business: str) -> tuple[str, str]:
        return ids.group_id(business, self.draw("group"))

    def conversation(self) -> str:
        return self.draw("conversation")[:16].hex()

    def call(self, digits: str) -> str:
        return ids.wacid(digits, self.draw("call"))

    def user(self, country: str) -> str:
        return ids.user_id(country, self.draw("user"))

    def challenge(self) -> str:
        return ids.numeric(self.draw("challenge"), 10)
