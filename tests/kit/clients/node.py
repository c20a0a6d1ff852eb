"""Runs scripts on Node, with the client libraries that ``node/package-lock.json`` names.

The libraries are installed once for each state of the lock file, under the user's cache; the checkout is
never written to. A machine without Node skips what needs it, but in CI that is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kit.programs import needed

SOURCES = Path(__file__).parents[2] / "conformance" / "node"
INSTALLING, RUNNING = 300, 60
"""Seconds after which npm or a script is given up."""


class Node:
    """Carries out tasks with the scripts of ``node/``."""

    def __init__(self, node: str, folder: Path) -> None:
        self._node, self._folder = node, folder

    def run(self, script: str, act: str, **task: Any) -> Any:
        """Have ``script`` do ``act``; returns the JSON it prints, or fails with what Node said."""
        __tracebackhide__ = True
        done = subprocess.run(
            [self._node, script],
            cwd=self._folder,
            input=json.dumps({"act": act, **task}),
            capture_output=True,
            encoding="utf-8",
            timeout=RUNNING,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{script} could not {act}:\n{done.stderr}")
        return json.loads(done.stdout)

    @contextmanager
    def serving(self, script: str, **task: Any) -> Iterator[str]:
        """Have ``script`` serve, with the task as its first line; yields the URL it prints."""
        command = [self._node, script]
        with subprocess.Popen(
            command,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps(task) + "\n")
                process.stdin.flush()
                yield process.stdout.readline().strip()
            finally:
                process.stdin.close()
                process.wait(RUNNING)


def ready_to_run(folder: Path) -> Node:
    """Node with the scripts in ``folder``, beside the libraries they import."""
    untried = "the client libraries for Node are not tried"
    node, npm = needed("node", untried=untried), needed("npm", untried=untried)
    for script in SOURCES.glob("*.mjs"):
        shutil.copy(script, folder)
    (folder / "node_modules").symlink_to(_installed(npm), target_is_directory=True)
    return Node(node, folder)


def script_of(library: str, path: str, untried: str) -> str:
    """The text of a file of an installed library, for a browser; ``untried`` is what is not tried without."""
    return (_installed(needed("npm", untried=untried)) / library / path).read_text()


def _installed(npm: str) -> Path:
    """The folder of the libraries; installs them when the lock file is a new one."""
    names = ("package.json", "package-lock.json")
    key = sha256(b"".join((SOURCES / name).read_bytes() for name in names)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whatsapp-emulator" / "node"
    ready = cache / key
    if not ready.exists():
        making = cache / f"{key}.{uuid4().hex}"
        making.mkdir(parents=True)
        try:
            _install(npm, making, names)
            making.rename(ready)
        except OSError:
            if not ready.exists():  # else another process was faster
                raise
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return ready / "node_modules"


def _install(npm: str, folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        shutil.copy(SOURCES / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=INSTALLING, check=False
    )
    if done.returncode != 0:
        pytest.fail(f"npm ci failed:\n{done.stdout}{done.stderr}")
