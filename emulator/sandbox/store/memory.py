"""What a table has answered lately, for as long as it is known to hold."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from emulator.sandbox.store.database import Database

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")

MOST = 1000
"""How many answers one memory has, unless said otherwise; then it begins anew."""


class Memory(Generic[Question, Answer]):
    """Answers of a table by what was asked, ``None`` among them: commands ask the same again and again.

    They hold until the database's stamp changes: when it becomes another one, and when a transaction that
    wrote something is rolled back. What the table itself writes it takes out. Nobody else writes: a file
    belongs to one process.
    """

    __slots__ = ("_answers", "_database", "_most", "_stamp")

    def __init__(self, database: Database, most: int = MOST) -> None:
        self._database, self._stamp, self._most = database, database.stamp, most
        self._answers: dict[Question, Answer] = {}

    @property
    def answers(self) -> dict[Question, Answer]:
        """The answers that hold, for the table to look at, to add to, and to take out of."""
        if self._stamp != self._database.stamp or len(self._answers) >= self._most:
            self._answers.clear()
            self._stamp = self._database.stamp
        return self._answers
