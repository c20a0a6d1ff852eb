"""``serve``: the emulator as a server on this machine, until it is interrupted."""

from __future__ import annotations

import gc
import logging
import secrets
import signal
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from emulator.cli.proxy import OTHERS, proxy_of, users_authority
from emulator.cli.serve.introduction import introduce
from emulator.cli.serve.log_lines import stderr_handler
from emulator.web.boundary import ALLOW_ORIGIN, CONTROL_TOKEN, SERVER_NAME, Boundary, is_loopback

if TYPE_CHECKING:
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.sandbox import Sandbox
    from emulator.web.server import Server

DEFAULT_PORT = 4080
_MEBIBYTE = 1024 * 1024
_CHECKS = {"auto": None, "full": True, "off": False}
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind.")
@click.option(
    "--port",
    default=DEFAULT_PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to bind; 0 takes a free one.",
)
@click.option(
    "--seed", default="default", show_default=True, help="What it starts with: a seed's name or file."
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Keep the state in this folder."
)
@click.option("--webhook", metavar="URL", help="Where webhooks go, without a handshake.")
@click.option("--at", "start", metavar="INSTANT", help="When the sandbox's time begins, as ISO 8601.")
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 1e6, min_open=True),
    help="Simulated seconds a real one.",
)
@click.option("--frozen", is_flag=True, help="Let time stand still until it is moved.")
@click.option("--public-url", metavar="URL", help="What absolute links in answers begin with.")
@click.option(
    "--allow-public",
    is_flag=True,
    help="Let webhooks and media links leave this machine and its private networks.",
)
@click.option(
    "--allow-host",
    "allow_hosts",
    metavar="HOST",
    multiple=True,
    help="Let them go to this host, named as in its URLs, whatever its address; may be repeated.",
)
@click.option(
    "--server-name",
    "server_names",
    metavar="NAME",
    multiple=True,
    envvar=SERVER_NAME,
    show_envvar=True,
    help="Answer calls by this host, too: the name of a container, or *.example.test; may be repeated.",
)
@click.option(
    "--allow-origin",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    envvar=ALLOW_ORIGIN,
    show_envvar=True,
    help="Let pages of this origin call it, such as http://localhost:3000; may be repeated.",
)
@click.option(
    "--proxy",
    metavar="[PORT]",
    is_flag=False,
    flag_value=DEFAULT_PORT + 1,
    type=click.IntRange(0, 65535),
    help="Be a proxy, too, by which clients reach the emulator that call Meta's own hosts; by default at "
    f"port {DEFAULT_PORT + 1}, and 0 takes a free one.",
)
@OTHERS
@click.option(
    "--control-token",
    metavar="TOKEN",
    envvar=CONTROL_TOKEN,
    show_envvar=True,
    help="What callers of the control API must send; beyond loopback one is made when none is given.",
)
@click.option(
    "--check",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "full", "off"]),
    help="How kept files are looked at before they are opened: auto looks at every page of those up to "
    "64 MiB, full reads every row of each.",
)
@click.option(
    "--max-snapshot",
    default=1024,
    show_default=True,
    type=click.IntRange(1, 1024 * 1024),
    help="Mebibytes of the largest snapshot that is taken.",
)
@click.option("--quiet", is_flag=True, help="Print errors of the emulator alone, not what happens.")
def serve(
    host: str,
    port: int,
    seed: str,
    data: Path | None,
    webhook: str | None,
    start: str | None,
    speed: float,
    frozen: bool,
    public_url: str | None,
    server_names: tuple[str, ...],
    origins: tuple[str, ...],
    proxy: int | None,
    proxy_others: str,
    control_token: str | None,
    allow_public: bool,
    allow_hosts: tuple[str, ...],
    check: str,
    max_snapshot: int,
    quiet: bool,
) -> None:
    """Serve the Graph API and the control API until Ctrl-C.

    Prints the address and what a client needs. The sandbox `default` begins with the seed, or goes on from
    --data; its clock runs and its webhooks go out by themselves.
    """
    gc.disable()  # what a start makes stays: looking for garbage in it is a tenth of its time
    context = click.get_current_context()
    context.call_on_close(gc.enable)
    logger, stop = _log_to_stderr(), _stopped_by_signals()
    if frozen and context.get_parameter_source("speed") is ParameterSource.COMMANDLINE:
        raise click.UsageError("a clock that is --frozen has no --speed")
    if proxy_others == "allow" and not is_loopback(host):
        raise click.UsageError("a proxy for other hosts would be open to every machine; bind it to loopback")
    authority = None if proxy is None else users_authority()
    token = control_token or (None if is_loopback(host) else secrets.token_urlsafe(16))
    try:
        boundary = Boundary.of_server(
            host, hosts=server_names, origins=origins, control_token=token
        ).reached_at(public_url or "")
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    emulator = _opened(data, allow_public, allow_hosts, _CHECKS[check])
    try:
        sandbox = _begun(emulator, data, seed, start, None if frozen else speed, webhook)
        server = _bound(emulator, host, port, public_url and public_url.rstrip("/"), boundary, max_snapshot)
        is_open = proxy_others == "allow"
        proxying = None if authority is None else proxy_of(server, authority, proxy or 0, others=is_open)
    except BaseException:
        emulator.close()
        raise
    with server, proxying or nullcontext():
        if not quiet:
            logger.setLevel(logging.INFO)
        gc.freeze()
        gc.enable()
        introduce(sandbox, server.url, host, data, None if token == control_token else token, proxying)
        stop.get()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        if not quiet:
            click.echo("\nstopping …", err=True)
        emulator.close()  # first: whoever waits in a call is answered


