"""The loop of a server: hears of every connection, and looks only at those on which something happens."""

from __future__ import annotations

import selectors
from typing import Any

from waitress import wasyncore

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Sockets(dict[int, Any]):
    """The sockets of a server, by their file number; waitress adds them here and takes them away.

    Waitress' own loop asks every connection before each wait what it waits for, so that those that are idle
    cost as much as those that work. Here an idle one waits to be read, and is not asked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._selector = selectors.DefaultSelector()
        self._known: dict[int, int] = {}
        """What each registered socket waits for."""
        self._deaf: set[int] = set()
        """Those that are not heard, since something came that could not be read yet."""
        self._awake: set[int] = set()
        """Those to be asked what they wait for, before the next wait."""

    def __setitem__(self, number: int, member: Any) -> None:
        super().__setitem__(number, member)
        self._awake.add(number)

    def __delitem__(self, number: int) -> None:
        super().__delitem__(number)
        self._awake.discard(number)
        self._deaf.discard(number)
        if self._known.pop(number, 0):
            self._selector.unregister(number)

    def wake(self, number: int) -> None:
        """Ask a socket what it waits for before the next wait: somebody else has changed that."""
        self._awake.add(number)

    def is_deaf(self, number: int) -> bool:
        """Whether a socket waits to be heard again, for which the loop has to turn once more."""
        return number in self._deaf

    def turn(self, timeout: float) -> None:
        """Wait up to ``timeout`` real seconds for something to happen, and carry it out."""
        for number in list(self._awake):
            self._ask(number)
        for key, events in self._selector.select(timeout):
            number = key.fd
            member: Any = self.get(number)
            if member is None:
                continue
            self._awake.add(number)
            if events & READ:
                self._deaf.add(number)  # before it is asked: who makes it readable looks there afterwards
                if member.readable():
                    self._deaf.discard(number)
                    wasyncore.read(member)
                else:
                    self._wait_for(number, 0)
            has_closed = self.get(number) is not member
            if events & WRITE and not has_closed and member.writable():
                wasyncore.write(member)

    def close(self) -> None:
        """Forget the sockets; whoever owns them closes them."""
        self._selector.close()

    def _ask(self, number: int) -> None:
        member: Any = self.get(number)
        if member is None:
            self._awake.discard(number)
            return
        wanted = (READ if member.readable() else 0) | (WRITE if member.writable() else 0)
        before = self._known.get(number, 0)
        # while a call is under way its connection goes on to be heard: mostly nothing comes, and it is to be
        # heard again soon
        if wanted != before and (wanted or before != READ):
            self._wait_for(number, wanted)
        if wanted == READ and not getattr(member, "is_answering", False):
            self._awake.discard(number)

    def _wait_for(self, number: int, wanted: int) -> None:
        before = self._known.pop(number, 0)
        if wanted:
            self._known[number] = wanted
            if wanted & READ:
                self._deaf.discard(number)
            change = self._selector.modify if before else self._selector.register
            change(number, wanted)
        elif before:
            self._selector.unregister(number)
