"""What is imported when: whoever does not use a part of the emulator does not wait for it."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from kit.identities import ACCESS_TOKEN, PRODUCTION

OPTIONAL = {"asgiref", "cryptography", "faker", "freezegun", "pytest", "trustme"}
"""What comes with an extra."""
LATER = {
    "rich": "only terminals have colours",
    "yaml": "seeds that come along are read without it",
    "urllib3": "no webhook has gone out yet",
    "phonenumbers": "what is to be known of the numbers of the seeds has been looked up",
    "zoneinfo": "nobody has chosen a time zone",
    "unittest.mock": "nothing is tested",
    "asyncio": "nothing here waits for a loop",
    "emulator.testing": "nothing is tested",
    "emulator.domain.checks": "nothing is sent",
    "emulator.domain.content": "nobody has written anything",
    "emulator.domain.events": "nothing has happened",
    "emulator.domain.expectations": "nobody expects anything",
    "emulator.domain.faults.conditions": "nothing is made to go wrong",
    "emulator.domain.messages.inbound_kinds": "nobody has written anything",
    "emulator.domain.people.answers": "nobody answers by rules",
    "emulator.domain.rules": "nothing is sent",
    "emulator.domain.secret_patterns": "nothing that is kept looks like a secret",
    "emulator.domain.templates.editor.rules": "the templates of the seeds have been judged",
    "emulator.domain.templates.filling": "no template is sent",
    "emulator.sandbox.consequences": "nothing has happened",
    "emulator.sandbox.messages.outbound": "nothing is sent",
    "emulator.sandbox.messages.received": "nobody has written anything",
    "emulator.sandbox.pricing": "nothing is charged",
    "emulator.sandbox.scenarios": "nothing is played",
    "emulator.sandbox.seeds.files": "no seed is read: what its sandbox begins with stands beside it",
    "emulator.sandbox.seeds.lookup": "no seed is read",
    "emulator.sandbox.store.snapshots": "no state is read that was kept",
    "emulator.sandbox.templates": "nobody changes a template",
    "emulator.sandbox.webhooks.publisher": "no webhook is made",
    "emulator.web.attachments": "nothing is downloaded",
    "emulator.web.control.sandboxes": "the server answers for itself",
    "emulator.web.graph.messages": "nothing is sent",
    "emulator.web.graph.templates": "no template is asked for",
    "emulator.wire.webhooks": "no webhook is made",
    "emulator.web.pages": "nobody has opened the page",
    "emulator.web.proxy": "no proxy was asked for",
    "emulator.cli.exec": "another command",
    "emulator.cli.demo": "another command",
    "emulator.cli.remote": "another command",
}
"""What ``serve`` imports only when it is needed, with the reason why it is not at the start."""
FOR_THE_OTHER_API = {
    "/_emulator/health": {"emulator.web.graph", "emulator.web.graph_calls"},
    f"/v24.0/{PRODUCTION}": set[str](),
}
"""By a first call what the calls of the other API alone need."""


def imported(*arguments: str, folder: Path, call: str | None = None) -> set[str]:
    """Every module that a command imports until it ends, or until it has answered ``call``."""
    command = [sys.executable, "-X", "importtime", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    told = folder / "imports.txt"
    with (
        told.open("w") as errors,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        if call is not None:
            found = (re.search(r"Graph API\s+http://127.0.0.1:(\d+)", line) for line in process.stdout)
            port = int(next(filter(None, found))[1])
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", call, headers={"Authorization": f"Bearer {ACCESS_TOKEN}"})
                assert connection.getresponse().status == 200
            process.terminate()
        process.communicate(timeout=60)
    lines = told.read_text().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def within(names: set[str], modules: set[str]) -> set[str]:
    """Those of some names that are imported, themselves or a part of them."""
    return {name for name in names if any(each == name or each.startswith(f"{name}.") for each in modules)}


def test_the_package_alone(tmp_path: Path) -> None:
    """Brings its names, and nothing that they stand for."""
    modules = imported("-c", "import emulator", folder=tmp_path)

    assert {each for each in modules if each.startswith("emulator")} == {"emulator"}
    assert within({"dataclasses", "flask", "sqlite3"}, modules) == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_command_that_serves_nothing(option: str, tmp_path: Path) -> None:
    """Needs no server and no sandbox."""
    modules = imported("-m", "emulator", option, folder=tmp_path)

    assert (
        within({*OPTIONAL, "flask", "werkzeug", "waitress", "sqlite3", "phonenumbers", "rich"}, modules)
        == set()
    )


@pytest.mark.slow
@pytest.mark.parametrize("call", FOR_THE_OTHER_API, ids=["health", "graph"])
def test_serve_until_its_first_answer(call: str, tmp_path: Path) -> None:
    """Only what answering takes; the table says what comes later, and why."""
    modules = imported("-m", "emulator", "serve", "--port", "0", "--quiet", folder=tmp_path, call=call)

    assert "flask" in modules
    assert within({*OPTIONAL, *LATER, *FOR_THE_OTHER_API[call]}, modules) == set()


def test_a_sandbox_without_a_server(tmp_path: Path) -> None:
    """A test that calls no HTTP needs no Flask."""
    script = (
        "import json, sys; from emulator import Emulator; emulator = Emulator(); emulator.create();"
        "print(json.dumps(sorted(sys.modules)))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert within({*OPTIONAL, *LATER, "flask", "waitress"}, set(json.loads(printed.stdout))) == set()


HIDDEN = f"import sys; sys.modules.update(dict.fromkeys({sorted(OPTIONAL)}))\n"
"""Begins a script in which nothing of an extra is installed."""


def test_a_whatsapp_is_opened_without_pytest(tmp_path: Path) -> None:
    """As unittest, a notebook and a script open one."""
    script = "import emulator\nwith emulator.whatsapp() as whatsapp: print(whatsapp.person().name)"

    ran = subprocess.run(
        [sys.executable, "-c", HIDDEN + script], cwd=tmp_path, capture_output=True, text=True
    )

    assert (ran.stdout, ran.stderr) == ("Sheena Nelson\n", "")


def test_a_scenario_is_played_with_an_app_without_pytest(tmp_path: Path) -> None:
    """By the command, whose users may have nothing else."""
    (tmp_path / "bot.py").write_text("def receive(webhook): pass")
    (tmp_path / "a.whatsapp.yaml").write_text("steps: [Sheena Nelson says: Hello]")
    script = "from emulator.cli.main import main\nmain(['play', '--app', 'bot:receive', 'a.whatsapp.yaml'])"

    ran = subprocess.run(
        [sys.executable, "-c", HIDDEN + script], cwd=tmp_path, capture_output=True, text=True
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("1 of 1 steps passed\n")
