"""Read a request body as Graph does, and complain in Graph's own words.

One grammar for every endpoint: a :class:`Parameter` is a value with its path, and each way of asking for it
(``required``, ``string``, ``one_of`` …) either answers or raises the ``(#100)`` sentence that the platform's
generic validator gives. The bracket style of paths (``template['language']['code']``) is the recorded one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Never

from emulator.domain.errors import bad_parameter
from emulator.domain.shapes import bracketed

_NUMERIC = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")
MAX_DEPTH = 64
"""How deeply a JSON body may nest; deeper ones count as unreadable."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a request and where it stands in it. An absent value is ``None``."""

    value: Any
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return bracketed(self.path)

    @property
    def absent(self) -> bool:
        return self.value is None

    def get(self, key: str) -> Parameter:
        """The member ``key`` of an object; absent when it is not there."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return Parameter(found, (*self.path, key))

    def required(self, key: str) -> Parameter:
        """The member ``key``, which must be there and not be empty."""
        member = self.present(key)
        if member.value == "":
            raise bad_parameter(f"The parameter {member} is required.")
        return member

    def present(self, key: str) -> Parameter:
        """The member ``key``, which must be there and may be empty."""
        member = self.get(key)
        if member.absent:
            raise bad_parameter(f"The parameter {member} is required.")
        return member

    def object(self) -> Parameter:
        """This value as an object; a form's JSON string counts as one."""
        value = _decoded(self.value)
        if not isinstance(value, dict):
            raise bad_parameter(f"Param {self} must be a JSON object.")
        return Parameter(value, self.path)

    def array(self) -> Sequence[Parameter]:
        """The elements of this value, which must be an array; none when it is absent."""
        value = _decoded(self.value)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise bad_parameter(f"Param {self} must be an array.")
        return tuple(Parameter(element, (*self.path, place)) for place, element in enumerate(value))

    def string(self) -> str:
        """This value, which must be a string; Graph also takes a number where it wants a string."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        if not isinstance(self.value, str):
            raise bad_parameter(f"Param {self} must be a string.")
        return self.value

    def text(self) -> str:
        """This value, which must be a string and nothing else."""
        if not isinstance(self.value, str):
            raise bad_parameter(f"Param {self} must be a string.")
        return self.value

    def boolean(self) -> bool:
        """This value as a truth value, in any of the spellings a form or JSON has for it."""
        if isinstance(self.value, bool):
            return self.value
        if self.value in (0, 1):
            return bool(self.value)
        if isinstance(self.value, str) and self.value.lower() in ("true", "false", "0", "1"):
            return self.value.lower() in ("true", "1")
        raise bad_parameter(f"Param {self} must be a boolean.")

    def integer(self) -> int:
        """This value as a whole number; a numeric string counts as one."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and abs(self.value) < 10**20:
            return self.value
        if (
            isinstance(self.value, str)
            and self.value.removeprefix("-").isascii()
            and (self.value.removeprefix("-").isdigit() and len(self.value) <= 20)
        ):
            return int(self.value)
        raise bad_parameter(f"Param {self} must be an integer.")

    def number(self) -> int | float:
        """This value as a number; a numeric string counts as one."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            if abs(self.value) < 10**20:
                return self.value
        elif isinstance(self.value, str) and _NUMERIC.fullmatch(self.value):
            return float(self.value)
        raise bad_parameter(f"Param {self} must be a number.")

    def one_of(self, choices: Iterable[str]) -> str:
        """This value as one of ``choices``, compared without regard to case; upper case comes back."""
        choices = tuple(choices)
        given = self.value.upper() if isinstance(self.value, str) else None
        if given not in choices:
            shown = self.value if isinstance(self.value, str) else json.dumps(self.value)
            listed = ", ".join(choices)
            raise bad_parameter(f'Param {self} must be one of {{{listed}}} - got "{shown}".')
        return given

    def only(self, *known: str) -> Parameter:
        """This object, which may have no member beside ``known``."""
        for key in self.value:
            if key not in known:
                raise bad_parameter(f'Unexpected key "{key}" on param "{self}".')
        return self

    def strings(self) -> tuple[str, ...]:
        """A list in any of the shapes clients write: ``a,b`` · ``["a","b"]`` · ``x[]=a&x[]=b``."""
        value = _decoded(self.value)
        if value is None:
            return ()
        if isinstance(value, list):
            return tuple(element.string() for element in Parameter(value, self.path).array())
        text = Parameter(value, self.path).string()
        return tuple(part.strip() for part in text.split(",") if part.strip())


def _decoded(value: Any) -> Any:
    """Open the JSON that forms and queries carry as a string; anything else stays as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        opened = parse(value.encode())
        return value if opened is None else opened
    return value


def parse(body: bytes) -> Any:
    """Parse JSON as strictly as PHP does; ``None`` for anything that is not JSON.

    Unreadable are: bytes that are not UTF-8, unpaired surrogates, ``NaN`` and ``Infinity``, numbers of
    thousands of digits, and nesting beyond :data:`MAX_DEPTH`. The platform treats such a body as one without
    parameters, and so does the caller.
    """
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return value if _depth_fits(value, MAX_DEPTH) else None


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is not JSON")


def _depth_fits(value: Any, left: int) -> bool:
    level: Iterator[Any] = iter((value,))
    for _ in range(left):
        below: list[Any] = []
        for element in level:
            if isinstance(element, dict):
                below.extend(element.values())
            elif isinstance(element, list):
                below.extend(element)
        if not below:
            return True
        level = iter(below)
    return False
