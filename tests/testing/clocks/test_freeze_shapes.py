"""Every shape in which freezegun freezes a process: in each the sandbox leads, and follows."""

from __future__ import annotations

import asyncio
import unittest
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from kit.plugin import FREEZE, FROZEN, later
from kit.receivers import Inbox

from emulator.testing.whatsapp import WhatsApp

Body = Callable[[], None]


def as_decorator(body: Body) -> None:
    freeze_time(FREEZE)(body)()


def from_text_with_a_zone(body: Body) -> None:
    with freeze_time("2026-12-01T10:00:00+02:00"):
        body()


def as_keyword(body: Body) -> None:
    @freeze_time(FREEZE, as_kwarg="frozen")
    def test(**given: Any) -> None:
        body()

    test()


def as_decorator_of_a_class(body: Body) -> None:
    @freeze_time(FREEZE)
    class Tests:
        def test(self) -> None:
            body()

    Tests().test()


def as_decorator_of_a_test_case(body: Body) -> None:
    @freeze_time(FREEZE)
    class Tests(unittest.TestCase):
        def test(self) -> None:
            body()

    Tests.setUpClass()
    try:
        Tests("test").debug()
    finally:
        Tests.tearDownClass()


def as_decorator_of_a_coroutine_function(body: Body) -> None:
    @freeze_time(FREEZE, real_asyncio=True)
    async def test() -> None:
        body()

    asyncio.run(test())  # type: ignore[arg-type]


def as_context(body: Body) -> None:
    with freeze_time(FREEZE):
        body()


def by_hand(body: Body) -> None:
    freeze = freeze_time(FREEZE)
    freeze.start()
    try:
        body()
    finally:
        freeze.stop()


def in_a_fixture(body: Body) -> None:
    @contextmanager
    def frozen() -> Iterator[object]:
        with freeze_time(ignore=["_pytest.runner"]) as frozen:
            frozen.move_to(FREEZE)
            yield frozen

    with frozen():
        body()


def from_a_datetime(body: Body) -> None:
    with freeze_time(FROZEN):
        body()


def from_a_function(body: Body) -> None:
    with freeze_time(lambda: datetime(2026, 12, 1, 8)):
        body()


def from_a_date(body: Body) -> None:
    with freeze_time(date(2026, 12, 1)) as frozen:
        frozen.tick(timedelta(hours=8))
        body()


def in_another_freeze(body: Body) -> None:
    with ExitStack() as held:
        held.enter_context(freeze_time("2026-11-20"))
        held.enter_context(freeze_time(FREEZE))
        body()


def with_an_offset(body: Body) -> None:
    with freeze_time(FREEZE, tz_offset=0):
        body()


SHAPES = (
    as_decorator,
    from_text_with_a_zone,
    as_keyword,
    as_decorator_of_a_class,
    as_decorator_of_a_test_case,
    as_decorator_of_a_coroutine_function,
    as_context,
    by_hand,
    in_a_fixture,
    from_a_datetime,
    from_a_function,
    from_a_date,
    in_another_freeze,
    with_an_offset,
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_shape_of_freeze(whatsapp: WhatsApp, inbox: Inbox, shape: Callable[[Body], None]) -> None:
    """The app is told of everything at its instant by the process's own clock."""
    seen: list[datetime] = []

    def body() -> None:
        whatsapp.person().says("Hello")
        whatsapp.clock.advance(hours=25)
        seen.extend([datetime.now(UTC), whatsapp.clock.now()])

    shape(body)

    assert seen == [later(hours=25)] * 2
    assert inbox.seen_at == inbox.stamps == [FROZEN]


@pytest.mark.parametrize("offset", [-4, 5.5, timedelta(hours=2)])
def test_an_offset_shifts_local_time_alone(whatsapp: WhatsApp, inbox: Inbox, offset: Any) -> None:
    """The sandbox is at the frozen instant, as ``time.time()`` and the timestamps of webhooks are."""
    with freeze_time(FREEZE, tz_offset=offset):
        whatsapp.person().says("Hello")
        whatsapp.clock.advance(hours=25)
        local = datetime.now()

    hours = offset if isinstance(offset, timedelta) else timedelta(hours=offset)
    assert local == later(hours=25).replace(tzinfo=None) + hours
    assert whatsapp.clock.now() == later(hours=25)
    assert inbox.stamps == [FROZEN]
