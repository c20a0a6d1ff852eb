"""The boundary at the doors: what a refused caller gets from either API, and that nothing has changed."""

from __future__ import annotations

import httpx
import pytest
from kit.control import Control, problem_of
from kit.graph import Graph, error_of
from kit.identities import ACCESS_TOKEN, APP_SECRET, PRODUCTION, SHEENA
from kit.messages import text_message

from emulator import Emulator, Sandbox, create_app
from emulator.testing.session import SessionEmulator
from emulator.web.boundary import Boundary
from emulator.web.control.modules import every_route

TOKEN = "a-token-of-this-test"
FRONT = "http://localhost:3000"
EVIL = {"Origin": "http://evil.example"}
SEND = f"/v24.0/{PRODUCTION}/messages"
"""What a foreign page may send to without being asked, since the token is documented."""
SIMPLE = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
"""The types of a body that a browser sends to every origin without asking it first."""


@pytest.fixture
def guarded(emulator: Emulator, sandbox: Sandbox) -> Control:
    """The control API of a server beyond loopback, with a token and a front end of one's own."""
    boundary = Boundary.of_server("0.0.0.0", origins=[FRONT], control_token=TOKEN)
    return Control(create_app(emulator, boundary=boundary).test_client())


def bearer(token: str = TOKEN) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


# refusals


def test_a_name_that_was_rebound_gets_nothing_of_the_control_api(control: Control) -> None:
    """A problem, with a sentence that names the host and the flag; no token and no secret."""
    answer = control.get("/_emulator/sandboxes/default", headers={"Host": "evil.example:4080"})

    status, detail = problem_of(answer)
    assert (status, answer.status_code) == (403, 403)
    assert detail.startswith(
        "This emulator was called by the host 'evil.example', which is none of its names"
    )
    assert "serve --server-name evil.example" in detail
    assert "WHATSAPP_EMULATOR_SERVER_NAME" in detail
    assert ACCESS_TOKEN not in answer.text
    assert APP_SECRET not in answer.text


def test_a_name_that_was_rebound_gets_nothing_of_the_graph_api(graph: Graph, sandbox: Sandbox) -> None:
    """Graph's envelope and headers, with the sentence in the message and the reason in the hint."""
    answer = graph.post(
        f"{PRODUCTION}/messages", text_message(SHEENA, "Hi"), headers={"Host": "evil.example"}
    )

    status, error = error_of(answer)
    assert (status, error["code"], error["type"]) == (403, 100, "OAuthException")
    assert error["message"].startswith("Unsupported request: This emulator was called by the host")
    assert "rebound" in answer.headers["X-Emulator-Hint"]
    assert "serve --server-name evil.example" in error["message"]
    assert answer.headers["X-Emulator-Rule"] == "host"
    assert answer.headers["X-Fb-Request-Id"]
    assert sandbox.messages.all() == []


@pytest.mark.parametrize("kind", SIMPLE)
def test_a_foreign_page_sends_no_message(graph: Graph, sandbox: Sandbox, kind: str) -> None:
    """However it spells the body, and with the documented token in the query."""
    query = {
        "access_token": ACCESS_TOKEN,
        "messaging_product": "whatsapp",
        "to": SHEENA,
        "text": '{"body":"!"}',
    }

    answer = graph("POST", SEND, token=None, query_string=query, content_type=kind, data=b"", headers=EVIL)
    own = graph("POST", SEND, token=None, query_string=query, content_type=kind, data=b"")

    status, error = error_of(answer)
    assert (status, answer.headers["X-Emulator-Rule"]) == (403, "origin")
    assert "serve --allow-origin http://evil.example" in error["message"]
    assert own.status_code == 200
    assert len(sandbox.messages.all()) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/reset"),
        ("POST", "/clock/advance"),
        ("POST", "/people"),
        ("POST", f"/people/{SHEENA}/messages"),
        ("DELETE", "/_emulator/sandboxes/default"),
        ("PUT", "/snapshot"),
        ("GET", "/snapshot"),
        ("GET", "/_emulator/sandboxes"),
        ("OPTIONS", "/_emulator/sandboxes"),
        ("GET", "/_emulator/health"),
    ],
)
def test_a_foreign_page_reaches_nothing_of_the_control_api(
    control: Control, sandbox: Sandbox, method: str, path: str
) -> None:
    """It neither changes nor reads, and browsers are not told that it may ask."""
    before = sandbox.snapshot()

    answer = control(method, path, data=b"", headers=EVIL)

    assert problem_of(answer)[0] == 403
    assert "serve --allow-origin http://evil.example" in problem_of(answer)[1]
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]
    assert sandbox.snapshot() == before


