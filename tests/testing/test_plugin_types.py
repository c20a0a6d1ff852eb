"""What type checkers and editors know of a user's test, which imports the names of the package alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TEST_OF_A_USER = """
import re
from collections.abc import Callable, Iterator

import pytest

import emulator
from emulator import ApiCall, CannotDo, Message, PersonHandle, Webhook, WhatsApp


@pytest.fixture(scope="session")
def shared() -> Iterator[WhatsApp]:
    with emulator.whatsapp("shop") as whatsapp:
        yield whatsapp


def receive(webhook: Webhook) -> int:
    return len(webhook.body)


def test_plain(whatsapp: WhatsApp, whatsapp_make: Callable[..., WhatsApp]) -> None:
    ana: PersonHandle = whatsapp.person("Ana")
    message: Message = ana.says("hi")
    reveal_type(message.text)
    reveal_type(ana.can_be_answered)
    reveal_type(whatsapp.settle().events)
    reveal_type(whatsapp.clock.advance(hours=25).until)
    reveal_type(whatsapp.messages.sent.last.status)
    reveal_type(whatsapp_make("other").token)
    reveal_type(whatsapp.templates["hello_world"].status)
    whatsapp.deliver_to(receive)
    with pytest.raises(CannotDo):
        ana.taps("nothing")
    answer: Message = whatsapp.expect_sent(to=ana, text=re.compile("HI"), parameters=["Ana", 17])
    ana.taps("Track it", on=answer)
    reveal_type(whatsapp.expect_failed(131047, times=2)[0].text)
    refused: ApiCall = whatsapp.expect_refused(100, to=ana)
    reveal_type(refused.path)
    whatsapp.expect_no_more(to=ana)
    reveal_type(whatsapp.deliver.forged(b"").status)


async def test_awaited(whatsapp: WhatsApp) -> None:
    message = await whatsapp.person().says("hi")
    reveal_type(message.text)
    await whatsapp.settle()
    happened = await whatsapp.clock.advance(hours=25)
    reveal_type(happened.until)
    answer = await whatsapp.expect_sent(text=lambda text: text.isupper())
    reveal_type(len(answer.buttons))
    reveal_type((await whatsapp.expect_sent(times=2))[0].status)
    reveal_type((await whatsapp.expect_refused()).method)
    await whatsapp.expect_no_more()


def test_wrong(whatsapp: WhatsApp) -> None:
    whatsapp.nonsense
    whatsapp.person().says(7)
    emulator.nonsense
"""
REVEALED = [
    *("str", "bool", "int", "datetime", "MessageStatus", "str", "Status"),
    *("str", "str", "int | None"),
    *("str", "datetime"),
    *("int", "MessageStatus", "str"),
]
WRONG = ['attribute "nonsense"', '"str"', '"nonsense"']
"""A word of the complaint about each line of the last test."""

Checked = Callable[[Path], tuple[list[str], list[str]]]


def mypy(file: Path) -> tuple[list[str], list[str]]:
    """What mypy reveals, and what it complains about."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--output=json",
        "--cache-dir",
        str(file.parent),
        str(file),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=file.parent)
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    revealed = [line["message"].split('"')[1] for line in lines if line["severity"] == "note"]
    return (
        [name.rpartition(".")[2] for name in revealed if "Revealed" not in name],
        [line["message"] for line in lines if line["severity"] == "error"],
    )


def pyright(file: Path) -> tuple[list[str], list[str]]:
    """What pyright reveals, and what it complains about."""
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=file.parent)
    lines = json.loads(ran.stdout)["generalDiagnostics"]
    return (
        [line["message"].split('"')[-2] for line in lines if line["severity"] == "information"],
        [line["message"] for line in lines if line["severity"] == "error"],
    )


@pytest.mark.slow
@pytest.mark.parametrize("checked", [mypy, pyright])
def test_a_checker_knows_every_type(tmp_path: Path, checked: Checked) -> None:
    """Of the fixture, of people, of results whether they are awaited or not; and sees what is wrong."""
    file = tmp_path / "test_mine.py"
    file.write_text(TEST_OF_A_USER, encoding="utf-8")

    revealed, wrong = checked(file)

    assert revealed == REVEALED
    assert len(wrong) == len(WRONG), wrong
    assert [word for word, complaint in zip(WRONG, wrong, strict=True) if word not in complaint] == []
