"""Make the pages that are made from the program and its tests: ``python docs/make_reference.py``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from emulator import __version__
from emulator.cli.main import main
from emulator.domain.catalogue import CatalogueEntry, ErrorChannel
from emulator.domain.catalogue.features import FEATURES
from emulator.domain.catalogue.graph import GRAPH
from emulator.domain.catalogue.management import MANAGEMENT
from emulator.domain.catalogue.messaging import MESSAGING
from emulator.domain.catalogue.met_by import MET_BY
from emulator.domain.catalogue.template_management import TEMPLATE_MANAGEMENT
from emulator.domain.catalogue.templates import TEMPLATES
from emulator.domain.graph import legacy, versions
from emulator.web.control.modules import every_route
from emulator.web.control.routes import openapi
from emulator.web.graph import endpoints
from emulator.wire import documented, nodes, template_nodes

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS), str(DOCS.parent / "tests")]

from addresses_page import addresses  # noqa: E402
from doctor_page import rules  # noqa: E402
from fidelity_page import fidelity  # noqa: E402
from messages_page import messages  # noqa: E402
from scenarios_page import scenarios  # noqa: E402
from speed_page import speed  # noqa: E402
from webhooks_page import webhooks  # noqa: E402

_MADE = "<!-- Made by docs/make_reference.py; do not edit. -->\n"
_NODES = {
    "App": "/{app_id}",
    "BusinessNumber": "/{phone_number_id}",
    "Media": "/{media_id}",
    "Portfolio": "/{business_id}",
    "Root": "",
    "Template": "/{template_id}",
    "Upload": "/{upload_session}",
    "Waba": "/{waba_id}",
}
_CHANNELS = {
    ErrorChannel.SYNC: "in the answer",
    ErrorChannel.ASYNC: "in a status",
    ErrorChannel.BOTH: "either way",
    ErrorChannel.INBOUND: "in a message",
}
_SECTIONS = {
    "Messages": (*MESSAGING, *TEMPLATES),
    "Registration, groups, calls, flows, block lists, usernames": FEATURES,
    "Creating, changing and deleting templates": TEMPLATE_MANAGEMENT,
    "Numbers and accounts": MANAGEMENT,
    "The Graph API": GRAPH,
}


def pages() -> dict[str, str]:
    """Every page that is made, by its path."""
    return {
        "explanation/speed.md": speed(_MADE),
        "fidelity.md": fidelity(_MADE),
        "reference/addresses.md": addresses(_MADE),
        "reference/command-line.md": command_line(),
        "reference/control-api.md": control_api(),
        "reference/errors.md": errors(),
        "reference/graph-api.md": graph_api(),
        "reference/messages.md": messages(_MADE),
        "reference/scenarios.md": scenarios(_MADE),
        "reference/webhook-rules.md": rules(_MADE),
        "reference/webhooks.md": webhooks(_MADE),
    }


_LOG = """\
── Monday 02 November 2026 ──
09:00:00  call      POST /v26.0/106540352242922/messages → 401 Invalid OAuth access token - Cannot parse access token
                    hint: No sandbox of this emulator has this token; `GET /_emulator/sandboxes` lists them.
09:00:00  message   16505551234  Sheena Nelson wrote: Hello
09:00:00  webhook   messages to http://127.0.0.1:5000/webhook: answered 200, delivered
── Tuesday 03 November 2026 ──
10:00:00  clock     advanced from 2026-11-02 09:00:00 to 2026-11-03 10:00:00: 0 events, 0 webhooks
10:00:00  call      16505551234  POST /v26.0/106540352242922/messages → 200
10:00:00  status    16505551234  failed: 131047 Re-engagement message
                    hint: The window closed at 2026-11-03T09:00:00+00:00, 24 hours after their last message. Send an \
