"""``doctor``: put a webhook through what the platform does in production, and judge it by the rules."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from emulator.cli.exec import CREDENTIALS
from emulator.cli.graph_server import served

if TYPE_CHECKING:
    from emulator.doctor.examination import Options
    from emulator.doctor.report import Report
    from emulator.doctor.rule import Rule
    from emulator.sandbox.seeds.source import SeedGiven

_FAILED, _CANNOT = 1, 2
"""Exit codes: a rule is broken; nothing could be examined."""
_THREADS = 16
_QUIET = 0.25
"""Real seconds for which an answer is waited for that must not come."""
_COLOURS = {"passed": "green", "failed": "red", "warning": "yellow", "not judged": "bright_black"}
_VARIABLES = {value: name for name, value in CREDENTIALS.items()}


def _known(option: str, value: str, what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option with something that is known of the app, which may stand in the environment, too."""
    return click.option(
        option,
        metavar="VALUE",
        envvar=_VARIABLES[value],
        show_envvar=True,
        help=f"{what} (default: the seed's).",
    )


@click.command()
@_known("--secret", "app_secret", "The app secret, with which webhooks are signed")
@_known("--verify-token", "verify_token", "The token of the handshake")
@_known("--phone-number-id", "phone_number_id", "The business number that people write to")
@_known("--waba-id", "waba_id", "The WABA of the webhooks")
@_known("--token", "token", "The access token that the app sends with; only with --serve")
@click.option(
    "--seed", default="default", show_default=True, help="A seed with all of these: a name or file."
)
@click.option(
    "--serve",
    "port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    help="Serve the Graph API at this port meanwhile, for an app that sends there: then its answers are "
    "judged, too.",
)
@click.option("--text", default="Hello", show_default=True, help="What people write: something it answers.")
@click.option("--only", metavar="RULE", multiple=True, help="Judge this rule alone; may be repeated.")
@click.option("--skip", metavar="RULE", multiple=True, help="Leave this rule out; may be repeated.")
@click.option(
    "--burst", type=click.IntRange(0), default=1000, show_default=True, help="How many webhooks come at once."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds within which each must be answered.",
)
@click.option(
    "--patience",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Seconds for which a message of the app is waited for; only with --serve.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as JUnit's XML to this file, too.",
)
@click.argument("url")
def doctor(
    url: str,
    secret: str | None,
    verify_token: str | None,
    phone_number_id: str | None,
    waba_id: str | None,
    token: str | None,
    seed: str,
    port: int | None,
    text: str,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    burst: int,
    timeout: float,
    patience: float,
    as_json: bool,
    junit: Path | None,
) -> None:
    """Put the webhook at URL through what the platform does, and judge its answers.

    Handshakes, signatures, forged and doubled webhooks, batches, every kind of message, a burst. The people
    are invented, and the app may send to them. Exit code 0: no rule is broken; 1: some are; 2: nothing could
    be examined.
    """
    from emulator.doctor.callback import CannotExamine
    from emulator.doctor.credentials import seed_with
    from emulator.doctor.examination import Options, chosen

    options = Options(
        text=text, burst=burst, threads=_THREADS, timeout=timeout, patience=patience, quiet=_QUIET
    )
    try:
        rules = chosen(only, skip)
        known = seed_with(
            seed,
            secret=secret,
            verify_token=verify_token,
            access_token=token,
            phone_number_id=phone_number_id,
            waba_id=waba_id,
        )
        with _progress(len(rules)) as progress:
            report = _report(url, known, port, options, rules, progress)
    except (CannotExamine, ValueError, OSError) as problem:
        raise Unexamined(str(problem)) from None
    except KeyboardInterrupt:
        click.echo("broken off; nothing is known of the rest", err=True)
        raise
    _print(report, as_json=as_json)
    _write(report, junit)
    raise SystemExit(0 if report.passed else _FAILED)


class Unexamined(click.ClickException):
    """Nothing could be examined, or the report could not be written; the message says why."""

    exit_code = _CANNOT


def _report(
    url: str,
    seed: SeedGiven,
    port: int | None,
    options: Options,
    rules: tuple[Rule, ...],
    progress: Callable[[Rule], None],
) -> Report:
    """Examine the callback at a URL, with a sandbox of its own that is served at a port if one is given."""
    from emulator.doctor.examination import examine
    from emulator.doctor.platform import KeptWebhooks, Platform
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.network.addresses import AddressPolicy
    from emulator.sandbox.network.client import Client
    from emulator.sandbox.webhooks.http import NetworkReceiver

    salt, kept = secrets.token_hex(8), KeptWebhooks(needs_event_loop=False)
    named = frozenset({urlsplit(url).hostname or ""})  # whoever writes a URL means its host
    client = Client(AddressPolicy(allow_public=True, allow_hosts=named))
    with Emulator() as emulator:
        emulator.create("default", seed, speed=None, at_once=True)
        with emulator.replaced("default", receivers=kept, salt=salt) as sandbox, served(emulator, port):
            platform = Platform(sandbox, kept, salt=salt, sees_sends=port is not None)
            try:
                return examine(
                    NetworkReceiver(client), url, platform, options, rules=rules, progress=progress
                )
            finally:
                client.abort()


@contextmanager
def _progress(number: int) -> Iterator[Callable[[Rule], None]]:
    """Show on a terminal which rule is judged, on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=number)
        begun = iter(range(number + 1))
        yield lambda rule: bar.update(task, completed=next(begun), description=rule.id)


def _write(report: Report, junit: Path | None) -> None:
    if junit is None:
        return
    try:
        junit.write_bytes(report.as_junit())
    except OSError as problem:
        raise Unexamined(f"cannot write {junit}: {problem.strerror}") from None


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(report.as_json())
        return
    from rich.console import Console

    console = Console()
    width = min(console.width, 120) if console.is_terminal else None
    for line in report.lines(width) if width else report.lines():
        is_heading = line.verdict is None and line.text[:1] not in ("", " ")
        click.secho(line.text, fg=line.verdict and _COLOURS[line.verdict], bold=is_heading or None)
