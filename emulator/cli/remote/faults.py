"""``fault``: make something go wrong on purpose on an emulator that runs already, or list what does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import click

from emulator.cli.remote.client import ControlClient, with_client
from emulator.cli.remote.clock import duration_of
from emulator.domain.faults.conditions import CONDITIONS, FaultCondition
from emulator.domain.faults.fault import ordinal
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS, FaultParameter

_OPTIONS = {"phone_number_id": "number", "headers": "header"}
"""Options that are called otherwise than in JSON."""
_METAVARS = {
    "to": "NUMBER",
    "phone_number_id": "PHONE_NUMBER_ID",
    "envelope": "JSON",
    "headers": "'NAME: VALUE'",
    "by": "DURATION",
    "since": "INSTANT",
    "until": "INSTANT",
    "delay": "SECONDS",
    "retry_after": "SECONDS",
    "edge": "EDGE",
}


def _json(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no JSON") from None


def _headers(
    _context: click.Context, _option: click.Parameter, lines: tuple[str, ...]
) -> dict[str, str] | None:
    pairs = [line.partition(":") for line in lines]
    for name, colon, _ in pairs:
        if not colon:
            raise click.BadParameter(f"{name!r} is no header; write one like 'Retry-After: 60'")
    return {name.strip(): value.strip() for name, _, value in pairs} or None


def _seconds(_context: click.Context, _option: click.Parameter, text: str | None) -> float | None:
    return None if text is None else timedelta(**duration_of(text)).total_seconds()


_READ: Mapping[str, dict[str, Any]] = {
    "envelope": {"callback": _json},
    "headers": {"callback": _headers, "multiple": True},
    "by": {"callback": _seconds},
    **{name: {"type": int} for name in ("code", "status", "retry_after", "size")},
    "delay": {"type": float},
}
"""How those options are read that are no texts."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each parameter and condition of faults."""
    told: list[FaultParameter | FaultCondition] = [*PARAMETERS.values(), *CONDITIONS.values()]
    for each in reversed(told):
        read: dict[str, Any] = dict(_READ.get(each.name, {}))
        if "enum" in each.schema:
            read["type"] = click.Choice([str(word) for word in each.schema["enum"]])
        elif each.name in _METAVARS:
            read["metavar"] = _METAVARS[each.name]
        flag = f"--{_OPTIONS.get(each.name, each.name).replace('_', '-')}"
        text = each.text.replace("`", "")
        command = click.option(flag, each.name, help=f"{text[:1].upper()}{text[1:]}.", **read)(command)
    return command


@click.command()
@with_client
@click.option(
    "--when",
    type=click.Choice([str(place) for place in When]),
    help="Where it strikes (default: as the platform does).",
)
@_options
@click.option("--times", type=click.IntRange(1), default=1, show_default=True, help="How often.")
@click.option("--always", is_flag=True, help="Until it is removed.")
@click.option("--every", type=click.IntRange(1), help="Of so many occasions that fit it strikes the last.")
@click.option("--probability", type=float, help="How likely it is, from 0 to 1.")
@click.option("--remove", metavar="ID", type=int, help="Take the fault with this number away.")
@click.option("--clear", is_flag=True, help="Take all faults away.")
@click.argument("what", required=False)
def fault(
    client: ControlClient, what: str | None, always: bool, clear: bool, remove: int | None, **facts: Any
) -> None:
    """Make WHAT go wrong on purpose, or list what does.

    WHAT is a number of the catalogue of errors, such as 131049, or a kind: throttle, envelope, status, delay,
    reset, truncated or empty for answers of the API; twice, late, out_of_order, batch, drop, bad_signature,
    no_signature or wrong_secret for webhooks. By default it happens once, on the next occasion that fits.
    Without WHAT everything that was asked for is listed, with how often each was met.
    """
    if clear or remove is not None:
        if what is not None:
            raise click.UsageError("--clear and --remove take faults away; name nothing with them")
        client.call("DELETE", "/faults" if clear else f"/faults/{remove}")
        click.echo("nothing goes wrong on purpose now" if clear else f"fault {remove} is gone")
        return
    given = {name: value for name, value in facts.items() if value is not None}
    if what is None and given.keys() <= {"times"}:
        for each in client.call("GET", "/faults")["faults"]:
            click.echo(_described(each))
        return
    if what is not None:
        given |= {"code": int(what)} if what.isdecimal() else {"kind": what}
    body = given | ({"times": None} if always else {})
    click.echo(_described(client.call("POST", "/faults", body)))


def _described(fault: Mapping[str, Any]) -> str:
    """A fault in a line: ``1: 131049 …, async, to 16505551234: met 0 of 1``."""
    colon = ":" if fault["code"] is None else f" {fault['code']}"
    what = f"{fault['code']}" if fault["kind"] == "error" else f"{fault['kind']}{colon}"
    parts = [f"{what} {fault['title']}", fault["when"]]
    for name in (*PARAMETERS, *CONDITIONS):
        if fault[name] is not None and name != "code" and (name, fault[name]) != ("effect", "none"):
            parts.append(_WORDS.get(name, lambda value, name=name: f"{name} {value}")(fault[name]))
    if fault["every"] > 1:
        parts.append(f"every {ordinal(fault['every'])} time")
    if fault["probability"] < 1:
        parts.append(f"with a chance of {fault['probability']:g}")
    often = "until it is removed" if fault["times"] is None else f"of {fault['times']}"
    return f"{fault['id']}: {', '.join(parts)}: met {fault['met']} {often}"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "phone_number_id": lambda value: f"number {value}",
    "method": str,
    "edge": lambda value: f"on {value or 'the node itself'}",
    "envelope": json.dumps,
    "headers": json.dumps,
    "details": repr,
    "body": repr,
    "text": repr,
    "pattern": lambda value: f"/{value}/",
}
"""How some parameters and conditions are written in a line."""
