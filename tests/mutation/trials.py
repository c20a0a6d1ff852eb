"""Tries mutants, each in a forked process, and says which of them the tests notice.

What is changed in the body of a function is tried in a process where the tests are collected already: the
body is exchanged, and the tests that run the changed statement are asked. What an import computes is tried in
a process where only libraries are imported: the import system gets the changed text, the tests beside the
module are asked first, then all. No file of the package is written; the first test that fails ends a trial.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from mutation.bodies import Body, Functions
from mutation.config import ROOT, Config
from mutation.mutant import Mutant

ARGUMENTS = [
    *("-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "--capture=no"),
    *("-W", "ignore::pytest.PytestConfigWarning"),  # options of plugins, which are not loaded
]
CHANGED_NOTHING, NOTICED, BROKEN = 0, 1, 70
"""With what a trial exits: all tests passed, a test failed, the trial itself could not be made."""
MEMORY = 2 * 1024**3
"""How many bytes a trial may take: a loop that only fills a list ends by this, not the machine."""
WAITING = 10
"""How many times the seconds of computing a trial may take by the clock, for one that only waits."""


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"


Report = Callable[[Mutant, Verdict], None]
"""Is called with each verdict as it comes."""
Trial = Callable[[], bool]
"""Whether all tests pass; runs in a process of its own."""


def verdict(status: int) -> Verdict:
    """What the exit status of a trial says. Raises RuntimeError for one that could not be made."""
    match os.waitstatus_to_exitcode(status):
        case code if code == CHANGED_NOTHING:
            return Verdict.SURVIVED
        case code if code in (-signal.SIGPROF, -signal.SIGALRM):
            return Verdict.TIMED_OUT
        case code if code == BROKEN:
            raise RuntimeError("A trial could not be made; its traceback is above.")
        case _:
            return Verdict.KILLED


@dataclass(frozen=True, slots=True)
class Forks:
    """Runs trials in forked processes, so many at once."""

    jobs: int
    seconds: int
    """How long one may compute."""

    def run(self, trials: Iterable[tuple[Mutant, Trial]], report: Report) -> None:
        """Make every trial, and report each verdict."""
        running: dict[int, Mutant] = {}
        try:
            for mutant, trial in trials:
                while len(running) >= self.jobs:
                    self._end_one(running, report)
                running[self._start(trial)] = mutant
            while running:
                self._end_one(running, report)
        finally:
            for process in running:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _end_one(self, running: dict[int, Mutant], report: Report) -> None:
        process, status = os.wait()
        report(running.pop(process), verdict(status))

    def _start(self, trial: Trial) -> int:
        sys.stdout.flush()
        process = os.fork()
        if process:
            return process
        status = BROKEN
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.setitimer(signal.ITIMER_PROF, self.seconds)
            signal.alarm(self.seconds * WAITING)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            status = CHANGED_NOTHING if trial() else NOTICED
        except Exception:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(status)


def silence() -> None:
    """Let this process print nothing any more."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


# what is changed in the body of a function


class Collected:
    """Has pytest collect all tests, and tries changed bodies in the place of running them."""

    def __init__(self, bodies: Sequence[tuple[Mutant, Body, set[str]]], forks: Forks, report: Report) -> None:
        self._bodies = bodies
        self._forks = forks
        self._report = report

    def run(self, config: Config) -> None:
        """Try every body; each comes with the names of the tests that run it."""
        code = pytest.main([*ARGUMENTS, "--no-summary", *config.tests], plugins=[self])
        if code == pytest.ExitCode.INTERRUPTED:
            raise KeyboardInterrupt
        if code == pytest.ExitCode.INTERNAL_ERROR:
            raise RuntimeError("The collected tests could not be asked; the traceback is above.")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = Functions()
        gc.freeze()  # or each process would copy what its collector looks at
        self._forks.run(self._trials(session, functions), self._report)
        return True

    def _trials(self, session: pytest.Session, functions: Functions) -> Iterator[tuple[Mutant, Trial]]:
        for mutant, body, names in self._bodies:
            yield mutant, lambda body=body, names=names: _pass(session, functions, body, names)  # type: ignore[misc]


def _pass(session: pytest.Session, functions: Functions, body: Body, names: set[str]) -> bool:
    """Whether the tests that run a changed body pass. Nothing notices what no test runs."""
    if not names:
        return True
    functions.exchange(body)
    silence()
    items = [item for item in session.items if item.nodeid in names]
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


# what an import computes


def imported(mutants: Iterable[Mutant], config: Config) -> Iterator[tuple[Mutant, Trial]]:
    """The trials of mutants that have to be imported."""
    for mutant in mutants:
        yield mutant, lambda mutant=mutant: _pass_imported(mutant, config)  # type: ignore[misc]


def _pass_imported(mutant: Mutant, config: Config) -> bool:
    """Whether the tests pass when they import a mutant: those beside its module, then the others."""
    silence()
    sys.meta_path.insert(0, _Finder(mutant))
    near = config.beside(mutant.module)
    far = [*(f"--ignore={path}" for path in near), *config.tests]
    fine = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    return all(pytest.main([*ARGUMENTS, *tests]) in fine for tests in (near, far) if tests)


class _Changed(SourceFileLoader):
    """Loads a module from the text of a mutant."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds the module of a mutant before the import system does."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.module.with_suffix("").parts
        self._name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self._mutant = mutant

    def find_spec(
        self, name: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self._name:
            return None
        file = str(ROOT / self._mutant.module)
        folders = [str(Path(file).parent)] if file.endswith("__init__.py") else None
        loader = _Changed(name, file, self._mutant.source)
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=folders)
