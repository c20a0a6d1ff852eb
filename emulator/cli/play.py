"""``play``: play scenario files, in sandboxes of their own or in one of a server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from emulator.cli.exec import CREDENTIALS
from emulator.cli.own_sandboxes import WEBHOOK_PATH, OwnSandboxes, Unplayed
from emulator.cli.remote.client import TOKEN, ControlClient, with_scheme

if TYPE_CHECKING:
    from emulator.sandbox.scenarios.scenario import Scenario

_FAILED = 1
"""The exit code where a step failed, or the app did what a test fails for."""
_COLOURS = {"passed": "green", "failed": "red", "not played": "bright_black"}


@click.command()
@TOKEN
@click.option(
    "--url",
    envvar="WHATSAPP_EMULATOR_URL",
    show_envvar=True,
    help="Play in a sandbox of the emulator that serves there, and not in one of its own. An option of own "
    "sandboxes, such as --app, goes before an address in the environment.",
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
    help="Where an app in this process takes its webhooks: a path, or a whole URL "
    f"(default: {WEBHOOK_PATH}).",
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

    Exit code 0: every step passed; 1: one failed, or the app did what a strict test fails for, such as
    answering a webhook with 500; 2: a file is wrong, or cannot be played.
    """
    from emulator.sandbox.scenarios.reader import read_scenario
    from emulator.sandbox.scenarios.report import as_junit
    from emulator.sandbox.scenarios.scenario import ScenarioError

    own = (app, webhook_path, names or None, port, seed)
    if url is not None and any(each is not None for each in own):
        if click.get_current_context().get_parameter_source("url") is ParameterSource.COMMANDLINE:
            raise click.UsageError(
                "--app, --webhook-path, --env, --serve and --seed are of sandboxes of its own, not of --url"
            )
        url = None  # what is typed goes before what the environment says
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
