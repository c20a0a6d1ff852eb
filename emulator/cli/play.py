"""``play``: play scenario files, in a sandbox of its own or in one of a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from emulator.cli.graph_server import served
from emulator.cli.remote.client import TOKEN, ControlClient

if TYPE_CHECKING:
    from emulator.sandbox.scenarios.report import StepResult
    from emulator.sandbox.scenarios.scenario import Scenario

_FAILED, _CANNOT = 1, 2
"""Exit codes: a step failed; a scenario could not be played."""
_COLOURS = {"passed": "green", "failed": "red", "not played": "bright_black"}
_START = "2026-11-02T09:00:00+00:00"
"""When a scenario begins that does not say so: where a test begins."""


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
@click.option("--callback", metavar="URL", help="Where webhooks go (default: the `app` of the scenario).")
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
    callback: str | None,
    port: int | None,
    seed: str | None,
    patience: float,
    as_json: bool,
    junit: Path | None,
    files: tuple[Path, ...],
) -> None:
    """Play each scenario FILE, step by step.

    Exit code 0: every step passed; 1: one failed; 2: a file is wrong, or cannot be played.
    """
    from emulator.sandbox.scenarios.reader import read_scenario
    from emulator.sandbox.scenarios.report import as_junit
    from emulator.sandbox.scenarios.scenario import ScenarioError

    if url is not None and (callback is not None or port is not None or seed is not None):
        raise click.UsageError("--callback, --serve and --seed are of a sandbox of its own, and not of --url")
    show = (lambda _: None) if as_json else _show
    reports: list[dict[str, Any]] = []
    try:
        for scenario in [read_scenario(file) for file in files]:
            if not as_json:
                click.secho(f"{scenario.title} ({scenario.file})", bold=True)
            if url is not None:
                server = ControlClient(
                    url if "://" in url else f"http://{url}", sandbox, control_token or None
                )
                report = _played_there(server, scenario, reset=not no_reset, patience=patience, show=show)
            else:
                report = _played_here(scenario, callback, port, seed, patience, show)
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


def _played_here(
    scenario: Scenario,
    callback: str | None,
    port: int | None,
    seed: str | None,
    patience: float,
    show: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    """Play it in a sandbox that is made for it; its people answer at once unless they have habits."""
    from emulator.domain.instants import parse_instant
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.scenarios.player import play

    to = callback or scenario.app
    if to is not None and urlsplit(to).scheme not in ("http", "https"):
        raise Unplayed(
            f"the app {to!r} is no URL: pytest plays scenarios with an app in its own process, and this "
            "command sends webhooks to the URL of --callback"
        )

    def hear(result: StepResult) -> None:
        show(result.as_json())

    hosts = [urlsplit(to).hostname or ""] if to else []  # whoever writes a URL means its host
    with Emulator(allow_public=to is not None, allow_hosts=hosts) as emulator:
        sandbox = emulator.create(
            "default",
            scenario.seed or seed or "default",
            at=scenario.start or parse_instant(_START),
            speed=None,
            at_once=True,
        )
        if to is not None:
            sandbox.webhooks.connect(to)
        with served(emulator, port):
            return play(sandbox, scenario, patience=patience, on_step=hear).as_json()


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
    click.secho(f"{passed} of {len(steps)} steps passed", fg="green" if report["passed"] else "red")
