"""A file that keeps a sandbox, looked at before it is taken up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emulator.sandbox.errors import NotASnapshot
from emulator.sandbox.store.database import Database, check_pages


def made_from(path: Path, check: bool | None = None) -> dict[str, Any] | None:
    """What the sandbox in a file was made from; ``None`` when there is no such file yet, or an empty one.

    The file is brought to the schema of this version. ``check`` has it read whole, down to every row;
    ``False`` leaves out even the look at its pages. Raises
    :class:`~emulator.sandbox.errors.CannotOpen` that names the file.
    """
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return None
    from emulator.sandbox.store.snapshots.judge import judge, judge_fact
    from emulator.sandbox.store.snapshots.named_facts import FACTS

    database = Database(path, check=False if check else check)
    try:
        if check:
            check_pages(database.connection, whole=True)
            judge(database.connection)
        known = {name: judge_fact(database.connection, name) for name in FACTS}
        found: dict[str, Any] | None = known["made_from"]
        if found is None:
            raise NotASnapshot("there is no facts.made_from")
        return found
    except NotASnapshot as problem:
        raise NotASnapshot(f"{path}: {problem}") from None
    finally:
        database.close()
