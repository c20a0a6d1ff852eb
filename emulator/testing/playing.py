"""Play scenarios with an app in this process, as pytest does, and without pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.scenarios.player import play
from emulator.sandbox.scenarios.report import ScenarioReport, StepResult
from emulator.sandbox.scenarios.scenario import Scenario
from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.webhooks.raised import described
from emulator.testing.choices import START
from emulator.testing.embedded import opened
from emulator.testing.environment import of_test, variables_set
from emulator.testing.receiving.names import AppNotFound, app_named
from emulator.testing.receiving.served import AppNotStarted
from emulator.testing.reports.verdict import complaints
from emulator.testing.session import SessionEmulator


class AppPlayer:
    """Plays scenarios one after the other, each with an app in this process and in a sandbox of its own.

    Calls of the app for Meta's own hosts reach that sandbox. ``variables`` says which environment variables
    hold which credentials meanwhile, as ``whatsapp_env`` does; ``webhook_path`` is where apps take webhooks,
    and ``port`` where the Graph API is served for one that asks for its address (0: a free one).
    """

    def __init__(
        self, variables: Mapping[str, str], *, webhook_path: str = "/webhook", port: int = 0
    ) -> None:
        self._session = SessionEmulator(port=port)
        self._variables, self._path = variables, webhook_path

    @property
    def url(self) -> str:
        """Where the Graph API is served; it is from now on. Raises :class:`OSError` for a port in use."""
        return self._session.url

    def play(
        self,
        scenario: Scenario,
        app: str,
        *,
        seed: str | None = None,
        patience: float,
        on_step: Callable[[StepResult], None] | None = None,
    ) -> ScenarioReport:
        """Play a scenario with the app of a name, such as ``main:app``; returns what became of it.

        The app is imported with the environment variables set, from the folder of the scenario, the working
        directory, and where Python looks. ``seed`` is for a scenario that names none; ``patience`` and
        ``on_step`` are those of :func:`~emulator.sandbox.scenarios.player.play`. The report has the
        complaints that a strict test fails for.

        Raises :class:`AppNotFound` for a name that names no app, :class:`AppNotStarted` when the app cannot
        be imported or does not start, :class:`TypeError` for what is no app, and
        :class:`~emulator.sandbox.scenarios.scenario.ScenarioError` for a scenario that cannot begin.
        """
        with (
            self._session.guarded("this scenario", intercept=True, refuses=True),
            opened(
                self._session,
                scenario.seed or seed or DEFAULT,
                start=scenario.start or START,
                salt=scenario.file,
            ) as whatsapp,
            variables_set(of_test(self._variables, whatsapp)),
        ):
            whatsapp.deliver_to(_imported(app, Path(scenario.file).parent), self._path)
            report = play(whatsapp.sandbox, scenario, patience=patience, on_step=on_step)
            return judged(report, whatsapp.sandbox, self._session.network.gate.complaints)

    def close(self) -> None:
        """Stop what serves apps and the Graph API; nothing can be played any more."""
        self._session.close()


def judged(report: ScenarioReport, sandbox: Sandbox, refused: Iterable[str] = ()) -> ScenarioReport:
    """Add to a report what a strict test fails for although no step expects it.

    ``refused``: sentences about calls of Meta's real hosts.
    """
    found = complaints(sandbox, refused=refused)
    return replace(report, complaints=tuple(each.sentence for each in found))


def _imported(app: str, folder: Path) -> Any:
    """Import an app by its name; what it raises meanwhile is told with the line of its own code."""
    try:
        return app_named(app, [folder.resolve()])
    except AppNotFound:
        raise
    except Exception as raised:
        raise AppNotStarted(f"{app!r} cannot be imported: {described(raised)}") from raised
