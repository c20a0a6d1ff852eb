"""``exec``: run a command whose calls for Meta's own hosts reach the emulator."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from emulator.cli.proxy import OTHERS, users_authority
from emulator.cli.remote.client import SANDBOX, TOKEN, URL, ControlClient
from emulator.domain.graph.hosts import PLATFORM_HOSTS

if TYPE_CHECKING:
    from emulator.web.proxy.proxy import Proxy

CREDENTIALS = {
    "WHATSAPP_API_URL": "url",
    "WHATSAPP_TOKEN": "token",
    "WHATSAPP_PHONE_NUMBER_ID": "phone_number_id",
    "WHATSAPP_BUSINESS_ACCOUNT_ID": "waba_id",
    "WHATSAPP_APP_ID": "app_id",
    "WHATSAPP_APP_SECRET": "app_secret",
    "WHATSAPP_VERIFY_TOKEN": "verify_token",
}
"""The variables that have the address and the credentials of the sandbox, and which each of them has."""
VALUES = (
    *CREDENTIALS.values(),
    "business_id",
    "display_phone_number",
    "url",
)
"""What a variable of ``--env`` can have, by the names that the pytest option ``whatsapp_env`` has."""
_DIRECT = ("localhost", "127.0.0.1", "::1")
_BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_OF_SYSTEMS = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
"""Where the certificates are that a system trusts, if Python does not say: Debian, Fedora, macOS and BSD."""
_NOT_FOUND, _NOT_EXECUTABLE, _BY_SIGNAL = 127, 126, 128
"""Exit codes of shells: no such command, not executable, and the first of those ended by a signal."""


@click.command("exec", context_settings={"allow_interspersed_args": False})
@URL
@SANDBOX
@TOKEN
@click.option("--seed", help="What an emulator starts with that is started for the command.")
@click.option("--webhook", metavar="URL", help="Where the webhooks of that emulator go.")
@click.option(
    "--env",
    "names",
    metavar="NAME:VALUE",
    multiple=True,
    help=f"One more variable with one of {', '.join(VALUES)}; may be repeated.",
)
@OTHERS
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(
    url: str,
    sandbox: str,
    control_token: str | None,
    seed: str | None,
    webhook: str | None,
    names: tuple[str, ...],
    proxy_others: str,
    command: tuple[str, ...],
) -> None:
    """Run COMMAND with Meta's own hosts led to the emulator: `exec -- npm test`.

    COMMAND gets a proxy, a certificate authority to trust, and the credentials of the sandbox in its
    environment; the emulator that runs already is used, or one is started for as long as COMMAND runs. Its
    exit code is that of COMMAND.
    """
    from tempfile import TemporaryDirectory  # as in :func:`_trusted`

    more = dict(_read(name) for name in names)
    authority = users_authority()
    with _emulator(ControlClient(url, sandbox, control_token or None), seed, webhook) as running:
        identity = running.call("GET", "")
        place = urlsplit(running.url)
        if place.scheme != "http":
            raise click.ClickException(f"exec needs an emulator that is served by http, not {running.url}")
        from emulator.web.proxy.proxy import Proxy

        backend = (place.hostname or "127.0.0.1", place.port or 80)
        with (
            Proxy(authority, backend, others=proxy_others == "allow") as proxy,
            TemporaryDirectory(prefix="whatsapp-emulator-") as folder,
        ):
            given = _credentials(identity, running.url, CREDENTIALS | more)
            environment = _environment(os.environ, proxy, running.url, Path(folder)) | given
            raise SystemExit(_run(command, environment))


def _read(name: str) -> tuple[str, str]:
    variable, _, value = name.partition(":")
    if not variable or value not in VALUES:
        raise click.BadParameter(
            f"{name!r} is no variable with a value; write one like BOT_TOKEN:token. There are "
            f"{', '.join(VALUES)}",
            param_hint="--env",
        )
    return variable, value


@contextmanager
def _emulator(asked: ControlClient, seed: str | None, webhook: str | None) -> Iterator[ControlClient]:
    """The emulator that runs already; or one of this process, for as long as the block is carried out."""
    source = click.get_current_context().get_parameter_source("url")
    try:
        asked.health()
    except click.ClickException:
        if source is not ParameterSource.DEFAULT:
            raise
    else:
        if seed is not None or webhook is not None:
            raise click.UsageError(f"--seed and --webhook are for a new emulator; one runs at {asked.url}")
        click.echo(f"Meta's hosts are the emulator at {asked.url}, which runs already", err=True)
        yield asked
        return
    from emulator.sandbox.emulator import Emulator
    from emulator.web.app import create_app
    from emulator.web.server import Server

    with Emulator(worker=True) as emulator:
        try:
            made = emulator.create(asked.sandbox, seed or "default")
            if webhook is not None:
                made.webhooks.connect(webhook)
        except (ValueError, OSError) as problem:
            raise click.ClickException(str(problem)) from None
        with Server(create_app(emulator)) as server:
            emulator.url = server.url
            click.echo(f"Meta's hosts are an emulator at {server.url}, started for this command", err=True)
            yield ControlClient(server.url, asked.sandbox)


def _credentials(identity: Mapping[str, Any], url: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """The variables that are ``wanted``, each with its value in the sandbox."""
    known = {**identity["numbers"][0], **identity, "token": identity["access_token"], "url": url}
    return {variable: str(known[value]) for variable, value in wanted.items()}


def _environment(given: Mapping[str, str], proxy: Proxy, url: str, folder: Path) -> dict[str, str]:
    """The environment of the command: what was ``given``, led to the proxy. ``folder`` is for its files."""
    authority = proxy.authority
    bundle = folder / "ca-bundle.pem"
    bundle.write_bytes(b"\n".join([authority.certificate, *_trusted(given)]))
    preload = Path(__file__).with_name("node_preload.cjs")
    direct = [name for name in _hosts(given) if not _covers_a_platform_host(name)]
    without_proxy = ",".join(dict.fromkeys([*_DIRECT, *direct]))
    return {
        **given,
        "HTTPS_PROXY": proxy.url,
        "https_proxy": proxy.url,
        "NO_PROXY": without_proxy,
        "no_proxy": without_proxy,
        **dict.fromkeys(_BUNDLES, str(bundle)),
        "NODE_EXTRA_CA_CERTS": str(authority.kept_in),
        "NODE_USE_ENV_PROXY": "1",
        "NODE_OPTIONS": f'{given.get("NODE_OPTIONS", "")} --require "{preload.as_posix()}"'.strip(),
        "WHATSAPP_EMULATOR_TLS": f"{proxy.host}:{proxy.port}",
        "WHATSAPP_EMULATOR_HOSTS": ",".join(PLATFORM_HOSTS),
        "WHATSAPP_EMULATOR_URL": url,
    }


def _hosts(given: Mapping[str, str]) -> list[str]:
    """The hosts that are called without a proxy already; all of them would be Meta's, too."""
    listed = ",".join(given.get(name, "") for name in ("NO_PROXY", "no_proxy"))
    return [name for name in listed.replace(" ", ",").split(",") if name not in ("", "*")]


