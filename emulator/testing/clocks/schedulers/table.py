"""Which schedulers are known, each by its type; none of their libraries is imported for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any, NamedTuple

from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.schedulers.times import Times


class Known(NamedTuple):
    """A scheduler that is known: a class it derives from, by module and name, and what runs its jobs."""

    name: str
    module: str
    kind: str
    adapter: str


SCHEDULERS = (
    Known(
        "APScheduler 3", "apscheduler.schedulers.base", "BaseScheduler", "apscheduler_jobs:APSchedulerJobs"
    ),
    Known("Celery", "celery.app.base", "Celery", "celery_jobs:CeleryJobs"),
    Known("sched.scheduler", "sched", "scheduler", "sched_jobs:SchedJobs"),
    Known("an asyncio loop", "asyncio.events", "AbstractEventLoop", "asyncio_jobs:AsyncioTimers"),
)


@contextmanager
def driving(sandbox: Sandbox, times: Times, *schedulers: Any) -> Iterator[None]:
    """Carry out the jobs of schedulers as a sandbox's time passes, inside the ``with`` block.

    ``times`` are kept from one block to the next, in which a scheduler goes on where it was. Raises
    :class:`TypeError` for one that is neither known nor has ``next_due()`` and ``run()``.
    """
    found = [adapted(scheduler, times) for scheduler in schedulers]
    with ExitStack() as held:
        for jobs in found:
            if hasattr(jobs, "driven"):
                held.enter_context(jobs.driven())
        held.enter_context(sandbox.clock.walks(*found))
        yield


def adapted(scheduler: Any, times: Times) -> Any:
    """Find what runs the jobs of a scheduler; one that has ``next_due()`` and ``run()`` does so itself.

    Raises :class:`TypeError` for any other.
    """
    kinds = {(kind.__module__, kind.__name__) for kind in scheduler.__class__.__mro__}
    for known in SCHEDULERS:
        if (known.module, known.kind) in kinds:
            module, _, name = known.adapter.partition(":")
            adapter: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), name)
            return adapter(scheduler, times)
    if callable(getattr(scheduler, "next_due", None)) and callable(getattr(scheduler, "run", None)):
        return scheduler
    raise TypeError(
        f"{type(scheduler).__module__}.{type(scheduler).__qualname__} is no scheduler that is known: "
        f"{', '.join(known.name for known in SCHEDULERS)}. Any other is given as an object with two "
        "functions: next_due() -> datetime | None, when its next job is due, with a time zone; and run(), "
        "which carries out what is due by whatsapp.clock.now()."
    )
