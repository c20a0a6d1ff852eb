"""Try the mutants of ``emulator/domain``; ``make mutants`` calls it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from random import Random

import mutation
from mutation.bodies import Body, body
from mutation.config import ROOT, Config
from mutation.equivalent import noticeable
from mutation.mutant import Mutant
from mutation.mutants import mutants
from mutation.reach import Reach
from mutation.record import FILE, Record, state
from mutation.trials import Collected, Forks, Verdict, imported

LIBRARIES = ("flask.testing", "hypothesis", "phonenumbers", "werkzeug.test", "yaml")
"""What the rules and their tests import: once, before the first fork."""
PAUSE = 20.0
"""Seconds between two lines that say how far a run is."""


class Progress:
    """Keeps and prints verdicts as they come."""

    def __init__(self, record: Record, remaining: int) -> None:
        self._record = record
        self._remaining = remaining
        self._tried = 0
        self._survived = 0
        self._since = self._said = time.monotonic()
        sys.stderr.write(f"{remaining} mutants remain to be tried\n")

    def __call__(self, mutant: Mutant, verdict: Verdict) -> None:
        """Keep one verdict, print a survivor, and now and then how far the run is."""
        self._record.add(mutant, verdict)
        self._tried += 1
        self._remaining -= 1
        if verdict == Verdict.SURVIVED:
            self._survived += 1
            print_line(mutant)
        now = time.monotonic()
        if now - self._said > PAUSE:
            self._said = now
            minutes = (now - self._since) / self._tried * self._remaining / 60
            counts = f"{self._tried} tried, {self._survived} survived, {self._remaining} remain"
            sys.stderr.write(f"{counts}: about {minutes:.0f} min\n")


def print_line(what: object) -> None:
    """Print something at once, also into a pipe."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def chosen(config: Config, words: Sequence[str], sample: int | None) -> list[Mutant]:
    """The mutants of the modules that are named; of each module a sample, which is the same in every run."""
    found: list[Mutant] = []
    for module in config.modules(words):
        made = list(mutants(module, config.operators))
        many = len(made) if sample is None else min(sample, len(made))
        found += sorted(Random(str(module)).sample(made, many), key=made.index)
    return found


def try_all(untried: Sequence[Mutant], config: Config, forks: Forks, progress: Progress) -> bool:
    """Try mutants; returns False when the tests fail without any change."""
    reach = Reach.measure(config)
    if reach is None:
        return False
    bodies: list[tuple[Mutant, Body, set[str]]] = []
    others: list[Mutant] = []
    for mutant in untried:
        found = body(mutant)
        if found is None or reach.before_tests(mutant.module, found.lines):
            others.append(mutant)
        else:
            bodies.append((mutant, found, reach.tests(mutant.module, found.changed)))
    forks.run(imported(others, config), progress)
    Collected(bodies, forks, progress).run(config)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants of the modules that are named, print the survivors and a table.

    Returns 1 when the tests fail without any change, else 0: to survive is no failure, but a question.
    """
    parser = argparse.ArgumentParser("mutation", description=mutation.__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="modules whose path contains it; else all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many mutants of each module")
    parser.add_argument(
        "--survivors",
        action="store_true",
        help="do not try again what an earlier run has killed, though package or tests have changed since",
    )
    given = parser.parse_args(arguments)
    config = Config.read()
    for library in LIBRARIES:
        import_module(library)
    record = Record(FILE, state(), keep_killed=given.survivors)
    made = chosen(config, given.words, given.sample)
    everything = noticeable(made)
    untried = [mutant for mutant in everything if mutant not in record]
    for mutant in everything:
        if mutant in record and record[mutant] == Verdict.SURVIVED:
            print_line(mutant)
    try:
        forks = Forks(given.jobs, config.seconds)
        if untried and not try_all(untried, config, forks, Progress(record, len(untried))):
            print_line("The tests fail without any change.")
            return 1
    except KeyboardInterrupt:
        print_line("Broken off. The same command goes on.")
    print_line(record.table(everything))
    if left_out := len(made) - len(everything):
        print_line(f"{left_out} equivalent mutants are left out; mutation/equivalent.py says why.")
    return 0


if __name__ == "__main__":
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    sys.exit(main())
