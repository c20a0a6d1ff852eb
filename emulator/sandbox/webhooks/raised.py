"""Say in a line what a receiver raised, and where in its own code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from traceback import FrameSummary, extract_tb


def described(raised: BaseException) -> str:
    """Write the type and the message of an exception, and the innermost line of the receiver's own code.

    Such as ``KeyError: 'text' at bot.py:17 in webhook``, with the path from the working directory if it
    lies below that. What was raised in no code of its own is described without a line; of a group with one
    exception, that one is.
    """
    while isinstance(raised, BaseExceptionGroup) and len(raised.exceptions) == 1:
        raised = raised.exceptions[0]
    sentence = f"{type(raised).__name__}: {raised}" if str(raised) else type(raised).__name__
    line = _own_line(raised)
    return sentence if line is None else f"{sentence} at {_short(line.filename)}:{line.lineno} in {line.name}"


def _own_line(raised: BaseException) -> FrameSummary | None:
    lines = extract_tb(raised.__traceback__)
    own = [line for line in lines if not _is_library(line.filename)]
    return own[-1] if own else None


def _is_library(filename: str) -> bool:
    return filename.startswith("<") or str(Path(filename).resolve()).startswith(_libraries())


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else path.name


@cache
def _libraries() -> tuple[str, ...]:
    """Folders whose code is not the receiver's own: the standard library, what is installed, this package."""
    import sysconfig

    paths = map(sysconfig.get_path, ("stdlib", "platstdlib", "purelib", "platlib"))
    return *{str(Path(path).resolve()) for path in paths if path}, str(Path(__file__).parents[2])
