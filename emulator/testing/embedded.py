"""A WhatsApp for a block of code, with pytest or without: ``with emulator.whatsapp() as whatsapp:``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.source import SeedGiven, TemplatesGiven
from emulator.testing.choices import REFUSE, START, Strict, as_freezer, as_refusing, as_strict
from emulator.testing.clocks.clock import as_instant
from emulator.testing.clocks.freezing import frozen
from emulator.testing.reports.verdict import verdict
from emulator.testing.session import SessionEmulator
from emulator.testing.whatsapp import WhatsApp


class NotAsExpected(AssertionError):
    """A strict WhatsApp ended with complaints: calls that are not emulated, webhooks that were not taken.

    The sentences say what happened, and how a test is made less strict.
    """


@contextmanager
def whatsapp(
    seed: SeedGiven = DEFAULT,
    *,
    app: Any = None,
    templates: TemplatesGiven | None = None,
    start: datetime | str = START,
    freeze: bool | str = False,
    strict: Strict = True,
    webhook_path: str = "/webhook",
    intercept: bool = False,
    real_host: str = REFUSE,
    name: str = DEFAULT,
) -> Iterator[WhatsApp]:
    """Open a WhatsApp of its own inside the ``with`` block: what the fixture ``whatsapp`` is, without pytest.

    ``seed`` is a name, a path or a mapping, ``templates`` are added to it, as Graph lists them; ``app`` is
    where webhooks go, at ``webhook_path``. Its clock stands still at ``start``, a datetime or ISO 8601 text.
    ``freeze`` freezes the process there, too, with ``"freezegun"`` or ``"time-machine"``; ``True``: with the
    one that is installed. ``intercept`` brings calls for Meta's own hosts to it; else they are refused,
    unless ``real_host`` is ``"allow"``. Only the one called ``default`` has the documented ids and token,
    every other ``name`` gives others. At the end everything is closed, and a ``strict`` one raises
    :class:`NotAsExpected` for complaints, unless the block raised. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for a bad seed, and :class:`ValueError` for a ``freeze``
    that cannot be.
    """
    library = as_freezer(freeze)
    session = SessionEmulator()
    try:
        with (
            frozen(library, start) if isinstance(library, str) else nullcontext(),
            opened(
                session, seed, app=app, templates=templates, start=start, webhook_path=webhook_path, name=name
            ) as made,
        ):
            with session.guarded("this block", intercept=intercept, refuses=as_refusing(real_host)):
                yield made
            refused = session.network.gate.complaints
            if (complaint := verdict(made.sandbox, as_strict(strict), refused)) is not None:
                raise NotAsExpected(complaint)
    finally:
        session.close()


@contextmanager
def opened(
    session: SessionEmulator,
    seed: SeedGiven = DEFAULT,
    *,
    app: Any = None,
    templates: TemplatesGiven | None = None,
    start: datetime | str = START,
    webhook_path: str = "/webhook",
    name: str = DEFAULT,
    salt: str = "",
) -> Iterator[WhatsApp]:
    """Open a WhatsApp in an emulator that others share; it is removed at the end, and nothing is judged.

    The parameters are those of :func:`whatsapp`. ``salt`` is a word of the test's own, which gives messages
    other ids than those of other tests: an app that lives through several may remember them.
    """
    emulator, watcher = session.emulator, session.watcher
    sandbox = emulator.create(
        name,
        seed,
        templates=templates,
        at=as_instant(start),
        speed=None,
        at_once=True,
        follow=True,
        salt=salt,
    )
    try:
        sandbox.clock.on_freeze(watcher.watch)
        made = WhatsApp(session, sandbox)
        if app is not None:
            made.deliver_to(app, webhook_path)
        watcher.listen(made.follow)
        try:
            yield made
        finally:
            watcher.forget(made.follow)
            made.close()
    finally:
        emulator.remove(sandbox.name)
