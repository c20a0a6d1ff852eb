"""Change the rules of ``emulator/domain`` in one place at a time, and print the changes that no test notices.

``python tests/mutants.py [WORD ...]`` tries the modules whose path contains one of the words, or all of them.
The changes (mutants) are cosmic-ray's: a number one higher or lower, ``>`` for ``>=``, ``and`` for ``or``, a
condition turned round, a loop that is not entered. It is cosmic-ray and not mutmut because most limits,
windows and prices here are values of modules and fields of frozen dataclasses, which mutmut 3 leaves alone.

A mutant is tried in a process that is forked from one where the libraries are already imported; the changed
text is handed to the import system, so that no file is written. The tests beside the module are asked first
(``domain/limits`` → ``tests/domain/limits``), then those that ``pyproject.toml`` names in ``tool.mutants``.
"""

from __future__ import annotations

import argparse
import ast
import os
import signal
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parent.parent
LIBRARIES = ("flask.testing", "hypothesis", "phonenumbers", "werkzeug.test", "yaml")
"""What the rules and their tests import: once, before the first fork."""
QUIET = ["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts="]
KILLED, SURVIVED = 1, 0


@dataclass(frozen=True, slots=True)
class Config:
    """The table ``tool.mutants`` of ``pyproject.toml``."""

    source: str
    """The folder whose modules are changed."""
    tests: list[str]
    """What has to notice a change."""
    leave: list[str]
    """Patterns of modules that are not changed."""
    operators: list[str]
    """Patterns of the names of cosmic-ray's operators."""
    seconds: int
    """After how many seconds a mutant that does not end counts as killed."""

    @classmethod
    def read(cls) -> Config:
        """Read the table."""
        return cls(**tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"])

    def modules(self, words: Sequence[str]) -> list[Path]:
        """The modules whose path contains one of the words; all of them without a word."""
        found = (path.relative_to(ROOT) for path in sorted((ROOT / self.source).rglob("*.py")))
        return [
            path
            for path in found
            if not any(fnmatch(str(path), pattern) for pattern in self.leave)
            and (not words or any(word in str(path) for word in words))
        ]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One module with one change."""

    module: Path
    source: str

    def __str__(self) -> str:
        """The place of the change, what stood there and what stands there now."""
        before = (ROOT / self.module).read_text(encoding="utf-8").splitlines()
        lines = enumerate(zip(before, self.source.splitlines(), strict=False), 1)
        line, (old, new) = next((line, pair) for line, pair in lines if pair[0] != pair[1])
        return f"{self.module}:{line}\n  - {old.strip()}\n  + {new.strip()}\n"


def mutants(module: Path, operators: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of a module; a change that the running program cannot see is none."""
    source = (ROOT / module).read_text(encoding="utf-8")
    seen = {"", _meaning(source)}
    for name in operator_names():
        if not any(fnmatch(name.removeprefix("core/"), pattern) for pattern in operators):
            continue
        operator = get_operator(name)()
        places = [place for node in ast_nodes(get_ast(source)) for place in operator.mutation_positions(node)]
        for occurrence in range(len(places)):
            changed = mutate_code(source, operator, occurrence) or source
            meaning = _meaning(changed)
            if meaning not in seen:
                seen.add(meaning)
                yield Mutant(module, changed)


def _meaning(source: str) -> str:
    """The syntax tree without annotations, which are never evaluated, and without how a class is declared.

    Empty for a text that is no Python: some operators make such a one of ``lambda *, name: …``.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign():
                node.annotation = ast.Constant(None)
            case ast.arg():
                node.annotation = None
            case ast.FunctionDef():
                node.returns = None
            case ast.ClassDef():
                node.decorator_list = []
    return ast.dump(tree)


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


def beside(module: Path, source: str) -> list[str]:
    """The tests of a module's room, or for a module without a room those of its own name."""
    inner = module.relative_to(source)
    layer = Path("tests") / Path(source).name
    if inner.parent == Path():
        return [str(path.relative_to(ROOT)) for path in (ROOT / layer).glob(f"test_*{inner.stem}*.py")]
    folder = layer / inner.parent
    while not (ROOT / folder).exists():
        folder = folder.parent
    return [str(folder)] if folder != layer else []


def passes(tests: Sequence[str], without: Sequence[str] = ()) -> bool:
    """Whether these tests pass, in this process; ``without`` are left out."""
    ignored = [f"--ignore={path}" for path in without]
    return not tests or pytest.main([*QUIET, *ignored, *tests]) == pytest.ExitCode.OK


def start(mutant: Mutant | None, config: Config) -> int:
    """Try a mutant, or the program as it is, in a forked process; returns the id of the process."""
    process = os.fork()
    if process:
        return process
    status = KILLED
    try:
        near: list[str] = []
        if mutant is not None:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            signal.alarm(config.seconds)
            sys.meta_path.insert(0, _Finder(mutant))
            near = beside(mutant.module, config.source)
        status = SURVIVED if passes(near) and passes(config.tests, without=near) else KILLED
    finally:
        os._exit(status)


def survivors(tried: Iterator[Mutant], config: Config, jobs: int, made: Counter[Path]) -> Iterator[Mutant]:
    """The mutants that no test notices, as they come; ``made`` counts those that were tried, by module."""
    running: dict[int, Mutant] = {}

    def ended() -> Iterator[Mutant]:
        process, status = os.wait()
        mutant = running.pop(process)
        made[mutant.module] += 1
        if os.waitstatus_to_exitcode(status) == SURVIVED:
            yield mutant

    for mutant in tried:
        while len(running) >= jobs:
            yield from ended()
        running[start(mutant, config)] = mutant
    while running:
        yield from ended()


def table(made: Counter[Path], left: Counter[Path]) -> str:
    """A line for each module, and the sum."""
    rows = [(made[module], left[module], str(module)) for module in sorted(made)]
    lines = [f"{many:6} made {many - alive:6} killed {alive:4} left  {name}" for many, alive, name in rows]
    total, alive = made.total(), left.total()
    return "\n".join([*lines, f"{total:6} made {total - alive:6} killed {alive:4} left", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants of the modules that are named, print the survivors and a table.

    Returns 1 when the tests fail without any change, else 0: to survive is no failure, but a question.
    """
    parser = argparse.ArgumentParser("mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD", help="modules whose path contains it; else all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    given = parser.parse_args(arguments)
    config = Config.read()
    modules = config.modules(given.words)
    for library in LIBRARIES:
        import_module(library)
    _, status = os.waitpid(start(None, config), 0)
    if os.waitstatus_to_exitcode(status) != SURVIVED:
        sys.stdout.write("The tests fail without any change.\n")
        return 1
    made: Counter[Path] = Counter()
    left: Counter[Path] = Counter()
    tried = (mutant for module in modules for mutant in mutants(module, config.operators))
    with suppress(KeyboardInterrupt):  # what was found until then is shown
        for mutant in survivors(tried, config, given.jobs, made):
            left[mutant.module] += 1
            sys.stdout.write(f"{mutant}")
            sys.stdout.flush()
    sys.stdout.write(table(made, left))
    return 0


if __name__ == "__main__":
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    sys.exit(main())
