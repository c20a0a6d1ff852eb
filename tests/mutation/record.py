"""What became of every mutant so far: kept in a file, so that a run that was broken off goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from mutation.config import ROOT
from mutation.mutant import Mutant
from mutation.trials import Verdict

FILE = ROOT / ".mutants"
"""A line for the state of package and tests, then a line for each mutant that was tried."""
JUDGED = ("emulator", "fixtures", "tests")
"""The folders whose files decide what becomes of a mutant."""


class Record:
    """The verdicts on mutants, by their keys."""

    def __init__(self, file: Path, state: str, *, keep_killed: bool = False) -> None:
        """Take over the verdicts of an earlier run on the same state of package and tests.

        With ``keep_killed``, of a run on another state those on mutants that were noticed; what was not
        noticed then is tried again.
        """
        self._file = file
        self._verdicts: dict[str, Verdict] = {}
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else [""]
        same = lines[0] == state
        for line in lines[1:] if same or keep_killed else ():
            key, _, word = line.partition(" ")
            if same or word != Verdict.SURVIVED:
                self._verdicts[key] = Verdict(word)
        kept = (f"{key} {word}" for key, word in self._verdicts.items())
        file.write_text("".join(f"{line}\n" for line in (state, *kept)), encoding="utf-8")

    def __contains__(self, mutant: Mutant) -> bool:
        """Whether a mutant was tried."""
        return mutant.key in self._verdicts

    def __getitem__(self, mutant: Mutant) -> Verdict:
        """What became of a mutant."""
        return self._verdicts[mutant.key]

    def add(self, mutant: Mutant, verdict: Verdict) -> None:
        """Keep a verdict, at once also in the file."""
        self._verdicts[mutant.key] = verdict
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{mutant.key} {verdict}\n")

    def table(self, mutants: Iterable[Mutant]) -> str:
        """A line for each module with its mutants that were tried, and a last one with their sum."""
        counts: Counter[tuple[str, str]] = Counter()
        for mutant in mutants:
            if mutant in self:
                counts.update({(str(mutant.module), ""): 1, (str(mutant.module), self[mutant]): 1})
                counts.update({("", ""): 1, ("", self[mutant]): 1})
        words = ("", Verdict.KILLED, Verdict.SURVIVED, Verdict.TIMED_OUT)
        heads = "".join(f"{word or 'mutants':>10}" for word in words)
        modules = sorted({module for module, _ in counts if module})
        rows = ["".join(f"{counts[module, word]:10}" for word in words) for module in (*modules, "")]
        total = counts["", ""]
        share = 100 * (total - counts["", Verdict.SURVIVED]) / total if total else 100.0
        named = (
            f"{row}  {name}" for row, name in zip(rows, (*modules, f"{share:.1f} % noticed"), strict=True)
        )
        return "\n".join([f"{heads}  module", *named, ""])


def state() -> str:
    """A word that is another one as soon as a file of the package or of its tests is."""
    digest = sha256()
    for folder in JUDGED:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
