"""The commands of a contributor and of a user: each is described, and installing says what becomes of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import emulator

ROOT = Path(emulator.__file__).parent.parent
LIMIT = 60.0
"""Seconds after which make has failed."""

TAKES_CTRL_C = [
    sys.executable,
    "-c",
    "import os, sys; from signal import *; signal(SIGINT, SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])",
]
"""Begins the command that follows as a terminal does: a test that runs in the background ignores Ctrl-C."""

STUB = """\
#!/bin/sh
# stands for Python: writes down what it is asked for, and leaves behind what make looks for
echo "$*" >> "$STUB_LOG"
case "$1 $2 $3" in
  "--version "*) echo "Python 3.9.2" ;;
  "-c "*) exit "$STUB_TOO_OLD" ;;
  "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip install")
    echo "Collecting flask"
    if [ "$STUB_PIP" = hangs ]; then exec sleep 60; fi # no child: a Ctrl-C while one is begun may be lost
    printf '#!/bin/sh\\necho "serving"\\n' > .venv/bin/whatsapp-emulator
    chmod +x .venv/bin/whatsapp-emulator
    exit "$STUB_PIP" ;;
esac
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")


class Checkout:
    """A checkout with a Python that only pretends, so that nothing is really installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "Makefile", folder)
        shutil.copy(ROOT / "pyproject.toml", folder)
        self.python = folder / "python"
        self.python.write_text(STUB)
        self.python.chmod(0o755)

    def start(self, *arguments: str, pip: str = "0", too_old: str = "0") -> subprocess.Popen[str]:
        """Begin ``make``, in a process group of its own, as a terminal does."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        return subprocess.Popen(
            [*TAKES_CTRL_C, "make", "VENV=.venv", "ARGS=", f"PYTHON={self.python}", *arguments],
            cwd=self.folder,
            env=kept | {"STUB_LOG": str(self.folder / "log"), "STUB_PIP": pip, "STUB_TOO_OLD": too_old},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def make(self, *arguments: str, pip: str = "0", too_old: str = "0") -> tuple[int, str]:
        """Run ``make`` to its end; returns its exit code and what it printed."""
        process = self.start(*arguments, pip=pip, too_old=too_old)
        printed, _ = process.communicate(timeout=LIMIT)
        return process.returncode, printed

    def asked(self) -> list[str]:
        """What was asked of Python since the last time: ``venv``, and what pip installed."""
        log = self.folder / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return ["venv" if " venv " in line else line.split()[-1] for line in lines if line.startswith("-m")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def described(page: str) -> set[str]:
    """The targets that a page calls, in its text or in its examples."""
    text = (ROOT / page).read_text(encoding="utf-8")
    calls = re.findall(r"(?:`|^|&& )make((?: [a-z]+)+)", text, re.MULTILINE)
    lines = [line.split("  ")[0] for line in calls]
    return {target for line in lines for target in line.split()}


def targets() -> set[str]:
    """The targets that the Makefile says are commands."""
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return set(phony.split())


def test_every_command_in_the_pages_is_one_of_the_makefile() -> None:
    """And every one of the Makefile's is described to users or to contributors, and by ``make help``."""
    pages = described("README.md") | described("CONTRIBUTING.md")
    helped = re.findall(r"^# make (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert pages - targets() == set()
    assert targets() - pages == set()
    assert targets() - {"help"} == set(helped)


def test_a_user_gets_what_serving_needs(checkout: Checkout) -> None:
    """The first time, saying so; the second time nothing is installed."""
    first = checkout.make("run")
    installed = checkout.asked()
    second = checkout.make("run")

    assert installed == ["venv", "."]
    assert checkout.asked() == []
    assert first[0] == second[0] == 0
    for words in (
        "Making the environment in .venv",
        "Installing what serving needs",
        "Collecting",
        "serving",
    ):
        assert words in first[1]
    assert second[1] == "serving\n"


def test_a_developer_gets_the_rest_as_well(checkout: Checkout) -> None:
    """In the same environment; afterwards both commands are ready."""
    checkout.make("run")
    checkout.asked()

    checkout.make("docs")
    checkout.make("run")

    assert [call for call in checkout.asked() if not call.endswith(".py")] == [".[dev]"]


def test_new_dependencies_are_installed(checkout: Checkout) -> None:
    """When the file that names them is newer than the environment."""
    checkout.make("run")
    checkout.asked()
    later = (checkout.folder / ".venv" / ".ready-run").stat().st_mtime + 10
    os.utime(checkout.folder / "pyproject.toml", (later, later))

    checkout.make("run")

    assert checkout.asked() == ["."]


def test_an_old_python_is_told(checkout: Checkout) -> None:
    """With its version and the way out; nothing is made."""
    code, printed = checkout.make("run", too_old="1")

    assert code != 0
    assert f"Python 3.11 or newer is needed; {checkout.python} is Python 3.9.2." in printed
    assert "make run PYTHON=python3.12" in printed
    assert checkout.asked() == []
    assert not (checkout.folder / ".venv").exists()


def test_a_missing_python_is_told(checkout: Checkout) -> None:
    """In the same words."""
    code, printed = checkout.make("run", "PYTHON=no-such-python")

    assert code != 0
    assert "Python 3.11 or newer is needed; no-such-python is missing." in printed


def test_a_failed_installation_is_told_and_goes_on(checkout: Checkout) -> None:
    """Without a network, say; the next time only pip is called again."""
    code, printed = checkout.make("run", pip="1")
    first = checkout.asked()
    again = checkout.make("run")

    assert code != 0
    assert "It needs a network, or a package index that pip knows." in printed
    assert "serving" not in printed.splitlines()
    assert first == ["venv", "."]
    assert again[0] == 0
    assert checkout.asked() == ["."]


def test_an_interrupted_installation_begins_anew(checkout: Checkout) -> None:
    """Ctrl-C is answered with a sentence; half an environment is not taken for a whole one."""
    with checkout.start("run", pip="hangs") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Collecting"):
                break
        os.killpg(process.pid, signal.SIGINT)
        printed = process.stdout.read()
        code = process.wait(LIMIT)
    first = checkout.asked()
    again = checkout.make("run")

    assert code != 0
    assert "Interrupted. The next make begins the environment anew." in printed
    assert first == ["venv", "."]
    assert again[0] == 0
    assert checkout.asked() == ["venv", "."]
