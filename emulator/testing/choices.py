"""What can be chosen for a test, with pytest or without: the words, and how each choice is read.

Nothing heavy is imported here; every pytest run that has the package installed reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

START = "2026-11-02T09:00:00+00:00"
"""When a test begins unless an option says otherwise: a Monday morning."""

FREEZERS = {"freezegun": "freezegun", "time-machine": "time_machine"}
"""The libraries that freeze a process, with the module of each; the first that is installed goes first."""

REFUSE = "refuse"
"""What becomes of calls for Meta's real hosts that are not intercepted, unless an option says otherwise."""
ALLOW = "allow"
"""The word by which such calls may go out."""
_YES = ("true", "1", "yes", "on")
_NO = ("false", "0", "no", "off")


def as_given(given: Any) -> Any:
    """Take a value as it was given."""
    return given


def as_flag(given: Any) -> bool:
    """Read yes or no from ``true``, ``1``, ``yes``, ``on`` and their opposites, in any case, or from a bool.

    Raises :class:`ValueError` for anything else.
    """
    text = str(given).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueError(f"is true or false, not {given!r}")


def as_one_of(*words: str) -> Callable[[Any], str]:
    """Make a function that takes one of these words, and raises :class:`ValueError` for anything else."""

    def read(given: Any) -> str:
        if given not in words:
            raise ValueError(f"is {' or '.join(words)}, not {given!r}")
        return str(given)

    return read


def as_freezer(given: Any) -> str | bool:
    """Read which library freezes the process, ``freezegun`` or ``time-machine``; ``False`` for neither.

    ``true`` is the first of them that is installed. Raises :class:`ValueError` for one that is not, and for
    anything else.
    """
    text = str(given).lower()
    if text in _NO:
        return False
    if text not in (*_YES, *FREEZERS):
        raise ValueError(f"is true, false, {' or '.join(FREEZERS)}, not {given!r}")
    wanted = FREEZERS if text in _YES else {text: FREEZERS[text]}
    for library, module in wanted.items():
        if find_spec(module) is not None:
            return library
    raise ValueError(f"needs {' or '.join(wanted)}: `pip install {next(iter(wanted))}`")


STRICT = ("calls", "webhooks", "undelivered", "faults", "unawaited", "real_host")
"""What a strict test fails for.

Calls that are not emulated, webhooks that were not answered with 200, or that nobody delivered, faults that
were never met, what an async test had to await and did not, and calls of Meta's real hosts.
"""


Strict = bool | str | Sequence[str]
"""What a test fails for: everything, nothing, or some words of :data:`STRICT`."""


def as_strict(given: Strict) -> tuple[str, ...]:
    """Read what a test fails for: ``true`` (everything), ``false`` (nothing), or words of :data:`STRICT`.

    Words are a text with commas or blanks between them, or a sequence. Raises :class:`ValueError` for another
    word.
    """
    if isinstance(given, bool) or str(given).lower() in (*_YES, *_NO):
        return STRICT if as_flag(given) else ()
    words = given.replace(",", " ").split() if isinstance(given, str) else given
    if unknown := [word for word in words if word not in STRICT]:
        raise ValueError(f"is true, false, or some of {', '.join(STRICT)}, not {unknown[0]!r}")
    return tuple(word for word in STRICT if word in words)


as_real_host = as_one_of(REFUSE, ALLOW)
"""Reads what becomes of calls for Meta's real hosts."""


def as_refusing(real_host: str) -> bool:
    """Say whether calls of Meta's real hosts are refused, by the word for it.

    Raises :class:`ValueError` for another word.
    """
    try:
        return as_real_host(real_host) == REFUSE
    except ValueError as wrong:
        raise ValueError(f"real_host {wrong}") from None
