"""``play``: play scenario files, in sandboxes of their own or in one of a server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import click

from emulator.cli.exec import CREDENTIALS
from emulator.cli.graph_server import served, telling
from emulator.cli.remote.client import TOKEN, ControlClient, with_scheme

if TYPE_CHECKING:
    from emulator.sandbox.scenarios.report import StepResult
    from emulator.sandbox.scenarios.scenario import Scenario
    from emulator.testing.playing import AppPlayer

_FAILED, _CANNOT = 1, 2
"""Exit codes: a step failed, or the app did what a test fails for; a scenario could not be played."""
_COLOURS = {"passed": "green", "failed": "red", "not played": "bright_black"}
_START = "2026-11-02T09:00:00+00:00"
"""When a scenario begins that does not say so: where a test begins."""
_HOOK = "/webhook"


@click.command()
@TOKEN
@click.option(
    "--url",
    envvar="WHATSAPP_EMULATOR_URL",
    show_envvar=True,
    help="Play in a sandbox of the emulator that serves there, and not in one of its own.",
)
@click.option(
    "--sandbox", default="default", show_default=True, help="That sandbox; it is reset before. Needs --url."
)
@click.option("--no-reset", is_flag=True, help="Play in that sandbox as it stands.")
@click.option(
    "--app",
    "--callback",
    "app",
    metavar="APP",
    help="Where webhooks go: a URL, or the name of your app, such as main:app or main:make_app(), which then "
    "runs in this process (default: the `app` of the scenario).",
)
@click.option(
    "--webhook-path",
    metavar="PATH",
    help=f"Where an app in this process takes its webhooks: a path, or a whole URL (default: {_HOOK}).",
)
@click.option(
    "--env",
    "names",
    metavar="NAME:VALUE",
    multiple=True,
    help="One more environment variable for an app in this process, such as BOT_TOKEN:token, with a value as "
    f"of the pytest option whatsapp_env; may be repeated. There always are {', '.join(CREDENTIALS)}.",
)
@click.option(
    "--serve",
    "port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    help="Serve the Graph API at this port meanwhile, for an app that sends there.",
)
@click.option("--seed", help="A seed, a name or a file, for scenarios that name none.")
@click.option(
    "--patience",
    type=click.FloatRange(0, 60),
    default=2.0,
    show_default=True,
    help="Real seconds for which an app is waited for.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each as JSON.")
@click.option(
    "--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write it as JUnit's XML, too."
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path)
)
def play(
    control_token: str | None,
    url: str | None,
    sandbox: str,
    no_reset: bool,
    app: str | None,
    webhook_path: str | None,
    names: tuple[str, ...],
    port: int | None,
    seed: str | None,
    patience: float,
    as_json: bool,
    junit: Path | None,
    files: tuple[Path, ...],
) -> None:
    """Play each scenario FILE, step by step.

    Exit code 0: every step passed; 1: one failed, or an app in this process did what a test fails for; 2: a
    file is wrong, or cannot be played.
    """
    from emulator.sandbox.scenarios.reader import read_scenario
    from emulator.sandbox.scenarios.report import as_junit
    from emulator.sandbox.scenarios.scenario import ScenarioError

    own = (app, webhook_path, names or None, port, seed)
    if url is not None and any(each is not None for each in own):
        raise click.UsageError(
            "--app, --webhook-path, --env, --serve and --seed are of sandboxes of its own, and not of --url"
        )
    show = (lambda _: None) if as_json else _show
    reports: list[dict[str, Any]] = []
    try:
        with ExitStack() as held:
            if as_json:  # what an app prints is no JSON
                held.enter_context(redirect_stdout(sys.stderr))
            stage = held.enter_context(
                OwnSandboxes(app, webhook_path, names, port=port, seed=seed, patience=patience, show=show)
            )
            for scenario in [read_scenario(file) for file in files]:
                if not as_json:
                    click.secho(f"{scenario.title} ({scenario.file})", bold=True)
                if url is not None:
                    server = ControlClient(with_scheme(url), sandbox, control_token or None)
                    report = _played_there(server, scenario, reset=not no_reset, patience=patience, show=show)
                else:
                    report = stage.play(scenario)
                reports.append(report)
                if not as_json:
                    _conclude(report)
        if junit is not None:
            junit.write_bytes(as_junit(reports))
    except (ScenarioError, ValueError, OSError) as problem:
        raise Unplayed(str(problem)) from None
    if as_json:
        import json

        click.echo(json.dumps(reports, ensure_ascii=False, indent=2))
    raise SystemExit(0 if all(report["passed"] for report in reports) else _FAILED)


class Unplayed(click.ClickException):
    """A scenario could not be played; the message says why."""

    exit_code = _CANNOT


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
        player = AppPlayer(variables, webhook_path=self._path or _HOOK, port=self._port or 0)
        if self._port is not None:
            telling(self._port, lambda: player.url)
        return player

    def _with_url(self, scenario: Scenario, url: str | None) -> dict[str, Any]:
        from emulator.domain.instants import parse_instant
        from emulator.sandbox.emulator import Emulator
        from emulator.sandbox.scenarios.player import play

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
                return play(sandbox, scenario, patience=self._patience, on_step=self._hear).as_json()

    def _hear(self, result: StepResult) -> None:
        self._show(result.as_json())


def _played_there(
    server: ControlClient,
    scenario: Scenario,
    *,
    reset: bool,
    patience: float,
    show: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    """Play it in a sandbox of a server, which reads the file anew."""
    text = Path(scenario.file).read_text(encoding="utf-8")
    body = {"scenario": text, "file": scenario.file, "reset": reset, "patience": patience}
    try:
        report: dict[str, Any] = server.call("POST", "/scenarios", body, timeout=None)
    except click.ClickException as refusal:
        raise Unplayed(refusal.message) from None
    for step in report["steps"]:
        show(step)
    return report


def _show(step: dict[str, Any]) -> None:
    """Print one step of a report, as it has been played."""
    from emulator.sandbox.scenarios.report import step_line

    click.secho(f"  {step_line(step)}", fg=_COLOURS[step["outcome"]])


def _conclude(report: dict[str, Any]) -> None:
    """Print why a scenario failed, and how many steps passed."""
    steps = report["steps"]
    for note in report["notes"]:
        click.echo(f"  {note}")
    passed = sum(step["outcome"] == "passed" for step in steps)
    if report["explanation"]:
        click.echo(f"\n{report['explanation']}\n")
    beside = ", and the app failed beside them" if passed == len(steps) and not report["passed"] else ""
    click.secho(f"{passed} of {len(steps)} steps passed{beside}", fg="green" if report["passed"] else "red")
