"""The emulator that runs already, as the commands that concern it call it: by its control API."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import click

from emulator.domain.values import dataclass
from emulator.web.boundary import CONTROL_TOKEN

URL = click.option(
    "--url",
    default="http://127.0.0.1:4080",
    envvar="WHATSAPP_EMULATOR_URL",
    show_default=True,
    show_envvar=True,
    help="Where the emulator serves.",
    callback=lambda _context, _option, url: _with_scheme(url),
)
SANDBOX = click.option("--sandbox", default="default", show_default=True, help="The sandbox it concerns.")
TOKEN = click.option(
    "--control-token",
    metavar="TOKEN",
    envvar=CONTROL_TOKEN,
    show_envvar=True,
    help="The control token, where the emulator asks for one.",
)


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox of an emulator that serves at ``url``; ``control_token`` is sent where there is one."""

    url: str
    sandbox: str = "default"
    control_token: str | None = None

    def call(self, method: str, path: str, body: object = None, timeout: float | None = 30) -> Any:
        """Call the control API of the sandbox; returns the JSON of the answer.

        ``path`` is below the sandbox, like ``/people``. ``timeout`` is in seconds; ``None`` waits for ever.
        Raises :class:`click.ClickException` with the sentence of a refusal, or when nobody answers.
        """
        return _call(self, method, f"/sandboxes/{quote(self.sandbox)}{path}", body, timeout)

    def health(self) -> Any:
        """Ask whether the emulator is ready; raises as :meth:`call` does."""
        return _call(self, "GET", "/health", None, 2)


def running(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that lead to a sandbox; its first argument is the :class:`Running` one."""

    @TOKEN
    @SANDBOX
    @URL
    @functools.wraps(command)
    def with_options(url: str, sandbox: str, control_token: str | None, **more: Any) -> None:
        command(Running(url, sandbox, control_token or None), **more)

    return with_options


def no_emulator(url: str) -> click.ClickException:
    return click.ClickException(f"no emulator answers at {url}; start one with `whatsapp-emulator serve`")


def _call(emulator: Running, method: str, path: str, body: object, timeout: float | None) -> Any:
    import urllib3

    url = f"{emulator.url}/_emulator{path}"
    headers = {} if body is None else {"Content-Type": "application/json"}
    if emulator.control_token is not None:
        headers["Authorization"] = f"Bearer {emulator.control_token}"
    try:
        answer = urllib3.request(
            method,
            url,
            body=None if body is None else json.dumps(body),
            headers=headers,
            retries=False,
            timeout=timeout,
        )
        parsed = json.loads(answer.data or b"{}")
    except (urllib3.exceptions.HTTPError, ValueError, OSError):
        raise no_emulator(emulator.url) from None
    if answer.status >= 400:
        detail = parsed.get("detail") if isinstance(parsed, dict) else None
        raise click.ClickException(detail or f"{url} answered {answer.status}")
    return parsed


def _with_scheme(url: str) -> str:
    whole = url if "://" in url else f"http://{url}"
    return whole if whole.endswith("://") else whole.removesuffix("/")
