"""The state of one sandbox in one SQLite database. All SQL of the emulator is in this package."""

from sqlite3 import DatabaseError

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.store import Store

__all__ = ["Database", "DatabaseError", "Store"]
