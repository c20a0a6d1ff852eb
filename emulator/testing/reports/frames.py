"""Leave the emulator's own frames out of a traceback: a failure points at the test and at the app."""

from __future__ import annotations

from pathlib import Path

import pytest

import emulator

_OWN = str(Path(emulator.__file__).parent)


def hide_own_frames(item: pytest.Item, problem: BaseException) -> None:
    """Take the frames of this package out of a traceback that is about to be reported.

    So are those of the exceptions that led to it. With ``--full-trace`` they stay, and so does the first
    frame, whosever it is.
    """
    if item.config.getoption("fulltrace", False):
        return
    seen: set[int] = set()
    following: BaseException | None = problem
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        _unlink(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _unlink(problem: BaseException) -> None:
    kept = problem.__traceback__
    while kept is not None:
        following = kept.tb_next
        while following is not None and following.tb_frame.f_code.co_filename.startswith(_OWN):
            following = following.tb_next
        kept.tb_next = following
        kept = following
