"""Files of data folders as each schema wrote them; ``python -m kit.kept_files``, in ``tests``, adds today's.

Each is the file of :func:`~kit.rich_sandbox.rich_sandbox` as ``--data`` keeps it, written by the version that
had its schema, and never made anew afterwards.
"""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator import Emulator
from emulator.sandbox.store.database.schema import SCHEMA_NUMBER
from kit.rich_sandbox import rich_sandbox

FOLDER = Path(__file__).parents[1] / "sandbox" / "store" / "database" / "kept"


def kept_file(number: int) -> Path:
    """Where the file of a schema number is, compressed."""
    return FOLDER / f"schema-{number}.sqlite.gz"


def put(number: int, folder: Path) -> Path:
    """Put the file of a schema number into a data folder, as its default sandbox."""
    path = folder / "default.sqlite"
    path.write_bytes(gzip.decompress(kept_file(number).read_bytes()))
    return path


def make() -> Path:
    """Write the file of today's schema."""
    with TemporaryDirectory() as folder:
        with Emulator(data=Path(folder)) as emulator:
            rich_sandbox(emulator)
        path = Path(folder) / "default.sqlite"
        connection = sqlite3.connect(path)
        connection.execute("VACUUM")
        connection.close()
        kept_file(SCHEMA_NUMBER).write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return kept_file(SCHEMA_NUMBER)


if __name__ == "__main__":
    make()
