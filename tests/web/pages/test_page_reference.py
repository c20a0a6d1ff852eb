"""The pages of errors and rules: every error and every rule has one, by the server, without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import emulator as package
from emulator import Emulator, create_app
from emulator.domain.catalogue import CATALOGUE
from emulator.domain.catalogue.met_by import MET_BY
from emulator.web.boundary import Boundary
from emulator.web.pages.signatures import SIGNATURES

ERRORS, RULES = "/_emulator/errors", "/_emulator/rules"


def test_every_error_has_a_page_with_its_source_and_its_rule(client: FlaskClient) -> None:
    """Whatever a refusal links to is there."""
    for number, entry in CATALOGUE.items():
        answer = client.get(f"{ERRORS}/{number}")

        assert answer.status_code == 200, number
        assert entry.source in answer.text, number
        if number in MET_BY:
            assert f'href="{RULES}/{MET_BY[number]}"' in answer.text, number


def test_every_rule_that_signs_a_refusal_has_a_page(client: FlaskClient) -> None:
    """The program names none that the page does not know."""
    program = "".join(path.read_text() for path in Path(package.__file__).parent.rglob("*.py"))
    named = {*re.findall(r'rule="([a-z_]+)"', program), *MET_BY.values(), "graph", "message", "not_emulated"}

    assert named - SIGNATURES.keys() == set()
    for name in SIGNATURES:
        answer = client.get(f"{RULES}/{name}")
        assert (answer.status_code, f"<code>{name}</code></h1>" in answer.text) == (200, True), name


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (f"{ERRORS}/100/2388040", "Character limit exceeded"),
        (f"{ERRORS}/132001/7777777", "Template name does not exist in the translation"),
    ],
)
def test_a_subcode_is_found_before_its_code(client: FlaskClient, path: str, title: str) -> None:
    """And the code is shown where the catalogue does not have the subcode."""
    assert title in client.get(path).text.partition("</h1>")[0]


@pytest.mark.parametrize("path", [f"{ERRORS}/7654321", f"{ERRORS}/<b>", f"{RULES}/<script>", f"{RULES}/a/b"])
def test_what_there_is_not_is_answered_with_what_there_is(client: FlaskClient, path: str) -> None:
    """With 404, and the name that was asked for as text."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert f'href="{path.rpartition("/")[0].replace("/a", "")}/' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", [ERRORS, f"{ERRORS}/", RULES, f"{RULES}/", f"{ERRORS}/131047"])
def test_they_are_given_without_the_control_token_and_load_nothing_from_elsewhere(path: str) -> None:
    """They tell nothing of a sandbox."""
    with Emulator() as emulator:
        emulator.create()
        client = create_app(emulator, boundary=Boundary(control_token="mine")).test_client()
        answer = client.get(path)
        near = client.get("/_emulator/errorsx")

    assert (answer.status_code, near.status_code) == (200, 401)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", answer.text) == []
