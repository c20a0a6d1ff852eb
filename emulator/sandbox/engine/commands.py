"""What surrounds every command and every look, as context managers: the lock, what is due, the transaction.

See :meth:`emulator.sandbox.core.Core.command` and :meth:`~emulator.sandbox.core.Core.looking`.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.sandbox.core import Core


class Look:
    """A command that only looks, as a context manager: there is one for each call."""

    __slots__ = ("_core", "_lock")

    def __init__(self, core: Core) -> None:
        self._core, self._lock = core, core.store.reading()

    def __enter__(self) -> None:
        self._lock.acquire()
        core = self._core
        if core.before_command is None or core.store.database.in_transaction:
            return
        try:
            core.before_command()
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Command:
    """One outermost command, as a context manager: there are several for each message."""

    __slots__ = ("_before", "_core", "_database", "_transaction")

    def __init__(self, core: Core) -> None:
        self._core, self._database = core, core.store.database

    def __enter__(self) -> None:
        database, before_command = self._database, self._core.before_command
        with database.reading():
            if before_command is not None:
                before_command()
            self._transaction = database.transaction()
            self._transaction.__enter__()
            self._before = database.changes

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        has_changed = problem is None and self._database.changes != self._before
        self._transaction.__exit__(kind, problem, traceback)
        if has_changed:
            self._core.tell()
