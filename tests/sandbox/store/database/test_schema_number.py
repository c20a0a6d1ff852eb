"""The number of the schema: what is kept under one number has the tables of that number."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import resources

from emulator.sandbox.store.database.schema import SCHEMA_NUMBER

NUMBER = 22
DIGEST = "c196286925222a58ccab370d0a564cd05225f3a4104aac1c5c3a3ff97324b6d3"
"""The schema that has this number, normalised, as SHA-256."""


def normalised(schema: str) -> str:
    """The statements alone: without comments, and with one space between two words."""
    return re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", schema)).strip()


def test_a_change_of_the_schema_raises_its_number() -> None:
    """A snapshot or kept sandbox of the former tables must be migrated by its number, not fail at a query."""
    schema = (
        resources.files("emulator.sandbox.store.database").joinpath("schema.sql").read_text(encoding="utf-8")
    )

    digest = sha256(normalised(schema).encode()).hexdigest()

    assert (SCHEMA_NUMBER, digest) == (NUMBER, DIGEST), (
        f"schema.sql is not the one that was recorded as number {NUMBER}. Raise SCHEMA_NUMBER in "
        f"emulator/sandbox/store/database/schema.py to {NUMBER + 1}, and write down here "
        f'NUMBER = {NUMBER + 1} and DIGEST = "{digest}". '
        f"Add the step from {NUMBER} to {NUMBER + 1} to migrations.py beside it, and the kept file of "
        f"schema {NUMBER + 1}: python -m kit.kept_files, in tests."
    )


def test_comments_and_spaces_are_no_change_of_the_schema() -> None:
    """Only what SQLite would make of it counts."""
    assert normalised("CREATE TABLE a (\n  b TEXT -- a word\n);\n") == "CREATE TABLE a ( b TEXT );"
