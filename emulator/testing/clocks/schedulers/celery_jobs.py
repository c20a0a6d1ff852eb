"""The tasks that an app sends with Celery, and its beat: kept in memory, and run as time comes to them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from emulator.domain.values import dataclass
from emulator.sandbox.clock import read_wall_clock
from emulator.testing.clocks.schedulers.times import Times


@dataclass(frozen=True, slots=True)
class _Sent:
    due: datetime
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    options: dict[str, Any]


@dataclass(slots=True)
class _Periodic:
    schedule: Any
    ran: datetime
    task: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    options: dict[str, Any]


class CeleryJobs:
    """Runs the tasks of a Celery app in this process, without a broker, a worker or a result backend.

    What ``delay``, ``apply_async`` and ``send_task`` send is kept until its ``countdown`` or ``eta``, also
    where ``task_always_eager`` is set, which would disregard both. Retries, links and chains are sent in the
    same way. What a task raises is raised. ``beat_schedule`` begins with the block.
    """

    needs_event_loop = False

    def __init__(self, app: Any, times: Times) -> None:
        self._app, self._times = app, times
        self._sent: list[_Sent] = []
        self._periodic: list[_Periodic] = []

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Take what is sent from the app, instead of its broker, inside the block."""
        app = self._app
        always_eager = app.conf.task_always_eager
        app.conf.task_always_eager = False
        app.send_task = self._keep
        self._periodic = [self._of_beat(entry) for entry in (app.conf.beat_schedule or {}).values()]
        try:
            yield
        finally:
            del app.send_task
            app.conf.task_always_eager = always_eager

    def next_due(self) -> datetime | None:
        dues = [sent.due for sent in self._sent] + [self._next_of(each) for each in self._periodic]
        return min(dues, default=None)

    def run(self) -> None:
        """Send what beat would send by now, and run what is due, in the order of dues."""
        now = self._times.now()
        for each in self._periodic:
            due = self._next_of(each)
            if due <= now:
                each.ran = due
                self._keep(each.task, each.args, each.kwargs, **each.options)
        due_now = sorted((sent for sent in self._sent if sent.due <= now), key=lambda sent: sent.due)
        for sent in due_now:
            self._sent.remove(sent)
            self._run(sent)

    # what is sent

    def _keep(
        self,
        name: str,
        args: Any = None,
        kwargs: Any = None,
        countdown: float | None = None,
        eta: datetime | None = None,
        task_id: str | None = None,
        expires: float | datetime | None = None,
        **options: Any,
    ) -> Any:
        """Stand in for ``app.send_task``; returns a result that knows its id and nothing else."""
        options["id"] = task_id or str(uuid4())
        due = self._times.now()
        if countdown is not None:
            due += timedelta(seconds=countdown)
        elif eta is not None:
            due = max(due, self._by_sandbox(options["id"], eta))
        if isinstance(expires, (int, float)):
            until: datetime | None = self._times.now() + timedelta(seconds=expires)
        else:
            until = expires and self._by_sandbox((options["id"], "expires"), expires)
        if until is None or until >= due:
            self._sent.append(_Sent(due, name, tuple(args or ()), dict(kwargs or {}), options))
        return self._app.AsyncResult(options["id"])

    def _by_sandbox(self, key: Any, instant: datetime) -> datetime:
        aware = instant if instant.tzinfo else instant.replace(tzinfo=self._app.timezone)
        return self._times.due(key, aware, read_wall_clock())

    def _run(self, sent: _Sent) -> None:
        from celery.app.trace import build_tracer
        from celery.exceptions import Retry

        try:
            task = self._app.tasks[sent.name]
        except KeyError:
            raise LookupError(f"the Celery app has no task {sent.name!r}; is its module imported?") from None
        options = sent.options
        request = {
            **{key: options.get(key) for key in ("id", "root_id", "parent_id", "chain", "headers")},
            "task": sent.name,
            "args": sent.args,
            "kwargs": sent.kwargs,
            "retries": options.get("retries") or 0,
            "is_eager": False,  # so that a retry is sent, with its countdown
            "callbacks": _listed(options.get("link")),
            "errbacks": _listed(options.get("link_error")),
            "ignore_result": True,
            "delivery_info": {},
        }
        trace = build_tracer(task.name, task, eager=True, propagate=True, app=self._app)
        try:
            trace(options["id"], sent.args, sent.kwargs, request)
        except Retry:
            return  # it has been sent again

    # what beat sends

    def _of_beat(self, entry: dict[str, Any]) -> _Periodic:
        from celery.schedules import maybe_schedule

        schedule = copy.copy(maybe_schedule(entry["schedule"], app=self._app))
        schedule.nowfun = partial(self._now)
        return _Periodic(
            schedule,
            self._times.now(),
            entry["task"],
            tuple(entry.get("args") or ()),
            dict(entry.get("kwargs") or {}),
            dict(entry.get("options") or {}),
        )

    def _next_of(self, each: _Periodic) -> datetime:
        """When a task of beat is due next: its schedule is asked as if it were when it ran last."""
        self._looked_at = each.ran
        remaining: timedelta = each.schedule.remaining_estimate(each.ran.astimezone(self._app.timezone))
        return each.ran + remaining

    def _now(self) -> datetime:
        return self._looked_at.astimezone(self._app.timezone)


def _listed(value: Any) -> list[Any] | None:
    if value is None:
        return None
    return list(value) if isinstance(value, (list, tuple)) else [value]