def _stopped_by_signals() -> SimpleQueue[int]:
    """Make what gets an entry when a signal asks to stop; an Event locks up where a signal meets a waiter."""
    stop: SimpleQueue[int] = SimpleQueue()
    for number in _SIGNALS:
        signal.signal(number, lambda given, _: stop.put(given))
    return stop


def _opened(
    data: Path | None, allow_public: bool, allow_hosts: tuple[str, ...], check: bool | None
) -> Emulator:
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.errors import CannotOpen

    try:
        return Emulator(
            data=data, allow_public=allow_public, allow_hosts=allow_hosts, worker=True, check=check
        )
    except CannotOpen as problem:
        raise click.ClickException(str(problem)) from None


def _begun(
    emulator: Emulator,
    data: Path | None,
    seed: str,
    start: str | None,
    speed: float | None,
    webhook: str | None,
) -> Sandbox:
    """Make or take up the sandbox ``default``, and take up the others that are kept.

    Where its file cannot be opened and those of others can, the first of these is returned.
    """
    from emulator.sandbox.errors import CannotOpen, InUse, NotKept

    try:
        at = _instant(start)
        if emulator.keeps("default"):
            _tell_what_is_ignored(data)
        try:
            sandbox = emulator.create(seed=seed, at=at, speed=speed)
            emulator.take_up()
        except CannotOpen as problem:
            if isinstance(problem, InUse) or not (others := emulator.take_up()):
                raise
            sandbox = others[0]
        if webhook is not None:
            sandbox.webhooks.connect(webhook)
    except (ValueError, NotKept, OSError) as problem:
        # a bad seed, URL or instant, a sandbox that cannot be opened, a full disk
        raise click.ClickException(str(problem)) from None
    return sandbox


def _bound(
    emulator: Emulator, host: str, port: int, public_url: str | None, boundary: Boundary, max_snapshot: int
) -> Server:
    """Bind the server; it does not serve yet. ``max_snapshot`` counts mebibytes."""
    from emulator.web.app import create_app
    from emulator.web.server import Server

    try:
        app = create_app(
            emulator, public_url=public_url, boundary=boundary, max_snapshot=max_snapshot * _MEBIBYTE
        )
        server = Server(app, host, port)
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise click.ClickException(f"cannot bind {host}:{port}: {why}; --port 0 takes a free one") from None
    emulator.url = public_url or server.url
    return server


def _tell_what_is_ignored(data: Path | None) -> None:
    """A kept sandbox goes on as it was: what only shapes a new one is not used, and that is said."""
    context = click.get_current_context()
    given = [
        f"--{'at' if name == 'start' else name}"
        for name in ("seed", "start", "speed", "frozen")
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        click.echo(f"{', '.join(given)}: not used, the state kept in {data} goes on as it was", err=True)


def _instant(text: str | None) -> datetime | None:
    from emulator.domain.instants import parse_instant

    try:
        return None if text is None else parse_instant(text, like="2026-11-02T09:00:00Z")
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from None


def _log_to_stderr() -> logging.Logger:
    """Print warnings and errors of the emulator; what happens follows when its logger is set to INFO."""
    logger = logging.getLogger("emulator")
    logger.addHandler(stderr_handler(sys.stderr))
    logger.setLevel(logging.WARNING)
    return logger
