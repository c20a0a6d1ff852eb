"""Show on a terminal how far a move of the clock is, while the emulator makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread
from typing import Any

PAUSE = 0.2
"""Real seconds between two looks at the clock."""


@contextmanager
def shown(look: Callable[[], dict[str, Any]]) -> Iterator[None]:
    """Draw a bar on standard error while the body runs, as long as the clock of the emulator is being moved.

    ``look`` gets the clock as the control API shows it, and is called five times a second on a thread of its
    own. Nothing is drawn when standard error is no terminal.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    bar = Progress(
        TextColumn("time passes"),
        BarColumn(),
        TextColumn("{task.fields[now]}  {task.fields[events]:,} events"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    over = Event()
    with bar:
        watcher = Thread(target=_watch, args=(bar, look, over), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join(5)


def _watch(bar: Any, look: Callable[[], dict[str, Any]], over: Event) -> None:
    task = bar.add_task("", total=None, now="", events=0)
    while not over.wait(PAUSE):
        try:
            clock = look()
        except Exception:  # the call that moves the clock has its own word about that
            return
        if walk := clock.get("walking"):
            since, until, now = (
                datetime.fromisoformat(each) for each in (walk["since"], walk["until"], clock["now"])
            )
            bar.update(
                task,
                total=(until - since).total_seconds(),
                completed=(now - since).total_seconds(),
                now=f"{now:%Y-%m-%d %H:%M}",
                events=walk["events"],
            )
