"""Read a seed file and know, for every value in it, on which line it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from emulator.domain.durations import parse_duration
from emulator.domain.instants import parse_instant
from emulator.domain.values import dataclass
from emulator.sandbox.errors import SeedError

if TYPE_CHECKING:
    import yaml


@dataclass(frozen=True)
class Spot:
    """A value of a seed and where it stands, so that a complaint can name file, line and field."""

    value: Any
    file: str
    line: int
    path: str = ""
    """The field, such as ``numbers[0].number``; empty for the whole seed."""
    inside: dict[str | int, Spot] = field(default_factory=dict, repr=False)
    """The members of a mapping by key, or the elements of a list by place."""
    is_judged: bool = field(default=False, compare=False, repr=False)
    """Whether it has been judged before, as those of the seeds that come along: it keeps the rules."""

    def wrong(self, why: str) -> Never:
        """Raise :class:`SeedError` for this value, with ``why`` as the end of the sentence."""
        raise SeedError(self.file, self.line, self.path, why)

    def has(self, key: str) -> bool:
        """Say whether the mapping has a member ``key`` with a value; ``null`` is none."""
        return key in self.inside and self.inside[key].value is not None

    def get(self, key: str) -> Spot:
        """Find the member ``key`` of a mapping; a spot without a value when it is missing.

        That one stands on the line of the mapping, and can be read with a usual value, or complain.
        """
        return self.inside.get(key) or Spot(None, self.file, self.line, self._below(key))

    def require(self, key: str) -> Spot:
        """Find the member ``key``. Raises :class:`SeedError` when it is missing or ``null``."""
        member = self.get(key)
        if member.value is None:
            self.wrong(f"{key} is missing")
        return member

    def table(self, *known: str) -> Spot:
        """Check that this value is a mapping with no key beside ``known``; returns itself.

        Without ``known`` any key will do. Raises :class:`SeedError` at the line of the unknown key, with the
        nearest known one.
        """
        if not isinstance(self.value, dict):
            self.wrong(f"expected a mapping, got {_shown(self.value)}")
        for key, member in self.inside.items():
            if known and key not in known:
                near = get_close_matches(str(key), known, 1)
                meant = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
                raise SeedError(self.file, member.line, member.path, f"there is no {key}{meant}")
        return self

    def items(self) -> Iterator[Spot]:
        """List the elements of a list; none when it is missing.

        Raises :class:`SeedError` for what is no list.
        """
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self.wrong(f"expected a list, got {_shown(self.value)}")
        yield from self.inside.values()

    def text(self, usual: str | None = None) -> str:
        """Read a text that is not empty; ``usual`` when it is missing.

        Raises :class:`SeedError` for anything else.
        """
        if self.value is None and usual is not None:
            return usual
        if not isinstance(self.value, str) or not self.value:
            self.wrong(f"expected a text, got {_shown(self.value)}")
        return self.value

    def flag(self, usual: bool) -> bool:
        """Read true or false; ``usual`` when it is missing. Raises :class:`SeedError` for anything else."""
        if self.value is None:
            return usual
        if not isinstance(self.value, bool):
            self.wrong(f"expected true or false, got {_shown(self.value)}")
        return self.value

    def share(self, usual: float) -> float:
        """Read a number from 0 to 1; ``usual`` when it is missing.

        Raises :class:`SeedError` for anything else.
        """
        if self.value is None:
            return usual
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong(f"expected a number from 0 to 1, got {_shown(self.value)}")
        if not 0 <= self.value <= 1:
            self.wrong(f"expected a number from 0 to 1, got {self.value}")
        return float(self.value)

    def choice(self, usual: str, *choices: str) -> str:
        """Read one of some words, a number or ``on`` and ``off`` among them; ``usual`` when it is missing.

        Raises :class:`SeedError`, naming the words.
        """
        if self.value is None:
            return usual
        value = _SWITCHED.get(self.value, self.value) if isinstance(self.value, bool) else self.value
        value = str(value) if isinstance(value, int) else value
        if value not in choices:
            self.wrong(f"expected one of {', '.join(choices)}; got {_shown(self.value)}")
        return str(value)

    def digits(self, usual: str | None = None) -> str:
        """Read an id: digits, best in quotes, so that YAML does not make a number of it.

        ``usual`` when it is missing. Raises :class:`SeedError` for anything else.
        """
        if self.value is None and usual is not None:
            return usual
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        if not isinstance(self.value, str) or not (self.value.isascii() and self.value.isdigit()):
            self.wrong(f"expected an id of digits, got {_shown(self.value)}")
        return self.value

    def instant(self) -> datetime | None:
        """Read an instant, in UTC unless it says otherwise; ``None`` when it is missing.

        Raises :class:`SeedError`.
        """
        if self.value is None:
            return None
        value = self.value
        if isinstance(value, str):  # JSON has no instants of its own
            try:
                return parse_instant(value)
            except ValueError:
                value = None
        if not isinstance(value, datetime):
            self.wrong("expected an instant such as 2026-11-02T09:00:00Z")
        return value.replace(tzinfo=value.tzinfo or UTC)

    def seconds(self, usual: float) -> float:
        """Read a duration in seconds: a number, or words like ``5 minutes`` and ``1d12h``.

        ``usual`` when it is missing. Raises :class:`SeedError` for anything else, and for one that is longer
        than anything here may take.
        """
        if self.value is None:
            return usual
        try:
            return parse_duration(self.value).total_seconds()
        except ValueError as problem:
            return self.wrong(str(problem))

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


_DEEPEST = 50
"""Levels of a seed."""
_SWITCHED = {True: "on", False: "off"}
"""What YAML makes of the words ``on`` and ``off``, undone."""


def read_file(path: Path) -> Spot:
    """Read the YAML file at ``path``, unchecked but for its form.

    Raises :class:`SeedError`, naming file and line, for a file that cannot be read, and as :func:`read_text`.
    """
    try:
        return read_text(path.read_text(encoding="utf-8"), str(path))
    except OSError as problem:
        raise SeedError(str(path), 1, "", f"cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise SeedError(str(path), 1, "", "is not UTF-8") from None


def read_json(path: Path) -> Spot:
    """Read a JSON file at ``path``, unchecked but for its form; every complaint names its first line.

    Raises :class:`SeedError` for a file that cannot be read, and for what is no JSON.
    """
    try:
        return from_value(json.loads(path.read_bytes()), str(path))
    except OSError as problem:
        raise SeedError(str(path), 1, "", f"cannot be read: {problem.strerror}") from None
    except json.JSONDecodeError as problem:
        raise SeedError(str(path), problem.lineno, "", f"is not JSON: {problem.msg}") from None
    except (ValueError, RecursionError) as problem:
        raise SeedError(str(path), 1, "", f"is not JSON: {problem}") from None


def from_value(value: Any, file: str, path: str = "", depth: int = 0) -> Spot:
    """Make a spot of a value that stands in no text, such as parsed JSON; its line is always the first.

    ``file`` is its name in complaints. Raises :class:`SeedError` for more than 50 levels.
    """
    if depth > _DEEPEST:
        raise SeedError(file, 1, path, "is nested too deeply")
    inside: dict[str | int, Spot] = {}
    if isinstance(value, dict):
        for key, each in value.items():
            inside[str(key)] = from_value(each, file, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            inside[place] = from_value(each, file, f"{path}[{place}]", depth + 1)
    return Spot(value, file, 1, path, inside)


def read_text(text: str, file: str = "<seed>") -> Spot:
    """Read a seed from YAML (or JSON) text, unchecked but for its form.

    ``file`` is its name in complaints. Raises :class:`SeedError` for text that is empty or no YAML, a key
    that stands twice, and more than 50 levels.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        in_braces = "; within braces a text with ? , : or brackets wants quotes"
        hint = in_braces if "flow" in (problem.context or "") else ""
        raise SeedError(file, line, "", f"is not YAML: {problem.problem}{hint}") from None
    except yaml.YAMLError as problem:
        raise SeedError(file, 1, "", f"is not YAML: {problem}") from None
    if node is None:
        raise SeedError(file, 1, "", "is empty")
    return _spot(node, file, "", yaml.SafeLoader(""), 0)


def _spot(node: yaml.Node, file: str, path: str, loader: yaml.SafeLoader, depth: int) -> Spot:
    import yaml

    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise SeedError(file, line, path, "is nested too deeply")
    inside: dict[str | int, Spot] = {}
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = str(key_node.value)
            below = f"{path}.{key}" if path else key
            if key in inside:
                raise SeedError(file, key_node.start_mark.line + 1, below, "stands here for the second time")
            inside[key] = _spot(value_node, file, below, loader, depth + 1)
        return Spot({key: spot.value for key, spot in inside.items()}, file, line, path, inside)
    if isinstance(node, yaml.SequenceNode):
        for place, value_node in enumerate(node.value):
            inside[place] = _spot(value_node, file, f"{path}[{place}]", loader, depth + 1)
        return Spot([spot.value for spot in inside.values()], file, line, path, inside)
    try:
        value = loader.construct_object(node)
    except (yaml.YAMLError, ValueError):
        raise SeedError(file, line, path, f"cannot be read: {node.value!r}") from None
    return Spot(value, file, line, path)


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)