def test_a_refusal_repeats_no_more_of_a_header_than_is_readable(control: Control, graph: Graph) -> None:
    """A long or strange value is cut and quoted."""
    for headers in ({"Host": "a" * 5000}, {"Origin": "http://" + "a" * 5000}, {"Sec-Fetch-Site": "x" * 5000}):
        assert len(problem_of(control.get("/_emulator/health", headers=headers))[1]) < 600
        assert len(graph.get("me", headers=headers).headers["X-Emulator-Hint"]) < 600


# JSON


@pytest.mark.parametrize("kind", [*SIMPLE, "", "application/octet-stream", "text/json"])
@pytest.mark.parametrize("path", ["/clock/advance", "/people", "/faults", "/_emulator/sandboxes"])
def test_a_body_of_another_type_is_explained(control: Control, kind: str, path: str) -> None:
    """415, whatever the body would say; a client that forgot the header learns which."""
    answer = control("POST", path, data=b'{"hours": 1}', content_type=kind)

    status, detail = problem_of(answer)
    assert status == 415
    assert "send JSON, with the header `Content-Type: application/json`" in detail
    assert (kind.partition(";")[0] or "of nothing") in detail


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "application/merge+json"]
)
def test_json_of_any_spelling_is_read(control: Control, kind: str) -> None:
    """With parameters, and of a kind."""
    answer = control("POST", "/clock/advance", data=b'{"hours": 1}', content_type=kind)

    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded", "application/json"])
def test_a_call_without_a_body_needs_no_type(control: Control, kind: str) -> None:
    """``curl -X POST`` resets, and ``curl -X DELETE`` removes."""
    assert control("POST", "/reset", data=b"", content_type=kind).status_code == 200
    assert control("DELETE", "/faults", data=b"", content_type=kind).status_code == 204


def test_a_snapshot_keeps_its_type(control: Control) -> None:
    """Its bytes are no JSON, and ``PUT`` is no method that a browser sends unasked."""
    kept = control.get("/snapshot").data

    answer = control("PUT", "/snapshot", data=kept, content_type="application/vnd.sqlite3")

    assert answer.status_code == 204


# the control token


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer("another"),
        bearer(TOKEN + "x"),
        bearer(TOKEN[:-1]),
        bearer("é"),
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer"},
        bearer(ACCESS_TOKEN),
    ],
    ids=lambda headers: headers.get("Authorization", "none"),
)
def test_the_control_api_asks_for_its_token(guarded: Control, headers: dict[str, str]) -> None:
    """401, and a sentence that says where the token is to be found."""
    answer = guarded.get("/_emulator/sandboxes", headers=headers)

    status, detail = problem_of(answer)
    assert status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert "WHATSAPP_EMULATOR_CONTROL_TOKEN" in detail
    assert TOKEN not in answer.text
    assert ACCESS_TOKEN not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_with_its_token_the_control_api_answers(guarded: Control, scheme: str) -> None:
    """Reads and acts alike."""
    headers = {"Authorization": f"{scheme} {TOKEN}"}

    assert guarded.get("/_emulator/sandboxes", headers=headers).status_code == 200
    assert guarded.post("/clock/advance", {"hours": 1}, headers=headers).status_code == 200


def test_the_graph_api_has_tokens_of_its_own(guarded: Control, sandbox: Sandbox) -> None:
    """The control token opens nothing there, and is asked for nowhere there."""
    graph = Graph(guarded.client)

    assert graph.get(PRODUCTION).status_code == 200
    assert graph.get(PRODUCTION, token=TOKEN).status_code == 401


