"""Find the line of the user's own code that makes a call, for the sentence that refuses it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

_INSTALLED = ("/site-packages/", "/dist-packages/")
_OURS = f"{Path(__file__).parents[2].as_posix()}/"


def calling_line() -> str | None:
    """Say where the user's code is that makes the present call: ``bot.py:12, in send``.

    User's code is what stands neither in the standard library, nor among installed packages, nor here. It is
    looked for in the calling thread; then in the tasks of its event loop, since clients look up names in a
    task of their own; then in the main thread, which waits for the others. ``None`` when it is nowhere.
    """
    for lines in (_of_frame(sys._getframe(1)), _of_tasks(), _of_main_thread()):
        for code, line in lines:
            if _is_users(code):
                return f"{_shown(code.co_filename)}:{line}, in {code.co_name}"
    return None


def _of_frame(frame: Any) -> Iterator[tuple[CodeType, int]]:
    while frame is not None:
        yield frame.f_code, frame.f_lineno
        frame = frame.f_back


def _of_tasks() -> Iterator[tuple[CodeType, int]]:
    """The coroutines that wait in the loop of this thread, the innermost of each task first."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:
        return
    for task in tasks:
        waiting = []
        coroutine: Any = task.get_coro()
        while (frame := getattr(coroutine, "cr_frame", None)) is not None:
            waiting.append((frame.f_code, frame.f_lineno))
            coroutine = coroutine.cr_await
        yield from reversed(waiting)


def _of_main_thread() -> Iterator[tuple[CodeType, int]]:
    yield from _of_frame(sys._current_frames().get(threading.main_thread().ident or 0))


def _is_users(code: CodeType) -> bool:
    file = code.co_filename.replace("\\", "/")
    return not file.startswith(("<", _OURS, *_library())) and all(name not in file for name in _INSTALLED)


@cache
def _library() -> tuple[str, ...]:
    import sysconfig

    return tuple(
        f"{Path(sysconfig.get_path(name)).as_posix()}/" for name in ("stdlib", "platstdlib", "scripts")
    )


def _shown(file: str) -> str:
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file