def _covers_a_platform_host(name: str) -> bool:
    """Whether an exception is one of Meta's hosts, or a domain of one: ``facebook.com``, ``.fbsbx.com``."""
    domain = f".{name.lower().lstrip('*').lstrip('.')}"
    return any(f".{host}".endswith(domain) for host in PLATFORM_HOSTS)


def _trusted(given: Mapping[str, str]) -> list[bytes]:
    """The certificates that the command would trust by itself, so that other hosts still are."""
    import ssl  # every command's help imports this module

    named = [given.get(name) for name in _BUNDLES]
    files = [*named, ssl.get_default_verify_paths().cafile, _of_certifi(), *_OF_SYSTEMS]
    for file in files:
        if file and Path(file).is_file():
            return [Path(file).read_bytes()]
    context = ssl.create_default_context()  # those of a system that keeps them in no file
    return [ssl.DER_cert_to_PEM_cert(each).encode() for each in context.get_ca_certs(binary_form=True)]


def _of_certifi() -> str | None:
    try:
        import certifi
    except ImportError:
        return None
    return str(certifi.where())


def _run(command: tuple[str, ...], environment: dict[str, str]) -> int:
    """Run the command to its end; returns the exit code that a shell would give for it.

    Ctrl-C reaches the command by itself, as it does everything on its terminal; it says when it ends.
    """
    before = {number: signal.signal(number, _ignored) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        process = subprocess.Popen(command, env=environment)  # noqa: S603 - it is the user's own
    except FileNotFoundError:
        click.echo(f"Error: there is no command {shlex.quote(command[0])}", err=True)
        return _NOT_FOUND
    except OSError as problem:
        click.echo(f"Error: {shlex.quote(command[0])} cannot be run: {problem.strerror}", err=True)
        return _NOT_EXECUTABLE
    else:
        signal.signal(signal.SIGTERM, lambda number, _: process.send_signal(number))
        code = process.wait()
        return code if code >= 0 else _BY_SIGNAL - code
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignored(*_: object) -> None:
    """Take a signal and go on; unlike ``SIG_IGN``, this is not inherited by a command."""
