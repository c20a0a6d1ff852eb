"""The shell of the page without a browser: what ``/`` answers, what a view is, what may be loaded by it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN

import emulator as package
from emulator import Emulator, Sandbox, create_app
from emulator.web import pages
from emulator.web.boundary import Boundary
from emulator.web.pages.views import VIEWS

STATIC = Path(pages.__file__).parent / "static"
UI = "/_emulator/ui"
KINDS = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "ogg": "audio/ogg"}
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_that_opens_the_address_comes_to_the_page(client: FlaskClient) -> None:
    """As ``Accept`` of every browser asks for HTML first."""
    answer = client.get("/", headers={"Accept": HTML})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{UI}/")


@pytest.mark.parametrize("accept", ["application/json", "*/*", None])
def test_a_program_that_opens_the_address_is_told_where_to_go(
    client: FlaskClient, accept: str | None
) -> None:
    """Each path of the small document is one that answers."""
    answer = client.get("/", headers={} if accept is None else {"Accept": accept})
    document = answer.get_json()

    assert answer.status_code == 200
    assert (document["name"], document["version"]) == ("whatsapp-emulator", package.__version__)
    for name in ("page", "openapi", "sandboxes", "health"):
        assert client.get(document[name]).status_code == 200, name


@pytest.mark.parametrize("how", ["header", "query", "host"])
def test_a_client_of_the_graph_api_gets_graphs_error_there(
    client: FlaskClient, sandbox: Sandbox, how: str
) -> None:
    """With an access token, or by a host of Meta's, it is a call of an object that does not exist."""
    sent: dict[str, Any] = {
        "header": {"headers": {"Authorization": f"Bearer {ACCESS_TOKEN}"}},
        "query": {"query_string": {"access_token": ACCESS_TOKEN}},
        "host": {"base_url": "https://graph.facebook.com"},
    }

    answer = client.get("/", **sent[how])

    assert answer.status_code == 400
    assert "error" in answer.get_json()


def test_other_methods_stay_those_of_the_graph_api(graph: Graph) -> None:
    """Only GET has something to show."""
    assert "error" in graph.client.post("/", headers={"Accept": HTML}).get_json()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_has_its_shell_and_its_module(client: FlaskClient, view: pages.views.View) -> None:
    """The navigation has all of them, and marks the one that is shown."""
    answer = client.get(f"{UI}/default/{view.name}/whatever/comes")

    assert answer.status_code == 200
    assert f"<title>{view.title} · " in answer.text
    assert re.findall(r'data-view="(\w+)" data-key', answer.text) == [each.name for each in VIEWS]
    assert answer.text.count('aria-current="page"') == 1
    assert (STATIC / "views" / f"{view.name}.js").is_file()
    assert f'id="icon-{view.icon}"' in answer.text


def test_names_and_keys_of_views_are_given_once() -> None:
    """A second one would never be reached."""
    assert len({view.name for view in VIEWS}) == len({view.key for view in VIEWS}) == len(VIEWS)


def test_a_view_that_there_is_not_is_answered_with_404_and_the_navigation(client: FlaskClient) -> None:
    """The way on is on the same page."""
    answer = client.get(f"{UI}/default/nonsense")

    assert answer.status_code == 404
    assert "There is no such view" in answer.text
    assert f'href="{UI}/default/phones"' in answer.text


def test_the_address_without_a_slash_leads_to_the_page(client: FlaskClient) -> None:
    """It is typed in both ways."""
    answer = client.get(UI, follow_redirects=True)

    assert (answer.status_code, answer.mimetype) == (200, "text/html")


@pytest.mark.parametrize(
    "path", sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())
)
def test_every_file_is_given_as_what_it_is(client: FlaskClient, path: str) -> None:
    """With a media type that a browser with ``nosniff`` accepts, and asked about again each time."""
    answer = client.get(f"{UI}/static/{path}")

    kind = KINDS[path.rpartition(".")[2]]
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(f"{UI}/static/{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["../app.py", "%2e%2e/app.py", "..%2f..%2fserver.py", "nothing.js", ""])
def test_nothing_but_the_files_of_the_page_is_given(client: FlaskClient, path: str) -> None:
    """Whatever a path tries."""
    answer = client.get(f"{UI}/static/{path}")

    assert "import" not in answer.text
    assert answer.status_code == 404


def test_the_browser_is_told_to_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    """No script or style inside the page, no other host, and no text that becomes markup.

    Frames have what the page has made, and the style sheet of transcripts; nobody frames the page.
    """
    answer = client.get(f"{UI}/default/phones")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert re.fullmatch(r"'self' 'sha256-[\w+/=]{44}'", policy["style-src"])
    assert policy["frame-src"] == "blob:"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(r"<script(?![^>]*\bsrc=)", answer.text) == []
    assert re.findall(r"\sstyle=|\son\w+=|<style", answer.text) == []
    assert re.findall(r"(?:src|href)=\"(?!/_emulator/ui/|#)", answer.text) == []


def test_no_module_makes_markup_of_a_text() -> None:
    """What a person wrote is put in by ``textContent``; the ways around it are in none of the files."""
    ways = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setHTML"
        r"|createContextualFragment|srcdoc|javascript:"
    )
    found = {str(path): ways.findall(path.read_text()) for path in STATIC.rglob("*.js")}

    assert {path: names for path, names in found.items() if names} == {}


def test_the_page_is_given_without_the_control_token_and_tells_nothing() -> None:
    """It asks for the token itself; what it would show comes by calls that need it."""
    with Emulator() as emulator:
        made = emulator.create("secret-name")
        client = create_app(emulator, boundary=Boundary(control_token="mine")).test_client()

        shell = client.get(f"{UI}/secret-name/phones")
        file = client.get(f"{UI}/static/app.js")
        call = client.get("/_emulator/sandboxes/secret-name")
        near = client.get("/_emulator/uix")
        secret = made.identity()["app_secret"]

    assert (shell.status_code, file.status_code) == (200, 200)
    assert (call.status_code, near.status_code) == (401, 401)
    assert secret not in shell.text
    assert "secret-name" not in shell.text
