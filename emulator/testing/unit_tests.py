"""A WhatsApp for each test of a :class:`unittest.TestCase`, which knows no fixtures."""

from __future__ import annotations

import unittest
from datetime import datetime
from typing import Any, ClassVar

from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.source import SeedGiven, TemplatesGiven
from emulator.testing.choices import REFUSE, START, Strict, as_refusing, as_strict
from emulator.testing.embedded import NotAsExpected, opened
from emulator.testing.reports.verdict import verdict
from emulator.testing.session import SessionEmulator
from emulator.testing.whatsapp import WhatsApp


class WhatsAppMixin(unittest.TestCase):
    """Gives each test ``self.whatsapp``: ``class TestBot(WhatsAppMixin, unittest.TestCase)``.

    What the options of the pytest plugin choose, class attributes choose here: ``whatsapp_seed``,
    ``whatsapp_templates``, ``whatsapp_start``, ``whatsapp_webhook_path``,
    ``whatsapp_intercept``, ``whatsapp_real_host`` and ``whatsapp_strict``.
    ``whatsapp_app`` is where webhooks go; a function is wrapped, as ``whatsapp_app = staticmethod(receive)``.
    The tests of a class share one emulator, and each has a sandbox of its own. A strict test fails for
    complaints at its end.
    """

    whatsapp: WhatsApp
    """The WhatsApp of the running test."""
    whatsapp_seed: ClassVar[SeedGiven] = DEFAULT
    whatsapp_app: ClassVar[Any] = None
    whatsapp_templates: ClassVar[TemplatesGiven | None] = None
    whatsapp_start: ClassVar[datetime | str] = START
    whatsapp_webhook_path: ClassVar[str] = "/webhook"
    whatsapp_strict: ClassVar[Strict] = True
    whatsapp_intercept: ClassVar[bool] = False
    whatsapp_real_host: ClassVar[str] = REFUSE
    _session: ClassVar[SessionEmulator]

    @classmethod
    def setUpClass(cls) -> None:
        """Make the emulator of the class."""
        super().setUpClass()
        cls._session = SessionEmulator()
        cls.addClassCleanup(cls._session.close)

    def setUp(self) -> None:
        """Make the sandbox of the test; what ``setUp`` of a test class does after it can use it."""
        super().setUp()
        self.whatsapp = self.enterContext(
            opened(
                self._session,
                self.whatsapp_seed,
                app=self.whatsapp_app,
                templates=self.whatsapp_templates,
                start=self.whatsapp_start,
                webhook_path=self.whatsapp_webhook_path,
                salt=self.id(),
            )
        )
        self.addCleanup(self._judge)
        guarded = self._session.guarded(
            self.id(), intercept=self.whatsapp_intercept, refuses=as_refusing(self.whatsapp_real_host)
        )
        self.enterContext(guarded)

    def _judge(self) -> None:
        outcome = getattr(self, "_outcome", None)
        if getattr(outcome, "success", True):
            refused = self._session.network.gate.complaints
            complaint = verdict(self.whatsapp.sandbox, as_strict(self.whatsapp_strict), refused)
            if complaint is not None:
                raise NotAsExpected(complaint)
