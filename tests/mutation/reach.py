"""Which tests run which lines of the package: measured once, on the program as it is."""

from __future__ import annotations

import functools
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from coverage import Coverage, CoverageData

from mutation.config import ROOT, Config
from mutation.trials import ARGUMENTS, CHANGED_NOTHING, silence

_Cache = functools._lru_cache_wrapper


class Reach:
    """The lines that each test runs, and those that are run before the first test."""

    def __init__(self, data: CoverageData) -> None:
        self._tests: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._early: set[tuple[str, int]] = set()
        for file in data.measured_files():
            module = str(Path(file).relative_to(ROOT))
            for line, contexts in data.contexts_by_lineno(file).items():
                self._tests[module, line] = {each for each in contexts if each}
                if "" in contexts:
                    self._early.add((module, line))

    def before_tests(self, module: Path, lines: Iterable[int]) -> bool:
        """Whether one of these lines is run while the package and the tests are imported."""
        return any((str(module), line) in self._early for line in lines)

    def tests(self, module: Path, lines: Iterable[int]) -> set[str]:
        """The tests that run one of these lines."""
        return set[str]().union(*(self._tests.get((str(module), line), ()) for line in lines))

    @classmethod
    def measure(cls, config: Config) -> Reach | None:
        """Run all tests in a forked process; None when they do not pass."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "coverage"
            process = os.fork()
            if not process:
                _measure(config, file)
            _, status = os.waitpid(process, 0)
            if os.waitstatus_to_exitcode(status) != CHANGED_NOTHING:
                return None
            data = CoverageData(str(file))
            data.read()
            return cls(data)


def _measure(config: Config, file: Path) -> None:
    """Run all tests under coverage, with each test as a context, and end the process."""
    status = 1
    try:
        silence()
        coverage = Coverage(data_file=file, config_file=False, source=[str(ROOT / config.source)])
        coverage.start()
        passed = pytest.main([*ARGUMENTS, *config.tests], plugins=[_Contexts(coverage)]) == pytest.ExitCode.OK
        coverage.stop()
        coverage.save()
        status = CHANGED_NOTHING if passed else 1
    finally:
        os._exit(status)


class _Contexts:
    """Names each test to coverage when it begins, and has it compute anew what earlier ones computed.

    A test that gets the kept result of a function does not run it, and notices its changes all the same.
    """

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._caches: list[_Cache[object]] = []

    def pytest_collection_finish(self) -> None:
        modules = [module for name, module in sys.modules.items() if name.startswith("emulator.")]
        known = (each for module in modules for each in vars(module).values())
        self._caches = [each for each in known if isinstance(each, _Cache)]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for cached in self._caches:
            cached.cache_clear()
        self._coverage.switch_context(item.nodeid)
        return (yield)
