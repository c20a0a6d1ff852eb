"""The documentation is part of the program: examples run, lists are complete, links lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from kit.figures import FIGURES, Run

import emulator
from emulator import Emulator, Server, create_app
from emulator.domain.catalogue import CATALOGUE
from emulator.domain.catalogue.met_by import MET_BY
from emulator.domain.faults.asking import HOW_OFTEN
from emulator.domain.faults.asking import NAMES as FAULT_KEYS
from emulator.domain.faults.conditions import CONDITIONS as FAULT_CONDITIONS
from emulator.domain.faults.kinds import KINDS, THROTTLES
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS
from emulator.domain.people.answers.acts import ACTS
from emulator.domain.people.answers.conditions import CONDITIONS
from emulator.domain.settings.settings import Settings
from emulator.sandbox.people.invented import locales
from emulator.sandbox.scenarios.player import play
from emulator.sandbox.scenarios.reader import read_scenario
from emulator.sandbox.seeds.parts import SEED_KEYS
from emulator.testing import plugin
from emulator.testing.options import OPTIONS

ROOT = Path(emulator.__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


_AS_A_READER = (
    *("-q", "-W", "error", "-p", "no:cacheprovider"),
    *("-o", "asyncio_default_fixture_loop_scope=function"),  # pytest-asyncio warns without it
    *(
        "-o",
        "whatsapp_freeze=false",
    ),  # all pages are one session: what one reads of the time is not another's
)

HOUSE = [
    ROOT / name
    for name in ("CONTRIBUTING.md", "docs/explanation/how-it-works.md", "docs/explanation/the-house.md")
]
"""The pages that say where in the house something is."""


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_made_pages_are_up_to_date() -> None:
    """`make docs` would change nothing."""
    made = reference()

    for name, text in made.pages().items():
        written = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert written == made.clean(text), f"{name} is out of date; run `make docs`"


def test_the_page_about_errors_has_the_whole_catalogue() -> None:
    """Whatever group of it a new error stands in."""
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")

    listed = [int(number) for number in re.findall(r"^\| (\d+)[ |]", page, re.MULTILINE)]

    assert sorted(listed) == list(CATALOGUE)


def test_the_page_about_speed_has_every_figure() -> None:
    """Each with its goal, and when and on what it was measured; none is left from before."""
    page = (ROOT / "docs" / "explanation" / "speed.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")]
    run = Run.read(ROOT / "tests" / "benchmarks" / "figures.json")

    assert rows[2:] == [figure.title for figure in FIGURES.values()]
    assert f"with Python {run.python}" in page
    assert set(run.found) <= set(FIGURES)


def test_the_page_about_seeds_has_every_condition_and_act_of_answers() -> None:
    """With the words of its table."""
    page = (ROOT / "docs" / "reference" / "seeds.md").read_text(encoding="utf-8")

    rows = {each.name: each.about for each in CONDITIONS.values()}
    rows |= {each.name: each.about for each in ACTS.values()}
    for name, about in rows.items():
        assert f"| `{name}` | {about} |" in page


def test_the_scenarios_of_the_pages_are_played() -> None:
    """That of the shop is the file beside it, which its suite plays; the others need no app."""
    page = ROOT / "docs" / "how-to" / "scenario-files.md"
    shop, *others = [block for block in blocks(page, "yaml") if block.startswith("scenario:")]
    beside = read_scenario(ROOT / "docs" / "examples" / "flask_shop" / "parcel.whatsapp.yaml")

    assert [step.text for step in read_scenario(shop).steps] == [step.text for step in beside.steps]
    for number, text in enumerate(others):
        with Emulator() as running:
            report = play(running.create(f"s{number}", speed=None, at_once=True), read_scenario(text))
            assert report.passed, report.explanation


def test_every_python_example_runs(tmp_path: Path) -> None:
    """Each example is a test module, and passes as it is printed."""
    for page in PAGES:
        for number, block in enumerate(blocks(page, "python")):
            (tmp_path / f"test_{page.stem.replace('-', '_').lower()}_{number}.py").write_text(block)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", *_AS_A_READER, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_every_curl_example_gets_an_answer(tmp_path: Path) -> None:
    """The `curl` lines work as printed, each page against a server of its own; files go into a folder."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not on this machine")
    tried = 0
    for page in PAGES:
        with Emulator(worker=True) as running, Server(create_app(running)) as server:
            running.create()
            for line in curl_lines(page):
                command = line.replace("http://127.0.0.1:4080", server.url)
                run = subprocess.run(
                    [
                        "bash",
                        "-c",
                        f"set -e; B={server.url}/_emulator/sandboxes\n{command} -sS --fail-with-body",
                    ],
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert run.returncode == 0, f"{page.name}: {command}\n{run.stdout}{run.stderr}"
                tried += 1

    assert tried >= 8


def curl_lines(page: Path) -> list[str]:
    text = "\n".join(blocks(page, "sh")).replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip().startswith("curl ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """No relative link is broken."""
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))

    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert broken == []


@pytest.mark.parametrize("page", HOUSE, ids=lambda page: page.name)
def test_every_module_that_is_named_exists(page: Path) -> None:
    """A module or folder that moves, moves in the pages for contributors, too."""
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+(?:[\w-]+\.py)?|[\w-]+\.py)`", text))
    parts = [
        f"/{path.relative_to(ROOT).as_posix()}" + ("/" if path.is_dir() else "")
        for folder in ("emulator", "tests", "docs", "fixtures", ".ci")
        for path in (ROOT / folder, *(ROOT / folder).rglob("*"))
    ]

    assert named
    assert [name for name in sorted(named) if not any(part.endswith(f"/{name}") for part in parts)] == []


def test_every_setting_and_seed_key_is_documented() -> None:
    """A switch or key that is added is explained in the same change."""
    page = (ROOT / "docs" / "reference" / "seeds.md").read_text(encoding="utf-8")

    missing = [field.name for field in fields(Settings) if f"`{field.name}`" not in page]
    missing += [key for keys in (*SEED_KEYS.values(), FAULT_KEYS) for key in keys if key not in page]

    assert missing == []


def test_every_word_of_faults_is_on_their_page() -> None:
    """Each kind, parameter, condition and place, as what is written in a test or in JSON."""
    page = (ROOT / "docs" / "how-to" / "faults.md").read_text(encoding="utf-8")

    words = [*KINDS, *PARAMETERS, *FAULT_CONDITIONS, *When, *HOW_OFTEN]

    assert [word for word in words if not re.search(rf"\b{word}\b", page)] == []
    assert [throttle for throttle in THROTTLES if str(throttle) not in page] == []


def test_every_rule_that_meets_an_error_is_a_rule() -> None:
    """A name in the column "met by" stands in the program, as the rule of a refusal."""
    package = ROOT / "emulator"
    program = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))

    named = set(MET_BY.values())

    assert {name for name in named if f'"{name}"' not in program and f"def {name}(" not in program} == set()


def test_every_fixture_and_option_is_documented() -> None:
    """So is everything the plugin adds to pytest."""
    page = (ROOT / "docs" / "reference" / "pytest.md").read_text(encoding="utf-8")
    fixtures = [name for name in vars(plugin) if name == "whatsapp" or name.startswith("whatsapp_")]

    assert fixtures
    assert [name for name in [*fixtures, *OPTIONS] if f"`{name}`" not in page] == []


def test_every_locale_that_needs_no_faker_is_documented() -> None:
    """In the order of the files."""
    page = (ROOT / "docs" / "reference" / "seeds.md").read_text(encoding="utf-8")

    assert re.findall(r"`([a-z]{2}_[A-Z]{2})`", page) == locales()


def test_the_default_identity_is_the_documented_one() -> None:
    """The ids and tokens in the documentation are those of the default sandbox."""
    page = (ROOT / "docs" / "reference" / "seeds.md").read_text(encoding="utf-8")
    with Emulator() as made:
        identity = made.create().identity()

    secrets = [identity[key] for key in ("access_token", "app_id", "app_secret", "verify_token", "waba_id")]
    numbers = [number["phone_number_id"] for number in identity["numbers"]]

    assert [value for value in secrets + numbers if value not in page] == []


def test_the_readme_runs_what_ci_runs() -> None:
    """The commands of the README's first screen are the ones that CI calls."""
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8")[:1200]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert all(command in first_screen for command in ("make run", "make test", "make check"))
    assert "make check test" in ci


def test_json_in_the_documentation_is_json() -> None:
    """Bodies in the examples can be parsed."""
    for page in PAGES:
        for line in curl_lines(page):
            words = shlex.split(line)
            for body in [words[place + 1] for place, word in enumerate(words) if word == "-d"]:
                json.loads(body)
