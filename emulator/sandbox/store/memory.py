"""What a table has answered lately, for as long as it is known to hold."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from emulator.sandbox.store.database import Database

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")

MOST = 1000
"""How many answers one memory has; then it begins anew."""


class Memory(Generic[Question, Answer]):
    """Answers of a table by what was asked, ``None`` among them: commands ask the same again and again.

    They hold until the database's stamp changes: when it becomes another one, and when a transaction that
    wrote something is rolled back. What the table itself writes it takes out. Nobody else writes: a file
    belongs to one process.
    """

    __slots__ = ("_answers", "_database", "_stamp")

    def __init__(self, database: Database) -> None:
        self._database, self._stamp = database, database.stamp
        self._answers: dict[Question, Answer] = {}

    @property
    def answers(self) -> dict[Question, Answer]:
        """The answers that hold, for the table to look at, to add to, and to take out of."""
        if self._stamp != self._database.stamp or len(self._answers) >= MOST:
            self._answers.clear()
            self._stamp = self._database.stamp
        return self._answers
