"""``demo``: the whole idea in a few seconds."""

from __future__ import annotations

from pathlib import Path

from kit.command_line import run


def test_the_demo_plays_the_conversation(tmp_path: Path) -> None:
    """An answer, a closed window, a template that reopens it; told in simulated time."""
    ran = run("demo", folder=tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.partition(" ─")[0] for line in _transcript(ran.stdout)] == [
        "── Monday 02 November 2026",
        "09:00:00  Sheena Nelson → business: Hello, is my order on its way?",
        "09:00:00  business → Sheena Nelson: You said: Hello, is my order on its way?   ✓✓ read",
        "── Tuesday 03 November 2026",
        "10:00:30  business → Sheena Nelson: Still there?   ✗ failed 131047 Re-engagement message",
        "10:00:31  business → Sheena Nelson [order_shipped]: Good news, Sheena! Your order 860198 has left "
        "our greenhouse and will be with you soon. ⏎ Lucky Shrub: the succulent specialists ⏎ "
        "[Where is it?] [Track it]   ✓✓ read",
        "10:01:31  Sheena Nelson → business: Where is it?",
        "10:01:31  business → Sheena Nelson: You said: Where is it?   ✓✓ read",
    ]


def test_the_demo_tells_what_it_does(tmp_path: Path) -> None:
    """Before each step, in simulated time; and what to do next."""
    told = run("demo", folder=tmp_path).stdout

    for words in (
        "Mon 09:00:00  Sheena Nelson writes.",
        "25 hours later the service window is closed.",
        "the API answered 200, and then a webhook said: 131047",
        "An approved template may be sent at any time:",
        "and the window is open again:",
        "Now your app:  whatsapp-emulator serve",
    ):
        assert words in told


def test_the_demo_is_the_same_every_time(tmp_path: Path) -> None:
    """But for the port of its receiver."""
    first, second = (_transcript(run("demo", folder=tmp_path).stdout) for _ in range(2))

    assert first == second


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    """No file in the folder it is played in."""
    run("demo", folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def _transcript(printed: str) -> list[str]:
    after = printed.partition("The conversation, in simulated time\n\n")[2]
    return after.partition("\n\n")[0].splitlines()
