"""Read a request body as Graph does, with the errors of Graph's generic parameter reader.

One grammar for every endpoint: a :class:`Parameter` is a value with its path, and each way of asking for it
(``required``, ``string``, ``one_of`` …) either answers or raises the ``(#100)`` sentence that the platform's
generic validator gives. The bracket style of paths (``template['language']['code']``) is the recorded one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Never

from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.masking import beginning
from emulator.domain.quoting import cut, quoted
from emulator.domain.shapes import bracketed
from emulator.domain.values import dataclass
from emulator.wire.received import LONGEST, closest, described, listed

_NUMERIC = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")
MAX_DEPTH = 64
"""How deeply a JSON body may nest; deeper ones count as unreadable."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in a request and its path, which errors print; an absent value is ``None``.

    Every reading method raises :class:`GraphError` (100) when the value is not what it asks for.
    """

    value: Any
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return bracketed(self.path)

    @property
    def absent(self) -> bool:
        """Whether the request does not have it; a JSON ``null`` counts as absent."""
        return self.value is None

    def get(self, key: str) -> Parameter:
        """Take the member ``key`` of an object; it is absent when it is not there or this is no object."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return Parameter(found, (*self.path, key))

    def required(self, key: str) -> Parameter:
        """Take the member ``key``, which must be there and not be the empty string.

        Raises ``(#100) The parameter … is required.``
        """
        member = self.present(key)
        if member.value == "":
            raise bad_parameter(f"The parameter {member} is required.", hint=self.hint_without(key))
        return member

    def present(self, key: str) -> Parameter:
        """Take the member ``key``, which must be there and may be the empty string.

        Raises ``(#100) The parameter … is required.``
        """
        member = self.get(key)
        if member.absent:
            raise bad_parameter(f"The parameter {member} is required.", hint=self.hint_without(key))
        return member

    def object(self) -> Parameter:
        """Read an object, or a string of JSON that is one, as forms and queries carry it.

        Raises ``(#100) Param … must be a JSON object.``
        """
        value = _decoded(self.value)
        if not isinstance(value, dict):
            raise self._is_not("a JSON object")
        return Parameter(value, self.path)

    def array(self) -> Sequence[Parameter]:
        """Read the elements of an array, each with its path; none when the parameter is absent.

        A string of JSON that is an array counts as one. Raises ``(#100) Param … must be an array.``
        """
        value = _decoded(self.value)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._is_not("an array")
        return tuple(Parameter(element, (*self.path, place)) for place, element in enumerate(value))

    def string(self) -> str:
        """Read a string, or a whole number as its digits, which Graph accepts for ids and the like.

        Raises ``(#100) Param … must be a string.``
        """
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        if not isinstance(self.value, str):
            raise self._is_not("a string")
        return self.value

    def text(self) -> str:
        """Read a string and nothing else. Raises ``(#100) Param … must be a string.`` for a number too."""
        if not isinstance(self.value, str):
            raise self._is_not("a string")
        return self.value

    def boolean(self) -> bool:
        """Read a boolean in any spelling of JSON and forms: ``true``, ``"true"``, ``1``, ``"1"`` and so on.

        Raises ``(#100) Param … must be a boolean.``
        """
        if isinstance(self.value, bool):
            return self.value
        if self.value in (0, 1):
            return bool(self.value)
        if isinstance(self.value, str) and self.value.lower() in ("true", "false", "0", "1"):
            return self.value.lower() in ("true", "1")
        raise self._is_not("a boolean")

    def integer(self) -> int:
        """Read a whole number of up to 20 digits; a string of digits counts as one, a fraction does not.

        Raises ``(#100) Param … must be an integer.``
        """
        if isinstance(self.value, int) and not isinstance(self.value, bool) and abs(self.value) < 10**20:
            return self.value
        if (
            isinstance(self.value, str)
            and self.value.removeprefix("-").isascii()
            and (self.value.removeprefix("-").isdigit() and len(self.value) <= 20)
        ):
            return int(self.value)
        raise self._is_not("an integer")

    def number(self) -> int | float:
        """Read a number with or without a fraction; a numeric string counts as one.

        Raises ``(#100) Param … must be a number.``
        """
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            if abs(self.value) < 10**20:
                return self.value
        elif isinstance(self.value, str) and _NUMERIC.fullmatch(self.value):
            return float(self.value)
        raise self._is_not("a number")

    def one_of(self, choices: Iterable[str]) -> str:
        """Read one of ``choices`` (upper case), compared without regard to case; the upper case comes back.

        Raises ``(#100) Param … must be one of {…} - got "…".``, which lists the choices in their order.
        """
        choices = tuple(choices)
        given = self.value.upper() if isinstance(self.value, str) else None
        if given not in choices:
            words, shown = ", ".join(choices), quoted(self.value)
            raise bad_parameter(
                f'Param {self} must be one of {{{words}}} - got "{shown}".',
                hint=self._no_choice(shown, choices),
            )
        return given

    def only(self, *known: str) -> Parameter:
        """Refuse a member of this object beside ``known``, and return the object.

        Raises ``(#100) Unexpected key "…" on param "…".`` for the first one.
        """
        for key in self.value:
            if key not in known:
                raise bad_parameter(
                    f'Unexpected key "{cut(key)}" on param "{self}".',
                    hint=f"Known here are {', '.join(known)}.{closest(key, known)} "
                    f"Leave out {cut(key, LONGEST)}, or put it where it belongs.",
                )
        return self

    def strings(self) -> tuple[str, ...]:
        """Read a list in any form clients write: ``a,b`` · ``["a","b"]`` · ``x[]=a&x[]=b``.

        An absent one is empty; spaces around the commas of the first form, and empty words, are dropped.
        """
        value = _decoded(self.value)
        if value is None:
            return ()
        if isinstance(value, list):
            return tuple(element.string() for element in Parameter(value, self.path).array())
        text = Parameter(value, self.path).string()
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def hint_without(self, key: str) -> str:
        """Build the hint about the member ``key`` that is missing or empty: what came instead of it."""
        where = f"`{self}`" if self.path else "The call"
        if not isinstance(self.value, dict):
            return f"{where} is {described(self.value)}, which has no members; send an object with {key}."
        if key in self.value:
            return f"{key} came as {described(self.value[key])}; give it a value."
        names = list(self.value)
        came = f"has {listed(names)}" if names else "has no parameters at all"
        return f"{where} {came}; add {key}.{closest(key, names)}"

    def _is_not(self, wanted: str) -> GraphError:
        """Build the error about a value of another type, with what came."""
        return bad_parameter(
            f"Param {self} must be {wanted}.", hint=f"It came as {described(self.value)}; send {wanted}."
        )

    def _no_choice(self, shown: str, choices: Sequence[str]) -> str:
        """The hint about a word that is none of the choices."""
        if not isinstance(self.value, str):
            return f"It came as {described(self.value)}; send one of the words as a string."
        near = closest(shown.upper(), choices)
        begins = beginning(shown, LONGEST)
        if len(choices) == 1:
            return f"{begins!r} is not {choices[0]}, all that {self} can be, in any case."
        return f"{begins!r} is none of the {len(choices)} words that {self} can be, in any case.{near}"


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
        value = _DECODER.decode(text)
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


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


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
