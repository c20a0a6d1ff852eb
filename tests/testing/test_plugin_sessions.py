"""Test runs side by side, and runs in which nobody asks for the plugin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ("pytester",)


def test_tests_run_side_by_side(suite: pytest.Pytester) -> None:
    """Under xdist every worker has an emulator of its own; reports come back with their story."""
    suite.makepyfile(
        """
        import pytest
        from client_kit import send

        @pytest.mark.parametrize("number", range(12))
        def test_it(whatsapp, number):
            assert len(whatsapp.messages) == 0
            whatsapp.person().says(f"Hello {number}")
            assert send(whatsapp, f"Hi {number}").status_code == 200
            assert whatsapp.url.startswith("http://127.0.0.1:")
            whatsapp.settle()
            assert number != 7, whatsapp.messages.texts
        """
    )

    result = suite.runpytest_subprocess("-n", "2")

    result.assert_outcomes(passed=11, failed=1)
    result.stdout.fnmatch_lines(
        ["*- WhatsApp at 2026-11-02 09:00:00 UTC -*", "09:00:00  Sheena Nelson → business: Hello 7"]
    )


def test_a_session_leaves_nothing_open(suite: pytest.Pytester) -> None:
    """Sockets, threads and databases are closed, with warnings as errors."""
    suite.makeini("[pytest]\nfilterwarnings = error\n")
    suite.makepyfile(
        """
        import gc
        import threading
        import urllib.request

        def test_it(whatsapp):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{whatsapp.url}/_emulator/health") as answer:
                assert answer.status == 200
            with whatsapp.live():
                whatsapp.person().says("Hello")
        """
    )
    suite.makeconftest(
        """
        import gc
        import threading

        def pytest_unconfigure():
            gc.collect()
            print("threads:", [thread.name for thread in threading.enumerate() if not thread.daemon])
            print("daemons:", [thread.name for thread in threading.enumerate() if thread.daemon])
        """
    )

    result = suite.runpytest_subprocess("-s", "-p", "no:rerunfailures")  # whose server is a thread

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*threads: ?'MainThread'?", "daemons: ??"])


def test_an_unused_plugin_says_nothing(suite: pytest.Pytester) -> None:
    """No header line, no fixture set up, no word in the summary."""
    suite.makepyfile("def test_it(): pass")

    result = suite.runpytest_inprocess("--setup-show", "-rA")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*SETUP*whatsapp*")
    result.stdout.no_fnmatch_line("*WhatsApp*")


HEAVY = ["faker", "flask", "freezegun", "phonenumbers", "sqlite3", "urllib3", "waitress", "werkzeug", "yaml"]


def test_the_plugin_imports_nothing_heavy() -> None:
    """A run that does not use the fixture does not pay for it."""
    script = (
        "import sys, pytest; before = set(sys.modules); import emulator.testing.plugin; import json;"
        f"print(json.dumps([sorted(set(sys.modules) & set({HEAVY}) - before),"
        " sorted(m for m in set(sys.modules) - before if m.partition('.')[0] == 'emulator')]))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    heavy, own = json.loads(printed)
    assert heavy == []
    assert own == [
        "emulator",
        "emulator.testing",
        "emulator.testing.choices",
        "emulator.testing.options",
        "emulator.testing.plugin",
    ]


def test_an_unused_plugin_loads_nothing_during_a_run(tmp_path: Path) -> None:
    """Neither while tests are collected nor while they run."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n\ndef test_it():\n"
        f"    assert not set(sys.modules) & set({HEAVY})\n"
        "    assert 'emulator.testing.plugin' in sys.modules\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "emulator.testing.plugin",
        "-p",
        "no:cacheprovider",
        "-q",
    ]

    ran = subprocess.run(
        [*command, "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
