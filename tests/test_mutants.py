"""What ``make mutants`` counts as noticed: it says of no change more or less than the tests do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from mutation.bodies import Functions, body
from mutation.config import ROOT
from mutation.equivalent import EQUIVALENT, Equivalent, noticeable
from mutation.mutant import Mutant
from mutation.record import Record
from mutation.trials import ARGUMENTS, BROKEN, Forks, Verdict, verdict

SOURCE = """\
LIMIT = 3


class Box:
    size: int = 5

    @property
    def is_full(self) -> bool:
        return (
            self.size
            >= LIMIT
        )


def count(words: list[str]) -> int:
    if len(words) > LIMIT:
        many = len(words)
        return many + 1
    return 0


LONG = [word for word in ("one", "three") if len(word) > 3]
"""
MODULE = Path("emulator/domain/box.py")


def mutant(old: str, new: str) -> Mutant:
    """The module with one change."""
    assert SOURCE.count(old) == 1
    return Mutant(MODULE, SOURCE, SOURCE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (">= LIMIT", "> LIMIT", {9, 10, 11, 12}),
        ("words) > LIMIT", "words) >= LIMIT", {16}),
        ("many + 1", "many - 1", {18}),
    ],
)
def test_what_is_changed_in_a_body_belongs_to_one_statement(old: str, new: str, changed: set[int]) -> None:
    """A statement over several lines is one; that of a branch is not that of its condition."""
    found = body(mutant(old, new))

    assert found is not None
    assert found.changed == changed
    assert found.changed <= found.lines


@pytest.mark.parametrize(
    ("old", "new"),
    [("LIMIT = 3", "LIMIT = 4"), ("size: int = 5", "size: int = 6")],
)
def test_what_an_import_computes_is_in_no_body(old: str, new: str) -> None:
    """The value of a module, and the default of a field."""
    assert body(mutant(old, new)) is None


def test_functions_that_are_alive_get_the_changed_body() -> None:
    """Also one that is the getter of a property; the others keep theirs."""
    found = body(mutant(">= LIMIT", "> LIMIT"))
    assert found is not None
    module = ModuleType("box")
    exec(compile(SOURCE, found.old.co_filename, "exec", dont_inherit=True), module.__dict__)
    box = module.Box()
    box.size = 3
    assert box.is_full

    Functions().exchange(found)

    assert not box.is_full
    assert module.count(["a"] * 4) == 5


def test_a_body_that_nobody_has_is_an_error() -> None:
    """Or the mutant would count as one that the tests do not notice."""
    elsewhere = Path("emulator/domain/imported_by_nobody.py")
    found = body(Mutant(elsewhere, SOURCE, SOURCE.replace("many + 1", "many - 1")))
    assert found is not None

    with pytest.raises(LookupError, match="count"):
        Functions().exchange(found)


def _passes() -> bool:
    return True


def _fails() -> bool:
    return False


def _computes_for_ever() -> bool:
    while True:
        pass


def _ends_itself() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize(
    ("trial", "expected"),
    [
        (_passes, Verdict.SURVIVED),
        (_fails, Verdict.KILLED),
        (_computes_for_ever, Verdict.TIMED_OUT),
        (_ends_itself, Verdict.KILLED),
    ],
)
def test_a_trial_ends_with_a_verdict(trial: Callable[[], bool], expected: Verdict) -> None:
    """Whether its tests pass, fail, never end or take the process with them."""
    verdicts: list[Verdict] = []

    Forks(1, 1).run([(mutant("many + 1", "many - 1"), trial)], lambda _, each: verdicts.append(each))

    assert verdicts == [expected]


def test_a_trial_that_cannot_be_made_ends_the_run() -> None:
    """It is neither noticed nor unnoticed."""
    with pytest.raises(RuntimeError, match="could not be made"):
        verdict(BROKEN << 8)


def test_a_run_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    """As long as neither package nor tests have changed, nothing is tried again."""
    one, other = mutant("many + 1", "many - 1"), mutant("LIMIT = 3", "LIMIT = 4")
    Record(tmp_path / "record", "state").add(one, Verdict.SURVIVED)

    record = Record(tmp_path / "record", "state")

    assert record[one] == Verdict.SURVIVED
    assert other not in record


@pytest.mark.parametrize(("keep_killed", "kept"), [(False, []), (True, [Verdict.KILLED, Verdict.TIMED_OUT])])
def test_after_a_change_only_what_was_noticed_can_be_kept(
    tmp_path: Path, keep_killed: bool, kept: list[Verdict]
) -> None:
    """And that by request; what was not noticed is tried again in any case."""
    verdicts = {
        mutant("many + 1", "many - 1"): Verdict.SURVIVED,
        mutant("LIMIT = 3", "LIMIT = 4"): Verdict.KILLED,
        mutant("LIMIT = 3", "LIMIT = 2"): Verdict.TIMED_OUT,
    }
    before = Record(tmp_path / "record", "state")
    for each, word in verdicts.items():
        before.add(each, word)

    record = Record(tmp_path / "record", "another state", keep_killed=keep_killed)

    assert [record[each] for each in verdicts if each in record] == kept


def test_the_table_says_what_share_is_noticed(tmp_path: Path) -> None:
    """What never ends is noticed, too; what was not tried is not counted."""
    record = Record(tmp_path / "record", "state")
    record.add(mutant("many + 1", "many - 1"), Verdict.SURVIVED)
    record.add(mutant("LIMIT = 3", "LIMIT = 4"), Verdict.KILLED)
    record.add(mutant("LIMIT = 3", "LIMIT = 2"), Verdict.TIMED_OUT)
    untried = mutant("size: int = 5", "size: int = 6")
    everything = [
        *(mutant(*pair) for pair in (("many + 1", "many - 1"), ("LIMIT = 3", "LIMIT = 4"))),
        *(mutant("LIMIT = 3", "LIMIT = 2"), untried),
    ]

    assert record.table(everything).splitlines() == [
        "   mutants    killed  survived timed out  module",
        "         3         1         1         1  emulator/domain/box.py",
        "         3         1         1         1  66.7 % noticed",
    ]


def test_an_equivalent_mutant_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its module, its line and what the line becomes; another change of the same line is tried."""
    one, other = mutant("many + 1", "many - 1"), mutant("many + 1", "many + 2")
    changes = {(MODULE, "return many + 1", "return many - 1")}
    monkeypatch.setattr("mutation.equivalent._CHANGES", changes)

    assert noticeable([one, other]) == [other]


@pytest.mark.parametrize("row", EQUIVALENT, ids=lambda row: f"{row.module}: {row.was}")
def test_what_is_said_to_be_equivalent_is_a_change_of_a_line_there(row: Equivalent) -> None:
    """A row whose line was rewritten goes, or is judged anew."""
    lines = [line.strip() for line in (ROOT / row.path).read_text(encoding="utf-8").splitlines()]

    assert row.was in lines
    assert row.becomes
    assert row.was not in row.becomes
    assert row.why


def test_tests_run_without_the_plugins_of_the_environment() -> None:
    """As trials run them; what is configured for a plugin is no error without it."""
    given = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", *ARGUMENTS, "tests/domain/test_quoting.py"]

    ended = subprocess.run(command, cwd=ROOT, env=given, check=False, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stdout + ended.stderr
