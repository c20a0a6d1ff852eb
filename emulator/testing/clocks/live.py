"""``whatsapp.live()``: let a sandbox go on by itself for the length of a block."""

from __future__ import annotations

from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import NotAwaited, needs_event_loop
from emulator.testing.clocks.background_tasks import serving_here
from emulator.testing.clocks.event_loops import in_event_loop, running_loop


class Live:
    """Lets a sandbox go on by itself inside a ``with`` or ``async with`` block.

    ``speed`` lets its clock run meanwhile, that many simulated seconds a real one. At the end it stands still
    again, and the first problem that its threads met is raised.
    """

    def __init__(self, sandbox: Sandbox, speed: float | None) -> None:
        self._sandbox, self._speed = sandbox, speed

    def __enter__(self) -> None:
        if in_event_loop() and needs_event_loop(self._sandbox):
            raise NotAwaited("with whatsapp.live():", "async with whatsapp.live():")
        self._start()

    def __exit__(self, *_: object) -> None:
        self._stop()

    async def __aenter__(self) -> None:
        self._start()

    async def __aexit__(self, *_: object) -> None:
        loop = running_loop()
        if loop is None:
            self._stop()
        else:  # what is under way may need the loop to end
            await loop.in_thread(self._stop)

    def _start(self) -> None:
        if self._speed is not None:
            self._sandbox.clock.run(self._speed)
        with serving_here():
            self._sandbox.worker.start()

    def _stop(self) -> None:
        self._sandbox.worker.stop()
        if self._speed is not None:
            self._sandbox.clock.freeze()
        problems = self._sandbox.worker.problems
        if problems:
            raise problems[0]
