"""The page about fidelity, made from the table that ``tests/fidelity`` asks."""

from __future__ import annotations

import re
from pathlib import PurePath

from fidelity.rows import AREAS, GAPS, Exchange, Proof, Row

from emulator.domain.errors import DOCS

_INTRODUCTION = f"""
Where the emulator follows the platform, and how sure that is. **Recorded**: seen in real traffic. **Reported**: printed
in public by others, with the platform's words. **Documented**: in Meta's pages. **Inferred**: from reasoning; easy to
change. **Convention**: a choice of the emulator's.

Each row is also a test: this page is made of `tests/fidelity/rows`, which are checked against the emulator. A row
without a link is proven by calls of its own, the others by the tests they name. `D/…` is a page under\n`{DOCS}`.
"""


def fidelity(made: str) -> str:
    """Every row, an area after another, and what is not followed."""
    parts = ["# Fidelity\n", made, _INTRODUCTION.strip() + "\n"]
    for area in AREAS:
        parts.append(f"## {area.title}\n")
        parts += ["| behaviour | basis | source | proof |", "|---|---|---|---|"]
        parts += [_line(row) for row in area.rows]
        parts.append("")
    parts += ["## Not followed\n", "| what | instead |", "|---|---|"]
    parts += [f"| {gap.what} | {gap.instead} |" for gap in GAPS]
    return "\n".join(parts)


def _line(row: Row) -> str:
    basis = f"{row.basis}; {row.unsure}" if row.unsure else str(row.basis)
    source = re.sub(r"\bD/([a-z/0-9-]+)", rf"[D/\1]({DOCS}/\1)", row.source)
    calls = sum(isinstance(check, Exchange) for check in row.checks)
    files = {check.test.partition("::")[0] for check in row.checks if isinstance(check, Proof)}
    proof = [f"{calls} call{'s' * (calls > 1)}"] if calls else []
    proof += [f"[{PurePath(file).stem}](../tests/{file})" for file in sorted(files)]
    return f"| {row.says.removesuffix('.')} | {basis} | {source} | {', '.join(proof)} |"
