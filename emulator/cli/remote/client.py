"""The client by which commands call the control API of an emulator that runs already."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import click

from emulator.domain.values import dataclass
from emulator.web.boundary import CONTROL_TOKEN

SILENCE = 10.0
"""Real seconds of silence after which a stream of events is over; the server speaks each second."""
URL = click.option(
    "--url",
    default="http://127.0.0.1:4080",
    envvar="WHATSAPP_EMULATOR_URL",
    show_default=True,
    show_envvar=True,
    help="Where the emulator serves.",
    callback=lambda _context, _option, url: with_scheme(url),
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
class ControlClient:
    """A client of one sandbox of the emulator at ``url``; ``control_token`` is sent where there is one."""

    url: str
    sandbox: str = "default"
    control_token: str | None = None

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        timeout: float | None = 30,
        *,
        is_text: bool = False,
    ) -> Any:
        """Call the control API of the sandbox; returns the JSON of the answer, or its text.

        ``path`` is below the sandbox, like ``/people``. ``timeout`` is in seconds; ``None`` waits for ever.
        Raises :class:`click.ClickException` with the sentence of a refusal, or when nobody answers in
        time.
        """
        path = f"/sandboxes/{quote(self.sandbox)}{path}"
        return self._ask(method, path, body, timeout, is_text=is_text)

    def first_person(self) -> str:
        """Find the number of the first person; raises :class:`click.ClickException` when there is nobody."""
        people = self.call("GET", "/people?limit=1")["people"]
        if not people:
            raise click.ClickException(
                "there is nobody in this sandbox; its seed can have people, or POST …/people adds one"
            )
        return str(people[0]["wa_id"])

    def events(self, query: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
        """Follow the events of the sandbox: the name of each (``entry`` without one) and its data.

        Where the connection ends it is made again, and goes on after the last event; raises
        :class:`click.ClickException` when nobody answers any more.
        """
        last: str | None = None
        while True:
            for name, number, data in self._events(query, last):
                last = number or last
                yield name, data
                if name == "closed":
                    return
            last = last or "0"

    def health(self) -> Any:
        """Ask whether the emulator is ready; raises as :meth:`call` does."""
        return self._ask("GET", "/health", None, 2)

    def _ask(
        self,
        method: str,
        path: str,
        body: object,
        timeout: float | None,
        *,
        is_text: bool = False,
    ) -> Any:
        import urllib3

        url = f"{self.url}/_emulator{path}"
        headers = self._headers() | ({} if body is None else {"Content-Type": "application/json"})
        try:
            answer = urllib3.request(
                method,
                url,
                body=None if body is None else json.dumps(body),
                headers=headers,
                retries=False,
                timeout=timeout,
            )
            is_text = is_text and answer.status < 400
            parsed = answer.data.decode() if is_text else json.loads(answer.data or b"{}")
        except urllib3.exceptions.ReadTimeoutError:
            late = f"{self.url} has not answered within {timeout:g} seconds"
            raise click.ClickException(late) from None
        except (urllib3.exceptions.HTTPError, ValueError, OSError):
            raise no_emulator(self.url) from None
        if answer.status >= 400:
            raise click.ClickException(_detail(answer.data, f"{url} answered {answer.status}"))
        return parsed

    def _headers(self) -> dict[str, str]:
        token = self.control_token
        return {} if token is None else {"Authorization": f"Bearer {token}"}

    def _events(self, query: Mapping[str, object], last: str | None) -> Iterator[tuple[str, str | None, Any]]:
        """Read one stream of events to its end: the name, the id and the data of each."""
        import urllib3

        url = f"{self.url}/_emulator/sandboxes/{quote(self.sandbox)}/events?{urlencode(query)}"
        headers = self._headers() | ({} if last is None else {"Last-Event-ID": last})
        try:
            answer = urllib3.request(
                "GET", url, headers=headers, retries=False, timeout=SILENCE, preload_content=False
            )
        except (urllib3.exceptions.HTTPError, OSError):
            raise no_emulator(self.url) from None
        with answer:
            if answer.status >= 400:
                raise click.ClickException(_detail(answer.data, f"{url} answered {answer.status}"))
            name, number, rest = "entry", None, b""
            try:
                for piece in answer.stream(decode_content=True):
                    *lines, rest = (rest + piece).split(b"\n")
                    for line in lines:
                        member, _, value = line.decode().partition(": ")
                        if member == "event":
                            name = value
                        elif member == "id":
                            number = value
                        elif member == "data":
                            yield name, number, json.loads(value)
                            name, number = "entry", None
            except (urllib3.exceptions.HTTPError, OSError):
                return


def with_client(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that lead to a sandbox; its first argument is the client that they make."""

    @TOKEN
    @SANDBOX
    @URL
    @functools.wraps(command)
    def with_options(url: str, sandbox: str, control_token: str | None, **more: Any) -> None:
        command(ControlClient(url, sandbox, control_token or None), **more)

    return with_options


def no_emulator(url: str) -> click.ClickException:
    """Make the error of a call that no emulator answers; it says how to start one."""
    return click.ClickException(f"no emulator answers at {url}; start one with `whatsapp-emulator serve`")


def _detail(body: bytes, otherwise: str) -> str:
    try:
        parsed = json.loads(body)
    except ValueError:
        return otherwise
    return str(parsed.get("detail") or otherwise) if isinstance(parsed, dict) else otherwise


def with_scheme(url: str) -> str:
    """Read the address of an emulator as people write it: ``http://`` may be left out, a slash may end it."""
    whole = url if "://" in url else f"http://{url}"
    return whole if whole.endswith("://") else whole.removesuffix("/")
