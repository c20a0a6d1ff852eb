"""The total time of an exchange, in real seconds."""

from __future__ import annotations

from emulator.sandbox.network.problems import TimedOut
from emulator.sandbox.real_time import real_seconds


class Deadline:
    """The instant at which an exchange must be over, from connecting to the last byte of the answer.

    ``seconds`` is the total from now on, in real time; a frozen process does not stop it.
    """

    __slots__ = ("_end", "_step", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = real_seconds() + seconds
        self._step = "it had no time at all"

    def step(self, words: str) -> None:
        """Say what is done from now on, for the message of :class:`TimedOut`."""
        self._step = words

    def share(self, parts: int) -> Deadline:
        """Make a deadline at an equal part of the time that is left, for one of several tries.

        Raises :class:`TimedOut` when no time is left.
        """
        share = Deadline(self.seconds)
        share._end = real_seconds() + self.left() / parts
        share._step = self._step
        return share

    def left(self) -> float:
        """Return the seconds that are left, more than 0. Raises :class:`TimedOut` when none are."""
        left = self._end - real_seconds()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> TimedOut:
        """Make the problem that the time is over."""
        return TimedOut(f"no answer within {self.seconds:g} s: {self._step}")