def test_only_what_tells_nothing_of_a_sandbox_is_answered_without_a_token(guarded: Control) -> None:
    """A health check of a container has no token, and the document of the API is the same everywhere."""
    open_routes = {(route.method, route.path) for route in every_route() if not route.needs_token}
    answered = set()
    for route in every_route():
        path = route.path.replace("{s}", "default").replace("{wa_id}", SHEENA).replace("{id}", "1")
        answer = guarded(route.method, f"/_emulator{path}", data=b"")
        if answer.status_code != 401:
            answered.add((route.method, route.path))

    assert answered == open_routes == {("GET", "/health"), ("GET", "/openapi.json")}
    assert ACCESS_TOKEN not in guarded.get("/_emulator/health").text
    assert ACCESS_TOKEN not in guarded.get("/_emulator/openapi.json").text


@pytest.mark.parametrize(
    "path",
    [
        "/_emulator",
        "/_emulator/",
        "/_emulator/nonsense",
        "//_emulator/sandboxes",
        "///_emulator/sandboxes",
        "/_emulator/health/",
        "/_emulator/health/../sandboxes",
        "/_emulator//sandboxes",
        "/_emulator/sandboxes/",
    ],
)
def test_no_spelling_of_a_path_leads_around_the_token(guarded: Control, path: str) -> None:
    """As servers hand it on, with as many slashes as were sent."""
    answer = guarded.get("/_emulator/sandboxes", environ_overrides={"PATH_INFO": path})

    assert problem_of(answer)[0] == 401


def test_openapi_declares_the_token(guarded: Control) -> None:
    """As a bearer token that some servers ask for, and that two routes never need."""
    document = guarded.get("/_emulator/openapi.json").json
    scheme = document["components"]["securitySchemes"]["controlToken"]

    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert document["security"] == [{"controlToken": []}, {}]
    free = [path for path, item in document["paths"].items() if item.get("get", {}).get("security") == []]
    assert sorted(free) == ["/_emulator/health", "/_emulator/openapi.json"]


# allowed origins


def test_a_front_end_of_ones_own_may_call_and_read(guarded: Control) -> None:
    """What a browser asks for is answered, for this origin alone."""
    page = {"Origin": FRONT, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }

    preflight = guarded("OPTIONS", "/clock/advance", headers=page | asked)
    answer = guarded.post("/clock/advance", {"hours": 1}, headers=page | bearer())
    refused = guarded.post("/clock/advance", {"hours": 1}, headers=page)

    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization,content-type"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert (answer.status_code, refused.status_code) == (200, 401)
    for each in (preflight, answer, refused):
        assert each.headers["Access-Control-Allow-Origin"] == FRONT
        assert "Origin" in each.headers["Vary"]


def test_a_front_end_of_ones_own_may_call_the_graph_api(guarded: Control) -> None:
    """Whose answers may be read by every page, as the platform's; the token has to be allowed by name."""
    graph = Graph(guarded.client)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    preflight = graph("OPTIONS", SEND, token=None, headers={"Origin": FRONT, **asked})
    answer = graph.get(PRODUCTION, headers={"Origin": FRONT})

    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization"
    assert answer.status_code == 200
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]


def test_clients_that_are_no_browsers_get_the_headers_of_the_platform(graph: Graph) -> None:
    """Nothing of the boundary is in an answer to a call without an origin."""
    answer = graph.get(PRODUCTION)

    assert "Access-Control-Expose-Headers" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


# in process


def test_a_call_in_process_may_have_any_host() -> None:
    """The fixture's application is called by no browser; its server, behind a socket, is guarded."""
    session = SessionEmulator()
    try:
        session.emulator.create()
        path, headers = f"/v24.0/{PRODUCTION}", bearer(ACCESS_TOKEN)
        with httpx.Client(transport=httpx.WSGITransport(session.app), base_url="http://any.host") as client:
            inside = client.get(path, headers=headers | EVIL)
        outside = httpx.get(f"{session.url}{path}", headers=headers)
        rebound = httpx.get(f"{session.url}{path}", headers=headers | {"Host": "any.host"})
        foreign = httpx.get(f"{session.url}{path}", headers=headers | EVIL)
    finally:
        session.close()

    assert (inside.status_code, outside.status_code) == (200, 200)
    assert (rebound.status_code, foreign.status_code) == (403, 403)
