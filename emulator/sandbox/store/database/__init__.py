"""One SQLite database behind one lock: its schema, the steps from older ones, copies, what goes wrong."""

from emulator.sandbox.store.database.copies import put_facts
from emulator.sandbox.store.database.database import Database
from emulator.sandbox.store.database.problems import check_pages, not_kept, reason

__all__ = ["Database", "check_pages", "not_kept", "put_facts", "reason"]
