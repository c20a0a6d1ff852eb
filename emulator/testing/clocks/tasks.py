"""Which tasks of an app in an event loop nobody has to wait for, and which have to be waited for again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from weakref import WeakSet

_LEFT_ALONE: WeakSet[Any] = WeakSet()
"""Tasks that nobody waits for any more."""
_ASLEEP: WeakSet[Any] = WeakSet()
"""Tasks that sleep in simulated time: they go on when it passes, and not by being waited for."""
_WOKEN: WeakSet[Any] = WeakSet()
"""Tasks whose sleep is over: they are waited for, whenever they were begun."""
_TURNS: WeakSet[Any] = WeakSet()
"""Futures of asyncio by which those who wait for tasks hear that one of these has begun to sleep."""


def leave_alone(tasks: Iterable[Any]) -> None:
    """Let nobody wait for some tasks: they last as long as the app that they serve."""
    _LEFT_ALONE.update(tasks)


def sleeps(task: Any) -> None:
    """Wait no more for a task of asyncio that sleeps in simulated time; called in its loop."""
    _ASLEEP.add(task)
    for turn in list(_TURNS):
        if not turn.done():
            turn.set_result(None)


def wakes(task: Any) -> None:
    """Wait again for a task whose sleep is over, whenever it was begun."""
    _ASLEEP.discard(task)
    _LEFT_ALONE.discard(task)
    _WOKEN.add(task)


def takes_turn(turn: Any) -> None:
    """Give a future of asyncio its result when a task begins to sleep in simulated time."""
    _TURNS.add(turn)


def waited_for(begun: frozenset[Any], running: frozenset[Any]) -> frozenset[Any]:
    """Pick the tasks to wait for: those ``begun``, and of all ``running`` ones those whose sleep is over."""
    return (begun | (running & {*_WOKEN})) - {*_LEFT_ALONE, *_ASLEEP}
