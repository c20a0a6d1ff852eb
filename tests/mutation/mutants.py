"""Makes the mutants of a module: its text with one change.

The changes are cosmic-ray's: a number one higher or lower, ``>`` for ``>=``, ``and`` for ``or``, a condition
turned round, a loop that is not entered. It is cosmic-ray and not mutmut because most limits, windows and
prices here are values of modules and fields of frozen dataclasses, which mutmut 3 leaves alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from mutation.config import ROOT
from mutation.mutant import Mutant


def mutants(module: Path, operators: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of a module; a change that the running program cannot see is none.

    Each statement of the module is changed by itself: to parse a whole module for every mutant takes minutes.
    """
    source = (ROOT / module).read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    for statement in ast.parse(source).body:
        decorators = getattr(statement, "decorator_list", [])
        first = min(node.lineno for node in (statement, *decorators)) - 1
        last = statement.end_lineno or statement.lineno
        before, text, after = ("".join(part) for part in (lines[:first], lines[first:last], lines[last:]))
        for changed in _changes(text, operators):
            yield Mutant(module, source, before + changed + after)


def _changes(source: str, operators: Sequence[str]) -> Iterator[str]:
    """A text with one change, for every change that means something else."""
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
                yield changed


def _meaning(source: str) -> str:
    """The syntax tree without annotations, which are never evaluated, and without how a class is declared.

    How a class is declared decides how its instances are printed, hashed and compared; so do some words of
    ``field(…)``. The size of a cache decides how long a call takes, not what it returns. Empty for a text
    that is no Python: some operators make such a one of ``lambda *, name: …``.
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
            case ast.Call(func=ast.Name("lru_cache")):
                node.keywords = []
            case ast.Call(func=ast.Name("field")):
                node.keywords = [
                    word for word in node.keywords if word.arg not in ("compare", "hash", "repr")
                ]
    return ast.dump(tree)
