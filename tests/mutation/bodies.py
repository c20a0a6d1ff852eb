"""Finds the one function that a mutant changes, and gives the running program its changed code.

A mutant whose change is in the body of a function needs no import and no collection of tests: every function
object that has the body gets the new one. That is not so for what a module or a class computes while it is
imported.
"""

from __future__ import annotations

import ast
import gc
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FunctionType

from mutation.config import ROOT
from mutation.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Body:
    """The changed body of one function, which is not inside another function."""

    old: CodeType
    new: CodeType
    lines: frozenset[int]
    """The lines of the whole function, from its first statement on."""
    changed: frozenset[int]
    """The lines of the statement that is changed, without those of statements inside it."""


class Functions:
    """The functions that are alive in this process, by their body."""

    def __init__(self) -> None:
        self._by_code: dict[tuple[str, CodeType], list[FunctionType]] = {}
        for each in gc.get_objects():
            if type(each) is FunctionType:  # objects that stand for others would be set up
                self._by_code.setdefault(_place(each.__code__), []).append(each)

    def exchange(self, body: Body) -> None:
        """Give the changed body to every function that has the old one.

        Raises LookupError when there is none: the tests that are said to notice could not.
        """
        found = self._by_code.get(_place(body.old), ())
        if not found:
            raise LookupError(
                f"No function has the body of {body.old.co_qualname} in {body.old.co_filename}."
            )
        for function in found:
            function.__code__ = body.new


def _place(code: CodeType) -> tuple[str, CodeType]:
    """A body with its file: two bodies are also equal when they are in different files."""
    return code.co_filename, code


def body(mutant: Mutant) -> Body | None:
    """The function that a mutant changes; None when it changes what is computed by an import."""
    file = str(ROOT / mutant.module)
    pair = _different(
        _compiled(mutant.original, file), compile(mutant.source, file, "exec", dont_inherit=True)
    )
    if pair is None:
        return None
    tree = _parsed(mutant.original)
    changed = frozenset[int]().union(*(_statement(tree, line) for line in mutant.lines))
    return Body(*pair, _lines(tree, pair[0]), changed)


@lru_cache(maxsize=1)
def _compiled(original: str, file: str) -> CodeType:
    return compile(original, file, "exec", dont_inherit=True)


@lru_cache(maxsize=1)
def _parsed(original: str) -> ast.Module:
    return ast.parse(original)


def _is_function(code: CodeType) -> bool:
    return bool(code.co_flags & inspect.CO_OPTIMIZED)


def _nested(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    """What a code does by itself, without what is nested in it and where it stands in the file."""
    constants = [type(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts]
    flags = (code.co_name, code.co_flags, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount)
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return (code.co_code, code.co_exceptiontable, constants, *flags, *names)


def _same(old: CodeType, new: CodeType) -> bool:
    return _own(old) == _own(new) and all(
        _same(*pair) for pair in zip(_nested(old), _nested(new), strict=True)
    )


def _different(old: CodeType, new: CodeType) -> tuple[CodeType, CodeType] | None:
    """The one outermost function in which two codes differ, if they differ nowhere else."""
    if _own(old) != _own(new):
        return None
    pairs = [pair for pair in zip(_nested(old), _nested(new), strict=True) if not _same(*pair)]
    if len(pairs) != 1:
        return None
    one, other = pairs[0]
    return (one, other) if _is_function(one) else _different(one, other)


def _lines(tree: ast.Module, code: CodeType) -> frozenset[int]:
    """The lines of a function; those of a ``def`` without its head, which an import runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
            if first == code.co_firstlineno:
                return frozenset(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(_run_by(code))


def _run_by(code: CodeType) -> Iterator[int]:
    yield from (line for *_, line in code.co_lines() if line)
    for each in _nested(code):
        yield from _run_by(each)


def _statement(tree: ast.Module, line: int) -> set[int]:
    """The lines of the innermost statement on a line, without those of the statements inside it."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    innermost = min(around, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    lines = set(range(innermost.lineno, (innermost.end_lineno or innermost.lineno) + 1))
    for node in ast.walk(innermost):
        if isinstance(node, ast.stmt) and node is not innermost:
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines or {line}
