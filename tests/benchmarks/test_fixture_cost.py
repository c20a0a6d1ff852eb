"""What the pytest plugin costs its users: a run that does not use it, an empty test, a conversation.

CPU time of processes, as a busy machine adds less to it than to the clock.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

import httpx
import pytest
from kit.figures import measured
from kit.measurements import show

import emulator
from emulator import WhatsApp

FEW, MANY = 20, 220
TIMES = 5
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
ENVIRONMENT = {"PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
PLUGIN = ["-p", "emulator.testing.plugin"]


def cpu_of(commands: Mapping[str, list[str]], folder: Path, rounds: int = TIMES) -> dict[str, float]:
    """Seconds of CPU that each process needs, the least of some rounds in which each has its turn."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            before = _used()
            subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)
            best[name] = min(best[name], _used() - before)
    return best


def _used() -> float:
    """Seconds of CPU of all processes that were waited for; ``os.times`` counts in ticks of 10 ms."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.fixture
def suite(tmp_path: Path) -> Callable[[str, int], list[str]]:
    """Makes files of so many empty tests with these arguments."""

    def make(arguments: str, count: int) -> list[str]:
        file = tmp_path / f"test_{arguments or 'plain'}_{count}.py"
        file.write_text("".join(f"def test_{i}({arguments}): pass\n" for i in range(count)), encoding="utf-8")
        return [*PYTEST, *PLUGIN, file.name]

    return make


def test_a_run_that_does_not_use_the_fixture(tmp_path: Path) -> None:
    """Costs what it costs without the plugin."""
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n", encoding="utf-8")

    commands = {
        "pytest alone": [*PYTEST, "test_it.py"],
        "with the plugin": [*PYTEST, *PLUGIN, "test_it.py"],
    }
    cost = cpu_of(commands, tmp_path, 4 * TIMES)

    plain, plugged = cost.values()
    show("an empty run", cost, f"{plugged / plain:.2f} × (target: 1.05 ×)")
    assert plugged <= 1.25 * plain


def test_an_empty_test(tmp_path: Path, suite: Callable[[str, int], list[str]]) -> None:
    """Pays for its sandbox, and for nothing that it does not use."""
    arguments = {"without a fixture": "", "with `whatsapp`": "whatsapp"}
    least = {
        count: cpu_of({name: suite(given, count) for name, given in arguments.items()}, tmp_path)
        for count in (FEW, MANY)
    }
    cost = {name: (least[MANY][name] - least[FEW][name]) / (MANY - FEW) for name in arguments}

    plain, equipped = cost.values()
    show("one empty test more", cost, f"{(equipped - plain) * 1e3:.1f} ms CPU more (target: 2 ms)")
    measured("empty test", (equipped - plain) * 1e3)
    assert equipped <= 20 * plain


def test_a_conversation_in_process(tmp_path: Path) -> None:
    """Without a socket it costs a part of what it costs over HTTP, with the same client."""
    with emulator.whatsapp() as whatsapp:
        whatsapp.deliver_to(lambda webhook: None)
        headers = {"Authorization": f"Bearer {whatsapp.token}"}
        in_process = httpx.Client(
            transport=httpx.WSGITransport(app=whatsapp.app), base_url="http://emulator", headers=headers
        )
        over_http = httpx.Client(base_url=whatsapp.url, headers=headers, trust_env=False)
        with in_process, over_http:
            cost = {"over HTTP": float("inf"), "in process": float("inf")}
            for _ in range(3 * TIMES):
                for name, client in zip(cost, (over_http, in_process), strict=True):
                    begun = process_time()
                    converse(whatsapp, client)
                    cost[name] = min(cost[name], process_time() - begun)

    network, direct = cost.values()
    show("ten messages", cost, f"{direct / network:.2f} × (target: 0.35 ×)")
    measured("conversation", direct / network)
    assert direct <= 0.9 * network


def converse(whatsapp: WhatsApp, client: httpx.Client) -> None:
    """Five messages of a person, each with an answer, and every webhook delivered."""
    person = whatsapp.person()
    for _ in range(5):
        person.says("Hello")
        whatsapp.settle()
        answer = client.post(
            f"/v23.0/{whatsapp.phone_number_id}/messages",
            json={
                "messaging_product": "whatsapp",
                "to": person.wa_id,
                "type": "text",
                "text": {"body": "Hi"},
            },
        )
        assert answer.status_code == 200
        whatsapp.settle()
