"""The wheel: what a user installs works away from the checkout, in an environment of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.values import present

CHECKOUT = Path(__file__).resolve().parent.parent
LIMIT = 600.0
"""Seconds after which building, installing or stopping has failed."""

PIP = [sys.executable, "-m", "pip"]
INSTALL = ["install", "--quiet", "--no-compile"]
"""Most of what is installed is never imported: it is not compiled either."""
BUILD = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
PIP_WHEEL = [*PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    builder = BUILD if find_spec("hatchling") and find_spec("build") else PIP_WHEEL
    _run(*builder, str(folder), str(CHECKOUT), folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that has the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"), folder=folder)
    commands = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _run(*PIP, "--python", str(commands / "python"), *INSTALL, str(wheel), folder=folder)
    return commands


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def _run(*command: str, folder: Path) -> str:
    ran = subprocess.run(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


@pytest.fixture
def url(installed: Path, tmp_path: Path) -> Iterator[str]:
    """Where the installed command serves, started in a folder of its own."""
    with (tmp_path / "stderr.txt").open("w") as errors:
        process = subprocess.Popen(
            [str(installed / "whatsapp-emulator"), "serve", "--port", "0", "--quiet"],
            cwd=tmp_path,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)), None)
        assert found is not None, (tmp_path / "stderr.txt").read_text()
        yield found.group()
    finally:
        process.kill()
        process.wait(LIMIT)
        present(process.stdout).close()


def _call(url: str, body: object = None) -> tuple[int, dict[str, object]]:
    asked = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(asked, timeout=60) as answer:
        return answer.status, json.load(answer)


def test_the_wheel_holds_what_the_package_needs(wheel: Path) -> None:
    """Seeds, schema, library, what Node loads, the marker of its types, the licence; nothing of the tests."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert "emulator/fixtures/seeds/default.yaml" in names
    assert "emulator/cli/node_preload.cjs" in names
    assert "emulator/sandbox/store/database/schema.sql" in names
    assert "emulator/sandbox/templates/library.yaml" in names
    assert "emulator/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert [name for name in names if name.startswith(("tests/", "docs/"))] == []
    assert [name for name in names if "__pycache__" in name or name.endswith((".sqlite", ".pyc"))] == []


def test_the_wheel_declares_its_command_and_its_plugin(wheel: Path) -> None:
    """The command line, and the fixture for pytest."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        told = archive.read(name).decode()

    assert "whatsapp-emulator = emulator.cli.main:main" in told
    assert "whatsapp_emulator = emulator.testing.plugin" in told


def test_the_installed_command_serves(url: str) -> None:
    """It is ready, takes a message, and has its page with what the page loads."""
    ready = _call(f"{url}/_emulator/health")
    sent = _call(
        f"{url}/v23.0/{PRODUCTION}/messages",
        {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}},
    )

    with urllib.request.urlopen(f"{url}/_emulator/ui/") as shell:
        page = shell.read().decode()
    (name,) = re.findall(r'src="([^"]+app\.js)"', page)
    with urllib.request.urlopen(f"{url}{name}") as script:
        module = script.read()

    assert (ready[0], ready[1]["status"]) == (200, "ready")
    assert b"import" in module
    assert (sent[0], sent[1]["contacts"]) == (200, [{"input": SHEENA, "wa_id": SHEENA}])


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    """What is tested here is what a user gets; it finds its seeds inside itself."""
    script = (
        "import emulator; from emulator.sandbox import fixtures; from emulator.sandbox.seeds import named;"
        "print(emulator.__file__); print(fixtures.fixtures()); print(*named.names())"
    )

    module, fixtures, seeds = _run(str(installed / "python"), "-c", script, folder=tmp_path).splitlines()

    environment = installed.parent.resolve()
    assert environment in Path(module).resolve().parents
    assert environment in Path(fixtures).resolve().parents
    assert "default" in seeds.split()


def test_the_installed_package_invents_people_without_faker(installed: Path, tmp_path: Path) -> None:
    """Faker brings a plugin that every pytest run loads: it comes only with the extra of its name."""
    script = (
        "from importlib.util import find_spec; from emulator import Emulator;"
        "print(find_spec('faker'));"
        "print(Emulator().create('it').people.add(locale='pt_BR').wa_id[:2])"
    )

    faker, country = _run(str(installed / "python"), "-c", script, folder=tmp_path).splitlines()

    assert (faker, country) == ("None", "55")


def test_the_installed_demo_plays(installed: Path, tmp_path: Path) -> None:
    """Without any of the libraries that only tests need."""
    printed = _run(str(installed / "whatsapp-emulator"), "demo", folder=tmp_path)

    assert "The conversation, in simulated time" in printed
