"""The errors of a sandbox that are no answers of the platform.

What a person cannot do, and what cannot be opened.
"""

from __future__ import annotations

from typing import Any


class CannotDo(ValueError):
    """A person was asked to do what they cannot: the sentence says why, and what they could do.

    The control API answers it with 422.
    """


class CannotOpen(ValueError):
    """A sandbox cannot be opened: the sentence says why.

    The family of :class:`NotASnapshot` and :class:`InUse`.
    """


class NotASnapshot(CannotOpen):
    """The file is no sandbox, is damaged, or holds something that this version cannot read.

    The sentence names the first such thing. The control API answers 422.
    """


class InUse(CannotOpen):
    """Another process has the file of the sandbox open; one process may at a time.

    What a process remembers of its database must not change elsewhere, so the file is locked for as long as
    it is open.
    """


class SeedError(ValueError):
    """A seed is wrong: the sentence says in which file, on which line, in which field, and why.

    The control API answers 400.
    """

    def __init__(self, file: str, line: int, field: str, why: str) -> None:
        super().__init__(f"{file}:{line}: {field or 'seed'}: {why}")
        self.file, self.line, self.field, self.why = file, line, field, why


class NotMet(Exception):
    """What a test expected has not happened, or happened too often; the text says what came instead.

    ``summary`` is what was expected, the nearest miss, and what went wrong; ``conversation`` the messages in
    simulated time; ``came`` what was found. The control API answers it with 408.
    """

    def __init__(self, summary: str, conversation: str, came: tuple[Any, ...]) -> None:
        super().__init__(f"{summary}\n{conversation}")
        self.summary, self.conversation, self.came = summary, conversation, came


class SandboxClosed(RuntimeError):
    """The sandbox is closed, or was closed while the call was under way: it answers nothing any more."""


class NotKept(RuntimeError):
    """What was done could not be written to the disk, so that nothing of it happened: the sentence says why.

    It can be tried again when the cause has gone, such as a full disk.
    """