approved template, or wait for them to write.
10:00:00  webhook   messages to http://127.0.0.1:5000/webhook: answered 200, delivered
10:01:00  clock     advanced from 2026-11-03 10:00:00 to 2026-11-03 10:01:00: 1 event, 1 webhook"""
"""What ``serve`` prints, as in an example."""


def command_line() -> str:
    """The help of every command, as it prints."""
    parts = ["# The command line\n", _MADE]
    context = click.Context(main, info_name="whatsapp-emulator", **main.context_settings)
    parts.append(f"```\n{main.get_help(context)}\n```\n")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        parts.append(f"## {name}\n\n```\n{command.get_help(inner)}\n```\n")
    parts.append(
        "While it serves, it prints on its standard error what happens: a line each, with the simulated time, the kind\n"
        "and what happened, below the day whenever that changes. Those are the entries of the journal, and beside them\n"
        "calls that are refused before a sandbox is found, refusals of the control API, moves of the clock, and sandboxes\n"
        "that are made, reset, restored and deleted. A line about another sandbox than `default` begins with its name.\n"
        "The hint of a refusal stands below it:\n\n"
        f"```\n{_LOG}\n```\n\n"
        "On a terminal what succeeds is green, what is tried again or deserves a look yellow, and what is refused or\n"
        "has failed red. `NO_COLOR` takes the colours away, `FORCE_COLOR` brings them where there is no terminal.\n"
        "Tokens and passwords are never printed, but for those of the seed in the introduction. With `--quiet` only\n"
        "the introduction and the emulator's own warnings and errors are printed, such as a data file that cannot be opened.\n"
    )
    parts.append(
        "`health`, `say`, `advance`, `limits`, `cost` and `fault` find the emulator by `--url` or the environment\n"
        "variable `WHATSAPP_EMULATOR_URL`, and send the token of `--control-token` or `WHATSAPP_EMULATOR_CONTROL_TOKEN`.\n"
        "Several hosts or origins in an environment variable are separated by spaces. What hosts, origins and the\n"
        "control token are for: [beyond loopback](../how-to/beyond-loopback.md).\n"
    )
    return "\n".join(parts)


def control_api() -> str:
    """Every route of the control API."""
    document = openapi.document(every_route(), __version__)
    parts = [
        "# The control API\n",
        _MADE,
        "JSON under `/_emulator`; the OpenAPI 3.1 document is served at `/_emulator/openapi.json`. Errors are\n"
        "problem details (RFC 9457) with the media type `application/problem+json` and a sentence in `detail`:\n"
        "400 for a body that makes no sense, 401 without the control token, 403 for a host or a page that may not\n"
        "call, 404 for what is not there, 409 when time cannot move now, 410 when the sandbox was closed meanwhile,\n"
        "415 for a body that is not JSON, 422 for an act that is not possible. A body needs the header\n"
        "`Content-Type: application/json`, but for a snapshot. A server [beyond\n"
        "loopback](../how-to/beyond-loopback.md) asks for its control token, as `Authorization: Bearer TOKEN`;\n"
        "`/_emulator/health` and `/_emulator/openapi.json` never do.\n",
        "| route | takes | does | answers |",
        "|---|---|---|---|",
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts.append(
                f"| `{method.upper()} {path}` | {_takes(operation)} | {operation['summary']} "
                f"| {_answers(operation)} |"
            )
    parts.append(
        "\n`{s}` is the name of a sandbox; the one that `serve` starts is called `default`. Instants are ISO 8601,\n"
        "in UTC unless they say otherwise; durations are seconds. `{wa_id}` is a person's number in any way of\n"
        "writing it. Lists end after 1,000 entries unless `limit` says otherwise.\n\n"
        "## Answers\n\n"
        "Of the schemas in `/_emulator/openapi.json`, from which clients are made: `?` stands behind a member that may be\n"
        "left out, `…[]` for an array.\n\n"
        "| schema | members |\n|---|---|"
    )
    for name, schema in document["components"]["schemas"].items():
        parts.append(f'| <a id="{name.lower()}"></a>{name} | {_members(schema)} |')
    return "\n".join([*parts, ""])


def _answers(operation: dict[str, Any]) -> str:
    """What a success of an operation answers with."""
    (status,) = (status for status in operation["responses"] if status != "default")
    content = operation["responses"][status].get("content", {})
    found = [f"`{media}`" for media in content if media != "application/json"]
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        found.insert(0, _members(schema) if schema.get("properties") else _type(schema))
    return ", ".join(found) or "nothing"


def _members(schema: dict[str, Any]) -> str:
    needed = schema.get("required", ())
    return ", ".join(
        f"`{name}`{'' if name in needed else '?'}: {_type(each)}"
        for name, each in schema.get("properties", {}).items()
    )


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words, with a link for one that has a name."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    kinds = schema.get("type", "anything")
    words = [kinds] if isinstance(kinds, str) else list(kinds)
    if "enum" in schema and len(schema["enum"]) <= 6:
        return " or ".join(f"`{word}`" for word in schema["enum"])
    if "array" in words and schema.get("items"):
        words[words.index("array")] = f"{_type(schema['items'])}[]"
    if isinstance(schema.get("additionalProperties"), dict):
        words[words.index("object")] = f"object of {_type(schema['additionalProperties'])}"
    if schema.get("format") == "date-time":
        words[words.index("string")] = "instant"
    return " or ".join(words)


def _takes(operation: dict[str, Any]) -> str:
    query = [f"`?{each['name']}`" for each in operation.get("parameters", []) if each["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return ", ".join(query) or ("the bytes" if content else "")
    schema = content["application/json"]["schema"]
    needed = schema.get("required", [])
    members = [
        f"`{name}`"
        + ("" if name in needed else "?")
        + (f" ({', '.join(each['enum'])})" if "enum" in each else "")
        for name, each in schema["properties"].items()
    ]
    return ", ".join(query + members)


def errors() -> str:
    """The whole catalogue of errors."""
    parts = [
        "# Errors\n",
        _MADE,
        "Every error the platform is known to return. In an answer the message is `(#code) title`, but for those marked\n"
        "with °, whose message is the title alone; in a status `title` and `message` are the title. A number with\n"
        "another behind it in brackets is an `error_subcode`, and the other one is its code. What concerns templates,\n"
        "numbers and accounts has the message `Invalid parameter`, and its title as `error_user_title`.\n\n"
        "**Reported**: in the answer to the call, in a later `failed` **status**, either way, or in the webhook of a\n"
        "**message** that a person writes. **Met by**: the rule that returns it by itself (its name is in the header\n"
        "`X-Emulator-Rule`), or `fault`: nothing here does, until [somebody asks for it](../how-to/faults.md).\n"
        "Every one of them can be asked for. Where sources do not agree on the HTTP status, the candidates follow the\n"
        "usual one; the setting [`http_statuses`](seeds.md#settings) chooses. The source says how sure the row is.\n",
    ]
    for section, entries in _SECTIONS.items():
        parts.append(f"## {section}\n")
        parts.append(
            "| code | title | HTTP | reported | when | met by | source |\n|---|---|---|---|---|---|---|"
        )
        parts += [_error(entry) for entry in sorted(entries, key=lambda entry: entry.number)]
        parts.append("")
    parts.append("With `window_errors: sync` 131047 is returned in the answer.\n")
    return "\n".join(parts)


def _error(entry: CatalogueEntry) -> str:
    code = str(entry.number) + (f" ({entry.body_code})" if entry.body_code != entry.number else "")
    title = (entry.user_title or entry.title) + (" °" if entry.verbatim and not entry.user_title else "")
    if entry.page_title:
        title += f"<br>(Meta's page: {entry.page_title})"
    if entry.webhook_title:
        title += f"<br>(in a webhook: {entry.webhook_title})"
    status = str(entry.status) + "".join(f", {other}?" for other in entry.disputed)
    rule = MET_BY.get(entry.number, "fault")
    source = f"[{entry.basis}]({entry.source})"
    return f"| {code} | {title} | {status} | {_CHANNELS[entry.channel]} | {entry.trigger} | `{rule}` | {source} |"


def graph_api() -> str:
    """Every emulated endpoint and the fields of every node."""
    parts = [
        "# The Graph API\n",
        _MADE,
        f"Versions `{next(iter(versions.RELEASED))}` to `{versions.LATEST}`, or none; `{versions.NEXT}` is taken, too,\n"
        "with a header `X-Emulator-Warning`. Bodies as JSON, as a form (nested values as JSON strings) or as query\n"
        "parameters; the token as `Authorization: Bearer`, `OAuth`, or `access_token`.\n",
        "| endpoint | methods |",
        "|---|---|",
        "| `/oauth/access_token` | GET, POST |",
    ]
    found: dict[str, list[str]] = {}
    for node, edge, method in endpoints.emulated():
        found.setdefault(_NODES[node] + (f"/{edge}" if edge else ""), []).append(method)
    parts += [f"| `{path}` | {', '.join(sorted(methods))} |" for path, methods in sorted(found.items())]
    parts.append(
        "\nEverything else answers as an unknown path does on Graph, is journalled as *unsupported*, and fails the\n"
        "test that met it.\n\n"
        "Messages: `template` and [every other type](messages.md), reply `context`, `biz_opaque_callback_data`,\n"
        "`recipient_identity_key_hash`; `status: read` with or without a `typing_indicator`. Template components: header,\n"
        "body, footer, buttons, limited-time offer, carousel and tap targets, with every parameter. The recipient is a\n"
        "phone number (`to`), a business-scoped user id (`recipient`), or a group (`to` with `recipient_type: group`).\n"
        "Templates are created with every component and option, or from the library (of which a\n"
        "[part](../fidelity.md) is here): `library_template_name` with `library_template_button_inputs`.\n"
        "`marketing_messages` takes marketing templates alone; Direct Send\n"
        "(`category`, `ttl_seconds`, `direct_send_config`) is a [setting](seeds.md).\n\n"
        "Beside the platform's own headers every refusal carries `X-Emulator-Rule` (which rule refused the call) and\n"
        "`X-Emulator-Hint`: what came in this call, and what would help. The journal has both, for `failed` statuses\n"
        "too. Another answer may carry `X-Emulator-Warning` (taken here, refused by the platform, or about to be; or\n"
        "without the effect that it has there).\n"
    )
    usual = {
        nodes.NUMBER: nodes.NUMBER_DEFAULT_FIELDS,
        nodes.WABA: nodes.WABA_DEFAULT_FIELDS,
        template_nodes.TEMPLATE: template_nodes.TEMPLATE_DEFAULT_FIELDS,
    }
    for node_type, names in usual.items():
        parts.append(f"Without `fields=` a {node_type} answers: {', '.join(f'`{n}`' for n in names)}.\n")
    parts += [
        "## Documented by Meta, and not emulated\n",
        "Refused as Graph refuses what it does not know, with `X-Emulator-Rule: not_emulated`; the test that meets it\n"
        f"fails. Everywhere: the parameters {_listed(sorted(documented.EVERYWHERE))}; of `/oauth/access_token` the grants\n"
        f"{_listed(documented.GRANTS)}.\n",
        "| node | edges | fields | parameters |",
        "|---|---|---|---|",
    ]
    for node_type, known in documented.DOCUMENTED.items():
        edges = (f"{'/'.join(ways)} `{edge or '/'}`" for edge, ways in known.edges.items())
        given = (
            f"{method} `{edge or '/'}`: {_listed(sorted(names))}"
            for (edge, method), names in known.parameters.items()
        )
        parts.append(
            f"| {node_type} | {', '.join(edges)} | {_listed(sorted(known.fields))} | {'; '.join(given)} |"
        )
    absent = [each for each in documented.ABSENT if each != documented.GROUP]
    parts += [
        f"\nOf {', '.join(absent)} no sandbox has an object: a call on one names an\n"
        "unknown id, and is marked where an edge, a field or a parameter of the list shows what is meant. An id alone\n"
        "(`GET /{flow_id}`, `DELETE /{flow_id}`) is refused as any unknown one, unless a template opens that Flow. Below an\n"
        "edge that is not emulated nothing is (`message_qrdls/{code}`). Fields in braces that an object here lacks are marked, too.\n\n"
        "`fields` of a `POST`, of `block_users`, `message_template_previews` and `subscribed_apps` has no effect, which\n"
        "`X-Emulator-Warning` says.",
        "\n## Given up by Graph\n",
        "A parameter without an effect, and since the day in the last column one that new apps cannot use, is answered\n"
        "with `X-Emulator-Warning`. What is refused has `X-Emulator-Rule: legacy`. Before its end, what is on the list\n"
        "above is not emulated.\n",
        "| parameter | what it did | removed in | from all versions | a call with it | closed to new apps |",
        "|---|---|---|---|---|---|",
    ]
    for row in legacy.LEGACY.values():
        everywhere = f"{row.everywhere_at:%Y-%m-%d}" if row.everywhere_at else ""
        effect = "" if row.removed_in is None else "is refused" if row.is_refused else "has no effect"
        closed = f"{legacy.CLOSED_AT:%Y-%m-%d}" if row.is_closed else ""
        parts.append(
            f"| `{row.name}` | {row.what} | {row.removed_in or ''} | {everywhere} | {effect} | {closed} |"
        )
    return "\n".join(parts)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def clean(text: str) -> str:
    """One newline at the end, no trailing spaces."""
    return re.sub(r"[ \t]+\n", "\n", text).rstrip() + "\n"


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(clean(text), encoding="utf-8")
        click.echo(f"made docs/{name}")
