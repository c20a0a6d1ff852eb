"""Play scenarios in sandboxes that are made for them, with an app at a URL, in this process, or with none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import click

from emulator.cli.exec import CREDENTIALS
from emulator.cli.graph_server import served, telling

if TYPE_CHECKING:
    from emulator.sandbox.scenarios.report import StepResult
    from emulator.sandbox.scenarios.scenario import Scenario
    from emulator.testing.playing import AppPlayer

CANNOT = 2
"""The exit code where a scenario could not be played."""
WEBHOOK_PATH = "/webhook"
"""Where an app in this process takes its webhooks, unless an option says otherwise."""
_START = "2026-11-02T09:00:00+00:00"
"""When a scenario begins that does not say so: where a test begins."""


class Unplayed(click.ClickException):
    """A scenario could not be played; the message says why."""

    exit_code = CANNOT


class OwnSandboxes:
    """Plays scenarios in sandboxes that are made for them; their people answer at once but for their habits.

    ``app`` is the URL or the name of the app for all of them; without one it is that of each scenario.
    ``webhook_path`` and ``names`` are for an app in this process, which is stopped at the end of the block.
    """

    def __init__(
        self,
        app: str | None,
        webhook_path: str | None,
        names: tuple[str, ...],
        *,
        port: int | None,
        seed: str | None,
        patience: float,
        show: Callable[[dict[str, Any]], None],
    ) -> None:
        self._app, self._path, self._names = app, webhook_path, names
        self._port, self._seed, self._patience, self._show = port, seed, patience, show
        self._player: AppPlayer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._player is not None:
            self._player.close()

    def play(self, scenario: Scenario) -> dict[str, Any]:
        """Play a scenario; returns its report as JSON has it. Raises :class:`Unplayed` with what to mend."""
        app = self._app or scenario.app
        if app is not None and urlsplit(app).scheme not in ("http", "https"):
            return self._with_app(scenario, app)
        if self._names or self._path is not None:
            what = f"{app} is a URL" if app else "there is no app"
            raise Unplayed(f"--env and --webhook-path are for an app in this process, and {what}")
        return self._with_url(scenario, app)

    def _with_app(self, scenario: Scenario, app: str) -> dict[str, Any]:
        from emulator.testing.receiving.names import AppNotFound
        from emulator.testing.receiving.served import AppNotStarted

        option = "--app" if self._app else f"{scenario.file}: app"
        if self._player is None:
            self._player = self._new_player()
        try:
            report = self._player.play(
                scenario, app, seed=self._seed, patience=self._patience, on_step=self._hear
            )
        except AppNotFound as wrong:
            raise Unplayed(f"{option} {wrong}") from None
        except (AppNotStarted, TypeError) as problem:
            raise Unplayed(f"{option}: {problem}") from None
        return report.as_json()

    def _new_player(self) -> AppPlayer:
        from emulator.testing.environment import as_variables
        from emulator.testing.playing import AppPlayer

        try:
            variables = {**CREDENTIALS, **as_variables(self._names)}
        except ValueError as wrong:
            raise Unplayed(f"--env {wrong}") from None
        player = AppPlayer(variables, webhook_path=self._path or WEBHOOK_PATH, port=self._port or 0)
        if self._port is not None:
            telling(self._port, lambda: player.url)
        return player

    def _with_url(self, scenario: Scenario, url: str | None) -> dict[str, Any]:
        from emulator.domain.instants import parse_instant
        from emulator.sandbox.emulator import Emulator
        from emulator.sandbox.scenarios.player import play
        from emulator.testing.playing import judged

        hosts = [urlsplit(url).hostname or ""] if url else []  # whoever writes a URL means its host
        with Emulator(allow_public=url is not None, allow_hosts=hosts) as emulator:
            sandbox = emulator.create(
                "default",
                scenario.seed or self._seed or "default",
                at=scenario.start or parse_instant(_START),
                speed=None,
                at_once=True,
            )
            if url is not None:
                sandbox.webhooks.connect(url)
            with served(emulator, self._port):
                report = play(sandbox, scenario, patience=self._patience, on_step=self._hear)
                return judged(report, sandbox).as_json()

    def _hear(self, result: StepResult) -> None:
        self._show(result.as_json())
