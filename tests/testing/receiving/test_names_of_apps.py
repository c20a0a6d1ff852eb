"""Apps named by a text: ``module:app``, as servers take them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.testing.receiving.names import AppNotFound, app_named

MAIN = """
from flask import Flask, request

app = Flask("shop")
LIMIT = 3


class Bots:
    sales = app


def make_app():
    return Flask("made")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a module ``bot_main``, and a package ``bot_shop`` that has another."""
    (tmp_path / "bot_main.py").write_text(MAIN)
    (tmp_path / "bot_shop").mkdir()
    (tmp_path / "bot_shop" / "web.py").write_text(MAIN)
    (tmp_path / "bot_broken.py").write_text("import not_there_at_all")
    (tmp_path / "bot_settings.py").write_text('ROOT_URLCONF = "urls"')
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield tmp_path
    for name in ("bot_main", "bot_shop", "bot_shop.web", "bot_broken", "bot_settings"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bot_main:app", "shop"),
        ("bot_main:Bots.sales", "shop"),
        ("bot_main:make_app()", "made"),
        ("bot_shop.web:app", "shop"),
        (" bot_main:app ", "shop"),
    ],
)
def test_a_name_finds_its_app(project: Path, text: str, name: str) -> None:
    """In a module or a package of the folder, inside something, or made by a function."""
    assert app_named(text, [project]).name == name


def test_a_module_alone_is_a_django_project(project: Path) -> None:
    """When it is one's settings."""
    assert app_named("bot_settings", [project]).ROOT_URLCONF == "urls"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("bot_mian:app", "names 'bot_mian:app', and there is no module 'bot_mian'; did you mean 'bot_main'?"),
        ("bot_shop.wep:app", "there is no module 'bot_shop.wep'; did you mean 'bot_shop.web'?"),
        ("no_such_thing_at_all:app", "there is no module 'no_such_thing_at_all' in "),
        ("main.py:app", "there is no module 'main"),
        ("bot_main:ap", "and bot_main has no 'ap'; did you mean 'bot_main:app'?"),
        ("bot_main:make_ap()", "has no 'make_ap'; did you mean 'bot_main:make_app'?"),
        ("bot_main:xyz", "did you mean 'bot_main:app'?"),
        ("bot_main", "names the module 'bot_main' and no app in it; did you mean 'bot_main:app'?"),
        ("bot_main:LIMIT()", "calls 'LIMIT' of bot_main, which is no function but int"),
        (":app", "there is no module ''"),
    ],
)
def test_a_name_of_nothing_says_what_there_is(project: Path, text: str, sentence: str) -> None:
    """The nearest name, or the apps of the module."""
    with pytest.raises(AppNotFound) as caught:
        app_named(text, [project])

    assert sentence in str(caught.value)


def test_what_a_module_raises_when_it_is_imported_is_raised(project: Path) -> None:
    """A module that is missing inside it is not taken for the one that was named."""
    with pytest.raises(ModuleNotFoundError, match="not_there_at_all"):
        app_named("bot_broken:app", [project])
