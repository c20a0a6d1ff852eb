"""What ``serve`` prints of what happens: on a terminal, into a file, and when it shall be quiet."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from kit.command_line import LIMIT, Serving, client, post_text
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA

START = "2026-11-02T09:00:00Z"
FROZEN = ("--frozen", "--at", START)
SECRET = "EAAGm0PX4ZCpsBAKZCqWERTYuiopASDfghjkl1234567890ZXCVbnmQWErtyUIOPasdfgh"
MESSAGES = f"/v23.0/{PRODUCTION}/messages"
INDENT = " " * 20


def refused_calls(serving: Serving) -> None:
    """One call of every kind that is refused before a sandbox is found."""
    token, page = {"Authorization": f"Bearer {ACCESS_TOKEN}"}, {"Origin": "http://evil.example"}
    calls: list[tuple[str, str, dict[str, str]]] = [
        ("GET", f"/v23.0/{PRODUCTION}", {"Authorization": f"Bearer {SECRET}"}),
        ("GET", f"/v23.0/{PRODUCTION}", {}),
        ("GET", "/v99.0/me", token),
        ("GET", "/_emulator/nothing", {}),
        ("GET", "/v23.0/me", {"Host": "evil.example"}),
        ("GET", "/_emulator/health", page),
        ("PROPFIND", f"/v23.0/{SECRET}", token),
    ]
    with client() as session:
        for method, path, headers in calls:
            session.request(method, serving.url + path, headers=headers, timeout=LIMIT)


def happenings(serving: Serving) -> None:
    """A message, an answer that is refused, a day, and a reset."""
    serving.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
    with client() as session:
        post_text(session, serving.url, "Hi")
        session.post(
            serving.url + MESSAGES, headers={"Authorization": f"Bearer {ACCESS_TOKEN}"}, timeout=LIMIT
        )
    serving.post("/clock/advance", {"days": 1})
    serving.post("/reset")


def test_calls_refused_before_a_sandbox_is_found_are_printed(tmp_path: Path) -> None:
    """One line each with its status, and what would help below it; without the tokens that were sent."""
    with Serving(tmp_path, *FROZEN) as serving:
        refused_calls(serving)
        serving.end(signal.SIGTERM)

    lines = serving.errors.splitlines()
    refused = [line[20:] for line in lines if "→" in line]
    assert lines[0] == "── Monday 02 November 2026 ──"
    assert [re.sub(r"(→ \d+).*", r"\1", line) for line in refused] == [
        f"GET /v23.0/{PRODUCTION} → 401",
        f"GET /v23.0/{PRODUCTION} → 400",
        "GET /v99.0/me → 400",
        "GET /_emulator/nothing → 404",
        "GET /v23.0/me → 403",
        "GET /_emulator/health → 403",
        "PROPFIND /v23.0/EAA… → 405",
    ]
    hints = [line for line in lines if line.startswith(f"{INDENT}hint: ")]
    assert "keep it away from test runs" in hints[0]
    assert hints[1].startswith(f"{INDENT}hint: Send `Authorization: Bearer …`; ")
    assert sum("serve --server-name evil.example" in line for line in lines) == 1
    assert sum("serve --allow-origin http://evil.example" in line for line in lines) == 1
    assert SECRET[10:] not in serving.errors


def test_what_happens_in_a_sandbox_is_printed(tmp_path: Path) -> None:
    """In simulated time: calls, statuses, moves of the clock with what they brought, and resets."""
    with Serving(tmp_path, *FROZEN) as serving:
        happenings(serving)
        serving.end(signal.SIGTERM)

    lines = [line for line in serving.errors.splitlines() if "webhook " not in line and "hint:" not in line]
    assert lines[:-2] == [
        "── Monday 02 November 2026 ──",
        f"09:00:00  message   {SHEENA}  Sheena Nelson wrote: Hello",
        f"09:00:00  call      {SHEENA}  POST {MESSAGES} → 200",
        f"09:00:00  call      POST {MESSAGES} → 400 (#100) The parameter messaging_product is required.",
        f"09:00:00  status    {SHEENA}  sent",
        f"09:00:01  status    {SHEENA}  delivered",
        f"09:00:07  status    {SHEENA}  read",
        "── Tuesday 03 November 2026 ──",
        "09:00:00  clock     advanced from 2026-11-02 09:00:00 to 2026-11-03 09:00:00: 3 events, 0 webhooks",
        "── Monday 02 November 2026 ──",
        "09:00:00  sandbox   reset to its seed",
    ]


def test_a_refusal_in_a_sandbox_has_its_hint_below(tmp_path: Path) -> None:
    """The one in its header; one that comes later as a status, too."""
    with Serving(tmp_path, *FROZEN) as serving:
        with client() as session:
            refused = session.get(
                f"{serving.url}/v23.0/{PRODUCTION}/nothing",
                headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
                timeout=LIMIT,
            )
            post_text(session, serving.url, "There is no window")
        serving.post("/clock/advance", {"minutes": 1})
        serving.end(signal.SIGTERM)

    lines = serving.errors.splitlines()
    call = next(at for at, line in enumerate(lines) if "/nothing → 400" in line)
    status = next(at for at, line in enumerate(lines) if "failed: 131047" in line)
    assert lines[call + 1] == f"{INDENT}hint: {refused.headers['X-Emulator-Hint']}"
    assert lines[status + 1].startswith(f"{INDENT}hint: ")
    assert not any("unsupported" in line for line in lines)


def test_sandboxes_and_their_clocks_are_printed(tmp_path: Path) -> None:
    """Created, frozen, set running, taken back to a snapshot, deleted; each line names the sandbox."""
    with Serving(tmp_path, *FROZEN) as serving, client() as session:
        sandboxes = f"{serving.url}/_emulator/sandboxes"
        made: dict[str, Any] = {"id": "other", "clock": {"at": START, "frozen": True}}
        session.post(sandboxes, json=made, timeout=LIMIT)
        kept = session.get(f"{sandboxes}/other/snapshot", timeout=LIMIT).content
        serving.post("/clock/run", {"speed": 60}, sandbox="other")
        serving.post("/clock/freeze", sandbox="other")
        session.put(f"{sandboxes}/other/snapshot", data=kept, timeout=LIMIT)
        serving.post("/settle", sandbox="other")
        session.delete(f"{sandboxes}/other", timeout=LIMIT)
        serving.end(signal.SIGTERM)

    assert [line[10:] for line in serving.errors.splitlines() if "other: " in line] == [
        "sandbox   other: created from the seed default",
        "clock     other: running, 60 simulated seconds a real one",
        "clock     other: frozen until it is moved",
        "sandbox   other: restored from a snapshot",
        "sandbox   other: deleted",
    ]


def test_a_move_of_the_clock_that_is_refused_is_printed_with_why(tmp_path: Path) -> None:
    """As every refusal of the control API."""
    with Serving(tmp_path, *FROZEN) as serving, client() as session:
        path = "/_emulator/sandboxes/default/clock/advance"
        session.post(serving.url + path, data=json.dumps({"to": "2020-01-01"}), timeout=LIMIT)
        refused = session.post(serving.url + path, json={"seconds": -1}, timeout=LIMIT)
        serving.end(signal.SIGTERM)

    lines = serving.errors.splitlines()
    assert lines[1] == f"09:00:00  control   POST {path} → 415 Unsupported Media Type"
    assert lines[3] == f"09:00:00  control   POST {path} → {refused.status_code} {refused.json()['title']}"
    assert lines[4] == f"{INDENT}hint: {refused.json()['detail']}"


@pytest.mark.parametrize("terminal", [False, True], ids=["file", "terminal"])
def test_quiet_is_quiet(tmp_path: Path, terminal: bool) -> None:
    """Whatever happens and is refused, and when it is stopped."""
    with Serving(tmp_path, *FROZEN, "--quiet", terminal=terminal) as serving:
        refused_calls(serving)
        happenings(serving)
        serving.end(signal.SIGTERM)

    assert serving.errors == ""


def test_quiet_keeps_the_errors_of_the_emulator(tmp_path: Path) -> None:
    """Such as a sandbox that could not be opened."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "broken.sqlite").write_bytes(b"not a database at all")

    with Serving(tmp_path, *FROZEN, "--quiet", "--data", "data") as serving:
        serving.end(signal.SIGTERM)

    assert serving.errors.startswith("          warning   left out: data/broken.sqlite: ")


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
    ids=["terminal", "file", "NO_COLOR", "FORCE_COLOR", "both", "dumb"],
)
def test_colours_are_for_terminals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    variables: dict[str, str],
    coloured: bool,
) -> None:
    """Green for what succeeds, red for what is refused; the environment has the last word."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    with Serving(tmp_path, *FROZEN, terminal=terminal, variables={"TERM": "xterm"} | variables) as serving:
        happenings(serving)
        serving.end(signal.SIGTERM)

    green, red = (
        ("\x1b[32mcall    \x1b[0m", "\x1b[31mcall    \x1b[0m") if coloured else ("call    ", "call    ")
    )
    assert f"  {green}  {SHEENA}  POST {MESSAGES} → 200" in serving.errors
    assert f"  {red}  " in serving.errors
    assert ("\x1b" in serving.errors) is coloured


def test_lines_are_wrapped_on_a_terminal_alone(tmp_path: Path) -> None:
    """80 columns there; in a file each refusal and each hint is one line, to be found by grep."""
    for name, terminal in (("terminal", True), ("file", False)):
        (tmp_path / name).mkdir()
        variables = {"NO_COLOR": "1", "TERM": "xterm"}
        with Serving(tmp_path / name, *FROZEN, terminal=terminal, variables=variables) as serving:
            refused_calls(serving)
            serving.end(signal.SIGTERM)

    longest = {
        name: max(map(len, (tmp_path / name / "stderr.txt").read_text().splitlines()))
        for name in ("terminal", "file")
    }
    assert longest["terminal"] <= 80
    assert longest["file"] > 200
